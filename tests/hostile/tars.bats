#!/usr/bin/env bats
# SPDX-License-Identifier: ISC
# Archives as roots that are torn anywhere, or larger than what may be taken for them. What one archive alone may hold that
# it should not is in the table.

bats_require_minimum_version 1.5.0
load ../lib
load lib
# shellcheck disable=SC2154 # output, stderr and status are bats' own

setup() {
	cd "$BATS_TEST_TMPDIR" || return
	small r
	good_tar
}

@test "a map of a sparse file that --memory has no room for" {
	local m
	python3 "$HERE"/hostile/makers.py tar sparse-memory
	for m in 150K 200K 300K 400K 500K 700K 1M; do
		run --separate-stderr timeout 60 ctr-ls --memory=$m -r x.tar -j
		[[ $status = [13] ]] || fail "$m: status $status" "$stderr"
		# what it was too large for is said, or it was read: as what it is, no JSON
		[[ $stderr == *--memory* || $stderr == *'config.v2.json: offset 0: no JSON value'* ]] || fail "$m: $stderr"
	done
}

@test "an archive cut anywhere" {
	local n size
	size=$(stat -c %s good.tar)
	for ((n = 1; n < size; n += 512 * 7 + 100)); do
		head -c "$n" good.tar >cut.tar
		run --separate-stderr timeout 20 ctr-ls -r cut.tar -j
		[[ $status = [0123] ]] || fail "cut at $n: $status $stderr"
		((n < size - 1024)) || continue
		[ "$status" != 0 ] || fail "cut at $n: nothing is said" "$stderr"
		[[ $stderr == *'archive ends'* || $stderr == *'is no archive'* ]] || fail "cut at $n: $stderr"
		clean
	done
}

@test "compressed archives, cut at some places" {
	local n
	gzip -k good.tar
	zstd -q good.tar
	xz -k good.tar
	for n in gz zst xz; do
		must 0 ctr-ls -r good.tar.$n -j
		calm_stands
		for cut in 1 3 10 400 $(($(stat -c %s good.tar.$n) - 20)); do
			head -c "$cut" good.tar.$n >cut.$n
			run --separate-stderr timeout 20 ctr-ls -r cut.$n -j
			[[ $status = [13] ]] || fail "$n cut at $cut: $status" "$stderr"
			says "cut.$n: "
			clean
		done
		says 'compressed data end early'
		[ $n = zst ] || calm_stands	# a frame of one block is all or nothing
	done
}

@test "the log of an archive, cut where it lies" {
	local at
	at=$(grep -abo 'web says' good.tar | cut -d: -f1)
	head -c "$at" good.tar >cut.tar
	must 1 ctr-logcat -r cut.tar -j
	says 'archive ends within an entry'
	clean
}
