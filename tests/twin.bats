#!/usr/bin/env bats
# SPDX-License-Identifier: ISC
# Our reading of archives as evidence beside libarchive's, entry by entry: type, size, mode, owner, time to the nanosecond,
# device, link, the SHA-256 of the bytes, every extended attribute. Over archives that GNU tar, bsdtar and python wrote of
# one tree; where a format loses nothing, the tree itself is the third that must agree.

bats_require_minimum_version 1.5.0
load lib
# shellcheck disable=SC2154 # output and stderr are bats' own

setup() {
	cd "$BATS_TEST_TMPDIR" || return
}

# What tars are bad at, but for names that libarchive would have to translate.
tree() {
	awkward_tree
	head -c 200000 "$CTR_BIN/ctr-ls" >t/large
	ln t/large "$(echo t/d*)/hard"
	echo ä >t/ünïcödé
	head -c 5000 /dev/urandom >t/ends-in-hole
	truncate -s 100000 t/ends-in-hole
	[ "$(id -u)" != 0 ] || mknod t/disk b 259 70000
	attributes
	touch -d '2500-01-01 00:00:00.123456789 UTC' t/empty
	touch -d '2001-02-03 04:05:06.000000001 UTC' t/file
	touch -h -d '1999-12-31 23:59:59.987654321 UTC' t/soft
}

# Values of all bytes, empty, large; on files, folders and, as root, on what has no bytes.
attributes() {
	python3 - <<-'END'
		import os
		def put(path, name, value):
		    try: os.setxattr("t/" + path, name, value, follow_symlinks=False)
		    except PermissionError: assert os.getuid() != 0 and not name.startswith("user.")
		try: put("file", "user.all", bytes(range(256)))
		except OSError: open("no-attributes", "w")
		else:
		    put("file", "user.empty", b"")
		    put("file", "user.lines", b"\n12 path=evil\n\0=")
		    put("empty", "user.dir", b"\xff")
		    put("zero", "user.large", bytes(i * 7 & 255 for i in range(3000)))
		    put("holes", "user.on.sparse", b"x" * 62)
		    for size in range(1, 9): put("zero", "user.size%d" % size, b"\x80" * size)
		    for path in "soft", "fifo", "null", "file", "empty":
		        if os.path.lexists("t/" + path): put(path, "trusted.overlay.origin", b"\0\xfb\x21\0")
		    put("file", "security.capability", b"\1\0\0\2\0\x20\0\0" + bytes(12))
	END
	[ ! -e no-attributes ] || skip 'this file system has no extended attributes'
}

# ours, theirs FILE: each entry's line, sorted; nothing may be said.
ours() {
	"$CTR_SAN/../unit/tar" --lines "$1" >lines 2>said || fail "$1: $(<said)"
	[ ! -s said ] || fail "$1: $(<said)"
	sort lines
}

theirs() {
	"$CTR_BIN/../twin/tar" "$1" | sort
}

# agrees FILE [HOW]: we and libarchive. HOW whole: and the tree, whose lines lie in ./tree; cut: without the fractions of
# seconds that this format has no place for.
agrees() {
	ours "$1" >mine
	theirs "$1" | diff - mine || fail "libarchive and we differ over $1"
	[ "$(wc -l <mine)" -gt 15 ] || fail "few entries in $1"
	case ${2:-} in
	whole) diff tree mine || fail "the tree and $1 differ" ;;
	cut) seconds tree | diff - <(seconds mine) || fail "the tree and $1 differ" ;;
	esac
}

# seconds FILE: its lines without nanoseconds and attributes.
seconds() {
	cut -f 1-10 "$1" | sed -E 's/\.[0-9]+(\t[0-9]+:)/\1/'
}

@test "GNU tar, pax with attributes: whole, holes in each of its ways" {
	tree
	ours t >tree
	tar -cf pax.tar --format=posix --xattrs --xattrs-include='*' -C t .
	agrees pax.tar whole
	grep -q 'user.all=000102.*feff' mine
	[ "$(id -u)" != 0 ] || grep -q '^/soft.*trusted.overlay.origin=00fb2100' mine
	for version in 0.0 0.1 1.0; do
		tar -cSf "sparse-$version.tar" --format=posix --sparse-version=$version --xattrs --xattrs-include='*' -C t .
		agrees "sparse-$version.tar" whole
	done
	[ "$(stat -c %s sparse-1.0.tar)" -lt 1000000 ]
}

@test "GNU tar's own format, and ustar and v7 of what they can hold" {
	tree
	ours t >tree
	tar -cf gnu.tar --format=gnu -C t .
	agrees gnu.tar cut
	tar -cSf sparse-gnu.tar --format=gnu -C t .
	agrees sparse-gnu.tar cut
	rm -rf t/ddd* t/nnn* t/long-link t/disk t/empty
	[ ! -e t/file ] || chown 0:0 t/file 2>/dev/null || true
	ours t >tree
	tar -cf ustar.tar --format=ustar -C t .
	ours ustar.tar >mine
	theirs ustar.tar | diff - mine
	seconds tree | diff - <(seconds mine)
	rm -f t/fifo t/null
	ours t >tree
	tar -cf v7.tar --format=v7 -C t .
	ours v7.tar >mine
	theirs v7.tar | diff - mine
	seconds tree | diff - <(seconds mine)
}

@test "bsdtar: attributes in both spellings, and in each alone" {
	tree
	ours t >tree
	LC_ALL=C.UTF-8 bsdtar -cf both.tar --format=pax --xattrs -C t .
	grep -aq 'LIBARCHIVE.xattr.user.all=' both.tar
	grep -aq 'SCHILY.xattr.user.all=' both.tar
	agrees both.tar whole
	for spelling in LIBARCHIVE SCHILY; do
		LC_ALL=C.UTF-8 bsdtar -cf one.tar --format=pax --xattrs --options "pax:xattrheader=$spelling" -C t .
		[ "$(grep -ao '[A-Z]*\.xattr\.user.all=' one.tar | sort -u)" = "$spelling.xattr.user.all=" ]
		agrees one.tar whole
	done
	LC_ALL=C.UTF-8 bsdtar -cf gnu.tar --format=gnutar -C t .
	agrees gnu.tar # not as the tree: bsdtar writes no time after 2242 in it
}

@test "python's tarfile: pax with attributes, GNU" {
	tree
	ours t >tree
	python3 - <<-'END'
		import os, tarfile
		def attributes(m):
		    path = os.path.join("t", m.name)
		    for x in sorted(os.listxattr(path, follow_symlinks=False)):
		        m.pax_headers["SCHILY.xattr." + x] = os.getxattr(path, x, follow_symlinks=False).decode("utf-8", "surrogateescape")
		    s = os.lstat(path)
		    m.pax_headers["mtime"] = "%d.%09d" % divmod(s.st_mtime_ns, 10**9)
		    return m
		for name, form in ("py-pax.tar", tarfile.PAX_FORMAT), ("py-gnu.tar", tarfile.GNU_FORMAT):
		    with tarfile.open(name, "w", format=form, encoding="utf-8", errors="surrogateescape") as t: t.add("t", ".", filter=attributes)
	END
	agrees py-gnu.tar cut
	agrees py-pax.tar whole
	grep -q '^/zero.*user.size8=8080808080808080' mine
}

@test "names of attributes as each writer encodes them" {
	mkdir t
	: >t/f
	python3 - <<-'END' || skip 'this file system has no extended attributes'
		import os
		for name in "user.a%b", "user.a=b", "user.%3D", "user.%25", "user.a b", "user.\u00e4", "user.%zz", "user." + "n" * 250:
		    os.setxattr("t/f", name, name.encode())
	END
	ours t >tree
	tar -cf gnu.tar --format=posix --xattrs -C t .
	ours gnu.tar | diff tree -
	LC_ALL=C.UTF-8 bsdtar -cf bsd.tar --format=pax --xattrs -C t .
	ours bsd.tar | diff tree -
	LC_ALL=C.UTF-8 bsdtar -cf base64.tar --format=pax --xattrs --options pax:xattrheader=LIBARCHIVE -C t .
	ours base64.tar | diff tree -
	theirs base64.tar | diff tree -
}

@test "compressed by each program whose bytes we and our libarchive inflate, and the evidence itself" {
	tree
	ours t >tree
	tar -cf pax.tar --format=posix --xattrs --xattrs-include='*' -C t .
	gzip -k pax.tar
	zstd -qk pax.tar
	xz -k pax.tar
	for form in gz zst xz; do agrees pax.tar.$form whole; done
	bzip2 -k pax.tar
	run ! "$CTR_BIN/../twin/tar" pax.tar.bz2
	ours "$EVIDENCE/node.tar.zst" >mine
	theirs "$EVIDENCE/node.tar.zst" | grep -v '^/	d' | diff - <(grep -v '^/	d' mine)
	[ "$(wc -l <mine)" -gt 1000 ]
	grep -q 'trusted.overlay.opaque=79' mine
}

@test "what our libarchive writes, plain and by three compressors, is read by us and by the compressor's own program" {
	for form in none gzip zstd xz; do
		"$CTR_BIN/../twin/pack" $form >one.$form
		case $form in
		none) cat one.none ;;
		*) $form -dc <one.$form ;;
		esac >plain.$form
		cmp plain.none plain.$form
		ours one.$form | diff <(ours one.none) -
	done
	head -c 300000 /dev/zero | tr '\0' x | cmp - <(tar -xOf one.none sub/large)
	[ "$(tar -tvf one.none --utc --full-time | awk '{ print $4, $5, $6 }' | tail -n 1)" = '2026-01-01 00:00:00.123456789 sub/large' ]
	sleep 1.1
	for form in gzip zstd xz; do
		[ "$(stat -c %s one.$form)" -lt 10000 ]
		"$CTR_BIN/../twin/pack" $form | cmp - one.$form
	done
}
