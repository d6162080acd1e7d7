#!/usr/bin/env bats
# SPDX-License-Identifier: ISC
# ctr-cat: the bytes of files, against docker export.

bats_require_minimum_version 1.5.0
load lib
load images
# shellcheck disable=SC2030,SC2031,SC2154 # output and stderr are bats' own

@test "ctr-cat gives the bytes of docker export, through links, and says what lies beneath a mount" {
	local path n=0
	mkdir exported && tar -xf "$NODE/export-patched-1.tar" -C exported
	while IFS= read -r -d '' path; do
		cmp "exported$path" <(ctr-cat -r "$NODE/root" "patched-1:$path") || fail "$path"
		n=$((n + 1))
	done < <(cd exported && find . -type f -printf '/%P\0')
	[ "$n" -gt 30 ] || fail "$n files"
	cmp exported/data/append-me <(ctr-cat -r "$NODE/root" patched-1:/data/link)
	cmp exported/data/append-me <(ctr-cat -r "$NODE/root" patched-1:/data/../data/./link)
	must 1 ctr-cat -r "$NODE/root" patched-1:/data/absolute-link	# what it leads to was deleted
	[[ $stderr = *'/data/absolute-link: no such file or directory'* ]]
	must 1 ctr-cat -r "$NODE/root" patched-1:/data/link --no-follow
	[[ $stderr = *'is a symbolic link to append-me'* ]]
	must 1 ctr-cat -r "$NODE/root" patched-1:/data
	must 1 ctr-cat -r "$NODE/root" patched-1:/etc/hosts
	[[ $stderr = *'was mounted: bind'* ]] || fail "$stderr"
	must 2 ctr-cat -r "$NODE/root" image:t/:/etc/passwd
	[[ $stderr = *'one is needed'*'t/app:1'* ]] || fail "$stderr"
}
