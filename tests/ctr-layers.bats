#!/usr/bin/env bats
# SPDX-License-Identifier: ISC
# ctr-layers: what layers hold and did, against docker, umoci, bsdtar, GNU tar and the kernel, in every form that images were
# saved in, and in the data root.

bats_require_minimum_version 1.5.0
load lib
load images
# shellcheck disable=SC2030,SC2031,SC2154 # output and stderr are bats' own

@test "the files of an image are those that umoci unpacks, whatever form it was saved in" {
	python3 "$VIEW" find "$TRUTH/unpacked/oci_t_patched_1" >theirs
	[ "$(wc -l <theirs)" = 88 ] || fail "the truth has $(wc -l <theirs) lines"
	while read -r form name; do
		merged "$NODE/$form" "$name"
		same "$form"
	done <<-'EOF'
		docker.tar patched
		podman.tar patched
		podman-oci.tar patched
		podman-dir 6961b03
		skopeo-dir 6961b03
		skopeo-dir.tar 6961b03
		oci t/patched:1
		oci.tar t/patched:1
		oci-zstd bd8106b
		root t/patched:1
	EOF
	python3 "$VIEW" find "$TRUTH/unpacked/oci_app-2" >theirs
	for form in oci oci.tar; do
		merged "$NODE/$form" app-2
		same "$form"
	done
}

@test "the files of a container are those of docker export: content, mode, owner, time, links" {
	local name
	for name in changed-1 patched-1 stopped-1; do
		merged "$NODE/root" "$name"
		python3 "$VIEW" tar "$NODE/export-$name.tar" >theirs
		[ "$(wc -l <theirs)" -gt 80 ] || fail "the truth has $(wc -l <theirs) lines"
		same "$name"
	done
}

@test "the files of a container are those of the kernel's own overlay of its layers, attributes too" {
	local name lower
	for name in changed-1 patched-1; do
		lower=$(ctr-ls -r "$NODE/root" "$name" -j | jq -r '[.layers[].evidence_path] | reverse | .[]' | sed "s|^|$NODE/root|" | paste -sd :)
		mkdir -p mounted
		# shellcheck disable=SC2016
		unshare -m bash -c 'mount -t overlay overlay -o "ro,lowerdir=$1" mounted || exit 77
			python3 "$2" tree mounted && cd mounted && getfattr -R -h -d -m "^(user|security)" -e hex . 2>/dev/null |
			sort >../attributes' - "$lower" "$VIEW" >theirs || skip "this kernel mounts no overlay here"
		merged "$NODE/root" "$name"
		same "$name"
		jq -r 'select(.xattrs != {}) | .path' rows | sort >ours
		sed -n 's/^# file: /\//p' attributes | sort >theirs
		[ ! -s theirs ] || same "$name: files with attributes"
	done
}

@test "a container's changes are those of docker diff, but for what its page says" {
	local name
	for name in changed-1 patched-1 stopped-1; do
		must 0 ctr-layers -r "$NODE/root" "$name" --show changes -j
		# docker writes U+FFFD for what is no UTF-8, as path does
		jq -r '"\(.change | sub("M"; "C")) \(.path)"' <<<"$output" | LC_ALL=C sort >ours
		LC_ALL=C sort "$TRUTH/diff/$name" >theirs
		diff theirs ours | sed -n 's/^[<>]/&/p' >differ || true
		case $name in
		patched-1)
			# docker says that a directory changed in which a file did, and looks at no attribute and at no content
			printf '%s\n' '< C /bin' '> C /data/empty' '> C /data/replace-me' | diff - <(LC_ALL=C sort differ)
			[ "$(jq -c 'select(.path == "/data/replace-me") | [.differs, .rules]' <<<"$output")" = '[["content"],["timestomp"]]' ]
			[ "$(jq -c 'select(.path == "/data/empty") | .differs' <<<"$output")" = '["xattr"]' ]
			;;
		*)
			[ ! -s differ ] || fail "$name:" "$(<differ)"
			;;
		esac
	done
}

@test "each layer of an archive has the names of bsdtar, whiteouts apart" {
	local layer n=0 i
	for form in docker.tar podman.tar; do
		mkdir -p "$form"
		tar -xf "$NODE/$form" -C "$form"
		i=0
		while read -r layer; do
			i=$((i + 1))
			bsdtar -tf "$form/$layer" | sed 's|^\./||; s|/$||; s|^|/|' | grep -vE '/\.wh\.|^/$' | LC_ALL=C sort -u >theirs
			[ -s theirs ] || continue
			ctr-layers -r "$NODE/$form" patched --layer $i --show changes --equal -c path -n -o tsv >listed
			grep -v 'caf\|two' listed | LC_ALL=C sort >ours
			grep -v 'caf\|two' theirs >t && mv t theirs
			comm -23 theirs ours >lost
			[ ! -s lost ] || fail "$form, layer $i: not listed:" "$(<lost)"
			n=$((n + $(wc -l <theirs)))
		done < <(jq -r '.[] | select(.RepoTags // [] | tostring | contains("patched")) | .Layers[]' "$form/manifest.json")
	done
	[ "$n" -gt 200 ] || fail "$n names compared"
}

@test "history is that of docker history, and each step stands with the layer that it made" {
	local id from n=0
	for file in "$TRUTH"/history/*.jsonl; do
		id=${file##*/} id=${id%.jsonl} from=$NODE/root
		[ -e "$NODE/root/var/lib/docker/image/overlay2/imagedb/content/sha256/$id" ] || from=$NODE/docker-twice.tar
		jq -r '[.CreatedBy, .CreatedAt, .Comment] | @tsv' "$file" | tac >theirs
		must 0 ctr-layers -r "$from" "image:$id" --show history -j
		jq -r '[(.created_by // ""), (.created | sub("\\.[0-9]+"; "")), (.comment // "")] | @tsv' <<<"$output" >ours
		same "$id"
		# docker's Size is that of the layer that the step made: none is empty
		jq -r 'if .Size == "0" or .Size == "0B" then "-" else "layer" end' "$file" | tac | grep -c layer >theirs
		jq -r 'select(.n != null) | .n' <<<"$output" | wc -l >ours
		[ "$(<ours)" -ge "$(<theirs)" ] || fail "$id: $(<ours) steps with a layer, docker has $(<theirs) that hold bytes"
		n=$((n + 1))
	done
	[ "$n" -gt 3 ]
	must 0 ctr-layers -r "$NODE/root" patched-1 --show history -j
	must 0 ctr-layers -r "$NODE/root" t/patched:1 --show findings -w rule=made-by-hand -j
	[ "$(jq -r .rule <<<"$output")" = made-by-hand ] || fail "$output"
}

@test "a record that somebody wrote by hand is a stack of layers, of directories and tars" {
	mkdir -p e/upper/etc
	mkdir -p base/etc && touch -d 2020-01-01 base/etc && echo one >base/etc/a && echo two >base/etc/b && touch -d 2020-01-01 base/etc
	tar -C base -cf e/base.tar . && gzip -c e/base.tar >e/base.tar.gz
	mknod e/upper/etc/a c 0 0
	echo three >e/upper/etc/b
	for base in base.tar base.tar.gz; do
		printf '{"record":"container","container":"abc","name":"hand","layers":[{"n":1,"kind":"layer","evidence_path":"/%s"},{"n":2,"kind":"rw","evidence_path":"/upper"}]}\n' "$base" >r
		ctr-layers -r e - --show changes -c change,path -n -o tsv <r >ours
		printf 'D\t/etc/a\nM\t/etc\nM\t/etc/b\n' | sort >theirs
		sort -o ours ours
		same "$base"
		ctr-whiteouts -r e - --recover <r | tar -xOf - >got
		[ "$(<got)" = one ] || fail "recovered: $(<got)"
	done
}

# verdicts ROOT NAME STATUS: "N VERDICT" lines of --verify to ours; the configuration has no number.
verdicts() {
	must "$3" ctr-layers -r "$1" "$2" --verify -j
	jq -r 'select(.kind != "rw" and .kind != "init") | "\(.n // "config") \(.verify)"' <<<"$output" >ours
}

@test "--verify has nothing to say against what nobody touched, in any form" {
	while read -r form name layers; do
		verdicts "$NODE/$form" "$name" 0
		{ echo "config ok"; seq "$layers" | sed 's/$/ ok/'; } >theirs
		same "$form"
	done <<-'EOF'
		docker.tar patched 6
		podman.tar patched 6
		podman-oci.tar patched 6
		podman-dir 6961b03 6
		skopeo-dir.tar 6961b03 6
		oci t/patched:1 6
		oci.tar t/patched:1 6
		oci-zstd bd8106b 6
		root image:t/patched:1 6
		root image:t/app:2 5
	EOF
}

# refuted ROOT NAME WHAT: that --verify says no, with status 4, and a finding whose fact is like WHAT.
refuted() {
	must 4 ctr-layers -r "$1" "$2" --verify --show findings -j
	jq -r .fact <<<"$output" >facts
	grep -q -- "$3" facts || fail "no finding like $3:" "$(<facts)"
}

@test "--verify finds what was done to a blob, to a configuration, to the folder of a layer" {
	local blob layer config id
	blob=7fb3729988b3431e1c04291032d88b1948ff598fb3ec0268b6991583af4e32c8
	cp -a "$NODE/oci-zstd" e
	printf '\xff' | dd of="e/blobs/sha256/$blob" bs=1 seek=1500 conv=notrunc status=none
	refuted e bd8106b 'digest: it is sha256:'
	rm -r e && cp -a "$NODE/oci-zstd" e
	truncate -s 1000 "e/blobs/sha256/$blob"
	must 4 ctr-layers -r e bd8106b --verify -j
	[ "$(jq -r 'select(.n == 6) | .verify' <<<"$output")" = mismatch ]
	[ "$(jq -r 'select(.n == 5) | .verify' <<<"$output")" = ok ] || fail 'the other layers do not stand'
	rm "e/blobs/sha256/$blob"
	must 4 ctr-layers -r e bd8106b --verify -j
	[ "$(jq -r 'select(.n == 6) | .verify' <<<"$output")" = missing ]
	rm -r e && cp -a "$NODE/root" e
	id=6961b03a1d0deb49503abdc3a9c38ab88e852c8529780052ebfa28ec1397ef8e
	config=e/var/lib/docker/image/overlay2/imagedb/content/sha256/$id
	sed -i 's/patched by hand/patched by nobody/' "$config"
	refuted e "image:$id" "claimed is sha256:$id"
	cp -p "$NODE/root/${config#e/}" "$config"
	layer=$(ctr-ls -r e --show images -j "image:$id" | jq -r '.layers[5].evidence_path')
	cp -a "e$layer" kept
	while IFS=$'\t' read -r what command fact; do
		(cd "e$layer" && bash -c "$command")
		refuted e "image:$id" "$fact"
		[ "$(grep -vc "^/data: mtime\|^/etc: mtime\|^/bin: mtime" facts)" = 1 ] || fail "$what: more than that is said:" "$(<facts)"
		rm -r "e$layer" && cp -a kept "e$layer"
	done <<-'EOF'
		flipped	printf X | dd of=bin/ls bs=1 seek=600 conv=notrunc status=none; touch -d @1795560861 bin/ls	/bin/ls: .*content
		added	echo x >etc/added	/etc/added: was added
		removed	rm data/www/shell.php; touch -d @1795560861 data/www	/data/www/shell.php: .*
		chmod	chmod 4777 bin/ls	/bin/ls: mode is 4777, the engine recorded 0755
		chown	chown 1000:1000 etc/passwd	/etc/passwd: owner is 1000:1000
		touched	touch -d 2001-01-01T00:00:00Z etc/passwd	/etc/passwd: mtime is 2001-01-01
		setcap	setfattr -n security.capability -v 0x0100000202000000000000000000000000000000 bin/ls	/bin/ls: .*security.capability
	EOF
	must 0 ctr-layers -r e "image:$id" --verify
}

@test "--expect anchors what is verified outside of the evidence" {
	must 0 ctr-layers -r "$NODE/oci-zstd" --verify --expect sha256:bd8106bc8203c4a87995cc08875ea364421b902cd68d9af6c15df935b7fb4e33
	must 0 ctr-layers -r "$NODE/oci-zstd" --verify --expect sha256:7fb3729988b3431e1c04291032d88b1948ff598fb3ec0268b6991583af4e32c8
	must 4 ctr-layers -r "$NODE/oci-zstd" --verify --expect sha256:0000
	must 2 ctr-layers -r "$NODE/oci-zstd" --expect sha256:0000
	must 1 ctr-layers -r "$NODE/export-changed-1.tar" --verify
	[[ $output = *unverifiable* ]]
}

@test "--orphans: the layer of a container that was removed, and nothing of those that are there" {
	local id
	must 0 ctr-layers -r "$NODE/root" --orphans -j
	[ -z "$output" ] || fail "$output"
	cp -a "$NODE/root" e
	id=$(ctr-ls -r e patched-1 -c container -n)
	rm -r "e/var/lib/docker/containers/$(ctr-ls -r e patched-1 -j | jq -r .container)"
	must 0 ctr-layers -r e --orphans --show changes --path /tmp/.x -j
	[ "$(jq -r .magic <<<"$output")" = elf ] || fail "$id: $output"
	must 0 ctr-layers -r e --orphans -j
	[ "$(jq -s length <<<"$output")" = 2 ]
}

@test "--platform takes one image of several" {
	must 0 ctr-layers -r "$NODE/oci-multi" --platform linux/arm -j
	[ "$(jq -s length <<<"$output")" = 1 ]
	must 0 ctr-cat -r "$NODE/oci-multi" multi:/etc/arch --platform linux/arm64
	[[ $output = *arm64* ]] || fail "$output"
	must 2 ctr-cat -r "$NODE/oci-multi" multi:/etc/arch
	[[ $stderr = *linux/arm64*linux/amd64* ]] || fail "$stderr"
	must 2 ctr-layers -r "$NODE/oci-multi" --platform linux/riscv64
}

@test "a path says which layer hides it, and which names hold the same" {
	must 0 ctr-layers -r "$NODE/oci" patched --show changes --equal --hash -j
	[ "$(jq -r 'select(.path == "/etc/issue" and .n == 1) | .hidden_by' <<<"$output")" = 3 ]
	[ "$(jq -r 'select(.path == "/tmp/.x") | .same_as | index("/bin/ls") != null' <<<"$output")" = true ]
	jq -r 'select(.change != "D" and .hidden_by == null and .type != "dir") | .path' <<<"$output" | sort -u >ours
	must 0 ctr-layers -r "$NODE/oci" patched --layer merged -j
	jq -r 'select(.type != "dir") | .path' <<<"$output" | sort -u >theirs
	same 'what nothing hides is what is seen'
}

@test "a body file has a line for each change, with the times that are known" {
	local name
	must 0 ctr-layers -r "$NODE/root" patched-1 --show changes -o body
	[ "$(grep -c '^0|[0-9a-f]\{64\}/7:/' <<<"$output")" = "${#lines[@]}" ] || fail "$output"
	awk -F'|' 'NF != 11' <<<"$output" >odd
	[ ! -s odd ] || fail 'not 11 fields:' "$(<odd)"
	name=$(grep -F ':/data/suid-me|' <<<"$output")
	[ "$(cut -d '|' -f 4,5,6 <<<"$name")" = 'r/rrwsr-xr-x|0|0' ] || fail "$name"
	find "$NODE/root" -path '*overlay2*/diff/data/suid-me' -perm 4755 -printf '%s|%.10A@|%.10T@|%.10C@\n' >theirs
	grep -qF "$(cut -d '|' -f 7-10 <<<"$name")" theirs || fail "$name" "$(<theirs)"
	must 0 ctr-whiteouts -r "$NODE/root" patched-1 --layer rw -o body
	grep -q ':/etc/motd (deleted)|' <<<"$output" && grep -q ':/etc/motd (whiteout)|' <<<"$output"
	must 2 ctr-ls -r "$NODE/root" -o body
}

@test "an overlay that this kernel wrote: where a file was moved from, and when each name was deleted" {
	local t
	mkdir -p e/low/d e/up work merged
	for n in rm-1 rm-2 mv touched d/x; do echo "$n" >"e/low/$n"; done
	touch -d 2020-01-01 e/low/*
	# shellcheck disable=SC2016
	unshare -m bash -c 'mount -t overlay overlay -o lowerdir=e/low,upperdir=e/up,workdir=work merged || exit 77
		now() { date -u +%Y-%m-%dT%H:%M:%S.%N; }
		cd merged; now; sleep 0.1; rm rm-1; sleep 0.3; now; sleep 0.1; mv mv moved; chmod 700 touched; sleep 0.3; now; sleep 0.1
		rm rm-2; rm -r d; mkdir d; sleep 0.1; now' >clock || skip 'this kernel mounts no overlay here'
	mapfile -t t <clock
	printf '{"record":"container","container":"abc","name":"n","layers":[{"n":1,"kind":"layer","form":"overlay","evidence_path":"/low"},{"n":2,"kind":"rw","form":"overlay","evidence_path":"/up"}]}\n' >r
	must 0 ctr-layers -r e --show changes -j - <r
	[ "$(jq -r 'select(.path == "/moved") | .origin' <<<"$output")" = /mv ] || fail "$output"
	[ "$(jq -r 'select(.path == "/touched") | .origin' <<<"$output")" = /touched ] || fail "$output"
	[ "$(jq -r 'select(.path == "/touched") | .differs | join(",")' <<<"$output")" = mode ] || fail "$output"
	must 0 ctr-whiteouts -r e -j - <r
	told() { jq -r --arg p "$1" 'select(.path == $p) | .'"$2" <<<"$output"; }
	# a rename has an inode of its own: exact
	[ "$(told /mv deleted_how)" = exact ]
	[[ $(told /mv deleted_after) > ${t[1]} && $(told /mv deleted_before) < ${t[2]} ]] || fail "$output" "$(<clock)"
	# the others share one: both lie between its first and its last deletion
	[ "$(told /rm-1 deleted_how)" = shared-inode ]
	[ "$(told /rm-1 same_start)" = "$(told /rm-2 same_start)" ]
	[[ $(told /rm-1 deleted_after) > ${t[0]} && $(told /rm-1 deleted_after) < ${t[1]} ]] || fail "$output" "$(<clock)"
	[[ $(told /rm-2 deleted_before) > ${t[2]} && $(told /rm-2 deleted_before) < ${t[3]} ]] || fail "$output" "$(<clock)"
	[ "$(told /d/x dialect)" = opaque ]
	ctr-whiteouts -r e --recover - <r | tar -xOf - d/x mv rm-1 rm-2 | sort >ours
	printf '%s\n' d/x mv rm-1 rm-2 >theirs
	same 'what is recovered'
}
