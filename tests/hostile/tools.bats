#!/usr/bin/env bats
# SPDX-License-Identifier: ISC
# What is asked wrongly, and what is handed in on stdin by somebody else: a word and a status, never another answer.

bats_require_minimum_version 1.5.0
load ../lib
load lib
# shellcheck disable=SC2154 # output, stderr and status are bats' own

setup() {
	cd "$BATS_TEST_TMPDIR" || return
	small r
}

# given STDIN STATUS COMMAND...: must, with that on stdin (as printf %b takes it).
given() {
	printf '%b' "$1" >stdin
	must "$2" bash -c '"$@" <stdin' - "${@:3}"
	clean
}

@test "a question that makes no sense is 2, with the word that is wrong" {
	local asked
	for asked in '-c nope' '-w nope=1' '--nope' '--show nope' 'nope' '-o nope' '-o body' '--memory=x' '--risk=nope' '-w started>soon' '-w =' '-x' \
		'-c name,,image' '-c name.x' '-w name' '--spool-limit=-1' "-c $(printf 'a%.0s' {1..5000})" "$(printf 'n%.0s' {1..5000})"; do
		# shellcheck disable=SC2086 # words
		must 2 ctr-ls -r r $asked
		[[ $stderr == ctr-ls:* && $output = '' ]] || fail "$asked: $output $stderr"
	done
	must 2 ctr-ls -r
	must 2 ctr-ls -r r -w ''
	must 2 ctr-ls -r r $'\033[2J'
	clean
	must 2 ctr-logcat -r r --since 2026-13-01
	must 2 ctr-logcat -r r --tail x
}

@test "an empty -r is not the root of this machine" {
	run --separate-stderr ctr-ls -r ''
	[ "$status" = 2 ] || [[ $stderr != *'ctr-ls: /: '* ]] || fail "$status: $stderr"
}

@test "a pipe that closes ends quietly, a full disk does not" {
	local i
	for i in $(seq 3000); do
		printf '{"log":"%0100d\\n","stream":"stdout","time":"2026-03-01T10:00:00Z"}\n' "$i"
	done >r/"$LOG"
	must 0 bash -c 'ctr-logcat -r r | head -n 1'
	[ "$stderr" = '' ]
	must 0 bash -c 'ctr-logcat -r r --raw | head -n 1'
	[ "$stderr" = '' ]
	must 0 bash -c 'ctr-ls -r r | true'
	[ "$stderr" = '' ]
	for tool in ctr-ls ctr-logcat 'ctr-logcat --raw' 'ctr-ls -j' 'ctr-ls -h' 'ctr-ls --list-columns' 'ctr-ls -V'; do
		must 1 bash -c "$tool -r r >/dev/full"
		says 'cannot write: No space left on device'
	done
	must 1 bash -c 'ctr-ls -r r >&-'
	says 'cannot write'
	must 0 bash -c 'ctr-ls -r r <&-'
}

@test "nothing on stdin selects nothing, never all" {
	local nothing
	for nothing in '' '\n\n\n' '  \t \r\n'; do
		given "$nothing" 0 ctr-ls -r r -j -
		[ "$output" = '' ]
		given "$nothing" 0 ctr-logcat -r r -j -
		[ "$output" = '' ]
	done
	for nothing in '{"container":""}' '{"container":null}' '{"container":5}' '{}' '{"record":"container"}'; do
		printf '%s' "$nothing" >stdin
		run --separate-stderr bash -c 'ctr-ls -r r -j - <stdin'
		[[ $status = 2 && $output = '' ]] || fail "$nothing: status $status" "$output" "$stderr"
	done
}

@test "what is no JSON on stdin is said with its place" {
	given "{\"container\":\"$A\"}\n{\"container\":\"x\n" 2 ctr-ls -r r -j -
	says "(stdin): offset $((${#A} + 17 + 15)): "
	[ "$(web .name)" = web ]
	given '[]\n5\n"x"\nnull\n' 2 ctr-ls -r r -
}

@test "records of other evidence, and records that lie" {
	given "{\"record\":\"container\",\"container\":\"$A\",\"evidence\":\"/nonexistent\",\"log\":{\"driver\":\"json-file\"}}\n" 2 ctr-ls -r r -j -
	says 'record of other evidence; give this tool -r /nonexistent'
	[ "$output" = '' ]
	mkdir other
	cp -a r other/r
	(cd other && ctr-ls -r r -j) | sed 's,"evidence":"r",'"\"evidence\":\"$PWD/other/r\"," >stdin
	must 2 bash -c 'ctr-logcat -r r - <stdin'
	says "give this tool -r $PWD/other/r"
	# a volume's record names no files: it is looked up, whatever keys it has
	given '{"record":"volume","volume":"data","log":{},"layers":[]}\n' 0 ctr-ls -r r --show volumes -j -
	[ "$(jq -r '[.volume, .driver] | join(" ")' <<<"$output")" = 'data local' ] || fail "$output"
	# however it is spelled
	ctr-ls -r r -j | sed 's,"evidence":"r",'"\"evidence\":\"$PWD/other/../r/\"," >stdin
	must 0 bash -c 'ctr-logcat -r r -j - <stdin'
	[ "$(wc -l <<<"$output")" = 2 ]
	# files of a record are within the root
	printf '%s\n' '{"log":"MARKER\n","stream":"stdout","time":"2026-03-01T10:00:00Z"}' >outside.log
	for path in "$PWD/outside.log" /../outside.log /../../../../../../../../../..$PWD/outside.log; do
		printf '{"record":"container","container":"%s","log":{"driver":"json-file","evidence_path":"%s","files":["%s"]}}\n' "$A" "$path" "$path" >stdin
		must 1 bash -c 'ctr-logcat -r r -j - <stdin'
		[ "$output" = '' ]
	done
	given "{\"record\":\"container\",\"container\":\"$A\",\"log\":{\"driver\":\"json-file\",\"files\":[\"/a\\\\\\\\u0000b\",\"\",\"/\",\"//\",\"..\"]}}\n" 1 ctr-logcat -r r -j -
	given "{\"record\":\"container\",\"container\":\"$A\",\"log\":{\"driver\":\"json-file\",\"files\":\"x\"},\"layers\":5,\"resources\":{\"memory\":-1},\"risk\":\"huge\"}\n" 1 ctr-ls -r r -j -
	says 'value of the wrong kind for key resources.memory'
	given "{\"record\":\"container\",\"container\":\"$A\",\"log\":{\"driver\":\"json-file\"},\"name_b64\":\"!!!\",\"env_b64\":[1,{\"a\":2}],\"labels_b64\":[[\"YQ==\"],5,[\"YQ==\",\"Yg==\"]]}\n" 0 ctr-ls -r r -j -
	[ "$(jq -c .labels <<<"$output")" = '{"a":"b"}' ]
}

@test "ten thousand names and ids on stdin, in time, and none that means something is lost" {
	for ((i = 0; i < 10000; i++)); do echo nosuch; done >stdin
	echo web >>stdin
	echo "$B" >>stdin
	run --separate-stderr timeout 30 bash -c 'ctr-ls -r r -j - <stdin'
	[ "$status" = 2 ] || fail "status $status" "$stderr"
	[[ $stderr != *'not opened'* ]] || fail "${stderr:0:500}"
	[ "$(jq -r .name <<<"$output" | sort | xargs)" = 'calm web' ] || fail "${output:0:300}" "${stderr:0:500}"
	for ((i = 0; i < 10000; i++)); do echo "$A"; done >stdin
	must 0 timeout 30 bash -c 'ctr-ls -r r -j - <stdin'
	[ "$(wc -l <<<"$output")" = 1 ]
	for ((i = 0; i < 10000; i++)); do printf '{"container":"%s"}\n' "$B"; done >stdin
	must 0 timeout 30 bash -c 'ctr-ls -r r -j - <stdin'
	[ "$(jq -r .name <<<"$output")" = calm ]
}
