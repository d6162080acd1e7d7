#!/usr/bin/env bats
# SPDX-License-Identifier: ISC
# ctr-whiteouts: what was deleted, when, and getting it back, against the images beneath and the maker's clock.

bats_require_minimum_version 1.5.0
load lib
load images
# shellcheck disable=SC2030,SC2031,SC2154 # output and stderr are bats' own

@test "what is deleted is recovered as the layer beneath has it" {
	local name
	for name in changed-1 patched-1; do
		must 0 ctr-whiteouts -r "$NODE/root" "$name" --layer rw --below --hash -j
		jq -c 'select(.recoverable == "yes")' <<<"$output" >rows
		[ -s rows ] || fail "nothing deleted in $name"
		ctr-whiteouts -r "$NODE/root" "$name" --layer rw --recover >recovered.tar
		python3 "$VIEW" tar recovered.tar >ours
		jq -c '.change = "="' rows >as-changes
		python3 "$VIEW" rows as-changes >theirs
		same "$name"
		# and that is what the image has there
		merged "$NODE/root" "$(ctr-ls -r "$NODE/root" "$name" -j | jq -r .image)"
		comm -13 ours theirs >lost
		[ ! -s lost ] || fail "$name: not as in the image:" "$(<lost)"
	done
	# a tool of others unpacks it: the times are the old ones
	mkdir out && tar -C out -xpf recovered.tar
	[ "$(find out -newermt 2026-11-24T22:54:19Z -type f | wc -l)" = 0 ]
}

@test "deletions lie between their bounds, as the maker's clock has them" {
	local name after before
	while read -r name after before; do
		must 0 ctr-whiteouts -r "$NODE/root" "$name" --layer rw -j
		# the clock that the kernel stamps files by ticks every few milliseconds, and is behind by up to that
		jq -r 'select(.dialect == "overlay-dev") | "\(.deleted_after[:21]) \(.path)"' <<<"$output" >rows
		after=${after:0:21} before=${before:0:21}
		[ "$name" = stopped-1 ] || [ -s rows ] || fail "$name: no deletion"
		while read -r time path; do
			[[ $time > $after || $time = "$after" ]] && [[ $time < $before || $time = "$before" ]] ||
				fail "$name: $path deleted after $time, container ran from $after to $before"
		done <rows
	done <"$TRUTH/changes.txt"
}
