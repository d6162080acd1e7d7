# SPDX-License-Identifier: ISC
# shellcheck shell=bash disable=SC2030,SC2031,SC2034,SC2154 # read by the suites, and by lib.bash; output and stderr are bats' own
# What the suites about layers share: images and containers that real engines made, as they saved them, and the truth.

TRUTH=$EVIDENCE/images
VIEW=$HERE/truth/view.py

setup_file() {
	mkdir "$BATS_FILE_TMPDIR/in"
	tar --zstd -xpf "$EVIDENCE/images.tar.zst" -C "$BATS_FILE_TMPDIR/in" --xattrs --xattrs-include='*' --numeric-owner 2>/dev/null
}

setup() {
	NODE=$BATS_FILE_TMPDIR/in
	[ "$(id -u)" = 0 ] || skip "devices, owners and attributes of the evidence need root"
	note_evidence >"$BATS_TEST_TMPDIR/before"
	cd "$BATS_TEST_TMPDIR" || return
}

teardown() {
	[ "$(id -u)" != 0 ] || evidence_unchanged
}

# same: that the files ours and theirs hold the same lines, and some.
same() {
	[ -s theirs ] || fail "nothing to compare with"
	diff theirs ours >differ || fail "$1:" "$(head -n 30 differ | cut -c 1-300)"
}

# merged ROOT NAME: what is seen in the end, as lines, to ours.
merged() {
	must 0 ctr-layers -r "$1" "$2" --layer merged --hash -j
	printf '%s\n' "$output" >rows
	python3 "$VIEW" rows rows >ours
}
