#!/usr/bin/env bats
# SPDX-License-Identifier: ISC
# ctr-ls against what the engine itself said of the same containers, images and volumes on that day.

bats_require_minimum_version 1.5.0
load lib
# shellcheck disable=SC2154 # output and stderr are bats' own

setup() {
	evidence
	NODE_JSON=$BATS_FILE_TMPDIR/node.jsonl
	[ -e "$NODE_JSON" ] || ctr-ls -qj >"$NODE_JSON" || [ $? = 1 ]
}

teardown() {
	evidence_unchanged
}

# truth FILTER: what the engine said, by tests/truth/container.jq. Of a start that failed the engine knows that the address
# was given back; what it wrote does not.
truth() {
	jq -S -L "$HERE/truth" "include \"container\"; $1" "$TRUTH/inspect.json"
}

@test "every container is as docker inspect shows it, key by key" {
	truth '.[] | select(.Name != "/damaged-1") | expected | if .state_error then del(.networks) else . end' |
		jq -s 'sort_by(.container)' >theirs
	jq -S -L "$HERE/truth" 'include "container"; select(.name) | ours
		| if .state_error then del(.networks) else . end' "$NODE_JSON" | jq -s 'sort_by(.container)' >ours
	[ "$(jq length theirs)" -gt 30 ]
	diff theirs ours
}

@test "nothing that docker inspect shows is lost: what has no column is in rest" {
	jq -n -r -L "$HERE/truth" --slurpfile ours "$NODE_JSON" 'include "container";
		($ours | map({ key: .container, value: .rest }) | from_entries) as $rest
		| input[] | select(.Name != "/damaged-1" and .State.Error == "") | .Id as $id | .Name as $name
		| untaken[] | select(in_rest($rest[$id]) | not) | "\($name) \(.key) \(.value)"' "$TRUTH/inspect.json" >lost
	diff /dev/null lost
}

@test "docker ps -a shows the same containers, states and commands" {
	jq -r '[.ID, .Names, .State] | @tsv' "$TRUTH/ps.jsonl" | grep -v 'damaged-1' | sort >theirs
	jq -r 'select(.name) | [.container, .name, .state] | @tsv' "$NODE_JSON" | sort >ours
	diff theirs ours
	jq -r 'select(.Names != "damaged-1") | [.ID, (.Command | fromjson? // .)] | @tsv' "$TRUTH/ps.jsonl" | sort >theirs
	jq -r 'select(.name) | [.container, ([.rest.Path | fromjson] + (.rest.Args | fromjson) | join(" "))] | @tsv' \
		"$NODE_JSON" | sort >ours
	# docker ps quotes for a shell what is not plain: plain ones are compared
	grep -vE "'|\\\\" theirs >plain
	[ "$(wc -l <plain)" -gt 15 ]
	comm -23 plain ours | diff /dev/null -
}

@test "the tar of the root gives what the root gives" {
	must 1 ctr-ls -j -r "$EVIDENCE/node.tar.zst"
	jq -S 'del(.evidence)' <<<"$output" >tar
	jq -S 'del(.evidence)' "$NODE_JSON" >dir
	diff dir tar
	zstd -qdc "$EVIDENCE/node.tar.zst" >plain.tar
	gzip -k plain.tar
	xz -k1 plain.tar
	bzip2 -k plain.tar
	for form in plain.tar plain.tar.gz plain.tar.xz plain.tar.bz2; do
		must 1 ctr-ls -j -r "$form"
		jq -S 'del(.evidence)' <<<"$output" | diff dir -
	done
}

@test "the engine's folder alone gives the same, but for what lies outside of it" {
	must 1 ctr-ls -j -r "$NODE/var/lib/docker"
	jq -S 'select(.name) | [.container, .name, .state, .env, .log.driver]' <<<"$output" >alone
	jq -S 'select(.name) | [.container, .name, .state, .env, .log.driver]' "$NODE_JSON" | diff - alone
	[ "$(jq -r 'select(.name == "ops-shell").mounts[0].present' <<<"$output")" = unknown ]
	jq -r 'select(.name).mounts[] | select(.type == "volume") | .evidence_path' <<<"$output" | grep '^/volumes/'
}

@test "a data root that daemon.json moved is found" {
	mkdir -p root/etc/docker root/srv
	cp -a "$NODE/var/lib/docker" root/srv/engine
	echo '{ "data-root": "/srv/engine" }' >root/etc/docker/daemon.json
	must 1 ctr-ls -j -r root
	[ "$(jq -s length <<<"$output")" = "$(jq length "$TRUTH/inspect.json")" ]
	[ "$(jq -r 'select(.name == "web-1").mounts | length' <<<"$output")" = 0 ]
	# recorded paths of the original place mean the new one
	[ "$(jq -r 'select(.name == "orders_db_1").mounts[0].present' <<<"$output")" = yes ]
}

@test "one damaged container is one row with its error, and the others stand" {
	must 1 ctr-ls -j
	[ "$(jq -s length <<<"$output")" = "$(jq length "$TRUTH/inspect.json")" ]
	row=$(jq -c --arg id "$(id_of damaged-1)" 'select(.container == $id)' <<<"$output")
	jq -e '.error and .name == null and .state == null and .risk == null and .log.driver == "json-file"
		and .privileged == false and (.layers | length) > 1' <<<"$row"
	[[ $stderr =~ config.v2.json:\ offset\ [0-9]+:.*expected ]]
	[ "$(wc -l <<<"$stderr")" = 1 ]
	# asked for something else by name, it does not matter; where a name could be its own, it does
	must 0 ctr-ls web-1
	must 1 ctr-ls ping
}

@test "what says that a container was up is what lies on the disk" {
	(cd "$NODE" && find var/lib/docker/overlay2 -maxdepth 2 -name merged) | sed 's,^,/,' | sort >theirs
	jq -r '.witnesses[] | select(endswith("/merged"))' "$NODE_JSON" | sort | diff theirs -
	jq -r 'select(.name) | select((.state == "running" or .state == "paused") != any(.witnesses[]; endswith("/merged"))).name' \
		"$NODE_JSON" | diff /dev/null -
	jq -r '.witnesses[] | select(contains("runtime.v2.task"))' "$NODE_JSON" | while read -r path; do
		[ -d "$NODE$path" ]
	done
}

@test "layers are those that the engine mounted, with digests that add up" {
	jq -r 'select(.name).layers[] | .evidence_path' "$NODE_JSON" | sort -u | while read -r path; do
		[ -d "$NODE$path" ] || fail "no such layer: $path"
	done
	# the chain id of each layer by the words of the OCI image specification
	jq -r 'select(.name == "web-1").layers[] | select(.kind == "layer") | [.diff_id, .chain_id] | @tsv' "$NODE_JSON" |
		while read -r diff chain; do
			[ -z "$below" ] && want=$diff || want=sha256:$(printf '%s %s' "$below" "$diff" | sha256sum | cut -d' ' -f1)
			[ "$chain" = "$want" ]
			below=$chain
		done
}

@test "infrastructure is told apart, and comes last in the table alone" {
	jq -r 'select(.role == "sandbox").name' "$NODE_JSON" | sort >sandboxes
	jq -r '.[] | select(.Config.Labels["io.kubernetes.docker.type"] == "podsandbox").Name[1:]' "$TRUTH/inspect.json" |
		sort | diff - sandboxes
	jq -r 'select(.role == "system").name' "$NODE_JSON" | grep -q '^k8s_agent_'
	[ "$(jq -r 'select(.name and (.name | startswith("k8s_cart"))) | [.role, .pod_namespace, .kube_container, .attempt] | @csv' \
		"$NODE_JSON")" = '"container","default","cart",0' ]
	must 1 ctr-ls -n -c name,role
	tail -n 3 <<<"$output" | grep -cE ' +(sandbox|system)$' | grep -qx 3
	jq -r .container "$NODE_JSON" | sort -c
}

@test "a selection is a name, a prefix of an id, a part of an image, a pod" {
	must 0 ctr-ls -n -c name web-1
	[ "$output" = web-1 ]
	must 0 ctr-ls -n -c name "$(id_of web-1 | cut -c1-6)"
	[ "$output" = web-1 ]
	must 1 ctr-ls -n -c name ping
	jq -r '.[] | select(.Config.Image | contains("ping")).Name[1:]' "$TRUTH/inspect.json" | sort >theirs
	sort <<<"$output" | diff theirs -
	pod=$(jq -r '[.[] | .Config.Labels["io.kubernetes.pod.name"] | select(. and startswith("cart"))][0]' "$TRUTH/inspect.json")
	must 1 ctr-ls -n -c role "pod:$pod"
	[ "$(sort <<<"$output" | tr '\n' ' ')" = 'container sandbox ' ]
	must 0 ctr-ls -n -c name /web-1
	[ "$output" = web-1 ]
	must 1 ctr-ls --show images -o tsv -n -c names hop/ping
	[ "$(wc -l <<<"$output")" = 3 ]
	# without a tag it is the latest, as for the engine
	must 1 ctr-ls --show images -o tsv -n -c names shop/ping
	[ "$(wc -l <<<"$output")" = 1 ]
	[[ $output == *shop/ping:latest* ]]
	must 2 ctr-ls --show roots web-1
	must 2 ctr-ls nobody-is-called-this
	[[ $stderr =~ nothing\ matches\ nobody-is-called-this ]]
}

@test "ids, names and records on stdin are a selection; none select nothing" {
	must 0 ctr-ls -n -c name - < <(id_of web-1; echo web-2)
	[ "$(sort <<<"$output" | tr '\n' ' ')" = 'web-1 web-2 ' ]
	must 0 ctr-ls -n - </dev/null
	[ -z "$output" ]
	must 0 ctr-ls -n -c name - <<<"{\"container\":\"$(id_of web-1)\"}"
	[ "$output" = web-1 ]
	must 2 ctr-ls - <<<'{"container":'
	[[ $stderr =~ stdin.*offset\ [0-9]+ ]]
	mkdir other
	cp -a "$NODE/." other
	must 2 ctr-ls -r other - <"$NODE_JSON"
	[[ $stderr =~ other\ evidence.*-r\ $NODE ]]
}

@test "what was printed, read and printed again is the same bytes" {
	must 1 ctr-ls -j
	printf '%s\n' "$output" >first
	ctr-ls -j - <first >second
	cmp first second
	# the same root, spelled in another way, is the same root
	(cd "$NODE" && ctr-ls -r . -j -) <first >third
	cmp first third
	must 1 ctr-ls --show images -j
	printf '%s\n' "$output" >first
	ctr-ls --show images -j - <first >second 2>err
	cmp first second
}

@test "a record made by hand is a record" {
	must 0 ctr-ls -j -c container,name,state,risk,rules - <<<'{"record":"container","container":"ab12","name":"mine","log":{"driver":"json-file","files":[]},"privileged":true}'
	jq -e '.name == "mine" and .risk == "critical" and .rules == ["privileged"] and .state == null' <<<"$output"
}

@test "images are as docker image inspect shows them" {
	must 1 ctr-ls --show images -j
	jq -S 'map({ id: .Id, names: (.RepoTags + .RepoDigests | sort), parent: (.Parent | if . == "" then null else . end), created: .Created,
		size: .Size, author: .Author, platform: (.Os + "/" + .Architecture), cmd: .Config.Cmd, env: .Config.Env, user: .Config.User,
		workdir: .Config.WorkingDir, labels: .Config.Labels, entrypoint: .Config.Entrypoint,
		exposed: (.Config.ExposedPorts // {} | keys), volumes: (.Config.Volumes // {} | keys), layers: .RootFS.Layers,
		top: .GraphDriver.Data.UpperDir }) | sort_by(.id)[]' "$TRUTH/images.json" >theirs
	jq -S '{ id: .image_id, names: (.names | sort), parent, created, size, author: (.author // ""), platform, cmd: .config.cmd,
		env: .config.env, user: .config.user, workdir: .config.workdir, labels: .config.labels, entrypoint: .config.entrypoint,
		exposed: (.config.exposed_ports // [] | sort), volumes: (.config.volumes // [] | sort),
		layers: [.layers[].diff_id], top: .layers[-1].evidence_path }' <<<"$output" >ours
	diff theirs ours
}

@test "the history of an image is as docker history shows it" {
	must 1 ctr-ls --show images -j
	for file in "$TRUTH"/history/*.jsonl; do
		id=$(basename "$file" .jsonl)
		jq -r '[.CreatedBy, .Comment] | @tsv' "$file" >theirs
		jq -r --arg id "sha256:$id" 'select(.image_id == $id).history | reverse[] | [.created_by // "", .comment // ""] | @tsv' \
			<<<"$output" | diff theirs -
	done
}

@test "images know their containers, which names mean nothing now, and what has no source" {
	must 1 ctr-ls --show images -j
	jq -r '.[] | [.Image, .Id] | @tsv' "$TRUTH/inspect.json" | grep -v "$(id_of damaged-1)" | sort >theirs
	jq -r '.image_id as $i | .containers[] | [$i, .] | @tsv' <<<"$output" | sort | diff theirs -
	# dangling as docker images -f dangling=true has it: no name and no child
	jq -r '(map(.Parent)) as $p | .[] | select(.RepoTags + .RepoDigests == [] and (.Id as $i | $p | index($i) | not)).Id' \
		"$TRUTH/images.json" | sort >theirs
	jq -r 'select(.dangling).image_id' <<<"$output" | sort | diff theirs -
	[ -s theirs ]
	jq -es 'any(.[]; (.names | index("shop/base:12")) and .sources == [] and .rules == ["no-source"] and .risk == "info")' <<<"$output"
	jq -r 'select(.sources != []).names[]' <<<"$output" >pulled
	if jq -e 'any(.[]; .RepoDigests != [])' "$TRUTH/images.json"; then grep -q . pulled; fi
}

@test "volumes are as docker volume inspect shows them, but for what metadata.db alone holds" {
	must 1 ctr-ls --show volumes -j
	jq -r '.[] | [.Name, .Driver, .Mountpoint, .Scope, (.Options // {} | to_entries | sort | tojson)] | @tsv' "$TRUTH/volumes.json" |
		grep -v '^ledger' | sort >theirs
	jq -rS 'select(.volume != "ledger") | [.volume, .driver, .evidence_path, .scope, (.options | to_entries | sort | tojson)] | @tsv' <<<"$output" |
		sort | diff theirs -
	# a folder's time has seconds in the engine's answer
	jq -r '.[] | select(.Name == "unused") | .CreatedAt' "$TRUTH/volumes.json" >theirs
	jq -r 'select(.volume == "unused").created | sub("\\.[0-9]+Z"; "Z")' <<<"$output" | diff theirs -
	jq -es '.[] | select(.volume == "ledger") | .present == "no" and .created == null and (.containers | length) == 1' <<<"$output"
	jq -r '.[] | .Id as $i | .Mounts[] | select(.Type == "volume") | [.Name, $i] | @tsv' "$TRUTH/inspect.json" | sort >theirs
	jq -r '.volume as $v | .containers[] | [$v, .] | @tsv' <<<"$output" | sort | diff theirs -
}

@test "mounts are looked for in the evidence, and it is said why one is not there" {
	jq -r 'select(.name).mounts[] | [.present, .evidence_path // "-"] | @tsv' "$NODE_JSON" | sort -u | while IFS=$'\t' read -r present path; do
		case $present in
		yes) [ -e "$NODE$path" ] || fail "$path is not there" ;;
		no) [ "$path" = - ] || [ ! -e "$NODE$path" ] || fail "$path is there" ;;
		esac
	done
	jq -r 'select(.name).mounts[] | select(.present == "no" and .why == null)' "$NODE_JSON" | diff /dev/null -
	[ "$(jq -r 'select(.name == "ledger-1").mounts[0].present' "$NODE_JSON")" = no ]
}

@test "a volume whose options mount something else in its place is that" {
	jq -es 'map(select(.name == "opts-1"))[0].mounts | map({ (.volume): [.device, .evidence_path, .present, .why] }) | add |
		.share == ["/srv/share", "/srv/share", "yes", null] and .scratch == ["tmpfs", null, "no", "in memory only"]' "$NODE_JSON"
	jq -r '.[] | select(.Options.device) | [.Name, .Options.device] | @tsv' "$TRUTH/volumes.json" | sort >theirs
	jq -r 'select(.name).mounts[] | select(.device) | [.volume, .device] | @tsv' "$NODE_JSON" | sort -u | diff theirs -
}

@test "when a container is known to have lived: its end, or its last probe and what was written last" {
	local id state seen finished
	jq -r '.[] | select(.Name != "/damaged-1") | [.Id, .State.Status, .State.FinishedAt, .State.StartedAt, (.State.Health.Log // [] | last.End // "-")] | @tsv' "$TRUTH/inspect.json" |
		while IFS=$'\t' read -r id state finished started probe; do
			seen=$(jq -r --arg i "$id" 'select(.container == $i).last_seen' "$NODE_JSON")
			folder=$NODE/var/lib/docker/containers/$id
			case $state in
			created) continue ;;
			# the engine takes both times by itself: one may have ended before it started
			exited) [[ $seen = "$finished" || ($seen = "$started" && $started > $finished) ]] || fail "$id $seen $finished" ;;
			*)
				{
					date -u -d "$started" +%s.%N
					[ "$probe" = - ] || date -u -d "$probe" +%s.%N
					stat -c %.Y "$folder/config.v2.json"
					[ ! -e "$folder/$id-json.log" ] || stat -c %.Y "$folder/$id-json.log"
				} | sort -n | tail -n 1 >latest
				[ "$(date -u -d "$seen" +%s.%N)" = "$(<latest)" ] || fail "$id: $seen, not $(<latest)"
				;;
			esac
		done
	jq -es 'map(select(.name == "web-2"))[0].traces | map(.trace) == ["probe", "record", "log"]' "$NODE_JSON"
	# what an engine that starts after a crash writes of it is no end
	mkdir -p r/containers/"$(printf 'a%.0s' {1..64})" r/image
	printf '{"ID":"%s","Name":"/x","Created":"2026-03-01T09:00:00Z","State":{"Running":false,"ExitCode":%s,"Error":"%s","StartedAt":"2026-03-01T10:00:00Z","FinishedAt":"2026-03-02T08:00:00Z"}}' \
		"$(printf 'a%.0s' {1..64})" 255 '' >r/containers/"$(printf 'a%.0s' {1..64})"/config.v2.json
	ctr-ls -q -j -r r | jq -e '.finished == "2026-03-02T08:00:00Z" and .last_seen == "2026-03-01T10:00:00Z" and (.traces | map([.trace, .time])) == [["found-dead", "2026-03-02T08:00:00Z"]]'
	sed -i 's/255/1/' r/containers/*/config.v2.json
	ctr-ls -q -j -r r | jq -e '.last_seen == "2026-03-02T08:00:00Z" and .traces == []'
}

@test "--size: what containers wrote as the engine adds it up, and volumes as du does, from a directory and a tar" {
	jq -r '.[] | [.Id, .SizeRw] | @tsv' "$TRUTH/sizes.json" | sort >theirs
	for root in "$NODE" "$EVIDENCE/node.tar.zst"; do
		must 1 ctr-ls -r "$root" --size -j
		jq -r '[.container, .storage.size_rw] | @tsv' <<<"$output" | sort | diff theirs -
		must 1 ctr-ls -r "$root" --size --show volumes -j
		jq -r 'select(.present == "yes") | [.evidence_path, .size] | @tsv' <<<"$output" | while IFS=$'\t' read -r path size; do
			[ "$size" = "$(find "$NODE$path" ! -type d -printf '%s\n' | awk '{ n += $1 } END { print n + 0 }')" ]
		done
		jq -es 'map(select(.volume == "ledger"))[0].size == null' <<<"$output"
	done
	must 0 ctr-ls --size web-1
	[[ ${lines[0]} == *STORAGE.SIZE_RW && ${lines[1]} == *\ "$(jq -r '.[] | select(.Name == "/web-1").SizeRw' "$TRUTH/sizes.json")" ]]
	# names of one file are counted once, and no link is followed
	mkdir -p r/containers r/image r/volumes/v/_data/deep/er
	head -c 1000 /dev/zero >r/volumes/v/_data/a
	ln r/volumes/v/_data/a r/volumes/v/_data/deep/er/b
	ln -s /etc r/volumes/v/_data/deep/link
	tar -cf r.tar -C r .
	for root in r r.tar; do
		must 0 ctr-ls -r $root --show volumes --size -n -o tsv -c size
		[ "$output" = 1004 ]
	done
}

@test "columns are chosen, added, and reach inside records" {
	must 0 ctr-ls -o tsv -c name,ns.net,mounts.path,labels.com.example.tier web-1
	[ "${lines[0]}" = $'name\tns.net\tmounts.path\tlabels.com.example.tier' ]
	[ "${lines[1]}" = $'web-1\tprivate\t-\tfront' ]
	must 0 ctr-ls -j -c mounts.source ops-shell
	jq -e '.record == "container" and .evidence == env.CTR_ROOT and (."mounts.source" | sort) == ["/", "/var/run/docker.sock"]' <<<"$output"
	must 0 ctr-ls -c +exit_code -n job-failed
	[[ $output =~ \ 3$ ]]
	must 2 ctr-ls -c no_such_column
	[[ $stderr =~ no\ such\ column:\ no_such_column ]]
	must 0 ctr-ls --list-columns
	[[ $output =~ container.*id.*full\ id ]]
}

@test "-w keeps the rows that pass" {
	count() { jq -s "[.[] | select($1)] | length" "$NODE_JSON"; }
	rows() { ctr-ls -qj "${@/#/-w}" | wc -l; }
	[ "$(rows state=running)" = "$(count '.state == "running"')" ]
	[ "$(rows '!state=running')" = "$(count '.state != "running"')" ]
	[ "$(rows image~ping)" = "$(count '(.image // "") | contains("ping")')" ]
	[ "$(rows 'risk>=warning')" = "$(count '.risk == "warning" or .risk == "critical"')" ]
	[ "$(rows exit_code=3)" = "$(count '.exit_code == 3')" ]
	[ "$(rows 'exit_code>0')" = "$(count '.exit_code != null and .exit_code > 0')" ]
	[ "$(rows privileged=true)" = "$(count '.privileged')" ]
	[ "$(rows mounts.source=/var/run/docker.sock)" = "$(count 'any(.mounts[]?; .source == "/var/run/docker.sock")')" ]
	[ "$(rows env~LD_PRELOAD)" = "$(count 'any(.env[]?; contains("LD_PRELOAD"))')" ]
	[ "$(rows labels.com.example.tier=front)" = "$(count '.labels["com.example.tier"] == "front"')" ]
	[ "$(rows state=running image~ping)" = "$(count '.state == "running" and (.image | contains("ping"))')" ]
	when=$(jq -r 'select(.name == "web-1").started' "$NODE_JSON")
	[ "$(rows "started>=$when")" = "$(count ".started != null and .started >= \"$when\"")" ]
	[ "$(rows findings.rule=privileged)" = "$(count 'any(.findings[]?; .rule == "privileged")')" ]
	[ "$(rows "container=$(id_of web-1 | cut -c 1-12)")" = 1 ]
	[ "$(rows mounts.present=no)" = "$(count 'any(.mounts[]?; .present == "no")')" ]
	must 2 ctr-ls -w state
	must 2 ctr-ls -w state=sleeping
	must 2 ctr-ls -w 'started>yesterday'
	must 2 ctr-ls -w mounts=x
}

@test "a timeline has a line for each time, with the keys that Timesketch asks for" {
	ctr-ls -q -o timesketch >line || [ $? = 1 ]
	[ "$(wc -l <line)" = "$(jq -s '[.[] | .created, .started, .finished, .first_seen, .last_seen | select(.)] | length' "$NODE_JSON")" ]
	ctr-logcat -q -o timesketch chatter web-1 >>line
	python3 - line <<-'END'
		import datetime, json, sys
		for raw in open(sys.argv[1]):
		    row = json.loads(raw)
		    when, fraction = row["datetime"][:-6].split(".") if "." in row["datetime"] else (row["datetime"][:-6], "")
		    seconds = datetime.datetime.fromisoformat(when + "+00:00").timestamp()
		    assert row["datetime"].endswith("+00:00")
		    assert row["timestamp"] == int(seconds) * 1000000 + int(fraction.ljust(9, "0")[:6]), raw
		    assert row["message"] and row["timestamp_desc"]
		    assert all(len(v.encode()) < 32766 for v in row.values() if isinstance(v, str))
	END
	grep -q '"message":"container web-1 running shop/ping:1.4"' line
	must 2 ctr-ls -o timesketch --show findings
	must 2 ctr-ls -o body
}

@test "who may not read all is told what he could not, and gets the rest" {
	[ "$(id -u)" = 0 ] || skip 'only root can become somebody else'
	there=$(mktemp -d /tmp/ctr-ls.XXXXXX)
	cp -a "$NODE" "$there/root"
	cp "$(command -v ctr-ls)" "$there"
	chmod 755 "$there" "$there/root"
	find "$there/root/var/lib" -type d -exec chmod a+rx {} +
	as_other() { setpriv --reuid=65534 --regid=65534 --clear-groups "$there/ctr-ls" -r "$there/root" "$@"; }
	must 1 as_other -j
	# config.v2.json is root's alone, hostconfig.json everybody's
	[ "$(jq -s length <<<"$output")" = "$(jq length "$TRUTH/inspect.json")" ]
	jq -s -e 'all(.[]; .name == null and .error) and any(.[]; .privileged)' <<<"$output"
	[[ $stderr =~ config.v2.json:\ cannot\ open:\ Permission\ denied ]]
	chmod 700 "$there/root/var/lib/docker"
	must 3 as_other
	[[ $stderr =~ /var/lib/docker:\ cannot\ look ]]
	rm -rf "$there"
}

@test "the table fits a terminal of 80 columns, and nothing in it moves the cursor" {
	must 1 ctr-ls
	refute_controls "$output"
	must 1 ctr-ls -c name,labels,env,command
	refute_controls "$output"
	[[ $output =~ \\x1b ]]
	must 1 ctr-ls -j
	refute_controls "$output"
	command -v tmux >/dev/null || skip 'no tmux'
	tmux -f /dev/null -L "ctr$$" new-session -d -x 80 -y 60 "ctr-ls 2>/dev/null; sleep 20"
	for _ in 1 2 3 4 5 6 7 8 9 10; do
		sleep 0.3
		screen=$(tmux -L "ctr$$" capture-pane -p)
		[[ $screen =~ web-1 ]] && break
	done
	tmux -L "ctr$$" kill-server
	[[ $screen =~ RISK\ +CONTAINER\ +NAME ]]
	[[ $screen =~ web-1 ]]
	# one line a container: nothing wrapped but names that are longer than the terminal
	[ "$(grep -c '^[a-z-]* *[0-9a-f]\{12\}  ' <<<"$screen")" -gt 30 ]
}

@test "stdout that is full or closed is noticed" {
	run ctr-ls -q
	full=0
	ctr-ls -q >/dev/full 2>err || full=$?
	[ "$full" -ge 1 ]
	grep -q 'cannot write: No space left on device' err
	ctr-ls -qj 2>err | head -n 1 >/dev/null
	diff /dev/null err
}

@test "usage errors are one clear line and status 2; no engine is 3" {
	must 2 ctr-ls --no-such-option
	[[ $stderr =~ no\ such\ option:\ --no-such-option ]]
	must 2 ctr-ls -o xml
	must 2 ctr-ls -c
	must 2 ctr-ls --risk=high
	must 2 ctr-ls --show everything
	must 0 ctr-ls --help
	[[ ${lines[0]} =~ ^usage:\ ctr-ls ]]
	must 0 ctr-ls -V
	mkdir empty
	must 3 ctr-ls -r empty
	[[ $stderr =~ no\ container\ engine\ found.*looked\ in.*/var/lib/docker ]]
	must 3 ctr-ls -r not-there
	[[ $stderr =~ not-there.*No\ such\ file ]]
}
