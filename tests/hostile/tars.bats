#!/usr/bin/env bats
# SPDX-License-Identifier: ISC
# Archives as roots that are torn, lie about sizes and names, or want to be unpacked elsewhere (tars.py makes them): what
# stands before and behind the damage is read, the damage said.

bats_require_minimum_version 1.5.0
load ../lib
load lib
# shellcheck disable=SC2154 # output, stderr and status are bats' own

setup() {
	cd "$BATS_TEST_TMPDIR" || return
	small r
	# web's log comes last; no blocks of padding behind the end mark
	(cd r && { find . -mindepth 1 ! -path "./$LOG" -printf '%P\n' | sort && echo "$LOG"; } |
		tar -b 1 --format=ustar --no-recursion -cf ../good.tar -T -)
}

# row CASE STATUS MESSAGE: the archive of that case; calm stands; web, too, where HALF is unset.
row() {
	python3 "$HERE"/hostile/tars.py "$1" good.tar >"$1.tar"
	run --separate-stderr timeout 60 ctr-ls -r "$1.tar" -j
	[ "$status" = "$2" ] || fail "$1: status $status, expected $2" "${stderr:0:1500}" "${output:0:500}"
	[ -z "$3" ] || [[ $stderr == *"$3"* ]] || fail "$1: not said: $3" "${stderr:0:1500}"
	[ -n "$3" ] || [ "$stderr" = '' ] || fail "$1: said without need: ${stderr:0:1500}"
	clean
	calm_stands
	[ -n "${HALF-}" ] || [ "$(web '[.name, .error] | @csv')" = '"web",' ] || fail "$1: web does not stand: $output" "$stderr"
	rm "$1.tar"
}

# rows: CASE STATUS MESSAGE a line, on stdin; - for none.
rows() {
	local name want message
	while read -r -u 5 name want message; do
		row "$name" "$want" "${message#-}"
	done 5<<<"$1"
}

@test "sizes that are none" {
	rows 'size-negative 1 size of a tar entry is no number evil/x (expected octal or base-256)
size-2-63 1 size of a tar entry is no number evil/x
size-most 1 size of a tar entry is no number evil/x
size-all-ones 1 size of a tar entry is no number evil/x
size-garbage 1 size of a tar entry is no number evil/x
size-nine 1 size of a tar entry is no number evil/x
size-below-2-63 1 archive ends within an entry'
}

@test "pax records that are none" {
	rows 'pax-zero 1 bad pax record
pax-one 1 bad pax record
pax-beyond 1 bad pax record
pax-no-newline 1 bad pax record
pax-no-equals 1 bad pax record
pax-huge 1 bad pax record
pax-short 1 bad pax record
pax-no-length 1 bad pax record
pax-negative 1 bad pax record'
}

@test "more extended headers than one entry may have" {
	HALF=1 row pax-flood 1 'tar:'
	row global-flood 1 'tar:'
	rows 'global-each-key 0 name twice
global-each-map 1 record of a global header, left out: GNU.sparse.map
global-each-path 1 record of a global header, left out: path
global-each-time 1 record of a global header, left out: mtime'
	row long-name-huge 1 'extended header too large'
	row long-names-many 1 'tar:'
}

@test "a path with a NUL is not another path" {
	row pax-nul 0 ''
}

@test "maps of sparse files: out of order, overlapping, too large, without an end" {
	HALF=1 rows 'sparse-order 1 bad map of a sparse file
sparse-overlap 1 bad map of a sparse file
sparse-beyond 1 bad map of a sparse file
sparse-wrap 1 bad map of a sparse file
sparse-more-than-stored 1 bad map of a sparse file
sparse-garbage 1 bad value of a pax record GNU.sparse.map
sparse-odd 1 bad value of a pax record GNU.sparse.map
sparse-many 1 bad value of a pax record GNU.sparse.map
sparse-old-loop 1 bad map of a sparse file
sparse-new-count 1 bad map of a sparse file
sparse-empty 1 bad value of a pax record GNU.sparse.map
sparse-huge 1 file too large to be what it should be'
}

@test "a map of a sparse file that --memory has no room for" {
	local m
	python3 "$HERE"/hostile/tars.py sparse-memory good.tar >x.tar
	for m in 150K 200K 300K 400K 500K 700K 1M; do
		run --separate-stderr timeout 60 ctr-ls --memory=$m -r x.tar -j
		[[ $status = [13] ]] || fail "$m: status $status" "$stderr"
		# what it was too large for is said, or it was read: as what it is, no JSON
		[[ $stderr == *--memory* || $stderr == *'config.v2.json: offset 0: no JSON value'* ]] || fail "$m: $stderr"
	done
}

@test "long names without an entry, hard links to themselves, to nothing, to what comes later, outside" {
	rows 'long-name-alone 1 tar:
link-nothing 1 hard link to nothing that stands before it no/such (expected a file of this archive)
link-outside 1 hard link to nothing that stands before it ../../../../etc/passwd
link-folder 1 hard link to nothing that stands before it containers
link-root 1 hard link to nothing that stands before it
link-nul 1 hard link to nothing that stands before it
link-later 1 hard link to nothing that stands before it later
link-chain 0 -'
	HALF=1 rows 'link-self 1 hard link to nothing that stands before it containers/'
}

@test "names that leave, that are none, that lie beneath a link or a file, over a folder, twice" {
	rows 'name-dots 1 name that leaves the archive, left out: ../../x
name-dots-within 1 name that leaves the archive, left out: containers/../../x
name-absolute 0 -
name-empty 1 entry in the place of the archive'"'"'s root, left out:
name-slash 1 entry in the place of the archive'"'"'s root, left out:
name-dot 1 entry in the place of the archive'"'"'s root, left out:
name-deep 0 -
under-link 1 entry beneath a symbolic link, left out: door/containers/
under-file 1 entry beneath what is no directory, left out: file/x
file-over-folder 1 entry in the place of a directory that is not empty, left out: containers
link-over-folder 1 entry in the place of a directory that is not empty, left out: containers
type-unknown 1 entry of an unknown type: evil/x
steering 1 hard link to nothing that stands before it \x1b]0;t\x07
deep 0 -'
	HALF=1 rows 'twice 0 name twice, the later entry counts: containers/
links-loop 1 Too many levels of symbolic links
fifo 1 not opened: it is no regular file'
}

@test "damage in the middle: what stands behind it is read" {
	rows 'zero-middle 0 -
sum-middle 1 not a tar header (expected a header; reading on at the next one)
garbage-middle 1 not a tar header (expected a header; reading on at the next one)'
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

@test "200,000 entries, and an index that --memory is too small for" {
	python3 "$HERE"/hostile/tars.py many good.tar >many.tar
	must 0 timeout 60 ctr-ls -r many.tar -j
	calm_stands
	run --separate-stderr timeout 60 ctr-ls --memory=1M -r many.tar -j
	[[ $status = [13] ]] || fail "$status $stderr"
	says 'index needs more memory than --memory; what follows is not read'
}

@test "compressed archives: cut, with a skippable frame first, with more behind, bombs, and of other kinds" {
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
	printf '\x50\x2a\x4d\x18\x04\x00\x00\x00skip' | cat - good.tar.zst >skip.zst
	must 0 ctr-ls -r skip.zst -j
	calm_stands
	{ cat good.tar.gz; echo hidden; } >more.gz
	must 0 ctr-ls -r more.gz -j
	says "bytes behind the end of the compressed data"
	calm_stands
	head -c 200M /dev/zero | cat good.tar - | gzip -1 >bomb.gz
	must 1 timeout 60 ctr-ls --spool-limit=10M -r bomb.gz -j
	says 'inflates to more than the limit'
	calm_stands
	head -c 200M /dev/zero | zstd -q >bomb.zst
	must 3 timeout 60 ctr-ls --spool-limit=10M -r bomb.zst -j
	bzip2 -k good.tar
	must 3 ctr-ls -r good.tar.bz2 -j
	says 'compression that this build cannot inflate bzip2 (expected gzip, zstd or xz)'
	gzip good.tar.gz -c >twice.gz
	must 3 ctr-ls -r twice.gz -j
	says 'is no archive that is known'
}

@test "the log of an archive, cut where it lies" {
	local at
	at=$(grep -abo 'web says' good.tar | cut -d: -f1)
	head -c "$at" good.tar >cut.tar
	must 1 ctr-logcat -r cut.tar -j
	says 'archive ends within an entry'
	clean
}
