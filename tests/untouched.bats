#!/usr/bin/env bats
# SPDX-License-Identifier: ISC
# Nothing of the evidence is touched: on a file system that notes every access, as root, the access times of every file,
# folder and link are what they were, whatever was asked.

bats_require_minimum_version 1.5.0
load lib
# shellcheck disable=SC2154 # output and stderr are bats' own

# noted: the times of all, seen through a mount that notes nothing.
noted() {
	find "$SEEN" -printf '%P %y %A@ %T@ %C@\n' | sort
}

in_mounts() {
	mkdir strict seen
	mount -t tmpfs -o strictatime none strict
	tar --zstd -xpf "$EVIDENCE/node.tar.zst" -C strict
	mv strict/var/lib/docker strict/var/lib/moved
	ln -s /var/lib/moved strict/var/lib/docker # a link on the way
	mount --bind strict seen
	mount -o remount,bind,noatime seen
	SEEN=$PWD/seen
	find seen -exec touch -h -a -d '2020-01-01 00:00:00 UTC' {} +
	noted >before
	# it does note: reading a file, a folder and a link
	cat strict/etc/hostname >other && ls strict/etc >>other && readlink strict/var/lib/docker >>other
	[ "$(noted | diff before - | grep -c '^>')" = 3 ]
	find seen -exec touch -h -a -d '2020-01-01 00:00:00 UTC' {} +
	noted >before
	for sandbox in off auto; do
		for what in containers images volumes findings roots host; do
			ctr-ls -q -r strict --sandbox=$sandbox --show $what -j >>other || [ $? = 1 ]
		done
		ctr-ls -q -r strict/var/lib/moved --sandbox=$sandbox -j >>other || [ $? = 1 ]
		ctr-logcat -q -r strict --sandbox=$sandbox -j >>other || [ $? = 1 ]
		ctr-logcat -q -r strict --sandbox=$sandbox --raw >>other || [ $? = 1 ]
		noted | diff before -
	done
	[ "$(wc -c <other)" -gt 1000000 ]
}

@test "access times of files, folders and links are what they were" {
	[ "$(id -u)" = 0 ] || skip 'only root can mount'
	cd "$BATS_TEST_TMPDIR"
	export -f noted in_mounts
	export EVIDENCE
	unshare -m --propagation private bash -euc 'mount --make-rprivate /; in_mounts'
}

@test "the same answers with the sandbox and without" {
	evidence
	ctr-ls --sandbox=require -V >/dev/null
	grep -q 'Landlock ABI.*, seccomp' <<<"$(ctr-ls -V)" || skip 'this kernel has no Landlock or no seccomp'
	for what in containers images volumes findings roots host; do
		ctr-ls -j --sandbox=require --show $what >with 2>with.err || [ $? = 1 ]
		ctr-ls -j --sandbox=off --show $what >without 2>without.err || [ $? = 1 ]
		cmp with without
		cmp with.err without.err
		[ -s with ]
	done
	for root in "$NODE" "$EVIDENCE/node.tar.zst"; do
		ctr-logcat -j --sandbox=require -r "$root" >with 2>with.err || [ $? = 1 ]
		ctr-logcat -j --sandbox=off -r "$root" >without 2>without.err || [ $? = 1 ]
		cmp with without
		cmp with.err without.err
	done
	ctr-ls -qj --sandbox=require --spool . -r "$EVIDENCE/node.tar.zst" >with || [ $? = 1 ]
	[ "$(wc -l <with)" = "$(jq length "$TRUTH/inspect.json")" ]
	evidence_unchanged
}
