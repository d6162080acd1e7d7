#!/usr/bin/env bats
# SPDX-License-Identifier: ISC
# Layers that are damaged, far too large, not what the record says, or named so that somebody who unpacks them is hurt.

# shellcheck disable=SC2016,SC2030,SC2031,SC2094,SC2154 # output, stderr and status are bats' own

bats_require_minimum_version 1.5.0
load ../lib
load lib

setup() {
	cd "$BATS_TEST_TMPDIR" || return
	mkdir e
}

# stack PATH...: a record of a container with these layers, the base first, to the file r.
stack() {
	local n=0 layer
	printf '{"record":"container","container":"abc","name":"hand","layers":['
	for layer; do
		((n++ == 0)) || printf ,
		printf '{"n":%d,"kind":"layer","form":"oci","evidence_path":"%s"}' "$n" "$layer"
	done
	printf ']}\n'
} >r

# asks STATUS TOOL OPTION...: of the record r.
asks() {
	must "$1" timeout 120 "$2" -r e - "${@:3}" <r
	refute_controls "$stderr" || fail "$stderr"
}

@test "a layer that is cut or flipped, in each codec: the others stand" {
	local codec cut at size
	made 1.tar f:calm=stands
	head -c 200000 /dev/urandom | base64 -w 0 >text
	python3 - <<-'END'
		import tarfile
		with tarfile.open('e/2.tar', 'w') as t:
		    for i in range(20):
		        m = tarfile.TarInfo('file%d' % i)
		        m.size = 8000
		        with open('text', 'rb') as f:
		            f.seek(8000 * i)
		            t.addfile(m, f)
	END
	for codec in cat gzip zstd xz bzip2; do
		$codec <e/2.tar >whole
		size=$(stat -c %s whole)
		for cut in 1 10 700 $((size / 2)) $((size - 12000)); do
			head -c "$cut" whole >e/bad
			stack /1.tar /bad
			asks 1 ctr-layers --layer merged -j
			says "e/bad: "
			[ "$(jq -r 'select(.path == "/calm").size' <<<"$output")" = 6 ] || fail "$codec cut at $cut: calm does not stand"
		done
		[ $codec != cat ] || continue
		for at in 300 $((size / 2)) $((size - 3)); do
			python3 -c 'import sys; b = bytearray(open("whole", "rb").read()); b[int(sys.argv[1])] ^= 0x55; open("e/bad", "wb").write(b)' "$at"
			must 1 timeout 60 ctr-layers -r e - --verify -j <r
			says "e/bad: "
			asks 1 ctr-layers --hash --layer merged -j
			[ "$(jq -r 'select(.path == "/calm").size' <<<"$output")" = 6 ] || fail "$codec flipped at $at: calm does not stand"
		done
	done
}

@test "a bomb of 2 GB in a layer of each codec is walked over, in little memory" {
	local codec
	made 1.tar f:calm=stands
	python3 -c 'import tarfile; m = tarfile.TarInfo("bomb"); m.size = 2 << 30; open("head", "wb").write(m.tobuf())'
	for codec in 'gzip -1' 'zstd -1' 'xz -0' 'bzip2 -1'; do
		[ "$codec" != 'bzip2 -1' ] || python3 -c 'import tarfile; m = tarfile.TarInfo("bomb"); m.size = 256 << 20; open("head", "wb").write(m.tobuf())'
		{ cat head && head -c $(($([ "$codec" = 'bzip2 -1' ] && echo 256 || echo 2048) << 20)) /dev/zero && head -c 1024 /dev/zero; } | $codec >e/bomb
		stack /1.tar /bomb
		must 0 env time -f %M -o kib timeout 120 "$CTR_BIN/ctr-layers" -r e - -j <r
		[ "$(tail -n 1 kib)" -lt 65536 ] || fail "$codec: $(<kib) KiB"
	done
}

@test "what is behind the end of a layer is said" {
	made 1.tar f:calm=stands
	{ cat e/1.tar && head -c 700 /dev/urandom; } >e/tail
	{ gzip <e/1.tar && echo hidden; } >e/tail.gz
	for n in tail tail.gz; do
		stack "/$n"
		run --separate-stderr ctr-layers -r e - --layer merged -j <r
		says "e/$n: "
		[ "$(jq -r .path <<<"$output")" = /calm ] || fail "$output"
	done
	: >e/empty
	stack /1.tar /empty
	asks 0 ctr-layers --layer merged -j
}

@test "a layer that is no file and no folder of the evidence" {
	local n
	made 1.tar f:calm=stands
	mkfifo e/fifo
	[ "$(id -u)" != 0 ] || mknod e/device c 1 5
	ln -s /etc/passwd e/out && ln -s ../../../../../../../etc/passwd e/up && ln -s loop e/loop
	for n in /fifo /device /out /up /loop /none ../../etc/passwd /../../../etc/passwd /1.tar/x; do
		[ "$n" != /device ] || [ -e e/device ] || continue
		stack /1.tar "$n"
		asks 1 ctr-layers --layer merged -j
		[ -n "$stderr" ] || fail "$n: nothing is said"
		[ "$(jq -r .path <<<"$output")" = /calm ] || fail "$n: $output"
		[[ $output$stderr != *root:* ]] || fail "$n: a file of the host was read"
	done
}

@test "a layer listed 1,000 times, and a hundred that are large" {
	local i
	made 1.tar d:d f:d/a=1 f:b=2
	mapfile -t i < <(yes /1.tar | head -n 1000)
	stack "${i[@]}"
	asks 0 ctr-layers --layer merged -j
	[ "$(wc -l <<<"$output")" = 3 ] || fail "$output"
	asks 0 ctr-layers -j
	[ "$(wc -l <<<"$output")" = 1000 ]
	asks 0 ctr-whiteouts -j
}

# many N PYTHON: N entries, of each of which I is the number, to e/many.tar.
many() {
	python3 - "$1" <<-END
		import sys, tarfile
		with open('e/$3', 'wb') as f:
		    for i in range(int(sys.argv[1])):
		        m = tarfile.TarInfo($2)
		        f.write(m.tobuf(tarfile.USTAR_FORMAT))
		    f.write(bytes(1024))
	END
}

@test "one opaque directory over 200,000 names, and 200,000 whiteouts of them: no time is lost" {
	many 200000 '"d/%d" % i' 1.tar
	made 2.tar d:d f:d/.wh..wh..opq f:d/own=1
	many 200000 '"d/.wh.%d" % i' 3.tar
	stack /1.tar /2.tar
	must 0 timeout 30 "$CTR_BIN/ctr-whiteouts" -r e - -o tsv -n -c path <r
	[ "$(wc -l <<<"$output")" = 200000 ]
	stack /1.tar /3.tar
	must 0 timeout 30 "$CTR_BIN/ctr-whiteouts" -r e - -o tsv -n -c path <r
	[ "$(wc -l <<<"$output")" = 200000 ]
	must 0 timeout 30 "$CTR_BIN/ctr-layers" -r e - --layer merged -o tsv -n -c path <r
	[ "$output" = /d ] || fail "$output"
}

@test "1,000,000 entries, and less memory than they need" {
	many 1000000 '"d%d/%d" % (i % 1000, i)' 1.tar
	stack /1.tar
	must 1 env time -f %M -o kib timeout 60 "$CTR_BIN/ctr-layers" --memory 64M -r e - -j <r
	says 'layers need more memory than --memory'
	[ "$(tail -n 1 kib)" -lt 160000 ] || fail "$(<kib) KiB"
	must 0 env time -f %M -o kib timeout 60 "$CTR_BIN/ctr-layers" -r e - -j <r
	[ "$(tail -n 1 kib)" -lt 360000 ] || fail "$(<kib) KiB"
}

@test "names of 300 and of 70,000 bytes, 10,000 components, every byte" {
	python3 - <<-'END'
		import tarfile
		names = ['n' * 300, 'N' * 70000, '/'.join(['c'] * 10000)]
		names += ['byte%s|' % bytes([b]).decode('latin-1') + 'x' for b in range(1, 256) if b != 47]
		with tarfile.open('e/1.tar', 'w', format=tarfile.PAX_FORMAT, encoding='latin-1') as t:
		    for n in names:
		        t.addfile(tarfile.TarInfo(n))
		with tarfile.open('e/2.tar', 'w', format=tarfile.PAX_FORMAT, encoding='latin-1') as t:
		    for n in names:
		        head, _, tail = n.rpartition('/')
		        t.addfile(tarfile.TarInfo((head + '/' if head else '') + '.wh.' + tail))
	END
	stack /1.tar /2.tar
	local form
	asks 0 ctr-whiteouts -j
	[ "$(wc -l <<<"$output")" = 257 ] || fail "$(wc -l <<<"$output") deletions" "$stderr"
	[ "$(jq -r 'select(.hides_n != 1).path[:40]' <<<"$output")" = '' ] || fail "not found beneath: $(jq -r 'select(.hides_n != 1).path[:40]' <<<"$output")"
	for form in table tsv timesketch body; do
		for tool in ctr-layers ctr-whiteouts; do
			[ $tool = ctr-whiteouts ] && set -- || set -- --show changes --layer all
			asks 0 $tool "$@" -o $form
			refute_controls "${output//$'\t'/}" || fail "$tool -o $form"
			[ $form != body ] || [ "$(awk -F'|' 'NF != 11' <<<"$output" | wc -l)" = 0 ] || fail "$tool: a line of body without 11 fields"
		done
	done
}

@test "what is recovered can hurt nobody who unpacks it" {
	made 1.tar f:/etc/absolute=1 f:../../up=1 f:a/../../up2=1 f:a/../inside=1 f:.=1 s:link=../../../etc 'f:link/x=1' h:hard=../../etc/shadow 'f:..x=1' 'f:a/...=1'
	made 2.tar f:.wh.etc f:.wh.inside f:.wh.link f:.wh.hard f:../.wh.up f:/.wh.a f:.wh...x
	stack /1.tar /2.tar
	must 1 bash -c 'ctr-whiteouts -r e - --recover <r >out.tar'
	tar -tvf out.tar >listed
	[ -s listed ] || fail "$stderr"
	! tar -tf out.tar | grep -E '^/|(^|/)\.\.(/|$)' || fail 'a name leaves the folder'
	grep -q etc/absolute listed && grep -q inside listed || fail "$(<listed)"
	! grep -q ' link to ' listed || fail 'a hard link' "$(<listed)"
	mkdir -p deep/er/out && tar -C deep/er/out -xf out.tar
	[ "$(find . -name 'up*')" = '' ]
}

@test "a pipe that is closed, and a disk that is full" {
	many 20000 '"d/%d" % i' 1.tar
	made 2.tar f:.wh.d
	stack /1.tar /2.tar
	for option in -j --recover; do
		run timeout 30 bash -c "ctr-whiteouts -r e - --below $option <r | head -c 100 >/dev/null; exit \${PIPESTATUS[0]}"
		[[ $status = 0 || $status = 141 || $status = 1 || $status = 3 ]] || fail "$option, closed: $status $output"
		[[ $output != *Sanitizer* ]] || fail "$output"
		must 1 bash -c "ctr-whiteouts -r e - --below $option <r >/dev/full"
		says 'cannot write: No space left on device'
	done
}
