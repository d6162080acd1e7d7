#!/usr/bin/env bats
# SPDX-License-Identifier: ISC
# Compressed bytes that are cut, damaged, or ask for too much. What stands before the damage must come, byte for byte.
# The archives of xz are taken apart by the format's own description (The .xz File Format 1.1.0).

bats_require_minimum_version 1.5.0
load ../lib
load lib
# shellcheck disable=SC2154 # output, stderr and status are bats' own

UNIT=$CTR_SAN/../unit

setup() {
	cd "$BATS_TEST_TMPDIR" || return
}

# inflates STATUS FILE [LIMIT]: our bytes in ./ours; they are how ./plain begins.
inflates() {
	local got=0
	timeout 60 "$UNIT/codec" --inflate "$2" "${@:3}" >ours 2>said || got=$?
	stderr=$(<said)
	[ "$got" = "$1" ] || fail "$2: status $got, expected $1" "$stderr"
	cmp -n "$(stat -c %s ours)" ours plain || fail "$2: other bytes than were packed"
}

# Words and numbers: text that packs into many pieces.
text() {
	seq -f 'line %g of a text, written for this test' 1 "$1" >plain
}

# xz_edit PYTHON: plain.xz into bad.xz. There are: x, the bytes; block, where the first block begins; chunks(), of that
# block's LZMA2 data, each as (offset, bytes that were packed before it), the last one its end; and seal(), for sums.
xz_edit() {
	python3 - <<-END
		import struct, zlib
		x = bytearray(open("plain.xz", "rb").read())
		block = 12
		def crc(b): return struct.pack("<I", zlib.crc32(bytes(b)))
		def chunks():
		    at, n, all = block + (x[block] + 1) * 4, 0, []
		    while True:
		        all.append((at, n))
		        c = x[at]
		        if c == 0: return all
		        if c >= 0x80:
		            n += ((c & 31) << 16 | x[at + 1] << 8 | x[at + 2]) + 1
		            at += (x[at + 3] << 8 | x[at + 4]) + 1 + (6 if c >= 0xc0 else 5)
		        else:
		            size = (x[at + 1] << 8 | x[at + 2]) + 1
		            n, at = n + size, at + 3 + size
		def seal():
		    head = (x[block] + 1) * 4
		    x[8:12] = crc(x[6:8])
		    x[block + head - 4:block + head] = crc(x[block:block + head - 4])
		    x[-12:-8] = crc(x[-8:-2])
		$1
		open("bad.xz", "wb").write(x)
	END
}

@test "cut anywhere: what inflates is what was packed, the more the later the cut" {
	text 20000
	gzip -k plain
	zstd -qk plain
	xz -k plain
	bzip2 -k1 plain		# blocks of 100 KB, of which only whole ones come
	for packed in plain.gz plain.zst plain.xz plain.bz2; do
		size=$(stat -c %s $packed) before=0
		for ((at = 40; at < size; at += size / 17)); do
			head -c "$at" $packed >cut.bin
			inflates 1 cut.bin
			[ "$stderr" = "offset $at: compressed data end early" ] || fail "$packed at $at: $stderr"
			[ "$(stat -c %s ours)" -ge "$before" ]
			before=$(stat -c %s ours)
		done
		[ "$before" -gt 500000 ]
		inflates 0 $packed
		cmp ours plain
	done
}

@test "xz with each check and filter, in blocks, in streams, with padding" {
	{ cat "$CTR_BIN/ctr-ls"; text 5000; cat plain; } >all
	mv all plain
	for how in --check=none --check=crc32 --check=crc64 --check=sha256 --block-size=100000 -9e '--x86 --lzma2' '--arm64 --lzma2' \
		'--delta=dist=4 --lzma2' '--x86 --delta --lzma2=dict=64KiB'; do
		# shellcheck disable=SC2086 # options
		xz -c $how plain >plain.xz 2>err || { grep -q unrecognized err && continue; fail "$(<err)"; }
		inflates 0 plain.xz
		cmp ours plain || fail "$how"
	done
	{ head -c 1000 plain | xz; head -c 4096 /dev/zero; tail -c +1001 plain | head -c 3000 | xz --check=none; xz </dev/null
		head -c 70000 /dev/zero; tail -c +4001 plain | xz; head -c 8 /dev/zero; } >many.xz
	xz -t many.xz
	inflates 0 many.xz
	cmp ours plain
	[ "$stderr" = '' ]
}

@test "xz damaged at a place: all before it stands, with and without a filter of machine code" {
	cat "$CTR_BIN/ctr-ls" "$CTR_BIN/ctr-ls" "$CTR_BIN/ctr-logcat" >plain
	for filter in '' --x86; do
		# shellcheck disable=SC2086
		xz -c $filter --lzma2=dict=256KiB plain >plain.xz
		for i in 1 3 -2; do
			xz_edit "at, n = chunks()[$i]; x[at] = 0x7f; print(n)" >n
			inflates 1 bad.xz
			[[ $stderr =~ ^offset\ [0-9]+:\ damaged\ xz\ data\ corrupt\ data\ or\ incorrect\ check$ ]] || fail "$stderr"
			size=$(stat -c %s ours)
			# of a filter's last call nothing is given: 4096 bytes, and what it holds back
			[ "$size" = "$(<n)" ] || [[ $filter = --x86 && $size -lt $(<n) && $size -gt $(($(<n) - 4200)) ]] ||
				fail "$size bytes of $(<n)"
		done
	done
	# a whole block that is damaged somewhere: the blocks before it stand
	xz -c --block-size=65536 plain >plain.xz
	xz_edit 'x[len(x) * 2 // 3] ^= 1'
	inflates_blocks bad.xz
}

# The bytes of a damaged block may be wrong before its check tells: only whole blocks before it are compared.
inflates_blocks() {
	! timeout 60 "$UNIT/codec" --inflate "$1" >ours 2>said || fail 'no fault'
	grep -q 'damaged xz data corrupt data or incorrect check' said
	size=$(($(stat -c %s ours) / 65536 * 65536))
	[ "$size" -gt 500000 ]
	cmp -n "$((size - 65536))" ours plain
}

@test "an integrity check that does not fit is said at its place, after all bytes" {
	text 3000
	for check in crc32 crc64 sha256; do
		xz -kf --check=$check plain
		xz_edit 'at = chunks()[-1][0] + 1; at += -at % 4; x[at] ^= 1; print(at)' >place
		inflates 1 bad.xz
		cmp ours plain
		[[ $stderr =~ ^offset\ ([0-9]+):\ damaged\ xz\ data ]]
		[ "${BASH_REMATCH[1]}" -ge "$(<place)" ] && [ "${BASH_REMATCH[1]}" -le $(($(<place) + 32)) ] || fail "$(<place): $stderr"
		# the index, and the footer
		xz_edit 'x[-20] ^= 1'
		inflates 1 bad.xz
		cmp ours plain
		xz_edit 'x[-1] ^= 1'
		inflates 1 bad.xz
		cmp ours plain
		[[ $stderr == *'damaged xz data corrupt data or incorrect check' ]] || fail "$stderr"
	done
}

@test "a check and a filter that nobody knows" {
	text 3000
	xz -k --check=crc32 plain
	xz_edit 'x[7] = x[-3] = 2; seal()'
	inflates 0 bad.xz
	cmp ours plain
	[ "$stderr" = 'offset 12: xz data with a check that is not known, not tested' ] || fail "$stderr"
	xz_edit 'x[block + 2] = 0x3e; seal()'
	inflates 1 bad.xz
	[[ $stderr == *'damaged xz data unknown filter or flag' ]] || fail "$stderr"
}

@test "a dictionary of 128 MiB is the most: more is said, and not taken" {
	text 3000
	xz -k plain
	xz_edit 'x[block + 4] = 30; seal()'
	inflates 0 bad.xz
	cmp ours plain
	for size in 31 32 39 40; do
		xz_edit "x[block + 4] = $size; seal()"
		inflates 1 bad.xz
		[[ $stderr == 'offset '*': xz data need too much memory to inflate' ]] || fail "$stderr"
		[ ! -s ours ]
	done
	small root
	tar -cf plain -C root .
	xz -kf plain
	xz_edit 'x[block + 4] = 40; seal()'
	must 3 ctr-ls -r bad.xz
	says 'bad.xz: offset 24: xz data need too much memory to inflate (expected a dictionary of at most 128 MiB)'
}

@test "a bomb ends at the limit; the limit itself does not" {
	head -c 3000000 /dev/zero >plain
	xz -k plain
	[ "$(stat -c %s plain.xz)" -lt 2000 ]
	inflates 0 plain.xz 3000000
	cmp ours plain
	inflates 1 plain.xz 2999999
	[ "$(stat -c %s ours)" = 2999999 ]
	[[ $stderr == *'inflates to more than the limit' ]]
	small root
	tar -cf plain.tar -C root .
	{ cat plain.tar; head -c 300M /dev/zero; } | xz -1 >bomb.tar.xz
	run --separate-stderr ctr-ls -r bomb.tar.xz --spool-limit 1M
	says 'bomb.tar.xz: offset '
	says 'inflates to more than the limit'
	xz -k plain.tar
	must 3 ctr-ls -r plain.tar.xz --spool-limit 10K
	says 'inflates to more than the limit'
}

@test "a tar.xz that is cut, damaged, or has more behind it" {
	small root
	tar -cf plain.tar --sort=name -C root .
	xz -k plain.tar
	must 0 ctr-ls -r plain.tar.xz -j
	[ "$stderr" = '' ]
	calm_stands
	size=$(stat -c %s plain.tar.xz)
	head -c $((size - 30)) plain.tar.xz >cut.tar.xz
	must 1 ctr-ls -r cut.tar.xz -j
	says "cut.tar.xz: offset $((size - 30)): compressed data end early (expected the rest of a member)"
	calm_stands
	for ((at = 1; at < size; at += size / 23)); do
		head -c "$at" plain.tar.xz >cut.tar.xz
		run --separate-stderr timeout 60 ctr-ls -r cut.tar.xz -j
		[ "$status" = 1 ] || [ "$status" = 3 ] || fail "cut at $at: $status" "$stderr"
		clean
	done
	{ cat plain.tar.xz; echo hidden; } >more.tar.xz
	must 0 ctr-ls -r more.tar.xz -j
	says "more.tar.xz: offset $size: bytes behind the end of the compressed data"
	calm_stands
	xz -c --format=lzma plain.tar >old.tar.lzma
	must 3 ctr-ls -r old.tar.lzma
	says 'is no archive that is known (expected a tar (plain, gzip, zstd, xz, bzip2), or a directory)'
}

@test "a gzip member of more than 4 GiB, whose length wraps around, with copies from far back" {
	python3 - >long.gz <<-'END'
		import random, sys, zlib
		unit = random.Random(1).randbytes(20000) * 3300
		z = zlib.compressobj(6, zlib.DEFLATED, -15)
		packed = z.compress(unit) + z.flush(zlib.Z_FULL_FLUSH)
		n, crc = 66, 0
		sys.stdout.buffer.write(b"\x1f\x8b\x08\0\0\0\0\0\0\xff")
		for i in range(n):
		    sys.stdout.buffer.write(packed)
		    crc = zlib.crc32(unit, crc)
		assert n * len(unit) > 1 << 32
		sys.stdout.buffer.write(b"\x03\0" + crc.to_bytes(4, "little") + (n * len(unit) & 0xffffffff).to_bytes(4, "little"))
	END
	[ "$(timeout 100 "$UNIT/codec" --inflate long.gz 2>said | wc -c)" = $((66 * 20000 * 3300)) ]
	[ ! -s said ]
	gzip -t long.gz
}
