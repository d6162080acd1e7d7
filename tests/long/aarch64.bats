#!/usr/bin/env bats
# SPDX-License-Identifier: ISC
# The tools for aarch64, run by qemu, answer as those of this machine do. qemu passes neither seccomp nor Landlock on:
# --sandbox=auto goes on without.

load lib

setup() {
	[ "$(uname -m)" != aarch64 ] || skip 'this machine is one'
	MADE=${CTR_BIN%/*}/aarch64
	cd "$BATS_TEST_TMPDIR" || return
	ARM=$BATS_FILE_TMPDIR/arm
	[ -d "$ARM" ] || wrapped "$ARM" "$MADE/bin" qemu-aarch64-static
}

@test "they are static programs for aarch64, read-only after start, that do not say where they were built" {
	local t
	for t in ctr-ls ctr-logcat; do
		file "$MADE/bin/$t" | grep -q 'aarch64.*static-pie linked.*stripped' || fail "$(file "$MADE/bin/$t")"
		readelf -hldW "$MADE/bin/$t" >said
		grep -q 'Type: *DYN' said
		run ! grep -E 'INTERP|NEEDED|TEXTREL|RWE' said
		grep -q GNU_RELRO said
		grep -q BIND_NOW said
		run ! grep -aE "$ROOT/(lib|cmd|build)/" "$MADE/bin/$t"
	done
	[ "$(ls "$MADE/bin")" = "$(ls "$NATIVE")" ]
}

@test "make ARCH=aarch64 has nothing left to do" {
	run -0 make -s -q -C "$ROOT" ARCH=aarch64 all
	[ -z "$(ls "$MADE/man" "$MADE/completion" 2>/dev/null)" ] # pages and completions are printed by programs that run here
}

@test "bytes are sought by NEON as they are in plain C" {
	"${CTR_BIN%/*}"/deps/aarch64/bin/cc -std=c11 -D_GNU_SOURCE -O2 -I"$ROOT/lib" -o scan "$ROOT/tests/unit/scan.c" "$MADE/libctr.a"
	must 0 qemu-aarch64-static ./scan
	[[ $output == *$'\n1..'* && $output != *'not ok'* ]]
	readelf -sW "$MADE/libctr.a" | grep -q scan_quoted
}

@test "the same answers of a directory, a tar, a compressed tar, and with --spool" {
	same_of_all "$ARM"
	mkdir folder
	"$ARM/ctr-ls" -q -j -r node.tar.zst --spool folder >there.rows || [ $? = 1 ]
	"$NATIVE/ctr-ls" -q -j -r node.tar.zst | cmp - there.rows
	[ -z "$(ls -A folder)" ]
	evidence_unchanged
}

@test "pages and completions would be the same" {
	local t option
	for t in ctr-ls ctr-logcat; do
		for option in --help --help-mdoc --help-bash --help-zsh --list-columns; do
			cmp <("$ARM/$t" $option) <("$NATIVE/$t" $option)
		done
	done
}

@test "--sandbox: auto goes on, require says what is missing, status 3" {
	evidence
	must 1 "$ARM/ctr-ls" -v
	[[ $stderr = *'sandbox: no Landlock, no seccomp'* ]] || skip 'this qemu passes some of it on'
	must 3 "$ARM/ctr-ls" --sandbox=require
	[[ $stderr = *'not read: --sandbox=require, and this system has no '* ]]
	[ -z "$output" ]
}

@test "all tests of ctr-ls pass" { suite "$ARM" ctr-ls.bats; }
@test "all tests of ctr-logcat pass" { suite "$ARM" ctr-logcat.bats; }
@test "all tests of Docker's layouts pass" { suite "$ARM" docker-layouts.bats; }
@test "all tests of findings pass" { suite "$ARM" findings.bats; }
@test "all tests of tars pass" { suite "$ARM" tar.bats; }
