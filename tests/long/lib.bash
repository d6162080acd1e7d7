# SPDX-License-Identifier: ISC
# shellcheck shell=bash disable=SC2034 # variables that the tests read
# What the long tests share: other tests, run with the tools in other circumstances.

bats_require_minimum_version 1.5.0
ROOT=$(cd "$BATS_TEST_DIRNAME/../.." && pwd)
NATIVE=${CTR_BIN:?}
LONG=${CTR_BIN%/*}/long
# shellcheck source=../lib.bash
. "$ROOT/tests/lib.bash"
EVIDENCE=$ROOT/tests/evidence

# What answers of the main job are compared by: every record, in each form, of a directory and of a tar. Behind `-r` of each
# stands the evidence.
QUESTIONS=('ctr-ls' 'ctr-ls -j' 'ctr-ls -o tsv' 'ctr-ls -o timesketch' 'ctr-ls --risk' 'ctr-ls -j --show images'
	'ctr-ls -j --show findings' 'ctr-ls -j --show roots' 'ctr-ls -j --show host' 'ctr-ls -c name,mounts.source -w state=running ping'
	'ctr-logcat -j' 'ctr-logcat --raw web-1' 'ctr-logcat --tail 3 --ansi=strip' 'ctr-logcat ping --grep target=' 'ctr-ls nobody')

# wrapped FOLDER FROM COMMAND...: FOLDER has for each tool of FROM a script that runs it by COMMAND.
wrapped() {
	local folder=$1 from=$2 tool
	shift 2
	mkdir -p "$folder"
	for tool in "$from"/*; do
		printf '#!/bin/sh\nexec %s"$@"\n' "$(printf '%q ' "$@" "$tool")" >"$folder/${tool##*/}"
		chmod 755 "$folder/${tool##*/}"
	done
}

# suite BIN FILE [FILTER]: every test of tests/FILE passes with the tools of BIN, or those whose name FILTER matches. What
# it skips is said, as a comment.
suite() {
	(
		unset "${!BATS_@}" CTR_ROOT TRUTH NODE
		export CTR_BIN=$1
		bats --formatter tap ${3:+--filter "$3"} "$ROOT/tests/$2" >suite.tap 2>suite.err </dev/null
	) || true
	grep -qE '^1\.\.[1-9]' suite.tap || fail "$2 has no tests" "$(tail -n 20 suite.tap suite.err)"
	if grep '^not ok' suite.tap; then
		fail "$2, with the tools of $1:" "$(awk '/^not ok/ { on = 1 } /^ok/ { on = 0 } on' suite.tap | head -n 60)"
	fi
	[ "$(grep -c '^ok' suite.tap)" = "$(sed -n 's/^1\.\.//p' suite.tap)" ] || fail "$2 broke off" "$(tail suite.tap suite.err)"
	grep -i '# skip' suite.tap | sed "s,^,# $2: ," >&3 || true
}

# answers BIN EVIDENCE FOLDER: what the tools of BIN say to each question, with their status, into FOLDER.
answers() {
	local question words n=0 status
	mkdir -p "$3"
	for question in "${QUESTIONS[@]}"; do
		read -ra words <<<"$question"
		n=$((n + 1))
		status=0
		"$1/${words[0]}" -r "$2" "${words[@]:1}" >"$3/$n.out" 2>"$3/$n.err" </dev/null || status=$?
		echo "$question: $status" >"$3/$n.status"
	done
}

# same_of_all BIN: its answers are those of the tools here, of a directory, a tar, and a compressed tar.
same_of_all() {
	local as
	evidence
	tar -cf plain.tar -C "$NODE" .
	cp "$EVIDENCE/node.tar.zst" .
	for as in "$NODE" plain.tar node.tar.zst; do
		answers "$NATIVE" "$as" here
		answers "$1" "$as" there
		same here there
	done
}

# same A B: two folders of answers.
same() {
	diff -r "$1" "$2" >differences || fail "$(head -c 4000 differences)"
	[ "$(cat "$1"/*.out | wc -c)" -gt 100000 ] || fail "few answers"
}
