#!/usr/bin/env bats
# SPDX-License-Identifier: ISC
# All tests of the tools, with the sanitizers looking on: a status of 99 is a bug that one of them saw. (The hostile
# tests have these tools always.)

load lib

setup() {
	cd "$BATS_TEST_TMPDIR" || return
	export ASAN_OPTIONS=${ASAN_OPTIONS:-exitcode=99:detect_stack_use_after_return=1}
	export UBSAN_OPTIONS=${UBSAN_OPTIONS:-exitcode=99:print_stacktrace=1}
}

@test "the same answers as those of the release" { same_of_all "$CTR_SAN"; }

@test "what a tool prints of itself" {
	local t option
	for t in "$NATIVE"/*; do
		for option in --help --help-mdoc --help-bash --help-zsh --list-columns; do
			cmp <("$t" $option) <("$CTR_SAN/${t##*/}" $option)
		done
	done
}

@test "all tests of ctr-ls pass" { suite "$CTR_SAN" ctr-ls.bats; }
@test "all tests of ctr-logcat pass" { suite "$CTR_SAN" ctr-logcat.bats; }
@test "all tests of Docker's layouts pass" { suite "$CTR_SAN" docker-layouts.bats; }
@test "all tests of findings pass" { suite "$CTR_SAN" findings.bats; }
@test "all tests of tars pass" { suite "$CTR_SAN" tar.bats; }
# What looks for leaks traces the program, which the sandbox of these tests denies.
@test "all tests of what is not touched pass" {
	ASAN_OPTIONS=$ASAN_OPTIONS:detect_leaks=0
	suite "$CTR_SAN" untouched.bats
}
