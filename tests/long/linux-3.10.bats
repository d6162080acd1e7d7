#!/usr/bin/env bats
# SPDX-License-Identifier: ISC
# On the system calls of Linux 3.10 the answers are the same: what is newer is asked for first and done without.
# linux-3.10.c says what that kernel has not.

load lib

setup() {
	cd "$BATS_TEST_TMPDIR" || return
	OLD=$BATS_FILE_TMPDIR/old
	[ -d "$OLD" ] || wrapped "$OLD" "$NATIVE" "$LONG/linux-3.10"
}

@test "the filter takes the calls away, from the tools too" {
	"$LONG/linux-3.10" --is-it
	run "$OLD/ctr-ls" -V
	[[ $output = *'sandbox here: no Landlock, seccomp'* ]]
}

@test "the same answers of a directory, a tar, and a tar inflated to memory or to --spool" {
	local as
	evidence
	tar -cf plain.tar -C "$NODE" .
	gzip -k plain.tar
	cp "$EVIDENCE/node.tar.zst" .
	mkdir folder
	for as in "$NODE" plain.tar plain.tar.gz node.tar.zst; do
		answers "$NATIVE" "$as" new
		answers "$OLD" "$as" old
		same new old
	done
	for as in plain.tar.gz node.tar.zst; do
		must 1 "$OLD/ctr-ls" -j -r "$as" --spool folder
		diff <("$NATIVE/ctr-ls" -j -r "$as" 2>said) <(printf '%s\n' "$output") || fail 'other rows with --spool'
	done
	[ -z "$(ls -A folder)" ]
	evidence_unchanged
}

# A birth time can make a volume older than its folder's own; only statx(2), of 4.11, tells it. The evidence was unpacked:
# all were born after that.
@test "volumes have the same times, too" {
	evidence
	"$NATIVE/ctr-ls" -q -j --show volumes >new || [ $? = 1 ]
	"$OLD/ctr-ls" -q -j --show volumes >old || [ $? = 1 ]
	cmp new old
	[ -s new ]
}

@test "--sandbox: auto goes on with seccomp, require says what is missing, status 3" {
	evidence
	must 1 "$OLD/ctr-ls" -v
	[[ $stderr = *'sandbox: no Landlock, seccomp'* ]]
	must 1 "$OLD/ctr-ls" --sandbox=off -v
	[[ $stderr = *'sandbox: no Landlock, no seccomp'* ]]
	must 3 "$OLD/ctr-ls" --sandbox=require
	[ "$stderr" = "ctr-ls: $NODE: not read: --sandbox=require, and this system has no Landlock" ]
	[ -z "$output" ]
}

@test "--spool where the file cannot be made: status 2 and why" {
	must 2 "$OLD/ctr-ls" -r "$EVIDENCE/node.tar.zst" --spool /not/there
	[[ $stderr = *'cannot make a nameless file in the folder of --spool: No such file or directory'* ]]
	must 2 "$OLD/ctr-ls" -r "$EVIDENCE/node.tar.zst" --spool "$EVIDENCE/node.tar.zst"
	[[ $stderr = *': Not a directory'* ]]
	[ "$(id -u)" = 0 ] || skip 'only root can be another user'
	mkdir -m 755 folder
	must 2 setpriv --reuid 65534 --regid 65534 --clear-groups "$LONG/linux-3.10" "$NATIVE/ctr-ls" -r "$EVIDENCE/node.tar.zst" --spool folder
	[[ $stderr = *': Permission denied'* ]]
	must 2 "$OLD/ctr-ls" -r "$EVIDENCE/node.tar.zst" --spool "$(printf '/%.0s' {1..4090})"
	[[ $stderr = *': '*'ame too long'* ]]
}

# Without open_tree(2), of 5.2, links are read through the mount as it is: their access times move. Files and folders are
# opened with O_NOATIME.
@test "access times of files and folders are what they were" {
	[ "$(id -u)" = 0 ] || skip 'only root can mount'
	stamped() { find strict ! -type l -printf '%P %y %A@ %T@ %C@\n' | sort; }
	in_mounts() {
		mkdir strict
		mount -t tmpfs -o strictatime none strict
		tar --zstd -xpf "$EVIDENCE/node.tar.zst" -C strict
		mount -o remount,noatime strict
		find strict -exec touch -h -a -d '2020-01-01 00:00:00 UTC' {} +
		stamped >before
		mount -o remount,strictatime strict
		for as in containers images volumes roots host; do
			"$OLD/ctr-ls" -q -r strict --show $as -j >>other || [ $? = 1 ]
		done
		"$OLD/ctr-logcat" -q -r strict -j >>other || [ $? = 1 ]
		mount -o remount,noatime strict
		stamped | diff before -
		[ "$(wc -c <other)" -gt 1000000 ]
	}
	export -f stamped in_mounts
	export EVIDENCE OLD
	unshare -m --propagation private bash -euc 'mount --make-rprivate /; in_mounts'
}

@test "all tests of ctr-ls pass" { suite "$OLD" ctr-ls.bats; }
@test "all tests of ctr-logcat pass" { suite "$OLD" ctr-logcat.bats; }
@test "all tests of Docker's layouts pass" { suite "$OLD" docker-layouts.bats; }
@test "all tests of findings pass" { suite "$OLD" findings.bats; }
@test "all tests of tars pass" { suite "$OLD" tar.bats; }
