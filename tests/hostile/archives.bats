#!/usr/bin/env bats
# SPDX-License-Identifier: ISC
# Hostile archives of images, made of the evidence by forms.py: nothing leads outside, nothing goes round for ever, what is
# damaged is said, and the other images stand.

bats_require_minimum_version 1.5.0
load ../lib
load lib
# shellcheck disable=SC2154 # output, stderr and status are bats' own

setup_file() {
	tar --zstd -xf "$EVIDENCE/images.tar.zst" -C "$BATS_FILE_TMPDIR" ./docker.tar
}

setup() {
	cd "$BATS_TEST_TMPDIR" || return
}

# asked STATUS FORM [ARGUMENT...]: its images, of the tar and of the folder, which say the same.
asked() {
	local status=$1 form=$2 where
	for where in x.tar x/; do
		rm -rf x
		python3 "$HERE/forms.py" "$form" "$BATS_FILE_TMPDIR/docker.tar" $where "${@:3}"
		must "$status" timeout 60 ctr-ls -j -r ${where%/} --show images
		clean
		[ $where != x.tar ] || jq -S 'del(.evidence)' <<<"$output" >tar
	done
	jq -S 'del(.evidence)' <<<"$output" | diff tar -
}

# row EXPRESSION: of the only row.
row() {
	[ "$(wc -l <<<"$output")" = 1 ] || fail "rows: $output"
	jq -c "$1" <<<"$output"
}

@test "members that lead outside are looked for inside, and said" {
	asked 1 outside
	says '/manifest.json: names a member outside of the archive; looked for within it: ../../etc/shadow'
	says 'looked for within it: ../../../etc/passwd'
	says 'looked for within it: /etc/shadow'
	says 'link that leads outside of the archive; followed within it: ../../../../etc/hostname'
	# the one within the archive is what was read; the machine's own is nowhere
	[ "$(row .image_id)" = "\"sha256:$(printf 'root:*:19000::::::\n' | sha256sum | cut -d ' ' -f 1)\"" ]
	[ "$(row '[.layers[].evidence_path]')" = '[null,"/etc/shadow",null]' ]
	[ "$(row '[.layers[].size]')" = '[null,19,null]' ]
}

@test "digests that are none name no file" {
	asked 1 digests
	says '/index.json: manifest whose digest is none: sha256:../../../etc/passwd'
	says 'layer whose digest is none: ../x:aa'
	[ "$(row '[.layers[].evidence_path]')" = '[null,null,null,null,null,null]' ]
}

@test "indexes within each other end" {
	asked 1 loop
	says 'index within itself; not read again'
	[ -z "$output" ]
	asked 0 deep 6
	[ "$(row .names)" = '["deep"]' ]
	asked 0 deep 7
	asked 1 deep 8
	says 'index too deep within others; not read'
	asked 1 wide 300
	says 'archive that names more images than it may; the others are not shown'
	[ "$(row '.names | length > 200')" = true ]
}

@test "one layer 1,000 times, and more often than it may" {
	asked 0 same 1000
	[ "$(row '[.layers | length, (map(.chain_id) | unique | length), (map(.diff_id) | unique | length)]')" = '[1000,1000,1]' ]
	asked 0 same 1024
	asked 1 same 1025
	says 'image with more layers than it may have'
	[ "$(row '.layers | length')" = 1024 ]
}

@test "what is missing is absent, and all else stands" {
	asked 1 lost config
	says '.json: absent from the archive'
	[ "$(row '[.names, .created, (.layers | map(.compression)), (.layers | map(.diff_id))]')" = \
		'[["t/app:1"],null,["none","none","none"],[null,null,null]]' ]
	asked 1 lost layer
	says '/1/layer.tar: absent from the archive'
	[ "$(row '[.created != null, (.layers | map(.size != null))]')" = '[true,[true,false,true]]' ]
}

@test "what was edited is said, and both digests are known" {
	local was now
	asked 1 edited
	now=$(row .image_id)
	was=$(basename "$(row .image_config | tr -d '"')" .json)
	says "configuration is another than its name or its manifest says: ${now//\"/} in place of sha256:$was"
	[[ $(row .error) == *"in place of sha256:$was"* ]]
	[ "sha256:$(sha256sum <"x/$was.json" | cut -d ' ' -f 1)" = "${now//\"/}" ]
	asked 1 edited-manifest
	says 'manifest is another than what leads to it says: sha256:'
	asked 1 shorter
	says 'layer is of another size than its manifest says: 100 in place of '
	asked 1 fewer
	says 'configuration has other layers than what names it, their number is 3 in place of 1'
	# which digest is whose is not known: none is given to a layer, and none is lost
	[ "$(row '[.layers[].diff_id]')" = '[null]' ]
	[ "$(row '.rest["rootfs.diff_ids"] | fromjson | length')" = 3 ]
}

@test "documents that are too large, torn, or of the wrong kinds" {
	asked 1 large
	says '/manifest.json: offset 16777216: file too large to be what it should be'
	asked 1 torn
	says '/manifest.json: offset '
	asked 1 wrong
	says 'value of the wrong kind for key Config'
	[ "$(wc -l <<<"$output")" = 2 ]
	asked 1 kinds
	says 'value of the wrong kind for key manifests.digest'
	[ "$(wc -l <<<"$output")" = 1 ]
	asked 1 names
	[ "$(row '.names[0] == "a\u001b]0;t\u0007\u202e:1"')" = true ]
}

@test "more names of one image than it may have" {
	asked 1 tags 5000
	says 'image with more names than it may have'
	[ "$(row '.names | length')" = 4096 ]
}

@test "many configurations of 16 MB: not more is read than documents may take in all" {
	python3 "$HERE/forms.py" heavy "$BATS_FILE_TMPDIR/docker.tar" x/ 40
	must 1 timeout 120 ctr-ls -j -r x --show images
	says 'the documents of the archive are larger than they may be in all'
	[ "$(wc -l <<<"$output")" = 40 ]
}

@test "an archive cut anywhere" {
	local n size
	python3 "$HERE/forms.py" docker25 "$BATS_FILE_TMPDIR/docker.tar" x.tar
	size=$(stat -c %s x.tar)
	for ((n = 512; n < size; n += size / 40)); do
		head -c "$n" x.tar >cut.tar
		run --separate-stderr timeout 20 ctr-ls -r cut.tar --show images -j
		[[ $status = [13] ]] || fail "cut at $n: $status $stderr"
		clean
	done
}

@test "a document with every byte changed once" {
	python3 "$HERE/forms.py" containerd "$BATS_FILE_TMPDIR/docker.tar" x/
	python3 - <<-'EOF'
	import os, subprocess
	for name in ('index.json', 'manifest.json'):
	    path = 'x/' + name
	    good = open(path, 'rb').read()
	    for at in range(0, len(good), 5):
	        for byte in (0, 0x22, 0x5b, 0xff):
	            with open(path, 'wb') as f:
	                f.write(good[:at] + bytes([byte]) + good[at + 1:])
	            p = subprocess.run(['ctr-ls', '-q', '-j', '-r', 'x', '--show', 'images'], capture_output=True, timeout=60)
	            assert p.returncode in (0, 1, 3), (name, at, byte, p.returncode, p.stderr)
	    with open(path, 'wb') as f:
	        f.write(good)
	EOF
}
