#!/usr/bin/env bats
# SPDX-License-Identifier: ISC
# ctr-logcat against what `docker logs` gave on that day, and against logs worked out by hand.

bats_require_minimum_version 1.5.0
load lib
# shellcheck disable=SC2154 # output and stderr are bats' own

setup() {
	evidence
	NAMES=$(jq -r '.[] | select(.HostConfig.LogConfig.Type == "json-file").Name[1:]' "$TRUTH/inspect.json" |
		grep -vx damaged-1)
}

teardown() {
	evidence_unchanged
}

# by_hand: a root with one container, cafe..., whose log is what the test puts there.
by_hand() {
	ID=cafe$(printf '%060d' 0)
	LOG=root/var/lib/docker/containers/$ID/$ID-json.log
	mkdir -p "${LOG%/*}" root/var/lib/docker/image
	cat >"${LOG%/*}/config.v2.json" <<-END
		{"ID":"$ID","Name":"/hand","LogPath":"/var/lib/docker/containers/$ID/$ID-json.log","State":{"Running":false,"StartedAt":"2026-01-01T00:00:00Z"},"Config":{"Image":"x"}}
	END
	echo '{"LogConfig":{"Type":"json-file","Config":{}}}' >"${LOG%/*}/hostconfig.json"
	# image is an empty folder: enough to be told for Docker, with no layer store to miss
	export CTR_ROOT=$PWD/root
}

# line TEXT [TIME [STREAM]]: a record as the engine writes it.
line() {
	printf '{"log":%s,"stream":"%s","time":"%s"}\n' "$(jq -nc --arg t "$1" '$t')" "${3:-stdout}" "${2:-2026-01-01T00:00:00Z}"
}

@test "--raw gives each stream byte for byte as docker logs does" {
	for name in $NAMES; do
		[ "$name" = chatter-2 ] && continue # below
		for stream in stdout stderr; do
			ctr-logcat --raw -w stream=$stream "$name" >ours 2>err || fail "$name: $(cat err)"
			cmp "$TRUTH/logs/$name.$stream" ours || fail "$name $stream"
		done
	done
}

@test "a rotated part that docker logs does not show is evidence too" {
	ctr-logcat --raw -w stream=stdout chatter-2 >ours
	shown=$(wc -c <"$TRUTH/logs/chatter-2.stdout")
	tail -c "$shown" ours | cmp "$TRUTH/logs/chatter-2.stdout" -
	log=$(folder_of chatter-2)/$(id_of chatter-2)-json.log
	[ "$(wc -l <ours)" = "$(cat "$log.1" "$log" | wc -l)" ]
}

@test "--raw of both streams is the order of the file" {
	for name in web-1 colours-1 job-failed; do
		ctr-logcat --raw "$name" >ours
		log=$(folder_of "$name")/$(id_of "$name")-json.log
		python3 -c 'import json, sys
for line in open(sys.argv[1], "rb"): sys.stdout.buffer.write(json.loads(line)["log"].encode())' "$log" | cmp - ours
	done
}

@test "times are those of docker logs -t, and lines are whole" {
	for name in $NAMES; do
		[ "$name" = chatter-2 ] && continue
		for stream in stdout stderr; do
			ctr-logcat -j -w stream=$stream "$name" 2>err | jq -rj '(.time | rtrimstr("Z") | split(".") | .[0] + "."
				+ ((.[1] // "") + "000000000")[:9] + "Z ") + .message, (if .partial then "" else "\n" end)' >ours
			# docker repeats the time in front of every piece of a long line
			LC_ALL=C sed 's/\(x\{16384\}\)2[-0-9]*T[0-9:.]*Z /\1/g' "$TRUTH/logs/$name.$stream.t" | cmp - ours || fail "$name $stream"
		done
	done
}

@test "the attack is found in the story's words" {
	must 1 ctr-logcat ping --grep 'target='
	[[ $output =~ target=localhost\;id ]]
	[[ $output =~ target=\;wget.*xmrig-6.6.0 ]]
	refute_controls "$output"
	[[ $output =~ \\x1b\[ ]]
	# as in the issue, both ways
	ctr-ls -qj | jq -r 'select(.image//""|contains("ping")).container' | ctr-logcat --grep 'target=' - >by_ids
	ctr-ls -qj ping | ctr-logcat --grep 'target=' - >by_records
	ctr-logcat -q ping --grep 'target=' >direct || [ $? = 1 ]
	diff by_ids direct
	diff by_records direct
	[ "$(grep -c 'GET /?target=' direct)" = "$(cat "$TRUTH"/logs/{web-1,web-2,temp-1,stale-1,stopped-1,never-started}.stderr 2>/dev/null |
		grep -c 'GET /?target=')" ]
}

@test "several containers are merged by time, each in its own order" {
	must 1 ctr-logcat -j ping
	jq -r .time <<<"$output" >stamps
	python3 - stamps <<-'END'
		import sys
		def key(t):
		    s, _, f = t.strip().rstrip("Z").partition(".")
		    return s, f.ljust(9, "0")
		times = [key(t) for t in open(sys.argv[1])]
		assert times == sorted(times) and len(times) > 100
	END
	for name in web-1 web-2; do
		jq -r --arg n "$name" 'select(.name == $n).message' <<<"$output" >merged
		ctr-logcat -qj "$name" | jq -r .message | diff - merged
	done
}

@test "from the tar comes what comes from the root" {
	ctr-logcat -qj >dir || [ $? = 1 ]
	ctr-logcat -qj -r "$EVIDENCE/node.tar.zst" >tar || [ $? = 1 ]
	diff <(jq -c 'del(.evidence)' dir) <(jq -c 'del(.evidence)' tar)
	[ -s dir ]
}

@test "what is not on the disk, or of a driver that is not read, is said" {
	must 1 ctr-logcat locallog
	[[ $stderr =~ \(locallog\).*driver\ that\ is\ not\ read:\ local ]]
	must 0 ctr-logcat -n quiet
	[[ $stderr =~ \(quiet\).*log\ driver\ none ]]
	[ -z "$output" ]
	must 0 ctr-logcat -n never-started
	[ -z "$output$stderr" ]
	by_hand
	must 1 ctr-logcat
	[[ $stderr =~ \(hand\).*its\ log\ is\ not\ there ]]
}

@test "attributes are kept with each line" {
	must 0 ctr-logcat -j chatter
	jq -es 'all(.[]; .attrs | type == "object") and any(.[]; .attrs != {})' <<<"$output"
}

@test "--since and --until are inclusive, compare times and not texts, and take what a user types" {
	by_hand
	{ line "a
" 2026-01-01T00:00:01.5Z; line "b
" 2026-01-01T00:00:01.51Z; line "c
" 2026-01-01T00:00:02Z; line "d
" 2026-01-01T00:00:02.000000001Z; } >"$LOG"
	words() { ctr-logcat -o tsv -n -c message "$@" | tr -d '\n'; }
	[ "$(words)" = abcd ]
	[ "$(words --since 2026-01-01T00:00:01.51Z)" = bcd ]
	[ "$(words --until 2026-01-01T00:00:01.51Z)" = ab ]
	[ "$(words --since 2026-01-01T00:00:02Z --until 2026-01-01T00:00:02Z)" = c ]
	[ "$(words --since 2026-01-01T01:00:02+01:00)" = cd ]
	[ "$(words --since '2026-01-01 00:00:02')" = cd ]
	[ "$(words --since 2026-01-01)" = abcd ]
	[ "$(words --since 2026-01-02)" = "" ]
	[ "$(words --since @1767225602)" = cd ]
	must 2 ctr-logcat --since yesterday
}

@test "--tail counts lines of each container after the other tests; --grep sees the text itself" {
	by_hand
	for i in 1 2 3 4 5 6; do line "n$i
" "2026-01-01T00:00:0${i}Z" "$([ $((i % 2)) = 0 ] && echo stderr || echo stdout)"; done >"$LOG"
	words() { ctr-logcat -o tsv -n -c message "$@" | tr '\n' ' '; }
	[ "$(words --tail 2)" = 'n5 n6 ' ]
	[ "$(words --tail 0)" = '' ]
	[ "$(words --tail 99)" = 'n1 n2 n3 n4 n5 n6 ' ]
	[ "$(words --tail 2 -w stream=stderr)" = 'n4 n6 ' ]
	[ "$(words --tail 1 --until 2026-01-01T00:00:03Z)" = 'n3 ' ]
	[ "$(words --grep n3)" = 'n3 ' ]
	[ "$(ctr-logcat --raw --tail 2 | tr '\n' ' ')" = 'n5 n6 ' ]
	[ "$(ctr-logcat --raw --grep n2)" = n2 ]
	line $'\x1b[31mred\x1b[0m\n' >"$LOG"
	[ "$(ctr-logcat --raw --grep $'\x1b[31m')" = $'\x1b[31mred\x1b[0m' ]
}

@test "times before the last line, of all containers that are asked for" {
	by_hand
	for i in 10 20 30 40; do line "n$i
" "2026-01-01T00:00:${i}Z"; done >"$LOG"
	words() { ctr-logcat -o tsv -n -c message "$@" | tr '\n' ' '; }
	[ "$(words --since=-10s)" = 'n30 n40 ' ]
	[ "$(words --since -1m --until=-20s)" = 'n10 n20 ' ]
	mv "$LOG" "$LOG.1"
	[ "$(words --since=-10s)" = 'n30 n40 ' ]
	must 2 ctr-logcat --since=-10x
	CTR_ROOT=$NODE
	last=$(ctr-logcat -qj ping | jq -r .time | tail -n 1)
	ctr-logcat -q ping --since=-25s >relative || [ $? = 1 ]
	ctr-logcat -q ping --since "@$(($(date -d "$last" +%s) - 25))" >absolute || [ $? = 1 ]
	[ "$(wc -l <relative)" -gt 3 ] && [ "$(wc -l <relative)" -le "$(wc -l <absolute)" ]
}

@test "--regex is grep -E over the messages" {
	ctr-logcat -qj ping | jq -r .message >all
	for re in 'target=.*(id|wget)' '^172\.' '" 404 -$' 'x{3}|INFO'; do
		ctr-logcat -qj ping --regex "$re" | jq -r .message | diff <(LC_ALL=C grep -aE "$re" all) -
	done
	by_hand
	printf '{"log":"before\\u0000needle\\n","stream":"stdout","time":"2026-01-01T00:00:00Z"}\n' >"$LOG"
	[ "$(ctr-logcat -j --regex '^needle$' | jq -s length)" = 1 ]
	must 2 ctr-logcat --regex '('
	[ -z "$output" ]
}

@test "--ansi=strip takes what steers a terminal out of the lines" {
	ctr-logcat -qj --ansi strip colours-1 | jq -r .message >stripped
	run grep -c $'\x1b' stripped
	[ "$output" = 0 ]
	ctr-logcat -qj colours-1 | jq -r .message | sed -E $'s/\x1b\\[[0-9;]*[A-Za-z]//g; s/\x1b\\][^\x07\x1b]*(\x07|\x1b\\\\)//g; s/\xc2\x9b[0-9;]* *[a-z]//g' >theirs
	diff <(grep -av '^c1' theirs) <(grep -av '^c1' stripped)
	# what begins a sequence that does not end is kept
	by_hand
	line $'a\x1b[31' >"$LOG"
	[ "$(ctr-logcat -o tsv -n -c message --ansi strip)" = 'a\x1b[31' ]
}

@test "pieces of a line are joined by stream, over parts, and not with a new start" {
	by_hand
	full=$(printf '%016384d' 0)
	{ line "$full" 2026-01-01T00:00:01Z; line "between
" 2026-01-01T00:00:02Z stderr; } >"$LOG.1"
	line "end
" 2026-01-01T00:00:01Z >"$LOG"
	must 0 ctr-logcat -j
	[ "$(jq -s length <<<"$output")" = 2 ]
	[ "$(jq -r 'select(.stream == "stdout").message' <<<"$output")" = "${full}end" ]
	jq -es 'all(.[]; .partial == false)' <<<"$output"
	# a short piece without a newline is the end of a stream: the next one is a line of its own
	{ line 'cut off' 2026-01-01T00:00:01Z; line "new life
" 2026-01-01T00:00:09Z; } >"$LOG"
	rm "$LOG.1"
	must 0 ctr-logcat -j
	[ "$(jq -r '[.message, .partial] | @tsv' <<<"$output")" = $'cut off\ttrue\nnew life\tfalse' ]
	# a full piece before a start of the container does not go on behind it
	sed -i 's/2026-01-01T00:00:00Z/2026-01-01T00:00:05Z/' "${LOG%/*}/config.v2.json"
	{ line "$full" 2026-01-01T00:00:01Z; line "new life
" 2026-01-01T00:00:09Z; } >"$LOG"
	[ "$(ctr-logcat -j | jq -s length)" = 2 ]
	# bytes that the engine destroyed count as the one byte that they were
	{ printf '{"log":"%s","stream":"stdout","time":"2026-01-01T00:00:06Z"}\n' "$(printf '%016383d' 0)\\ufffd"; line "end
" 2026-01-01T00:00:06Z; } >"$LOG"
	[ "$(ctr-logcat -j | jq -s length)" = 1 ]
}

@test "parts are read from the oldest on, each once" {
	by_hand
	for i in 10 9 2 1; do line "part $i
" "2026-01-01T00:00:0$((10 - i))Z" >"$LOG.$i"; done
	line "now
" 2026-01-01T00:00:10Z >"$LOG"
	gzip "$LOG.10" "$LOG.2"
	gzip -k "$LOG.1" # a copy beside its plain part, as a power cut while compressing leaves it
	must 0 ctr-logcat -o tsv -n -c message
	[ "$output" = $'part 10\npart 9\npart 2\npart 1\nnow' ]
	[[ $stderr =~ json.log.1.gz:\ holds\ nothing\ that\ its\ plain\ part\ does\ not ]]
	[[ $stderr =~ json.log.9:\ parts\ are\ missing\ between ]]
	# torn, and a prefix of it: the same
	head -c 40 "$LOG.1.gz" >torn && mv torn "$LOG.1.gz"
	must 0 ctr-logcat -o tsv -n -c message
	[ "$(grep -c 'part 1$' <<<"$output")" = 1 ]
	# other content: both
	line "other
" 2026-01-01T00:00:08Z | gzip >"$LOG.1.gz"
	must 0 ctr-logcat -o tsv -n -c message
	[[ $output =~ other.*part\ 1 ]]
	[[ $stderr =~ differs\ from\ its\ plain\ part ]]
}

@test "parts that logrotate packed by xz, zstd or bzip2, by name; a copy beside its plain part" {
	by_hand
	for i in 5 4 3 2 1; do line "part $i
" "2026-01-01T00:00:0$((6 - i))Z" >"$LOG.$i"; done
	line "dated
" 2026-01-01T00:00:00Z | xz >"$LOG-20251231.xz"
	line "now
" 2026-01-01T00:00:10Z >"$LOG"
	bzip2 "$LOG.5"
	gzip "$LOG.4"
	xz "$LOG.3"
	zstd -q --rm "$LOG.2"
	xz -k "$LOG.1"
	must 0 ctr-logcat -o tsv -n -c message
	[ "$output" = $'dated\npart 5\npart 4\npart 3\npart 2\npart 1\nnow' ]
	[[ $stderr =~ json.log.1.xz:\ holds\ nothing\ that\ its\ plain\ part\ does\ not ]]
	rm "$LOG.1"
	must 0 ctr-logcat -o tsv -n -c message
	[ "$output" = $'dated\npart 5\npart 4\npart 3\npart 2\npart 1\nnow' ]
	head -c 60 "$LOG.1.xz" >torn && mv torn "$LOG.1.xz"
	must 1 ctr-logcat -o tsv -n -c message
	[[ $stderr =~ json.log.1.xz:\ offset\ 60:\ compressed\ data\ end\ early ]]
	echo 'no xz at all' >"$LOG.1.xz"
	must 1 ctr-logcat -o tsv -n -c message
	[[ $stderr =~ json.log.1.xz:\ offset\ [0-9]+:\ damaged\ xz\ data\ incorrect\ header ]]
}

@test "a container that runs into its 17th log is still read whole" {
	mkdir -p many/var/lib/docker/image
	for i in $(seq 100 179); do
		id=$(printf '%064d' "$i")
		mkdir -p "many/var/lib/docker/containers/$id"
		echo "{\"ID\":\"$id\",\"Name\":\"/c$i\",\"LogPath\":\"/x/$id-json.log\",\"State\":{\"Running\":false,\"StartedAt\":\"2026-01-01T00:00:00Z\"},\"Config\":{}}" \
			>"many/var/lib/docker/containers/$id/config.v2.json"
		echo '{"LogConfig":{"Type":"json-file","Config":{}}}' >"many/var/lib/docker/containers/$id/hostconfig.json"
		for n in 1 2 3; do line "c$i $n
" "2026-01-01T00:0$n:00.$i""Z"; done >"many/var/lib/docker/containers/$id/$id-json.log"
	done
	# 80 logs, and fewer descriptors than that
	must 0 bash -c 'ulimit -n 40; ctr-logcat -r many -o tsv -n -c message'
	[ "$(wc -l <<<"$output")" = 240 ]
	for n in 1 2 3; do for i in $(seq 100 179); do echo "c$i $n"; done; done | diff - <(echo "$output")
}

@test "--raw refuses a terminal; usage errors are status 2" {
	must 2 ctr-logcat --tail many
	must 2 ctr-logcat --grep
	must 2 ctr-logcat nobody
	command -v script >/dev/null || skip 'no script(1), from bsdutils'
	run script -qec 'ctr-logcat --raw web-1' /dev/null
	[ "$status" = 2 ]
	[[ $output =~ --raw\ to\ a\ terminal ]]
	refute_controls "$(tr -d '\r' <<<"$output")"
}

@test "work over a second shows how far it is: on a terminal, and for SIGUSR1 anywhere" {
	mkfifo slow				# the work is slow because nobody reads
	python3 - <<-'END'
		import json
		r = {"log": "x" * 100 + "\n", "stream": "stdout", "time": "2026-03-01T10:00:00Z"}
		with open("long.log", "w") as f:
		    f.write((json.dumps(r, separators=(",", ":")) + "\n") * 20000)
	END
	printf '{"record":"container","container":"ab","log":{"driver":"json-file","evidence_path":"/long.log","files":["/long.log"]}}\n' >record
	mkdir -p r
	mv long.log r
	(exec 3<slow; sleep 2.5; cat <&3 >/dev/null) &
	run script -qec "ctr-logcat -r r --raw - <record >slow" /dev/null
	wait
	[[ $output == *'ctr-logcat: '*' kB read of 3220 kB, '*' s, about '*' s left'$'\r\e[K'* ]] || fail "$output"
	# nothing on a stderr that is no terminal, but for who asks
	(exec 3<slow; sleep 2; cat <&3 >/dev/null) &
	ctr-logcat -r r --raw - <record >slow 2>err &
	tool=$!
	sleep 1.2
	[ ! -s err ]
	kill -USR1 $tool
	wait $tool
	[[ $(<err) == 'ctr-logcat: '*' kB read of 3220 kB, '*'/s, 1 s, about '*' left' ]] || fail "$(<err)"
	wait
}

@test "a closed pipe is quiet and a full disk is not" {
	ctr-logcat -q web-1 2>err | head -n 1 >/dev/null
	diff /dev/null err
	full=0
	ctr-logcat --raw web-1 >/dev/full 2>err || full=$?
	[ "$full" -ge 1 ]
	grep -q 'No space left' err
}
