#!/usr/bin/env bats
# SPDX-License-Identifier: ISC
# Our reader of tars beside bsdtar and python's tarfile, over archives that GNU tar, bsdtar and python wrote; our reader of
# JSON beside cJSON, over the engine's own documents.

bats_require_minimum_version 1.5.0
load lib
# shellcheck disable=SC2154 # output and stderr are bats' own

UNIT=$CTR_SAN/../unit

setup() {
	cd "$BATS_TEST_TMPDIR" || return
}

tree() {
	awkward_tree
	touch -d '1960-01-02 03:04:05.25 UTC' t/zero
	touch -d '2500-01-01 00:00:00.123456789 UTC' t/empty
}

# What python's tarfile says of an archive, in the form of our lines.
python_list() {
	python3 - "$1" <<-'END' | sed 's,/$,,' | sort
		import sys, tarfile
		t = tarfile.open(sys.argv[1], errors="surrogateescape", encoding="utf-8")
		def escape(s):
		    out = ""
		    for c in s:
		        o = ord(c)
		        if 0xdc80 <= o <= 0xdcff: out += "\\x%02x" % (o - 0xdc00)
		        elif o < 32 or o == 127: out += "\\x%02x" % o
		        else: out += "\\\\" if c == "\\" else c
		    return out
		for m in t:
		    kind = "h" if m.islnk() else "l" if m.issym() else "d" if m.isdir() else "p" if m.isfifo() else "c" if m.ischr() else "b" if m.isblk() else "f"
		    size = m.size if kind == "f" else 0
		    print(kind, "%04o" % (m.mode & 0o7777), m.uid, m.gid, size, int(m.mtime // 1), escape(m.name), escape(m.linkname), sep="\t")
	END
}

# What bsdtar says, through its mtree writer: name, type, mode, size, seconds. Hard links are files there.
bsdtar_list() {
	LC_ALL=C.UTF-8 bsdtar -cf - --format=mtree --options='!all,mode,uid,gid,size,time,type' "@$1" | python3 -c '
import re, sys
for line in sys.stdin:
    if line.startswith("#") or " " not in line: continue
    name, *keys = line.split()
    if name == "/set": continue
    k = dict(x.split("=", 1) for x in keys if "=" in x)
    def byte(m):
        o = int(m.group(1), 8)
        return "\\\\" if o == 92 else chr(o) if 32 <= o < 127 else "\\x%02x" % o
    name = re.sub(r"\\([0-7]{3})", byte, name)
    kind = {"file": "f", "dir": "d", "link": "l", "fifo": "p", "char": "c", "block": "b"}[k["type"]]
    size = k.get("size", "0") if kind == "f" else "0"
    print(kind, k["mode"].rjust(4, "0"), k["uid"], k["gid"], size, k["time"].split(".")[0], re.sub(r"^\.?/", "", name), sep="\t")' | sort
}

ours() {
	"$UNIT/tar" --list "$1" | sed 's,/\(\t[^\t]*\)$,\1,'
}

# agrees ARCHIVE: our list against both.
agrees() {
	ours "$1" | sed 's/\t$/\t/' | sort >ours.list
	python_list "$1" >python.list
	diff python.list ours.list || fail "python and we differ over $1"
	bsdtar_list "$1" | grep -v '^f.*hard$' >bsdtar.list
	# a time before 1970 with a fraction: mtree cuts it towards zero
	grep -v '^h' ours.list | cut -f 1-7 | sed 's,\t\./,\t,' | grep -v 't/zero$' | sort >mine
	grep -v 't/zero$' bsdtar.list | diff - mine || fail "bsdtar and we differ over $1"
	[ "$(wc -l <ours.list)" -gt 10 ]
}

@test "GNU tar's own formats, with holes in each of the ways it writes them" {
	tree
	tar -cf gnu.tar --format=gnu t
	agrees gnu.tar
	tar -cf pax.tar --format=posix t
	agrees pax.tar
	for version in 0.0 0.1 1.0; do
		tar -cSf "sparse-$version.tar" --format=posix --sparse-version=$version t
		ours "sparse-$version.tar" | sort >sparse
		ours pax.tar | sort | diff - sparse
		agrees "sparse-$version.tar"
	done
	tar -cSf sparse-gnu.tar --format=gnu t
	agrees sparse-gnu.tar
}

@test "ustar and v7, of what they can hold" {
	mkdir -p t/d
	echo a >t/d/file
	ln t/d/file t/d/hard
	ln -s file t/d/soft
	for i in 1 2 3 4 5 6 7 8 9; do echo $i >t/$i; done
	mkdir -p "t/$(printf 'p%.0s' {1..80})"
	echo b >"t/$(printf 'p%.0s' {1..80})/$(printf 'q%.0s' {1..90})"
	tar -cf ustar.tar --format=ustar t
	agrees ustar.tar
	bsdtar -cf bsd-ustar.tar --format=ustar t
	agrees bsd-ustar.tar
	rm -r "t/$(printf 'p%.0s' {1..80})"
	tar -cf v7.tar --format=v7 t
	agrees v7.tar
}

@test "bsdtar's and python's archives" {
	tree
	bsdtar -cf bsd-pax.tar --format=pax t
	agrees bsd-pax.tar
	bsdtar -cf bsd-gnu.tar --format=gnutar t
	agrees bsd-gnu.tar
	python3 - <<-'END'
		import tarfile
		for name, form in ("py-pax.tar", tarfile.PAX_FORMAT), ("py-gnu.tar", tarfile.GNU_FORMAT):
		    with tarfile.open(name, "w", format=form, encoding="utf-8", errors="surrogateescape") as t: t.add("t")
	END
	agrees py-pax.tar
	agrees py-gnu.tar
}

@test "names that are no UTF-8, which bsdtar does not take from a pax header" {
	mkdir t
	printf 'bytes \377\302\351\001' >"$(printf 't/name\377\302\351\001')"
	for form in gnu posix; do
		tar -cf names.tar --format=$form t
		python_list names.tar >theirs
		ours names.tar | sort | diff theirs -
		grep -qF 't/name\xff\xc2\xe9\x01' theirs
	done
}

@test "compressed, and the evidence itself" {
	zstd -qdc "$EVIDENCE/node.tar.zst" >node.tar
	agrees node.tar
	gzip -k node.tar
	ours node.tar | sort >plain
	ours node.tar.gz | sort | diff plain -
	ours "$EVIDENCE/node.tar.zst" | sort | diff plain -
	xz -k1 node.tar
	ours node.tar.xz | sort | diff plain -
	# members and frames after each other are one stream
	{ head -c 100000 node.tar | gzip; tail -c +100001 node.tar | gzip; } >two.gz
	ours two.gz | sort | diff plain -
	{ head -c 100000 node.tar | zstd -q; tail -c +100001 node.tar | zstd -q; } >two.zst
	ours two.zst | sort | diff plain -
	{ head -c 100000 node.tar | xz -1; head -c 8 /dev/zero; tail -c +100001 node.tar | xz -1; } >two.xz
	ours two.xz | sort | diff plain -
	{ head -c 100000 node.tar | bzip2 -1; tail -c +100001 node.tar | bzip2; } >two.bz2
	ours two.bz2 | sort | diff plain -
}

@test "files of a tar with holes are read as the file system has them" {
	mkdir -p root/var/lib/docker/containers root/var/lib/docker/image
	id=cafe$(printf '%060d' 0)
	mkdir "root/var/lib/docker/containers/$id"
	log=root/var/lib/docker/containers/$id/$id-json.log
	echo "{\"ID\":\"$id\",\"Name\":\"/h\",\"LogPath\":\"/x/$id-json.log\",\"State\":{\"Running\":false,\"StartedAt\":\"2026-01-01T00:00:00Z\"},\"Config\":{}}" \
		>"root/var/lib/docker/containers/$id/config.v2.json"
	echo '{"LogConfig":{"Type":"json-file","Config":{}}}' >"root/var/lib/docker/containers/$id/hostconfig.json"
	printf '{"log":"first\\n","stream":"stdout","time":"2026-01-01T00:00:00Z"}\n' >"$log"
	truncate -s 5M "$log"
	printf '{"log":"last\\n","stream":"stdout","time":"2026-01-01T00:00:01Z"}\n' >>"$log"
	ctr-logcat -r root -j 2>/dev/null | jq -c 'del(.evidence)' >dir
	[ "$(jq -r .message dir | tr '\n' ' ')" = 'first last ' ]
	for how in '--format=gnu' '--format=posix --sparse-version=0.0' '--format=posix --sparse-version=0.1' '--format=posix'; do
		# shellcheck disable=SC2086 # options
		tar -cSf holes.tar $how -C root .
		[ "$(stat -c %s holes.tar)" -lt 1000000 ]
		ctr-logcat -r holes.tar -j 2>/dev/null | jq -c 'del(.evidence)' | diff dir -
	done
}

@test "JSON as cJSON reads it, over every document of a real data root" {
	evidence
	find "$NODE/var/lib/docker" \( -name '*.json' -o -path '*/imagedb/content/*' -o -path '*/v2metadata-by-diffid/*' \) \
		-type f -size +0 ! -path "*$(id_of damaged-1)/config*" -print0 | sort -z >documents
	[ "$(tr -cd '\0' <documents | wc -c)" -gt 100 ]
	xargs -0 "$UNIT/json" --twin <documents >tap
	run ! grep '^not ok' tap
	evidence_unchanged
}
