#!/usr/bin/env bats
# SPDX-License-Identifier: ISC
# Evidence that was damaged, or made to do damage, read by the tools with sanitizers: what is said, with which status, and
# that the rest of the answer stands. A status of 99 is a sanitizer's.

bats_require_minimum_version 1.5.0
load ../lib
# shellcheck disable=SC2154 # output and stderr are bats' own

setup() {
	PATH=$CTR_SAN:$PATH
	cd "$BATS_TEST_TMPDIR" || return
	# a data root with two containers: bad is what a test damages, good must stand
	BAD=$(printf 'b%.0s' {1..64})
	GOOD=$(printf 'a%.0s' {1..64})
	D=$PWD/root/var/lib/docker
	B=$D/containers/$BAD
	L=$D/image/overlay2/layerdb
	mkdir -p "$D/overlay2" "$D/image/overlay2/imagedb/content/sha256" "$D/image/overlay2/imagedb/metadata/sha256"
	container "$BAD" bad
	container "$GOOD" good
	CTR_ROOT=$PWD/root
	export CTR_ROOT
	echo 'SECRET OUTSIDE' >outside
}

# container ID NAME: as the engine writes one, with a log of two lines and a stack of one layer.
container() {
	local c=$D/containers/$1 chain
	chain=sha256/$(printf 'c%.0s' {1..64})
	mkdir -p "$c" "$L/mounts/$1" "$L/$chain"
	jq -nc --arg id "$1" --arg name "/$2" '{ StreamConfig: {}, State: { Running: true, Paused: false, Restarting: false, OOMKilled: false, Dead: false,
		Pid: 42, ExitCode: 0, Error: "", StartedAt: "2026-01-01T00:00:00Z", FinishedAt: "0001-01-01T00:00:00Z" },
		ID: $id, Created: "2026-01-01T00:00:00Z", Path: "sh", Args: [], Name: $name, Driver: "overlay2", Image: "sha256:x",
		LogPath: "/var/lib/docker/containers/\($id)/\($id)-json.log", RestartCount: 0, AppArmorProfile: "", SeccompProfile: "",
		Config: { Hostname: "h", User: "", Tty: false, OpenStdin: false, Env: ["A=b"], Cmd: ["sh"], Image: "i:1", WorkingDir: "/",
		Entrypoint: null, Labels: { k: "v" }, ExposedPorts: { "80/tcp": {} }, Healthcheck: { Test: ["CMD", "x"], Interval: 1 } },
		MountPoints: { "/m": { Type: "volume", Name: "vol", Source: "", Destination: "/m", RW: true, Propagation: "", Driver: "local" } },
		NetworkSettings: { Networks: { bridge: { NetworkID: "n", IPAddress: "172.17.0.2", Aliases: ["a"] } },
		Ports: { "80/tcp": [{ HostIp: "0.0.0.0", HostPort: "8080" }] } } }' >"$c/config.v2.json"
	jq -nc '{ Binds: null, Privileged: false, CapAdd: ["SYS_ADMIN"], CapDrop: null, NetworkMode: "host", PidMode: "", IpcMode: "", UTSMode: "",
		UsernsMode: "", CgroupnsMode: "", RestartPolicy: { Name: "no", MaximumRetryCount: 0 }, LogConfig: { Type: "json-file", Config: {} },
		MaskedPaths: [], ReadonlyPaths: [], SecurityOpt: ["a=b"], Devices: [{ PathOnHost: "/dev/x", PathInContainer: "/dev/y", CgroupPermissions: "r" }],
		Ulimits: [{ Name: "n", Soft: 1, Hard: 2 }], Sysctls: { s: "1" }, Tmpfs: { "/t": "" }, Memory: 0, NanoCpus: 0, PidsLimit: null,
		PortBindings: { "80/tcp": [{ HostIp: "", HostPort: "" }] }, Dns: [], ExtraHosts: [], Runtime: "runc", CgroupParent: "", DeviceCgroupRules: null,
		ReadonlyRootfs: false }' >"$c/hostconfig.json"
	printf '{"log":"%s %d\\n","stream":"stdout","time":"2026-01-01T00:00:0%dZ"}\n' "$2" 1 1 "$2" 2 2 >"$c/$1-json.log"
	echo "m-$2" >"$L/mounts/$1/mount-id"
	echo "m-$2-init" >"$L/mounts/$1/init-id"
	echo "sha256:$(printf 'c%.0s' {1..64})" >"$L/mounts/$1/parent"
	echo base >"$L/$chain/cache-id"
	echo "sha256:$(printf 'd%.0s' {1..64})" >"$L/$chain/diff"
	echo 10 >"$L/$chain/size"
}

# says STATUS TEXT: ctr-ls ends so, says that, and the good container stands whole.
says() {
	must "$1" timeout 60 ctr-ls -j
	[[ $stderr == *"$2"* ]] || fail "not said: $2" "stderr: $stderr"
	jq -es 'any(.[]; .name == "good" and .error == null and (.layers | length) == 3 and .log.files != [])' <<<"$output" >/dev/null ||
		fail "the good container does not stand: $output"
	refute_controls "$output"
	refute_controls "$stderr"
	[[ $output$stderr != *'SECRET OUTSIDE'* ]] || fail 'read outside of the root'
}

log_says() {
	must "$1" timeout 60 ctr-logcat -o tsv -n -c message
	[[ $stderr == *"$2"* ]] || fail "not said: $2" "stderr: $stderr"
	[[ $output == *'good 1'*'good 2'* ]] || fail "the good log does not stand: $output"
	refute_controls "$output"
	[[ $output$stderr != *'SECRET OUTSIDE'* ]] || fail 'read outside of the root'
}

@test "undamaged, nothing is said" {
	must 0 ctr-ls -j
	[ -z "$stderr" ]
	log_says 0 ''
}

@test "links that lead out of the root are resolved within it" {
	for target in "$PWD/outside" ../../../../../../../../../../outside ../../../../../../../../../../../../../etc/passwd /etc/shadow; do
		rm -f "$B/config.v2.json" "$B/$BAD-json.log"
		ln -s "$target" "$B/config.v2.json"
		ln -s "$target" "$B/$BAD-json.log"
		says 1 "$BAD/config.v2.json: cannot look: No such file or directory"
		log_says 1 "$BAD-json.log"
	done
	# the same name within: an absolute link is one of this root
	mkdir -p root/srv
	echo '{"ID":"'"$BAD"'","Name":"/moved","State":{},"Config":{}}' >root/srv/config
	ln -sf /srv/config "$B/config.v2.json"
	must 0 ctr-ls -o tsv -n -c name moved
	[ "$output" = moved ]
}

@test "a folder that is a link is one within" {
	mv "$D/containers" root/elsewhere
	ln -s /elsewhere "$D/containers"
	must 0 ctr-ls -o tsv -n -c name
	[ "$(sort <<<"$output" | tr '\n' ' ')" = 'bad good ' ]
	rm "$D/containers"
	mkdir other
	echo 'SECRET OUTSIDE' >other/x
	ln -s "$PWD/other" "$D/containers"
	must 3 ctr-ls
	[[ $stderr == *'no container engine found'* ]]
	ln -sfn containers "$D/containers"
	must 3 ctr-ls
	[[ $stderr == *'Too many levels of symbolic links'* ]]
}

@test "names and texts that steer a terminal arrive as escapes, and whole" {
	python3 - "$B" <<-'END'
		import json, sys
		nasty = "a\x1b[2J\x1b]0;t\x07\n\t\r\u009b31m\u202eb\u200bc\u0000d\"\\"
		path = sys.argv[1] + "/config.v2.json"
		d = json.load(open(path))
		d["Name"] = "/" + nasty
		d["Config"]["Env"] = ["A=" + nasty]
		d["Config"]["Labels"] = {nasty: nasty}
		d["Config"]["Image"] = nasty
		d["MountPoints"] = {nasty: {"Type": "bind", "Source": nasty, "RW": True, "Name": nasty}}
		text = json.dumps(d).encode().replace(b'"sh"', b'"\\ud800 and \xff\xc0\xaf"')
		open(path, "wb").write(text)
	END
	says 0 'string is not valid UTF-8'
	jq -e 'select(.name != "good") | (.name | contains("\u001b[2J\u001b]0;t\u0007\n\t\r\u009b31m\u202eb\u200bc\u0000d\"\\"))
		and .env_b64 == null and (.labels | keys[0]) == .image and .mounts[0].source == .image' <<<"$output"
	# what JSON cannot hold stands beside it
	jq -r 'select(.name != "good").command_b64[0]' <<<"$output" | base64 -d | cmp - <(printf '\xed\xa0\x80 and \xff\xc0\xaf')
	printf '%s\n' "$output" >first
	ctr-ls -j - <first >second
	cmp first second
	for form in table tsv; do
		must 0 ctr-ls -o $form -c name,image,env,labels,mounts,command
		refute_controls "${output//$'\t'/ }" # a tab of tsv parts cells
		[[ $output == *'\x1b[2J'*'\u{202e}'* ]]
	done
	printf '{"log":"\\u001b[2J\\u009b\\u202e %b\\n","stream":"stdout","time":"2026-01-01T00:00:03Z"}\n' '\xff\xc2\x9b' >>"$B/$BAD-json.log"
	log_says 0 ''
	[[ $output == *'\x1b[2J\u{9b}\u{202e} \xff\u{9b}'* ]]
	mkdir "$D/containers/$(printf 'x\033[2J\n\303')"
	says 1 'is no container: its name x\x1b[2J\n\xc3'
}

@test "config.v2.json cut at every 97th byte: one row with its error, the rest stands" {
	cp "$B/config.v2.json" whole
	size=$(stat -c %s whole)
	for ((at = 0; at < size; at += 97)); do
		head -c "$at" whole >"$B/config.v2.json"
		says 1 "$BAD/config.v2.json: offset "
		jq -es --arg i "$BAD" 'any(.[]; .container == $i and .error and .name == null and .cap_add == ["SYS_ADMIN"])' <<<"$output" >/dev/null ||
			fail "cut at $at: $output"
	done
}

@test "every key of every wrong kind is a fault that names it, or is passed over" {
	for file in config.v2.json hostconfig.json; do
		cp "$B/$file" whole
		jq -c 'paths' whole >keys
		[ "$(wc -l <keys)" -gt 20 ]
		while read -r key; do
			for value in 5 -1 1.5 1e999 '"x"' true '[]' '{}' '[[1]]' '{"a":{"b":1}}' null; do
				jq -c --argjson k "$key" --argjson v "$value" 'setpath($k; $v)' whole >"$B/$file" 2>/dev/null || continue
				run --separate-stderr timeout 60 ctr-ls -j
				[ "$status" -le 1 ] || fail "$file $key = $value: status $status $stderr"
				[ "$status" = 0 ] || [[ $stderr == *"$file: offset "*"wrong kind for key"* || $stderr == *'names another container'* ||
					$stderr == *'store that is not read'* ]] || fail "$file $key = $value: $stderr"
				[ "$(jq -s length <<<"$output")" = 2 ] || fail "$file $key = $value: $output"
			done
		done < <(shuf -n 24 --random-source=<(yes) keys)
		cp whole "$B/$file"
	done
	jq -c '.State.Running = "yes"' "$B/config.v2.json" >x && mv x "$B/config.v2.json"
	says 1 'value of the wrong kind for key State.Running (expected true or false)'
	jq -es 'any(.[]; .name == "bad" and .state == null and .rest["State.Running"] == "\"yes\"" and .error)' <<<"$output"
}

@test "hostconfig.json is missing: what only it knows is not told" {
	rm "$B/hostconfig.json"
	says 1 "$BAD/hostconfig.json: cannot look: No such file"
	jq -es 'any(.[]; .name == "bad" and .privileged == null and .log.driver == "json-file")' <<<"$output"
}

@test "a log whose last line is torn, and lines that are damaged" {
	printf '{"log":"torn' >>"$B/$BAD-json.log"
	log_says 1 'offset 132: torn log record: {"log":"torn'
	printf '{"log":"glued\\n","stream":"stdout","time":"2026-01-01T00:00:03Z"}\n' >>"$B/$BAD-json.log"
	log_says 1 'damaged log record: {"log":"torn'
	[[ $output == *glued* ]]
	{ printf 'garbage \033[2J\n'; printf '{"log":"x\\n","stream":"stdout","time":"2026-13-01T00:00:00Z"}\n'
		printf '{"log":"x\\n","stream":"stdout"}\n'
		printf '{"log":"after\\n","stream":"stdout","time":"2026-01-01T00:00:04Z"}\n'; } >>"$B/$BAD-json.log"
	log_says 1 'damaged log record: garbage \x1b[2J'
	[[ $stderr == *'time of a log record is none: 2026-13-01'* ]]
	[[ $output == *after* ]]
}

@test "a line of 100 MB is cut and said, --raw has it whole, and memory does not grow with it" {
	python3 - "$B/$BAD-json.log" <<-'END'
		import sys
		with open(sys.argv[1], "w") as f:
		    f.write('{"log":"')
		    for _ in range(100): f.write("A\\u001b" * 150000)
		    f.write('\\n","stream":"stderr","time":"2026-01-01T00:00:05Z"}\n')
		    f.write("B" * 50000000 + '{"log":"glued\\n","stream":"stdout","time":"2026-01-01T00:00:06Z"}\n')
	END
	must 1 timeout 100 ctr-logcat -j bad
	[[ $stderr == *'message too long, cut'*'no log record, passed over'* ]]
	jq -es '.[0].partial and (.[0].message | length) == 1048576 and .[1].message == "glued"' <<<"$output"
	ctr-logcat --raw bad 2>/dev/null >raw || [ $? = 1 ]
	[ "$(head -n 1 raw | wc -c)" = 30000001 ]
	[ "$(tail -n 1 raw)" = glued ]
	PATH=$CTR_BIN:$PATH bash -c 'ulimit -v 65536; ctr-logcat --raw bad 2>/dev/null | wc -c' | grep -qx 30000007
}

@test "a tar cut in the middle of an entry, or anywhere: what is before stands" {
	tar -cf whole.tar --sort=name -C root .
	size=$(stat -c %s whole.tar)
	for ((at = 700; at < size; at += 3701)); do
		head -c "$at" whole.tar >cut.tar
		run --separate-stderr timeout 60 ctr-ls -r cut.tar -j
		[ "$status" = 1 ] || [ "$status" = 3 ] || [ "$at" -gt $((size - 10240)) ] || fail "cut at $at: $status"
		[ "$status" = 0 ] || [[ $stderr =~ cut\.tar:.*(archive\ ends|no\ container\ engine) ]] || fail "cut at $at: $stderr"
	done
	# behind all that is needed, in the bytes of a file
	head -c 9000 /dev/urandom >root/zz
	tar -cf whole.tar --sort=name -C root .
	head -c $(($(stat -c %s whole.tar) - 10240 - 3000)) whole.tar >cut.tar
	must 1 ctr-ls -r cut.tar -j
	[[ $stderr =~ cut\.tar:\ offset\ [0-9]+:\ archive\ ends\ within\ an\ entry\ \(expected ]]
	[ "$(jq -s length <<<"$output")" = 2 ]
	gzip -c whole.tar | head -c 2000 >cut.tar.gz
	run --separate-stderr ctr-ls -r cut.tar.gz
	[[ $stderr == *'compressed data end early'* ]]
	gzip -c whole.tar >bomb.tar.gz
	must 3 ctr-ls -r bomb.tar.gz --spool-limit 10K
	[[ $stderr == *'inflates to more than the limit'* ]] || fail "$stderr"
}

@test "a host's name that lies beneath a link is not that of the link's target" {
	python3 - <<-'END'
		import io, tarfile
		def add(t, name, data=b"", kind=tarfile.REGTYPE, link=""):
		    i = tarfile.TarInfo(name); i.size = len(data); i.type = kind; i.linkname = link; t.addfile(i, io.BytesIO(data))
		with tarfile.open("evil.tar", "w") as t:
		    for d in "var", "var/lib", "var/lib/docker", "var/lib/docker/containers", "var/lib/docker/image": add(t, d, kind=tarfile.DIRTYPE)
		    add(t, "etc", kind=tarfile.SYMTYPE, link="/tmp")
		    add(t, "etc/hostname", b"through-the-link")
		    add(t, "file", b"one")
		    c = "var/lib/docker/containers/" + "a" * 64
		    add(t, c + "/config.v2.json", b'{"ID":"%s","Name":"/good"}' % (b"a" * 64))
		    add(t, c + "/hostconfig.json", kind=tarfile.SYMTYPE, link="/file")
	END
	must 1 ctr-ls -r evil.tar -j
	[[ $stderr == *'entry beneath a symbolic link, left out: etc/hostname'* ]] || fail "$stderr"
	jq -e '.name == "good" and .host == null' <<<"$output"
}

@test "maps of a hundred thousand are read in time" {
	python3 - "$B/config.v2.json" <<-'END'
		import json, sys
		d = json.load(open(sys.argv[1]))
		d["Config"]["Labels"] = {"k%d" % i: "v" for i in range(100000)}
		d["MountPoints"] = {"/m%d" % i: {"Type": "bind", "Source": "/s%d" % i, "RW": False} for i in range(20000)}
		json.dump(d, open(sys.argv[1], "w"))
	END
	must 0 timeout 60 ctr-ls -j bad
	jq -e '(.labels | length) == 100000 and (.mounts | length) == 20001' <<<"$output"
}
