#!/usr/bin/env bats
# SPDX-License-Identifier: ISC
# Texts of evidence that steer a terminal, hide or reorder: as names, labels, variables, mounts, messages, in every form
# of output. What is printed is safe, and loses nothing.

bats_require_minimum_version 1.5.0
load ../lib
load lib
# shellcheck disable=SC2030,SC2031,SC2154 # output, stderr and status are bats' own

# Each: what stands in the JSON of the evidence (as printf %b takes it), and its bytes in hex.
TEXTS='
\\\\u001b[2J\\\\u001b]0;t\\\\u0007	1b5b324a1b5d303b7407
a\\\\nb\\\\tc\\\\rd	610a6209630d64
\xc2\x9b31m	c29b33316d
\\\\u009b31m	c29b33316d
\x9b31m	9b33316d
\xe2\x80\xaegnp.exe	e280ae676e702e657865
\xe2\x81\xa6x\xe2\x80\x8bx\xef\xbb\xbf	e281a678e2808b78efbbbf
\xff\xfe\xc3(\xc0\x80	fffec328c080
a\\\\u0000b	610062
\\\\ud800x\\\\udc00	eda08078edb080
\\\\ud83d\\\\ude00	f09f9880
\\\\\\\\x1b[m	5c7831625b6d
\x7f\\\\u0008	7f08
"	22
\xf3\xa0\x81\x81\xe2\x80\xa8	f3a08181e280a8
'

setup() {
	cd "$BATS_TEST_TMPDIR" || return
	small r
}

# texts: calls "$@ IN-JSON HEX" for each of the above.
texts() {
	local text hex
	while IFS=$'\t' read -r -u 4 text hex; do
		[ -z "$text" ] || "$@" "$(printf '%b' "${text//\\\\\\\\/\\\\}")" "$hex" || fail "text: $text"
	done 4<<<"$TEXTS"
}

# put TEXT: wherever a record may hold one.
put() {
	local t=$1
	[ "$t" != '"' ] || t='\"'
	small r
	T=$t LC_ALL=C perl -0777 -i -pe '$t = $ENV{T}; s,"/web",qq("/$t"),e; s,"shop:1",qq("$t"),e; s,"k":"v",qq("$t":"$t"),e;
		s,"PATH=/bin",qq("$t","x"),e; s,"/v":\{"Type",qq("/$t":{"Type"),e; s,"Name":"data",qq("Name":"$t"),e;
		s,"bridge":\{,qq("$t":{),e; s,"Aliases":\["w",qq("Aliases":["$t"),e; s,"fine",$t,e; s,"Path":"sh",qq("Path":"$t"),e;
		s,"User":"root",qq("User":"$t"),e' r/"$RECORD"
	printf '{"log":"%s\\n","stream":"stdout","attrs":{"%s":"%s"},"time":"2026-03-01T10:00:00Z"}\n' "$t" "$t" "$t" >r/"$LOG"
}

# exact COLUMN: its bytes in hex, from COLUMN_b64 where there is one.
exact() {
	jq -r "select(.container == \"$A\") | .$1_b64 // (.$1 | @base64)" <<<"$output" | base64 -d | od -An -tx1 | tr -d ' \n'
}

escaped() {
	put "$1"
	local form
	for form in table tsv jsonl timesketch; do
		must 0 ctr-ls -r r -o $form -c container,name,image,env,labels,mounts,networks,healthcheck,rest,user
		clean
		must 0 ctr-logcat -r r -o $form -c message,attrs
		clean
	done
	must 0 ctr-ls -r r
	[ "$(wc -l <<<"$output")" = 3 ]
	must 0 ctr-logcat -r r
	[ "$(wc -l <<<"$output")" = 3 ]
	must 0 ctr-ls -r r --show findings
	clean
}

whole() {
	put "$1"
	must 0 ctr-ls -r r -j
	jq -e . <<<"$output" >/dev/null || fail 'jq does not take it'
	[ "$(exact name)" = "$2" ] || fail "name: $(exact name)"
	[ "$(exact image)" = "$2" ] || fail "image: $(exact image)"
	[ "$(exact user)" = "$2" ] || fail "user: $(exact user)"
	must 0 ctr-logcat -r r -j web
	[ "$(exact message)" = "$2" ] || fail "message: $(exact message)"
	must 0 bash -c "ctr-logcat --raw -r r $A | od -An -tx1 | tr -d ' \n'"
	[ "$output" = "${2}0a" ] || fail "raw: $output"
}

round() {
	put "$1"
	must 0 ctr-ls -r r -j
	printf '%s\n' "$output" >first
	must 0 bash -c 'ctr-ls -r r -j - <first'
	printf '%s\n' "$output" | diff first -
}

@test "nothing that is printed steers a terminal, a row stays a row" {
	texts escaped
}

@test "JSON Lines are valid, and give the exact bytes of names and messages" {
	texts whole
}

@test "printed, read and printed again: the same bytes" {
	texts round
}

@test "a volume whose name is no UTF-8 can be asked for by its own record" {
	mkdir -p r/volumes/$'bad\xff\033name'/_data
	must 0 ctr-ls -r r -j --show volumes
	clean
	printf '%s\n' "$output" >first
	must 0 bash -c 'ctr-ls -r r -j --show volumes - <first'
	printf '%s\n' "$output" | diff first -
}

@test "keys of ours in an engine's document are not taken for its own" {
	jq -c '.Name_b64 = "L2V2aWw=" | .Config.Env_b64 = ["RVZJTD0x"]' "r/$RECORD" >x
	cp x r/"$RECORD"
	must 0 ctr-ls -r r -j
	[ "$(web .name)" = web ]
	[ "$(web '.env[]')" = PATH=/bin ]
}

@test "file names of parts and of layers" {
	cp r/"$LOG" r/"$LOG"$'.\033[2J'
	cp r/"$LOG" r/"$LOG"$'-\xff\n'
	run --separate-stderr ctr-logcat -r r
	[[ $status = [01] ]]
	clean
	must 0 ctr-ls -r r -j
	clean
	printf '\033[2J\xe2\x80\xae' >r/image/overlay2/layerdb/mounts/"$A"/mount-id
	printf '\033[2J\xe2\x80\xae' >r/image/overlay2/layerdb/sha256/"$CHAIN"/cache-id
	for form in table tsv jsonl; do
		run --separate-stderr ctr-ls -r r -o $form -c layers,storage
		clean
	done
}
