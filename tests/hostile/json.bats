#!/usr/bin/env bats
# SPDX-License-Identifier: ISC
# Documents that are damaged, of a wrong kind, or larger and deeper than any engine writes.

bats_require_minimum_version 1.5.0
load ../lib
load lib
# shellcheck disable=SC2030,SC2031,SC2154 # output, stderr and status are bats' own

setup() {
	cd "$BATS_TEST_TMPDIR" || return
	small r
}

# damaged MESSAGE: web's record cannot be read, that is said, calm stands.
damaged() {
	must 1 timeout 20 ctr-ls -r r -j
	says "r/$RECORD: $1"
	calm_stands
	[ "$(web '.error != null')" = true ]
	clean
}

@test "config.v2.json cut at every 97th byte" {
	local n size
	cp r/"$RECORD" whole
	size=$(stat -c %s whole)
	for ((n = 0; n < size; n += 97)); do
		head -c "$n" whole >r/"$RECORD"
		damaged "offset "
	done
}

@test "numbers that are none of a record's, and strings of a megabyte" {
	local n
	cp r/"$RECORD" whole
	for n in 1e999 -1 1.5 99999999999999999999999 -99999999999999999999999 9223372036854775808 -0 1e2; do
		sed "s/\"Pid\":0/\"Pid\":$n/; s/\"RestartCount\":1/\"RestartCount\":$n/; s/\"ExitCode\":3/\"ExitCode\":$n/" whole >r/"$RECORD"
		run --separate-stderr ctr-ls -r r -j
		[[ $status = [01] ]] || fail "$n: $status $stderr"
		[ "$status" = 0 ] || says 'value of the wrong kind for key'
		calm_stands
		[ "$(web .name)" = web ]
	done
	python3 - whole <<-'END' >r/"$RECORD"
		import sys
		print(open(sys.argv[1]).read().replace('"h"', '"' + 'h' * 1000000 + '"'), end='')
	END
	must 0 ctr-ls -r r -j
	[ "$(web '.hostname | length')" = 1000000 ]
}

@test "a key twice is said once, costs nothing, and the last one counts" {
	sed -i 's/"ExitCode":3/"ExitCode":3,"ExitCode":4/; s/"User":"root"/"User":"root","User":"mallory"/' r/"$RECORD"
	must 0 ctr-ls -r r -j
	says 'key twice in one object'
	[ "$(web '[.exit_code, .user] | @csv')" = '4,"mallory"' ]
	calm_stands
}

@test "keys in another case count as in the engine, or are said" {
	# Go takes them for its own, so the daemon ran this one privileged and with the host's pids
	echo '{"privileged":true,"pidMode":"host","LogConfig":{"Type":"json-file"}}' >r/"$HOST"
	run --separate-stderr ctr-ls -r r -j
	[ "$(web '[.privileged, .ns.pid] | @csv')" = 'true,"host"' ] || says 'privileged'
}

@test "every key that is taken, with every wrong kind: told by its name, never fatal" {
	python3 - "$PWD" "$A" "$RECORD" "$HOST" <<-'END'
		import json, subprocess, sys, os, copy
		here, web, record, host = sys.argv[1:]
		env = dict(os.environ)
		wrong = ['text', 5, -1, 1.5, True, None, [], [1], ['a'], {}, {'a': 1}, [[[]]], {'a': {'b': {}}}, [None], {'a': None}]
		hostconfig = {"Binds": ["/a:/b"], "Privileged": False, "CapAdd": ["X"], "CapDrop": ["Y"], "NetworkMode": "host", "PidMode": "",
		    "IpcMode": "", "UTSMode": "", "UsernsMode": "", "CgroupnsMode": "", "RestartPolicy": {"Name": "no", "MaximumRetryCount": 0},
		    "LogConfig": {"Type": "json-file", "Config": {"max-size": "1m"}}, "MaskedPaths": ["/m"], "ReadonlyPaths": ["/r"],
		    "SecurityOpt": ["a=b"], "Devices": [{"PathOnHost": "/dev/x", "PathInContainer": "/dev/y", "CgroupPermissions": "r"}],
		    "Ulimits": [{"Name": "n", "Soft": 1, "Hard": 2}], "Sysctls": {"s": "1"}, "Tmpfs": {"/t": ""}, "Memory": 0, "NanoCpus": 0,
		    "PidsLimit": 5, "PortBindings": {"80/tcp": [{"HostIp": "", "HostPort": ""}]}, "Dns": ["d"], "ExtraHosts": ["e"],
		    "Runtime": "runc", "CgroupParent": "c", "DeviceCgroupRules": ["r"], "ReadonlyRootfs": False, "Annotations": {"a": "b"},
		    "Mounts": [{"Type": "bind", "Source": "/s", "Target": "/t"}]}
		def paths(d, at=()):
		    yield at
		    for k, v in (d.items() if isinstance(d, dict) else enumerate(d) if isinstance(d, list) else ()):
		        yield from paths(v, at + (k,))
		def put(d, at, v):
		    d = copy.deepcopy(d)
		    if not at:
		        return v
		    e = d
		    for k in at[:-1]:
		        e = e[k]
		    e[at[-1]] = v
		    return d
		bad = 0
		for file, good in ((record, json.load(open(here + '/r/' + record))), (host, hostconfig)):
		    for at in paths(good):
		        # one run with many containers: each a value of a wrong kind at this key
		        root = here + '/many'
		        subprocess.run(['rm', '-rf', root])
		        subprocess.run(['cp', '-a', here + '/r', root], check=True)
		        for i, v in enumerate(wrong):
		            name = '%064x' % (0xc0 + i)
		            for folder in 'containers', 'image/overlay2/layerdb/mounts':
		                subprocess.run(['cp', '-a', '%s/%s/%s' % (root, folder, web), '%s/%s/%s' % (root, folder, name)], check=True)
		            if file == host:
		                with open('%s/containers/%s/config.v2.json' % (root, name), 'w') as f:
		                    json.dump(dict(json.load(open(here + '/r/' + record)), ID=name), f)
		            d = put(good, at, v)
		            if file == record and isinstance(d, dict) and at != ('ID',):
		                d['ID'] = name
		            with open('%s/%s' % (root, file.replace(web, name)), 'w') as f:
		                json.dump(d, f)
		        p = subprocess.run(['timeout', '60', 'ctr-ls', '-r', root, '-j'], env=env, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
		        rows = [json.loads(l) for l in p.stdout.splitlines()]
		        q = subprocess.run(['timeout', '60', 'ctr-ls', '-r', root, '--risk=info'], env=env, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
		        if p.returncode not in (0, 1) or q.returncode not in (0, 1) or len(rows) != len(wrong) + 2:
		            print('at', at, 'status', p.returncode, q.returncode, 'rows', len(rows), p.stderr.decode()[:2000], q.stderr.decode()[:2000])
		            bad += 1
		        if p.returncode == 1 and at and isinstance(at[-1], str) and at[-1] not in p.stderr.decode() and '.'.join(map(str, at[:-1])) not in p.stderr.decode():
		            print('at', at, 'is not named:', p.stderr.decode()[:500])
		            bad += 1
		        if p.returncode == 0 and good is not hostconfig and at in (('Name',), ('State', 'ExitCode'), ('Config', 'Env'), ('Created',)):
		            print('at', at, 'is not said')
		            bad += 1
		sys.exit(bad > 0)
	END
}

@test "other documents: repositories.json, an image's config, daemon.json, volumes' opts.json" {
	local file names=image/overlay2/repositories.json config=image/overlay2/imagedb/content/sha256/$IMAGE
	mkdir -p r/volumes/data
	for file in $names "$config"; do
		cp r/"$file" whole
		size=$(stat -c %s whole)
		for n in 0 1 $((size / 2)) $((size - 1)); do
			head -c "$n" whole >r/"$file"
			must 1 ctr-ls -r r -j --show images
			says "r/$file: offset "
			[ "$(jq -r .image_id <<<"$output")" = "sha256:$IMAGE" ]
			run --separate-stderr ctr-ls -r r -j
			[[ $status = [01] ]]
			calm_stands
		done
		for text in '[]' '5' 'null' '"x"' '{"Repositories":[]}' '{"Repositories":{"a":[]}}' '{"Repositories":{"a":{"b":5}}}' \
			'{"Repositories":{"a":{"b":"sha256:../../x"}}}' '{"history":{"a":1},"rootfs":[],"config":5}' \
			'{"rootfs":{"diff_ids":["sha256:../x",5,null]},"history":[5,null,{"created":5}]}'; do
			printf '%s' "$text" >r/"$file"
			run --separate-stderr ctr-ls -r r -j --show images
			[[ $status = [01] ]] || fail "$file $text: $status $stderr"
			[[ $output == *"sha256:$IMAGE"* ]] || fail "$file $text: $output"
		done
		cp whole r/"$file"
	done
}

@test "ten thousand images, and as many names, in time" {
	local store=image/overlay2
	python3 - r/$store <<-'END'
		import json, os, sys
		ids = ['%064x' % i for i in range(10000)]
		for i in ids:
		    open(sys.argv[1] + '/imagedb/content/sha256/' + i, 'w').write('{}')
		tags = {'shop:%d' % n: 'sha256:' + i for n, i in enumerate(ids)}
		json.dump({'Repositories': {'shop': tags, 'also': {'also:1': 'sha256:' + ids[7]}}}, open(sys.argv[1] + '/repositories.json', 'w'))
	END
	must 0 timeout 60 ctr-ls -r r --show images -j -c image_id,names,dangling
	[ "$(jq -r .names[] <<<"$output" | sort -u | wc -l)" = 10001 ]
	[ "$(jq -rc 'select(.image_id[-2:] == "07" and .names[1] != null).names' <<<"$output")" = '["shop:7","also:1"]' ]
	must 1 timeout 60 ctr-ls -r r --show images -j --memory 2M
	says 'what the engine keeps needs more memory'
	[ "$(jq -r 'select(.names == [] or .dangling == true).image_id' <<<"$output")" = '' ] || fail 'what is not known is claimed'
}
