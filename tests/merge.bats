#!/usr/bin/env bats
# SPDX-License-Identifier: ISC
# Where layers are put together in more than one way: each corner in which engines and the specification part, and every
# form in which a folder says what it deletes, against the kernel's own overlay where it can be asked. Layers are made by
# hand, and so is the record that names them: no engine stands between.

# shellcheck disable=SC2016,SC2030,SC2031,SC2094,SC2154 # output, stderr and status are bats' own

bats_require_minimum_version 1.5.0
load lib

setup() {
	cd "$BATS_TEST_TMPDIR" || return
	mkdir e
}

# stack NAME[=FORM]...: the record of a container with these layers, the base first, to the file r; the last is its own
# where it is called upper.
stack() {
	local n=0 layer
	printf '{"record":"container","container":"abc","name":"hand","layers":['
	for layer; do
		((n++ == 0)) || printf ,
		printf '{"n":%d,"kind":"%s","form":"%s","evidence_path":"/%s"}' "$n" "$([ "${layer%=*}" = upper ] && echo rw || echo layer)" \
			"$([[ $layer != *=* ]] && echo oci || echo "${layer#*=}")" "${layer%=*}"
	done
	printf ']}\n'
} >r

# seen VIEW: what is seen in the end, a word each: d/ l>TARGET f:SIZE, in the order of paths.
seen() {
	ctr-layers -r e - --layer merged --view "$1" -j <r 2>>said | jq -r '.path[1:] + ({"d": "/", "l": ">\(.target)"}[.mode[:1]] // ":\(.size)")' |
		paste -sd ' '
}

# hidden: what is deleted, a word each: PATH@LAYER that holds it, ! behind it where appliers differ.
hidden() {
	ctr-whiteouts -r e - -j <r 2>>said | jq -r '"\(.path[1:])@\(.hides_n // "-")" + if .differs then "!" else "" end' | paste -sd ' '
}

# corner NAME BASE UPPER SPEC ENGINE HIDDEN SAID: a row of the table; - says nothing.
corner() {
	local base upper
	read -ra base <<<"$2"
	read -ra upper <<<"$3"
	made 1.tar "${base[@]}"
	made 2.tar "${upper[@]}"
	stack 1.tar 2.tar
	: >said
	is "$1: specification" "$4" "$(seen spec)"
	is "$1: engines" "$5" "$(seen engine)"
	is "$1: deleted" "${6#-}" "$(hidden)"
	sort -u -o said said
	[ "$7" != - ] || [ ! -s said ] || fail "$1: said:" "$(<said)"
	[ "$7" = - ] || grep -qF -- "$7" said || fail "$1: not said: $7" "$(<said)"
}

is() {
	[ "$2" = "$3" ] || fail "$1:" "expected: $2" "     got: $3" "$(<said)"
}

@test "each corner in which engines and the specification part" {
	while IFS='|' read -r name base upper spec engine hidden said; do
		corner "$name" "$base" "$upper" "$spec" "$engine" "$hidden" "$said"
	done <<-'EOT'
		a file, then its whiteout|f:f=12|f:f=1234 f:.wh.f|f:4|f:4|f@1!|-
		a whiteout, then its file|f:g=12|f:.wh.g f:g=1234|g:4|g:4|g@1!|-
		opaque behind the entries|d:d f:d/low=1|d:d f:d/own=12 f:d/.wh..wh..opq|d/ d/own:2|d/ d/own:2|d/low@1|-
		opaque before the entries|d:d f:d/low=1|d:d f:d/.wh..wh..opq f:d/own=12|d/ d/own:2|d/ d/own:2|d/low@1|-
		a directory over a file|f:x=1|d:x f:x/n=1|x/ x/n:1|x/ x/n:1|-|-
		a file over a directory|d:x f:x/n=1|f:x=12|x:2|x:2|-|-
		a whiteout, then its directory|d:d f:d/low=1|f:.wh.d d:d f:d/n=12|d/ d/n:2|d/ d/low:1 d/n:2|d@1! d/low@1!|-
		a directory, then its whiteout|d:d f:d/low=1|d:d f:d/n=12 f:.wh.d|d/ d/n:2|d/ d/low:1 d/n:2|d@1! d/low@1!|-
		a whiteout in what is a link beneath|d:d f:d/a=1 s:lnk=d|f:lnk/.wh.a|d/ d/a:1 lnk/|d/ d/a:1 lnk/|lnk/a@-!|-
		a hard link to a file beneath|f:low=123|h:up=low|low:3 up:3|low:3 up:3|-|hard link to a file of a layer beneath, which engines refuse: up
		a hard link to a hard link beneath|f:a=123 h:low=a|h:up=low|a:3 low:3 up:3|a:3 low:3 up:3|-|hard link to a file of a layer beneath, which engines refuse: up
		a hard link to nothing|f:low=123|h:up=none|low:3 up:0|low:3 up:0|-|hard link to nothing: up
		a hard link out of it|f:low=123|h:up=../../low|low:3 up:3|low:3 up:3|-|hard link to a file of a layer beneath, which engines refuse: up
		an opaque root|f:low=1|f:.wh..wh..opq f:own=12|own:2|low:1 own:2|low@1!|-
		a name twice|f:low=1|f:f=1 f:f=12|f:2 low:1|f:2 low:1|-|name twice in one layer, which engines refuse; the later entry counts: f
		a file, then a directory of its name|f:low=1|f:f=1 d:f|f/ low:1|f/ low:1|-|name twice in one layer, which engines refuse; the later entry counts: f/
		a whiteout of nothing|d:etc f:etc/low=1|f:etc/.wh.|etc/ etc/low:1|etc/ etc/low:1|-|whiteout of nothing, which engines refuse: etc/.wh.
		a whiteout of .|d:etc f:etc/low=1|f:etc/.wh..|etc/ etc/low:1|etc/ etc/low:1|-|whiteout of nothing, which engines refuse: etc/.wh..
		a whiteout of ..|d:etc f:etc/low=1|f:etc/.wh...|etc/ etc/low:1|etc/ etc/low:1|-|whiteout of nothing, which engines refuse: etc/.wh...
		a whiteout that is a directory|f:x=1|d:.wh.x|||x@1|whiteout that is no regular file: .wh.x/
		a whiteout that is a link|f:y=1|s:.wh.y=z|||y@1|whiteout that is no regular file: .wh.y
		a whiteout that carries bytes|f:z=12|f:.wh.z=payload|||z@1|whiteout that carries bytes, which no container sees: .wh.z
		a marker on the way|d:d f:d/k=1|f:d/.wh.k/sub=12|d/ d/.wh.k/ d/.wh.k/sub:2 d/k:1|d/ d/.wh.k/ d/.wh.k/sub:2 d/k:1|-|-
		names with dots and slashes|f:o=1|f:./f=1 f:/g=1 f:d/../up=1|f:1 g:1 o:1 up:1|f:1 g:1 o:1 up:1|-|-
		a name that leaves the layer|f:o=1|f:../../etc/x=1|o:1|o:1|-|name that leaves the layer, left out: ../../etc/x
		a child without its parents|d:d f:d/k=1|f:d/n=12|d/ d/k:1 d/n:2|d/ d/k:1 d/n:2|-|-
		an entry beneath a file|f:a=1|f:x=1 f:x/y=12|a:1 x:1|a:1 x:1|-|entry beneath what is no directory, left out: x/y
		a whiteout of what is not there|f:a=1|f:.wh.no|a:1|a:1|no@-|-
		leftovers of AUFS|f:a=1|f:.wh..wh.aufs d:.wh..wh.plnk f:.wh..wh.plnk/12.34=pool h:b=.wh..wh.plnk/12.34 d:.wh..wh.orph|a:1 b:4|a:1 b:4|-|-
	EOT
}

@test "a hard link to a file beneath is that file: its bytes, its mode, its attributes" {
	made 1.tar f:low=123
	made 2.tar h:up=low
	made 3.tar f:.wh.up
	stack 1.tar 2.tar 3.tar
	ctr-whiteouts -r e - --recover <r 2>said | tar -xOf - up >got
	is recovered 123 "$(<got)"
	mkdir e/folder && echo four >e/folder/low && setfattr -n user.x -v y e/folder/low
	stack folder=overlay 2.tar
	is attributes '["user.x"]' "$(ctr-layers -r e - --layer merged -j <r 2>said | jq -c 'select(.path == "/up").xattrs | keys')"
}

# like_kernel NAME OPTIONS LAYER...: folders as layers of overlay, the base first, are seen as the kernel sees them.
like_kernel() {
	local name=$1 options=$2 low='' layer
	shift 2
	for layer; do low=$PWD/e/$layer${low:+:$low}; done
	mkdir -p m
	# what the kernel lists and then finds nothing at is not seen by any container
	# shellcheck disable=SC2016
	unshare -m bash -c 'mount -t overlay overlay -o "ro,$1lowerdir=$2" m || exit 77
		cd m && find . -mindepth 1 -printf "%P\t%y\t%s\t%l\n" 2>/dev/null; exit 0' - "$options" "$low" >listed ||
		skip 'this kernel mounts no overlay here'
	awk -F '\t' '{ print $1 ($2 == "d" ? "/" : $2 == "l" ? ">" $4 : ":" $3) }' listed | sort | paste -sd ' ' >theirs
	stack "${@/%/=overlay}"
	: >said
	seen spec | tr ' ' '\n' | sort | paste -sd ' ' >ours
	is "$name, of the kernel" "$(<theirs)" "$(<ours)"
}

# fresh: four empty folders.
fresh() {
	rm -rf e
	mkdir -p e/{1,2,3,4}
}

overlay_attribute() {
	setfattr -n "trusted.overlay.$1" -v "$2" "$3" || skip 'attributes of overlayfs need root'
}

@test "folders of overlay are put together as the kernel does it: opaque, whiteouts" {
	[ "$(id -u)" = 0 ] || skip 'only root mounts'
	fresh
	mkdir e/{1,2}/d && echo a >e/1/d/low && echo b >e/2/d/own && overlay_attribute opaque y e/2/d
	like_kernel 'opaque y' '' 1 2
	is deleted d/low@1 "$(hidden)"
	fresh
	echo a >e/1/low && echo b >e/2/own && overlay_attribute opaque y e/2
	like_kernel 'an opaque root' '' 1 2
	is 'an opaque root deletes nothing' '' "$(hidden)"
	for x in y x; do
		fresh
		mkdir e/{1,2}/d && touch e/1/d/{a,b,c,x} && mknod e/2/d/a c 0 0 && : >e/2/d/b && echo z >e/2/d/c
		overlay_attribute whiteout y e/2/d/b
		overlay_attribute whiteout y e/2/d/c
		[ $x = y ] || overlay_attribute opaque x e/2/d
		like_kernel "whiteouts by attribute, opaque $x" '' 1 2
		is deleted 'd/a@1 d/b@1' "$(hidden)"
	done
	fresh
	touch e/1/{a,b} && : >e/2/a && overlay_attribute whiteout y e/2/a && overlay_attribute opaque x e/2
	like_kernel 'a whiteout by attribute in the root' '' 1 2
	fresh
	mkdir e/2/d && mknod e/2/d/gone c 0 0 && echo a >e/2/d/a && touch e/1/z
	like_kernel 'a device in a directory of one layer' '' 1 2
	is 'which hides nothing' d/gone@- "$(hidden)"
	fresh
	mkdir e/{1,2}/d && touch e/1/d/a && mknod e/2/d/a c 0 0 && overlay_attribute overlay.opaque y e/2/d
	like_kernel 'an attribute of a nested overlay' '' 1 2
	fresh
	mkdir e/1/d && echo a >e/1/d/.wh.a && echo z >e/1/d/a && touch e/2/.wh..wh..opq
	like_kernel 'names of AUFS in an overlay' '' 1 2
}

@test "folders of overlay are put together as the kernel does it: renamed directories, copies of metadata" {
	[ "$(id -u)" = 0 ] || skip 'only root mounts'
	local on=redirect_dir=on,metacopy=on,
	fresh
	mkdir -p e/1/old/s e/2/new && echo a >e/1/old/f && mknod e/2/old c 0 0 && overlay_attribute redirect old e/2/new
	like_kernel 'renamed in its directory' $on 1 2
	is 'moved, not deleted' '"/new"' "$(ctr-whiteouts -r e - -j <r | jq .moved_to)"
	fresh
	mkdir -p e/1/old/s e/2/p/new && echo a >e/1/old/f && mknod e/2/old c 0 0 && overlay_attribute redirect /old e/2/p/new
	like_kernel 'moved to another' $on 1 2
	fresh
	mkdir -p e/1/a/s e/2/b e/3/p/c && echo a >e/1/a/f && echo bb >e/2/b/g && mknod e/2/a c 0 0 && mknod e/3/b c 0 0
	overlay_attribute redirect a e/2/b && overlay_attribute redirect /b e/3/p/c
	like_kernel 'renamed in two layers' $on 1 2 3
	fresh
	mkdir -p e/1/a/s e/2/q/b e/3/{p/c,q/b} && echo a >e/1/a/s/f && echo bb >e/2/q/b/g && mknod e/2/a c 0 0 && mknod e/3/q/b/s c 0 0
	overlay_attribute redirect /a e/2/q/b && overlay_attribute redirect /q/b/s e/3/p/c
	like_kernel 'moved out of what was moved' $on 1 2 3
	overlay_attribute redirect c e/2/q/b
	like_kernel 'moved out of what was renamed from what is not there' $on 1 2 3
	fresh
	mkdir -p e/1/a/z e/2/a/z e/3/n && echo a >e/1/a/z/f && echo b >e/2/a/z/g
	overlay_attribute opaque y e/2/a && overlay_attribute redirect /a/z e/3/n
	like_kernel 'moved out of what is opaque' $on 1 2 3
	fresh
	mkdir -p e/1/a/z e/2/p e/3/p/z && echo a >e/1/a/z/f && overlay_attribute redirect /a e/2/p
	like_kernel 'a directory in what was moved' $on 1 2 3
	for x in ../a / /a/ /./a /../a a/b; do
		fresh
		mkdir -p e/1/a e/2/p && echo a >e/1/a/f && overlay_attribute redirect "$x" e/2/p
		stack 1=overlay 2=overlay
		: >said
		is "redirect $x" 'a/ a/f:2 p/' "$(seen spec)"
		grep -qF "redirect that the kernel refuses, not followed: $x" said || fail "$(<said)"
	done
	fresh
	echo content >e/1/f && truncate -s 8 e/2/g && mknod e/2/f c 0 0 && overlay_attribute metacopy '' e/2/g && overlay_attribute redirect f e/2/g
	like_kernel 'a copy of metadata, renamed' $on 1 2
	is 'the bytes of it' "$(sha256sum <e/1/f)" "$(ctr-layers -r e - --layer merged --hash -j <r | jq -r .sha256)  -"
	fresh
	mkdir -p e/1/old e/2/new && echo content >e/1/old/f && truncate -s 8 e/2/new/f && mknod e/2/old c 0 0
	overlay_attribute redirect old e/2/new && overlay_attribute metacopy '' e/2/new/f
	like_kernel 'a copy of metadata in a directory that was renamed' $on 1 2
	is 'the bytes of it' "$(sha256sum <e/1/old/f)" "$(ctr-layers -r e - --layer merged --hash -j <r | jq -r '.sha256 // empty')  -"
}

@test "attributes that anybody may set count where no system's overlay wrote the layer" {
	[ "$(id -u)" = 0 ] || skip 'trusted.* needs root'
	fresh
	mkdir e/{1,2}/d && touch e/1/d/a && echo b >e/2/d/b && setfattr -n user.overlay.opaque -v y e/2/d
	like_kernel 'opaque, in a user namespace' userxattr, 1 2
	overlay_attribute origin made e/2/d
	like_kernel 'the same, set in a container' '' 1 2
	grep -q 'which no mount reads together' said
}

@test "what fuse-overlayfs and AUFS leave" {
	fresh
	mkdir e/{1,2}/d && touch e/1/d/{a,b} e/1/{x,y} && : >e/2/d/.wh..wh..opq && : >e/2/.wh.x && echo new >e/2/d/own
	[ "$(id -u)" != 0 ] || mknod e/2/d/.wh..opq c 0 0
	stack 1=fuse 2=fuse
	: >said
	is 'fuse' 'd/ d/own:4 y:0' "$(seen spec)"
	is 'fuse, deleted' 'd/a@1 d/b@1 x@1' "$(hidden | tr ' ' '\n' | sort | paste -sd ' ')"
	fresh
	mkdir -p e/{1,2}/d e/2/.wh..wh.{plnk,orph} && touch e/1/{d/a,x} && : >e/2/.wh..wh.aufs && : >e/2/.wh.x && echo pool >e/2/.wh..wh.plnk/12.34
	ln e/2/.wh..wh.plnk/12.34 e/2/linked && : >e/2/d/.wh..wh..opq
	stack 1=aufs 2=aufs
	is 'AUFS' 'd/ linked:5' "$(seen spec)"
	is 'AUFS, deleted' 'd/a@1 x@1' "$(hidden | tr ' ' '\n' | sort | paste -sd ' ')"
	[ ! -s said ] || fail "$(<said)"
}

@test "renames that lead to one directory by many ways: the walk ends, and it is said" {
	local n k
	[ "$(id -u)" = 0 ] || skip 'trusted.* needs root'
	for n in 1 2 3 4 5 6 7 8 9; do
		mkdir -p e/$n/a/{1,2,3,4,5,6}
		for k in 1 2 3 4 5 6; do
			[ $n = 1 ] || overlay_attribute redirect /a e/$n/a/$k
		done
	done
	stack {1..9}=overlay
	must 1 timeout 120 ctr-layers -r e - --layer merged -c path -o tsv -n <r
	[[ $stderr = *'renames lead to the same directories by too many ways'* ]] || fail "$stderr"
}
