#!/usr/bin/env bats
# SPDX-License-Identifier: ISC
# Layers of real data roots against the records that their engine made of them: untouched, and each changed in one thing, which is
# to be named exactly, and nothing else. Run by a unit program with sanitizers: lines of ID VERDICT FORM PATH WHY, and of what
# differs.

bats_require_minimum_version 1.5.0
load lib
# shellcheck disable=SC2030,SC2031,SC2154 # output and stderr are bats' own
# shellcheck disable=SC2016 # commands are for the shell of each case

verify=$CTR_SAN/../unit/verify
remapped='owners are those of remapped users, higher by 300000:300000'
beneath='the folder holds what is beneath it too: what was added is not known'
unseen='attributes that the engine recorded are not shown to this user, or not in the evidence'

setup_file() {
	mkdir "$BATS_FILE_TMPDIR/disks"
	for name in node layouts hard; do
		mkdir "$BATS_FILE_TMPDIR/disks/$name"
		tar --zstd -xpf "$EVIDENCE/$name.tar.zst" -C "$BATS_FILE_TMPDIR/disks/$name" --xattrs --xattrs-include='*' \
			--numeric-owner --warning=no-timestamp
	done
}

setup() {
	DISKS=$BATS_FILE_TMPDIR/disks
	cd "$BATS_TEST_TMPDIR" || return
}

as_root() {
	[ "$(id -u)" = 0 ] || skip 'needs root: owners, devices, capabilities'
}

# layers ROOT: how many the engine knows that an image has, by their digests.
layers() {
	find "$1" -path '*/imagedb/content/sha256/*' -type f -exec jq -r '.rootfs.diff_ids[]?' {} + | sort -u | wc -l
}

# untouched ROOT DISK: all are ok, and what is said beside is reasoned.
untouched() {
	"$verify" "$1" >said || fail "$1"
	cat said
	[ "$(cut -c 1-12 said | grep -cx '[0-9a-f]*')" -ge "$(layers "$2")" ]
	[ "$(layers "$2")" -ge 2 ]
	grep -v '^fault .*/config.v2.json' said | sed -E -n 's/^[0-9a-f]{12} ([a-z]+) ([a-z]+) [^ ]+ (.*)$/\1 \2 \3/; p' | sort -u >kinds
}

# --- untouched evidence ----------------------------------------------------------------------------

@test "every layer that an engine wrote and nobody touched is ok, whatever the driver" {
	as_root
	untouched "$DISKS/node" "$DISKS/node"
	diff kinds - <<<'ok overlay '
	for host in dropin moved; do
		untouched "$DISKS/layouts/$host" "$DISKS/layouts/$host"
		diff kinds - <<<'ok overlay '
	done
	for disk in "$DISKS"/layouts/{vfs,overlay} "$DISKS/hard/vfs"; do
		untouched "$disk" "$disk"
		diff kinds - <<<"$(printf '%s\n' 'ok whole ' "ok whole $beneath")"
	done
	untouched "$DISKS/hard/overlay2" "$DISKS/hard/overlay2"
	diff kinds - <<<'ok overlay '
	for disk in "$DISKS/layouts/remap" "$DISKS/hard/remap"; do
		untouched "$disk" "$disk"
		grep -v '^ok overlay $' kinds | diff - <(echo "ok overlay $remapped")	# empty layers have no owners
	done
}

@test "a data root that is given alone tells remapped users by its name, and by its owners where that was lost" {
	as_root
	cp -a "$DISKS/hard/remap/var/lib/docker/300000.300000" .
	untouched "$PWD/300000.300000" 300000.300000
	grep -v '^ok overlay $' kinds | diff - <(echo "ok overlay $remapped")
	mv 300000.300000 docker
	untouched "$PWD/docker" docker
	grep -v '^ok overlay $' kinds | diff - <(echo "ok overlay $remapped")
}

@test "a tar with attributes gives what the directory gives; without them that is said" {
	as_root
	for disk in "$DISKS/node" "$DISKS"/layouts/* "$DISKS"/hard/*; do
		"$verify" "$disk" >theirs
		tar -C "$disk" --format=pax --xattrs --xattrs-include='*' --numeric-owner -cf with.tar .
		"$verify" "$PWD/with.tar" | diff theirs -
		tar -C "$disk" --format=pax --numeric-owner -cf without.tar .
		"$verify" "$PWD/without.tar" | sed "s/\(; \)\{0,1\}$unseen\(; \)\{0,1\}//" | diff theirs -
	done
	# of the capabilities and the opaque directory of vfs, which keeps no mark of that
	[ "$("$verify" "$PWD/without.tar" | grep -c "$unseen")" = 1 ]
	tar -C "$DISKS/hard/overlay2" --format=pax --numeric-owner -cf without.tar .
	[ "$("$verify" "$PWD/without.tar" | grep -c "$unseen")" = 2 ]
}

@test "what is put together again is byte for byte what docker save gave, and more than it could give" {
	as_root
	for host in overlay2 vfs remap; do
		rm -rf tars
		mkdir tars
		"$verify" "$DISKS/hard/$host" tars >said
		[ "$(cut -c 1-12 said | sed 's/$/.tar/' | sort | xargs)" = "$(cd tars && echo *)" ]
		for tar in tars/*.tar; do
			[ "$(sha256sum "$tar" | cut -c 1-12).tar" = "${tar#tars/}" ]
		done
		sha256sum tars/* | cut -c 1-64 | sort >ours
		sed -n 's/^[^ ]* \([0-9a-f]\{64\}\)$/\1/p' "$EVIDENCE/hard/$host/saved" | sort -u >theirs
		[ "$(wc -l <theirs)" -ge 10 ]
		comm -23 theirs ours | diff /dev/null -
		[ "$(grep -c 'cannot be saved' "$EVIDENCE/hard/$host/saved")" = 2 ]	# sparse, bogus
		[ "$(wc -l <ours)" -ge $(($(wc -l <theirs) + 4)) ]
	done
}

# --- one thing changed -----------------------------------------------------------------------------

# layer FILE: the folder of the layer of hard/overlay2 that has FILE, in the copy that is here.
layer() {
	find "$PWD/disk" -path "*/diff/$1" | head -n 1 | sed "s,/diff/$1\$,/diff,"
}

fresh() {
	rm -rf disk
	cp -a "$DISKS/hard/overlay2" disk
}

# changes FILE COMMAND EXPECTED...: COMMAND, run in the layer that has FILE, makes exactly these differences, and no other
# layer differs.
changes() {
	local file=$1 command=$2 dir
	shift 2
	fresh
	dir=$(layer "$file")
	[ -d "$dir" ] || fail "no layer with $file"
	(cd "$dir" && eval "$command") || fail "$command"
	"$verify" disk >said || fail "$command: $(<said)"
	sed -n 's/^\t//p' said | diff <(printf '%s\n' "$@") - || fail "after $command"
	[ "$(grep -c ' mismatch ' said)" = 1 ] || fail "after $command: $(<said)"
	grep -qF "mismatch overlay ${dir#"$PWD/disk"} $# difference" said || fail "after $command: $(<said)"
	[ "$(grep -vc '^	' said)" = "$(grep -c ' ok \| mismatch ' said)" ]
}

# keep PATH COMMAND...: runs it, and PATH has its time back.
keep() {
	local path=$1 time
	time=$(mktemp -p "$BATS_TEST_TMPDIR")
	touch -h -r "$path" "$time"
	shift
	"$@"
	touch -h -r "$time" "$path"
}

flip() {
	printf 'S' | dd of="$1" conv=notrunc status=none
}

@test "content: a byte flipped, bytes added, cut off" {
	as_root
	changes usr/bin/su 'keep usr/bin/su flip usr/bin/su; chmod 6755 usr/bin/su' '/usr/bin/su content is not what the engine recorded'
	changes usr/bin/su 'keep usr/bin/su eval "echo more >>usr/bin/su"' '/usr/bin/su size is 12, the engine recorded 7'
	changes usr/bin/su 'keep blocks truncate -s 100 blocks' '/blocks size is 100, the engine recorded 7681'
	changes usr/bin/su 'keep empty eval "echo >empty"' '/empty size is 1, the engine recorded 0'
	changes many 'keep many flip many' '/many content is not what the engine recorded'
}

@test "names: added, removed, a directory with what is in it" {
	as_root
	changes usr/bin/su 'echo >usr/bin/evil' '/usr/bin/evil was added: a file'
	changes usr/bin/su 'rm one-byte' '/one-byte is gone'
	changes usr/bin/su 'mv one-byte other' '/one-byte is gone' '/other was added: a file'
	changes usr/bin/su 'mkdir -p new/deep; ln -s x new/deep/link; mkfifo pipe' '/new was added: a directory' \
		'/pipe was added: a FIFO' '/new/deep was added: a directory' '/new/deep/link was added: a symbolic link'
	changes bin/cap 'rm bin/cap; touch -d @1700000000 bin' '/bin mtime is 2023-11-14T22:13:20Z, the engine recorded 2020-09-13T12:26:40Z' \
		'/bin/cap is gone'
	changes bin/cap 'keep bin rm bin/cap' '/bin/cap is gone'
	changes bin/cap 'keep bin rm bin/arping' '/bin/arping is gone' \
		'/bin/arping6 stands alone: "bin/arping", the engine recorded, is the same file'
	changes usr/bin/su 'rm -r usr' '/usr/bin/su is gone'
	# shellcheck disable=SC2016 # for the shell of the case
	changes usr/bin/su 'rm raw-$(printf "\377\376")' '/raw-\xff\xfe is gone'
}

@test "mode, owner, time" {
	as_root
	changes usr/bin/su 'chmod 4777 blocks' '/blocks mode is 4777, the engine recorded 0644'
	changes usr/bin/su 'chmod 755 tmp' '/tmp mode is 0755, the engine recorded 1777'
	changes usr/bin/su 'touch -d @1700000000.5 up' '/up mtime is 2023-11-14T22:13:20.5Z, the engine recorded 2020-09-13T12:26:40Z'
	changes usr/bin/su 'touch -d @1600000000.123456788 fraction' \
		'/fraction mtime is 2020-09-13T12:26:40.123456788Z, the engine recorded 2020-09-13T12:26:40.123456789Z'
	changes usr/bin/su 'chown 1000:0 up' '/up owner is 1000:0, the engine recorded 0:0'
	changes bin/nowhere 'chown -h 0:0 bin/nowhere' '/bin/nowhere owner is 0:0, the engine recorded 5:6'
	changes bin/nowhere 'touch -h -d @1 bin/nowhere' \
		'/bin/nowhere mtime is 1970-01-01T00:00:01Z, the engine recorded 2020-09-13T12:26:40Z'
}

@test "type, link, device, hard link" {
	as_root
	changes bin/sh 'keep bin keep bin/sh ln -sfn /bin/cap bin/sh' \
		'/bin/sh leads to "/bin/cap", the engine recorded "/bin/ping"' '/bin/also is another file than "bin/sh", the engine recorded one file'
	changes usr/bin/su 'rm block; mkdir block' '/block is a directory, the engine recorded a file'
	changes usr/bin/su 'rm block; ln -s blocks block' '/block is a symbolic link, the engine recorded a file'
	changes null 'rm null; mknod -m 666 null c 1 5; touch -d @1600000000 null' '/null is device 1:5, the engine recorded 1:3'
	changes null 'rm null; mknod -m 666 null b 1 3; touch -d @1600000000 null' \
		'/null is a block device, the engine recorded a character device'
	changes bin/ping6 'keep bin eval "cp -p bin/ping t; mv t bin/ping6"' \
		'/bin/ping6 is another file than "bin/ping", the engine recorded one file'
	changes o/new 'mv o p; ln -s p o' '/o is a symbolic link, the engine recorded a directory' \
		'/p was added: a directory' '/p/new was added: a file' \
		'/o/new lies behind a link, the engine recorded it behind directories'
	changes o/new 'mv implied kept; ln -s kept implied' '/implied is a symbolic link, the engine recorded files beneath it' \
		'/kept was added: a directory' '/kept/by was added: a directory' '/kept/by/this was added: a file' \
		'/implied/by/this lies behind a link, the engine recorded it behind directories'
}

@test "extended attributes: capabilities, others, opaque directories" {
	as_root
	cap=0100000200200000000000000000000000000000
	changes usr/bin/su "setfattr -n security.capability -v 0x$cap up" "/up attribute security.capability was added: $cap"
	changes bin/cap 'setfattr -x security.capability bin/cap' \
		"/bin/cap attribute security.capability is gone, the engine recorded $cap"
	changes bin/cap "setfattr -n security.capability -v 0x${cap/02002/0200a} bin/cap" \
		"/bin/cap attribute security.capability is ${cap/02002/0200a}, the engine recorded $cap"
	changes usr/bin/su 'setfattr -n user.note -v x up' '/up attribute user.note was added: 78'
	changes o/new 'setfattr -x trusted.overlay.opaque o' \
		'/o does not hide what is beneath, the engine recorded that it does (opaque)'
	changes o/new 'setfattr -n trusted.overlay.opaque -v y d' '/d hides what is beneath (opaque), the engine did not record that'
	changes o/new 'setfattr -n trusted.overlay.redirect -v /x d' '/d attribute trusted.overlay.redirect was added: 2f78'
	changes usr/bin/su 'setfattr -n trusted.overlay.opaque -v y usr' '/usr hides what is beneath (opaque), the engine did not record that'
}

@test "what deletes: a mark gone, replaced, added" {
	as_root
	changes o/new 'keep d rm d/gone' '/d/gone the mark that deletes it is gone'
	changes o/new 'keep d eval "rm d/gone; echo >d/gone"' '/d/gone is a file, the engine recorded that it is deleted'
	changes o/new 'chown 0:0 d/gone' '/d/gone owner is 0:0, the engine recorded 7:8'
	changes o/new 'keep d mknod d/kept c 0 0' '/d/kept was added: a device 0:0, which deletes what is beneath'
}

@test "vfs: a name that was deleted is there again" {
	as_root
	cp -a "$DISKS/hard/vfs" disk
	above=$(dirname "$(find disk -path '*/dir/*/o/new')")
	touch -r "$above/../d" time
	echo >"$above/../d/gone"
	touch -r time "$above/../d"
	"$verify" disk | grep -v ' ok ' >said
	[ "$(wc -l <said)" = 2 ]
	[ "$(tail -n 1 said)" = $'\t/d/gone is a file, the engine recorded that it is deleted' ]
	# what was added to a base is told: nothing is beneath it
	rm -r disk
	cp -a "$DISKS/hard/vfs" disk
	echo >"$(dirname "$(find disk -path '*/dir/*/usr/bin/su')")/evil"
	"$verify" disk | grep -v ' ok ' | tail -n 1 | diff - <(printf '\t/usr/bin/evil was added: a file\n')
}

@test "several at once, in several layers: each is named" {
	as_root
	fresh
	(cd "$(layer usr/bin/su)" && chmod 4777 up && keep blocks flip blocks && rm empty && echo >evil)
	(cd "$(layer bin/cap)" && touch -d @1700000000 bin/cap && setfattr -x security.capability bin/cap)
	"$verify" disk >said
	[ "$(grep -c ' mismatch ' said)" = 2 ]
	sed -n 's/^\t//p' said | sort >ours
	sort >theirs <<-'EOF'
	/up mode is 4777, the engine recorded 0644
	/blocks content is not what the engine recorded
	/empty is gone
	/evil was added: a file
	/bin/cap mtime is 2023-11-14T22:13:20Z, the engine recorded 2020-09-13T12:26:40Z
	/bin/cap attribute security.capability is gone, the engine recorded 0100000200200000000000000000000000000000
	EOF
	diff theirs ours
}

@test "remapped users: one owner that is not shifted is named, and one that is another" {
	as_root
	cp -a "$DISKS/hard/remap" disk
	(cd "$(layer usr/bin/su)" && chown 0:0 up && chown 300000:300000 usr/bin/su && chmod 6755 usr/bin/su)
	"$verify" disk | sed -n 's/^\t//p' | diff - <(printf '%s\n' '/up owner is 0:0, the engine recorded 300000:300000' \
		'/usr/bin/su owner is 300000:300000, the engine recorded 301000:300100')
}

# --- the record -------------------------------------------------------------------------------------

# record FILE: the tar-split of the layer that has FILE.
record() {
	local id
	id=$(layer "$1")
	id=$(basename "${id%/diff}")
	dirname "$(grep -rlx "$id" disk/var/lib/docker/image/overlay2/layerdb/sha256/*/cache-id)"
}

# judged VERDICT WHY: of the one layer that is not ok, and no difference is said.
judged() {
	"$verify" disk >said
	grep -v ' ok \|^fault' said >bad
	[ "$(wc -l <bad)" = 1 ] || fail "$(<bad)"
	[ "$(sed 's/^[0-9a-f]* \([a-z]*\) [a-z]* [^ ]* /\1 /' bad)" = "$1 $2" ] || fail "$(<bad)"
}

@test "no record, a damaged one, no folder, another diff_id" {
	as_root
	fresh
	dir=$(record usr/bin/su)
	rm "$dir/tar-split.json.gz"
	judged unverifiable 'the record of its tar, tar-split, is not there'
	fresh
	truncate -s 500 "$dir/tar-split.json.gz"
	judged unverifiable 'its record, tar-split, is damaged'
	grep -q '^fault .*/tar-split.json.gz compressed data end early' said
	fresh
	zcat "$dir/tar-split.json.gz" | sed 5d | gzip >x && cp x "$dir/tar-split.json.gz"
	"$verify" disk >said
	grep -q '^fault .*/tar-split.json.gz line of tar-split is not at its position line 5' said
	fresh
	rm -r "$(layer usr/bin/su)"
	judged missing 'its folder is not there'
	fresh
	zcat "$dir/tar-split.json.gz" >plain
	cp plain "$dir/tar-split.json.gz"	# told by content
	"$verify" disk | sort -k 4 >said
	grep -c ' ok ' said | diff - <("$verify" "$DISKS/hard/overlay2" | grep -c ' ok ')
	fresh
	printf sha512:00 >"$dir/diff"
	judged unverifiable 'files are as recorded, but nothing proves the record: sha512 is not computed'
	fresh
	id=$(sed 's/...$/012/' "$dir/diff")
	printf %s "$id" >"$dir/diff"
	"$verify" disk | grep -q "mismatch .* files are as recorded, but the record or the diff_id was changed: it is sha256:.*, claimed is $id" ||
		fail "$("$verify" disk)"
}

# forge PROGRAM: the record of the layer with usr/bin/su as the program, which has its lines as `lines`, makes it.
forge() {
	fresh
	dir=$(record usr/bin/su)
	zcat "$dir/tar-split.json.gz" >plain
	python3 -c "
import base64, json, sys
lines = [json.loads(line) for line in open('plain')]
$1
for i, line in enumerate(lines):
    line['position'] = i
    print(json.dumps(line))
" | gzip >forged
	cp forged "$dir/tar-split.json.gz"
	"$verify" disk >said
	cat said
}

@test "a forged record gives itself away" {
	as_root
	# all of the tar in the record, so that no file is asked for
	mkdir tars
	fresh
	dir=$(record usr/bin/su)
	"$verify" disk tars >/dev/null
	tar=tars/$(cut -c 8-19 "$dir/diff").tar
	forge 'lines = [{"type": 2, "payload": base64.b64encode(open("'"$tar"'", "rb").read()).decode()}]'
	[ "$(grep -c '^	.* is recorded as no engine does it: its content is not known$' said)" -ge 14 ]
	[ "$(grep -c ' mismatch ' said)" = 1 ]
	# the bytes of one file taken from another name, while it was changed itself
	forge 'next(e for e in lines if e.get("name") == "usr/bin/su")["name"] = "usr/bin/old"'
	su=$(layer usr/bin/su)/usr/bin
	cp -p "$su/su" "$su/old"
	flip "$su/su"
	"$verify" disk | sed -n 's/^\t//p' >ours
	diff ours - <<-'EOF'
	/usr/bin/old is recorded under this name, its header says "usr/bin/su"
	/usr/bin/su was added: a file
	EOF
	# a mode in a header
	forge '
for e in lines:
    p = base64.b64decode(e["payload"] or "")
    at = p.find(b"one-byte\0")
    if e["type"] == 2 and at >= 0:
        h = p[at:at + 100] + b"0000666" + p[at + 107:at + 148] + b" " * 8 + p[at + 156:at + 512]
        h = h[:148] + b"%06o\0 " % sum(h) + h[156:]
        e["payload"] = base64.b64encode(p[:at] + h + p[at + 512:]).decode()
'
	[ "$(sed -n 's/^\t//p' said)" = '/one-byte mode is 0644, the engine recorded 0666' ]
	grep 1 <(sed -n 's/^\(.*\) mismatch .*difference$/1/p' said)	# and the diff_id is not said to be right
}

# --- who asks ---------------------------------------------------------------------------------------

@test "a user who is not shown trusted attributes is told so, not that they are gone" {
	as_root
	fresh
	find disk -type d \( -name diff -prune -o -exec chmod a+rx {} + \) -o -type f -exec chmod a+r {} +
	chmod 755 "$BATS_RUN_TMPDIR" "$BATS_FILE_TMPDIR" "$BATS_TEST_TMPDIR" "$BATS_FILE_TMPDIR/.." 2>/dev/null || true
	run setpriv --reuid 65534 --regid 65534 --clear-groups "$verify" "$PWD/disk"
	[ "$status" = 0 ] || skip "the user nobody cannot reach $PWD or $verify"
	printf '%s\n' "$output"
	grep "$(tr -d '\n' <"$(record o/new)/diff" | cut -c 8-19) ok overlay .*/diff $unseen" <<<"$output"
}
