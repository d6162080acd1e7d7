#!/usr/bin/env bats
# SPDX-License-Identifier: ISC
# Logs that are torn, glued, full of holes, out of order, packed badly or made to cost: what can be read is printed, what
# can not is said with its place.

bats_require_minimum_version 1.5.0
load ../lib
load lib
# shellcheck disable=SC2154 # output, stderr and status are bats' own

setup() {
	cd "$BATS_TEST_TMPDIR" || return
	small r
	rm -rf r/containers/"$B"
}

# line TEXT [SECOND [STREAM]]: a record of the engine.
line() {
	printf '{"log":"%s\\n","stream":"%s","time":"2026-03-01T10:00:%02dZ"}\n' "$1" "${3:-stdout}" "${2:-0}"
}

# logs STATUS MESSAGES [OPTION...]: what ctr-logcat prints, the messages that are not empty parted by blanks.
logs() {
	local want=$1 messages=$2
	shift 2
	must "$want" timeout 30 ctr-logcat -r r -j "$@"
	[ "$(jq -r .message <<<"$output" | xargs)" = "$messages" ] || fail "messages: $(jq -r .message <<<"$output" | xargs | head -c 500)" "expected: $messages" "$stderr"
	clean
}

# at OFFSET TEXT: said of the log.
at() {
	says "r/$LOG: offset $1: $2"
}

@test "a last line torn at every byte: all before it, and it is said" {
	local n size
	{ line one; line two; } >whole
	size=$(stat -c %s whole)
	for ((n = size / 2 + 1; n < size - 1; n++)); do
		head -c "$n" whole >r/"$LOG"
		logs 1 one
		at $((size / 2)) 'torn log record: {'
	done
	head -c $((size - 1)) whole >r/"$LOG"	# only its newline is missing: the record is whole
	logs 0 'one two'
}

@test "records glued together: none is lost" {
	{ line one | tr -d '\n'; line two; line three; } >r/"$LOG"
	run --separate-stderr ctr-logcat -r r -j
	[ "$(jq -r .message <<<"$output" | xargs)" = 'one two three' ] || fail "$output" "$stderr"
}

@test "seven megabytes of records without a newline: each is a record, and in time" {
	python3 - >r/"$LOG" <<-'END'
		print(''.join('{"log":"m%d\\n","stream":"stdout","time":"2026-03-01T10:00:00Z"}' % i for i in range(100000)), end='\n')
	END
	run --separate-stderr timeout 30 ctr-logcat -r r -j -c message
	[[ $status = [01] ]] || fail "status $status"
	[ "$(grep -c '"message":"m[0-9]*"' <<<"$output")" = 100000 ] || fail "$(grep -c . <<<"$output") rows: ${output:0:300}" "${stderr:0:300}"
}

@test "beginnings of records that each seem to hold all that follow cost no more than their length" {
	{ python3 -c 'print("{\"log\":\"\",\"a\":]" * 80000)'; line after; } >r/"$LOG"
	logs 1 after
}

@test "records that no engine of today writes: other orders, unknown keys, attributes, times" {
	cat >r/"$LOG" <<-'END'
		{"time":"2026-03-01T10:00:00Z","stream":"stderr","log":"order\n"}
		{"log":"crlf\n","stream":"stdout","time":"2026-03-01T10:00:00Z"}
		{"log":"key\n","stream":"stdout","x":[{"y":"]}"},1e5,null],"time":"2026-03-01T10:00:00Z"}
		{"log":"attrs\n","stream":"stdout","attrs":{"a":"b","c":{"d":[1]}},"time":"2026-03-01T10:00:00Z"}
		{"log":"short\n","stream":"stdout","time":"2026-03-01T10:00:00.1Z"}
		{"log":"zone\n","stream":"stdout","time":"2026-03-01T12:00:00.25+02:00"}
		{"log":"long\n","stream":"stdout","time":"2026-03-01T10:00:00.123456789Z"}
		{"stream":"stdout","time":"2026-03-01T10:00:00Z"}
		{"log":"other\n","stream":"weird","time":"2026-03-01T10:00:00Z"}
		{"log":"old\n","stream":"stdout","time":"1969-12-31T23:59:59.5Z"}
	END
	sed -i '2s/$/\r/' r/"$LOG"
	logs 0 'order crlf key attrs short zone long other old'
	[ "$(jq -c 'select(.message == "attrs").attrs' <<<"$output")" = '{"a":"b","c":"{\"d\":[1]}"}' ]
	[ "$(jq -r 'select(.message == "zone" or .message == "old").time' <<<"$output" | xargs)" = '2026-03-01T10:00:00.25Z 1969-12-31T23:59:59.5Z' ]
}

@test "attributes that are none are said" {
	local attrs
	for attrs in '"s"' '{"a":}' '{"a":"b"' "$(printf '[%.0s' {1..300})$(printf ']%.0s' {1..300})"; do
		printf '{"log":"a\\n","stream":"stdout","attrs":%s,"time":"2026-03-01T10:00:00Z"}\n' "$attrs" >r/"$LOG"
		must 1 ctr-logcat -r r -j
		says "r/$LOG: offset 0: "
		jq . <<<"$output" >/dev/null
	done
}

@test "a time that is none does not take the message away" {
	local time
	for time in 'x' '2026-03-01T10:00:00' '2026-02-30T10:00:00Z'; do
		{ line one; line two 1 | sed "s/\"time\":\"[^\"]*\"/\"time\":\"$time\"/"; line three 2; } >r/"$LOG"
		logs 1 'one two three'
		at "$(line one | wc -c)" 'time of a log record is none'
		[ "$(jq -r 'select(.message == "two").time' <<<"$output")" = null ]
		logs 1 'two three' --since 2026-03-01T10:00:01Z	# it could be of any time: never left out
		logs 1 'one two' --until 2026-03-01T10:00:00Z
	done
}

@test "a clock that goes back keeps the order of a container" {
	{ line one 50; line two 10; line three 30; } >r/"$LOG"
	logs 0 'one two three'
	logs 0 'two three' --tail 2
	logs 0 'two' --until 2026-03-01T10:00:10Z
	logs 0 '' --tail 0
	logs 0 'one two three' --tail 99999999999
	logs 0 'three' --grep hre
	logs 0 '' --since 2026-03-01T10:00:50.000000001Z
	must 2 ctr-logcat -r r --since yesterdayish
	must 2 ctr-logcat -r r --tail -1
}

@test "a message of many pieces is cut, said, and partial; --raw has every byte, as python decodes them" {
	python3 - r/"$LOG" want <<-'END'
		import json, sys, os
		log, want = open(sys.argv[1], 'w'), open(sys.argv[2], 'wb')
		text = ''.join(chr(0x20 + i % 90) if i % 7 else 'é' for i in range(16000))
		piece = text.encode()[:16384 - 1].decode('utf-8', 'ignore')
		piece += 'x' * (16384 - len(piece.encode()))
		for i in range(100):
		    log.write(json.dumps({'log': piece, 'stream': 'stdout', 'time': '2026-03-01T10:00:00Z'}, ensure_ascii=i % 2 == 0, separators=(',', ':')) + '\n')
		    want.write(piece.encode())
		    log.write('{"log":"between %d\\n","stream":"stderr","time":"2026-03-01T10:00:01Z"}\n' % i)
		    want.write(b'between %d\n' % i)
		log.write('{"log":"end\\n","stream":"stdout","time":"2026-03-01T10:00:02Z"}\n')
		want.write(b'end\n')
	END
	must 1 ctr-logcat -r r -j
	says 'message too long, cut'
	[ "$(jq -r 'select(.stream == "stdout") | [(.message | utf8bytelength), .partial] | @csv' <<<"$output")" = '1048576,true' ] || fail "$(jq -c 'select(.stream == "stdout") | [(.message | utf8bytelength), .partial]' <<<"$output")"
	[ "$(jq -r 'select(.stream == "stderr").message' <<<"$output" | wc -l)" = 100 ]
	ctr-logcat -r r --raw | cmp want -
	must 1 ctr-logcat -r r -j --grep 'between 7' -c message
	[ "$(wc -l <<<"$output")" = 11 ]
}

@test "what stands behind the place where a message is cut is not tested, and that is said" {
	local test
	python3 - >r/"$LOG" <<-'END'
		record = '{"log":"%s","stream":"stdout","time":"2026-03-01T10:00:00Z"}'
		print('\n'.join([record % ('x' * 16384)] * 70 + [record % 'miner\\n', record % 'short\\n']))
	END
	for test in --grep=miner --regex=mine+r -wmessage~miner; do
		logs 1 '' "$test"
		at 0 'message too long, only its beginning was tested'
	done
	logs 0 '' --grep miner --since 2026-03-02	# it is of another time, whatever is in it
	logs 0 '' -w stream=stderr
	logs 0 short --tail 1
	must 0 ctr-logcat -r r --raw --grep miner
	[ "${#output}" -gt 1000000 ]
}

@test "a record of 30 MB, and as much that is none: cut or passed over and said; --raw has it whole" {
	python3 - r/"$LOG" want <<-'END'
		import sys
		log, want = open(sys.argv[1], 'wb'), open(sys.argv[2], 'wb')
		log.write(b'{"log":"' + b'ab\\u00e9\\\\' * 3000000 + b'\\n","stream":"stdout","time":"2026-03-01T10:00:00Z"}\n')
		want.write('abé\\'.encode() * 3000000 + b'\n')
		log.write(b'{"log":"after\\n","stream":"stdout","time":"2026-03-01T10:00:01Z"}\n')
		want.write(b'after\n')
	END
	must 1 timeout 60 ctr-logcat -r r -j
	at 0 'message too long, cut'
	[ "$(jq -r '[(.message | length > 100000), .partial] | @csv' <<<"$output" | xargs)" = 'true,true false,false' ] || fail "$(jq -c '[(.message | length), .partial]' <<<"$output")"
	ctr-logcat -r r --raw | cmp want -
	{ head -c 30000000 /dev/zero | tr '\0' x; echo; line after; } >r/"$LOG"
	logs 1 after
	at 0 'line without an end, and no log record, passed over'
	{ line before; printf '{"log":"'; head -c 30000000 /dev/zero | tr '\0' x; } >r/"$LOG"
	logs 1 before
	at "$(line before | wc -c)" 'line without an end'
}

@test "a record of 20 MB has its own time, stream and attributes, or is said" {
	python3 - >r/"$LOG" <<-'END'
		print('{"log":"' + 'x' * 20000000 + '\\n","stream":"stderr","attrs":{"k":"v"},"time":"2026-03-01T10:00:00Z"}')
		print('{"log":"' + 'y' * 20000000 + '\\n","stream":"other","time":"never"}')
		print('{"log":"","attrs":{"a":"' + 'z' * 20000000 + '","stream":"stdout","time":"2026-03-01T10:00:00Z"}}')
	END
	must 1 timeout 60 ctr-logcat -r r -j -c time,stream,attrs,message
	[ "$(jq -r '[.time, .stream, .attrs.k, .message[:1]] | join(",")' <<<"$output" | xargs)" = '2026-03-01T10:00:00Z,stderr,v,x ,,,y' ] ||
		fail "$(cut -c1-200 <<<"$output")" "$stderr"
	at 20000079 'time of a log record is none: never'
	at 40000124 'line without an end, and no log record, passed over'
}

# user COMMAND...: milliseconds of the processor, for a command whose output nobody reads.
user() {
	local TIMEFORMAT=%U
	{ time PATH=$CTR_BIN:$PATH "$@" >/dev/null 2>&1; } 2>&1 | tr -d .
}

@test "a packed part of records that are too long is inflated twice for --raw, not once more for each" {
	local once raw
	python3 - <<-'END' | gzip -1 >r/"$LOG".1.gz
		import sys
		for i in range(150):
		    sys.stdout.write('{"log":"' + chr(97 + i % 26) * 7000000 + '\\n","stream":"stdout","time":"2026-03-01T10:00:00Z"}\n')
	END
	: >r/"$LOG"
	once=$(user timeout 60 ctr-logcat -r r -j -c offset)
	raw=$(user timeout 60 ctr-logcat -r r --raw)
	[ "$((10#$raw))" -lt $((4 * 10#$once + 1000)) ] || fail "$raw ms, $once ms for a table"
	PATH=$CTR_BIN:$PATH ctr-logcat -r r --raw | cmp -n 100000000 - \
		<(python3 -c 'for i in range(15): print(chr(97 + i % 26) * 7000000)')
}

@test "escapes that are none, or cut, stand for themselves; --raw is exact" {
	# shellcheck disable=SC2028 # they are the test
	{
		echo '{"log":"\ud83d\ude00 \ud800 \udc00\ud800\ud800 \u00e9\/\b\f\t\r\"\\\n","stream":"stdout","time":"2026-03-01T10:00:00Z"}'
		echo '{"log":"\q\u12\uZZZZ\ud800\u12","stream":"stdout","time":"2026-03-01T10:00:00Z"}'
	} >r/"$LOG"
	must 0 ctr-logcat -r r -j
	clean
	must 0 bash -c "ctr-logcat -r r --raw | od -An -tx1 | tr -d ' \n'"
	[ "$output" = "f09f988020eda08020edb080eda080eda08020c3a92f080c090d225c0a$(printf '%s' '\q\u12\uZZZZ' | od -An -tx1 | tr -d ' \n')eda080$(printf '%s' '\u12' | od -An -tx1 | tr -d ' \n')" ] || fail "$output"
}

# The compressed part is RECORDS lines, part .1.gz; the current one says now.
packed() {
	for i in $(seq 1 "${1:-40}"); do line "old$i" 1; done >r/"$LOG".1
	gzip -n r/"$LOG".1
	cp r/"$LOG".1.gz whole.gz
	line now 2 >r/"$LOG"
}

@test "a compressed part torn at every 50th byte, and of many members in their order" {
	local n size place=r/$LOG.1.gz
	packed 400
	size=$(stat -c %s whole.gz)
	for ((n = 0; n < size; n += 50)); do
		head -c "$n" whole.gz >"$place"
		run --separate-stderr timeout 20 ctr-logcat -r r -j
		[ "$status" = "$((n > 0))" ] || fail "cut at $n: status $status $stderr"
		[ "$n" = 0 ] || says "$place: offset $n: compressed data end early"
		[ "$(tail -n 1 <<<"$output" | jq -r .message)" = now ]
	done
	{ cat whole.gz; line second 1 | gzip -n; printf '' | gzip -n; line third 1 | gzip -n; } >"$place"
	must 0 ctr-logcat -r r -j
	[ "$(jq -r .message <<<"$output" | tail -n 3 | xargs)" = 'second third now' ]
}

@test "a plain part beside its packed copy: read once where that is a beginning of it, both where they differ" {
	packed 40
	zcat whole.gz >r/"$LOG".1
	head -c 100 whole.gz >r/"$LOG".1.gz
	must 0 ctr-logcat -r r -j
	says "r/$LOG.1.gz: holds nothing that its plain part does not"
	[ "$(wc -l <<<"$output")" = 41 ]
	line else 1 | gzip -n >r/"$LOG".1.gz
	must 0 ctr-logcat -r r -j
	says "r/$LOG.1.gz: differs from its plain part; both are read"
	[ "$(wc -l <<<"$output")" = 42 ]
}

@test "numbers that are missing are said; names that are no part, folders and empty parts" {
	line five >r/"$LOG".5
	line two >r/"$LOG".2
	: >r/"$LOG".1
	mkdir r/"$LOG".3
	line now 2 >r/"$LOG"
	logs 1 'five two now'
	says 'parts are missing between this one and'
	says "r/$LOG.3: not opened: it is a directory"
	rmdir r/"$LOG".3
	line huge >r/"$LOG".99999999999999999999999
	line neg >r/"$LOG".-1
	line zero >r/"$LOG".0
	run --separate-stderr ctr-logcat -r r -j
	says "r/$LOG.0: is no part of the log"
	[[ $status = [01] ]]
	[ "$(jq -r .message <<<"$output" | sort | xargs)" = 'five huge neg now two' ] || fail "$output" "$stderr"
}

@test "a log that a record leads away from is not hidden by it" {
	line hidden >r/"$LOG"
	sed -i 's/-json.log"/-other.log"/' r/"$RECORD"
	run --separate-stderr ctr-logcat -r r -j
	[[ $output == *hidden* || $stderr == *"$LOG"* ]] || fail "neither read nor named" "$stderr"
	small r
	sed -i 's/json-file/none/' r/"$HOST"
	line hidden >r/"$LOG"
	run --separate-stderr ctr-logcat -r r -j "$A"
	[[ $output == *hidden* || $stderr == *"$LOG"* ]] || fail "neither read nor named" "$stderr"
}

# many LINES [EXPRESSION OF i]: so many records, one a second from 10:00:00 on, or at the second that a python expression gives.
many() {
	python3 - "$1" "${2:-i}" >r/"$LOG" <<-'END'
		import sys, datetime
		start = datetime.datetime(2026, 3, 1, 10)
		second = eval('lambda i: ' + sys.argv[2])
		for i in range(int(sys.argv[1])):
		    t = (start + datetime.timedelta(seconds=second(i))).isoformat()
		    print('{"log":"m%d %s\\n","stream":"std%s","time":"%sZ"}' % (i, 'x' * (i % 90), 'err' if i % 3 == 0 else 'out', t))
	END
}

# halved WHAT...: an answer that is found by halving is that of reading all, and that of jq.
halved() {
	must 0 ctr-logcat -r r -j "$A" "$@"
	printf '%s\n' "$output" >halves
	must 0 ctr-logcat -r r -j "$A" --unsorted "$@"
	printf '%s\n' "$output" | cmp - halves
	jq -r .message halves >ours
}

@test "a time is found by halving a log: the same lines as by reading all of it, wherever the time lies" {
	local since
	many 20000
	for since in 2026-03-01T09:00:00Z 2026-03-01T10:00:00Z 2026-03-01T10:59:59.5Z 2026-03-01T12:30:00Z 2026-03-01T15:33:18Z 2026-03-01T15:33:19Z; do
		halved --since $since
		jq -r --arg s "$since" 'select((.time | fromdate) >= ($s | sub("\\.5Z"; "Z") | fromdate) + (if ($s | endswith(".5Z")) then 1 else 0 end)) | .log[:-1]' r/"$LOG" | cmp - ours
	done
	halved --since 2026-03-01T12:00:00Z --until 2026-03-01T12:00:09Z
	[ "$(sed 's/ .*//' ours | xargs)" = 'm7200 m7201 m7202 m7203 m7204 m7205 m7206 m7207 m7208 m7209' ]
	halved --since=-4s
	[ "$(sed 's/ .*//' ours | xargs)" = 'm19995 m19996 m19997 m19998 m19999' ]
	halved --since 2026-03-01T12:00:00Z --tail 2
	[ "$(sed 's/ .*//' ours | xargs)" = 'm19998 m19999' ]
}

@test "times that jump within a minute, and a clock set back by hours, hide no line that was asked for" {
	many 20000 'i + (i * 7919) % 50'
	halved --since 2026-03-01T12:00:00Z --until 2026-03-01T12:01:00Z
	halved --since 2026-03-01T15:33:19Z
	many 20000 'i if i < 5000 else i - 4 * 3600'	# by four hours, after an hour and a half
	must 0 ctr-logcat -r r -j "$A" --unsorted --since 2026-03-01T11:00:00Z --until 2026-03-01T11:22:00Z
	[ "$(wc -l <<<"$output")" = $((1321 + 1321)) ]
	many 20000 'i if i < 11000 else i - 8 * 3600'	# two blocks contradict each other: all is read
	halved --since 2026-03-01T12:50:00Z
	[ "$(wc -l <ours)" = $((11000 - 10200)) ]
}

@test "a clock that runs ahead for a line, or goes back for an hour, ends no answer and hides no line" {
	many 20000 'i + (10 ** 8 if i == 100 else 0)'
	halved --until 2026-03-01T12:00:00Z
	[ "$(wc -l <ours)" = 7200 ]
	halved --since 2026-03-01T11:00:00Z --until 2026-03-01T11:00:09Z
	[ "$(wc -l <ours)" = 10 ]
	many 20000 'i - (7200 if 6000 <= i < 9000 else 0)'
	halved --since 2026-03-01T11:30:00Z
	[[ $(head -n 1 ours) == 'm5400 '* ]]
	halved --until 2026-03-01T10:20:00Z
	[ "$(wc -l <ours)" = $((1201 + 2401)) ]
	# a packed part is read to its end
	many 20000 'i + (10 ** 8 if i == 100 else 0)'
	gzip -n <r/"$LOG" >r/"$LOG".1.gz
	: >r/"$LOG"
	halved --until 2026-03-01T12:00:00Z
	[ "$(wc -l <ours)" = 7200 ]
}

@test "a hole, a line of megabytes and garbage in the place where a time is looked for" {
	many 20000
	head -c 1000000 r/"$LOG" >begin
	tail -c +1000001 r/"$LOG" >end
	head -c 3000000 /dev/zero >between.zeros
	yes | head -c 3000000 >between.garbage
	printf '{"log":"%03000000d\\n","stream":"stdout","time":"2026-03-01T12:30:00Z"}\n' 5 >between.line
	for what in between.*; do
		{ cat begin "$what"; echo; cat end; } >r/"$LOG"
		run --separate-stderr timeout 30 ctr-logcat -r r -j "$A" --since 2026-03-01T15:00:00Z
		[ "$(jq -r .message <<<"$output" | sed 's/ .*//' | sed -n '1p;$p' | xargs)" = 'm18000 m19999' ] || fail "$what: ${output:0:300}" "${stderr:0:500}"
		run --separate-stderr timeout 30 ctr-logcat -r r -j "$A" --until 2026-03-01T10:00:01Z
		[ "$(jq -r .message <<<"$output" | sed 's/ .*//' | xargs)" = 'm0 m1' ] || fail "$what: ${output:0:300}" "${stderr:0:500}"
	done
}

@test "what is looked for is found however somebody escaped it, and over the pieces of a line" {
	local asked
	cat >r/"$LOG" <<-'END'
		{"log":"one target=\u003ca\u003e\u0026b\n","stream":"stdout","time":"2026-03-01T10:00:00Z"}
		{"log":"two \u0074arget=\u0078\n","stream":"stdout","time":"2026-03-01T10:00:01Z"}
		{"log":"three tar\/get \"quoted\"\\n\n","stream":"stdout","time":"2026-03-01T10:00:02Z"}
		{"log":"four \ud83d\ude00 gr\u00fc\u00dfe grüße\n","stream":"stdout","time":"2026-03-01T10:00:03Z"}
		{"stream":"stdout","time":"2026-03-01T10:00:04Z","log":"five target=\n"}
	END
	python3 -c 'print("{\"log\":\"%s\",\"stream\":\"stdout\",\"time\":\"2026-03-01T10:00:05Z\"}\n{\"log\":\"get=%s\\n\",\"stream\":\"stdout\",\"time\":\"2026-03-01T10:00:06Z\"}" % ("y" * 16381 + "tar", "six"))' >>r/"$LOG"
	for asked in target= '<a>' '=<a>&b' 'tar/get' '"quoted"' '\n' 'grüße' '😀' x 'target=six' get= '"' 'no such'; do
		ctr-logcat -r r -j "$A" -c message | jq -c --arg t "$asked" 'select(.message | contains($t))' >want
		ctr-logcat -r r -j "$A" -c message --grep "$asked" | cmp - want
	done
	[ "$(ctr-logcat -r r -j "$A" --grep target= | wc -l)" = 4 ]
}
