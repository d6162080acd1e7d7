#!/usr/bin/env bats
# SPDX-License-Identifier: ISC
# Images in archives, in the forms that real tools write, against what those tools said of them; as files and as folders.
# Hostile ones are in hostile/archives.bats.

bats_require_minimum_version 1.5.0
load lib
# shellcheck disable=SC2030,SC2031,SC2154 # output and stderr are bats' own

setup_file() {
	mkdir "$BATS_FILE_TMPDIR/images"
	tar --zstd --warning=no-timestamp -xpf "$EVIDENCE/images.tar.zst" -C "$BATS_FILE_TMPDIR/images" --xattrs \
		--xattrs-include='*' --numeric-owner
}

setup() {
	NODE=$BATS_FILE_TMPDIR/images
	TRUTH=$EVIDENCE/images
	note_evidence >"$BATS_TEST_TMPDIR/before"
	cd "$BATS_TEST_TMPDIR" || return
}

teardown() {
	evidence_unchanged
}

# form NAME OUT [ARGUMENT...]
form() {
	python3 "$HERE/forms.py" "$1" "$NODE/docker.tar" "$2" "${@:3}"
}

# rows STATUS ROOT: its images into the file rows; stderr is what was said.
rows() {
	must "$1" ctr-ls -j -r "$2" --show images
	printf '%s\n' "$output" >rows
}

# silent ROOT: the same, and nothing is said.
silent() {
	rows 0 "$1"
	[ "$stderr" = '' ] || fail "of $1, stderr: $stderr"
}

said() {
	[[ $stderr == *"$1"* ]] || fail "not said: $1" "stderr: $stderr"
}

# What docker image inspect says, of the ids on stdin.
inspected() {
	jq -R -s 'split("\n") | map(select(. != ""))' >ids
	jq -S --slurpfile ids ids 'def filled: if . == "" then null else . end;
		map(select(.Id as $i | $ids[0] | index($i)) | { image_id: .Id, created: .Created, author: (.Author | filled),
		platform: "\(.Os)/\(.Architecture)", diff_ids: .RootFS.Layers, env: (.Config.Env // []), cmd: (.Config.Cmd // []),
		entrypoint: (.Config.Entrypoint // []), labels: (.Config.Labels // {}), workdir: (.Config.WorkingDir // ""),
		user: (.Config.User // ""), ports: (.Config.ExposedPorts // {} | keys), volumes: (.Config.Volumes // {} | keys),
		health: .Config.Healthcheck.Test }) | sort_by(.image_id)' "$TRUTH/images.json"
}

ours() {
	jq -s -S 'map({ image_id, created, author: (if .author == "" then null else .author end), platform,
		diff_ids: [.layers[].diff_id], env: (.config.env // []), cmd: (.config.cmd // []),
		entrypoint: (.config.entrypoint // []), labels: (.config.labels // {}), workdir: (.config.workdir // ""),
		user: (.config.user // ""), ports: (.config.exposed_ports // []), volumes: (.config.volumes // []),
		health: .config.healthcheck.test }) | sort_by(.image_id)' rows
}

# as_inspected N: there are N rows, and each is what the engine said of the image of that id.
as_inspected() {
	[ "$(wc -l <rows)" = "$1" ] || fail "rows: $(wc -l <rows)"
	jq -r .image_id rows | inspected >theirs
	[ "$(jq length theirs)" = "$1" ]
	ours | diff theirs -
}

id_of_image() {
	jq -r --arg n "$1" '.[] | select(any(.RepoTags[]?; . == $n)).Id' "$TRUTH/images.json"
}

# The digest of every layer's bytes, inflated, is its diff_id; and their chain is as the specification computes it.
layers_lie_there() {
	local root=$1 path diff chain compression below='' id=''
	jq -r '.image_id as $i | .layers[] | [$i, .evidence_path, .diff_id, .chain_id, .compression] | @tsv' rows >layers
	[ -s layers ]
	while IFS=$'\t' read -r image path diff chain compression; do
		[ "$image" = "$id" ] || below=''
		id=$image
		if [ -d "$root" ]; then cat "$root$path"; else out_of "$root" "$path"; fi >blob
		case $compression in none) cat blob ;; *) bsdcat blob ;; esac | sha256sum | cut -d ' ' -f 1 >sum
		[ "sha256:$(cat sum)" = "$diff" ] || fail "$root $path is $(cat sum), not $diff"
		[ -z "$below" ] || diff=sha256:$(printf '%s %s' "$below" "$diff" | sha256sum | cut -d ' ' -f 1)
		[ "$chain" = "$diff" ]
		below=$chain
	done <layers
}

# out_of TAR PATH: a member, through the links that docker save makes.
out_of() {
	python3 -c 'import sys, tarfile
tar = tarfile.open(sys.argv[1])
names = {m.name.lstrip("./"): m for m in tar}
m = names[sys.argv[2].lstrip("/")]
sys.stdout.buffer.write(tar.extractfile(m).read())' "$1" "$2"
}

histories() {
	local id
	for id in $(jq -r .image_id rows); do
		[ -e "$TRUTH/history/${id#sha256:}.jsonl" ] || continue
		jq -r '[.CreatedBy, .Comment] | @tsv' "$TRUTH/history/${id#sha256:}.jsonl" >theirs
		jq -r --arg i "$id" 'select(.image_id == $i).history | reverse[] | [.created_by // "", .comment // ""] | @tsv' rows | diff theirs -
		echo "$id" >>compared
	done
	[ -s compared ]
}

# --- docker ----------------------------------------------------------------------------------------

@test "docker save: every image is as docker image inspect shows it" {
	silent "$NODE/docker.tar"
	as_inspected 5
	histories
	layers_lie_there "$NODE/docker.tar"
	# names as the engine gives them; without a name, none
	jq -r '.[] | .Id as $i | (.RepoTags // [])[] | select(test("^t/twice") | not) | [$i, .] | @tsv' "$TRUTH/images.json" | sort >theirs
	jq -r '.image_id as $i | .names[] | [$i, .] | @tsv' rows | sort | diff theirs -
	[ "$(jq -r 'select(.names == []).image_id' rows)" = "$(jq -r '.[0].Config[:64] | "sha256:" + .' \
		<<<"$(tar -xOf "$NODE/docker-untagged.tar" manifest.json)")" ]
	[ "$(jq -c --arg i "$(id_of_image t/app:2)" 'select(.image_id == $i).names | sort' rows)" = \
		'["registry.example:5000/t/app:2","t/app:2","t/app:latest"]' ]
	[ "$(jq -r --arg i "$(id_of_image t/patched:1)" 'select(.image_id == $i).parent' rows)" = "$(id_of_image t/app:2)" ]
	# what a save does not say is not known
	[ "$(jq -s -c 'map([.manifest, .size, .arrived, .dangling, .sources, .containers]) | unique' rows)" = '[[null,null,null,null,null,null]]' ]
	[ "$(jq -s -c 'map(.layers[] | [.kind, .form, .compression, .digest, .media_type]) | unique' rows)" = '[["layer","oci","none",null,null]]' ]
	jq -r '.layers[] | "\(.evidence_path) \(.size)"' rows | sort -u | while read -r path size; do
		[ "$(out_of "$NODE/docker.tar" "$path" | wc -c)" = "$size" ] || fail "$path: $size"
	done
}

@test "docker save: the folder of it, and a compressed one, give what the tar gives" {
	silent "$NODE/docker.tar"
	jq -S 'del(.evidence)' rows >tar
	mkdir folder
	tar -xf "$NODE/docker.tar" -C folder
	silent folder
	jq -S 'del(.evidence)' rows | diff tar -
	gzip -k -c "$NODE/docker.tar" >any.name
	zstd -q "$NODE/docker.tar" -o other
	xz -k -c -1 "$NODE/docker.tar" >third
	for packed in any.name other third; do
		silent $packed
		jq -S 'del(.evidence)' rows | diff tar -
	done
	silent "$NODE/docker-untagged.tar.gz"
	as_inspected 1
}

@test "docker save: one layer twice is two layers" {
	silent "$NODE/docker-twice.tar"
	as_inspected 1
	layers_lie_there "$NODE/docker-twice.tar"
	[ "$(jq -c '[.layers[].n]' rows)" = '[1,2,3]' ]
	[ "$(jq '.layers | .[1].diff_id == .[2].diff_id and .[1].chain_id != .[2].chain_id' rows)" = true ]
}

@test "the archive and the data root that it was saved from name the same images" {
	silent "$NODE/docker.tar"
	jq -S -c '[.image_id, (.names | sort), .created, .history, .config, .rest, [.layers[] | [.n, .diff_id, .chain_id]]]' rows | sort >archive
	rows 0 "$NODE/root"
	jq -S -c '[.image_id, (.names | sort), .created, .history, .config, .rest, [.layers[] | [.n, .diff_id, .chain_id]]]' rows | sort >root
	[ "$(comm -12 archive root | wc -l)" = 5 ] || diff archive root
}

@test "docker save since 25: a layout and manifest.json, which name the same" {
	form docker25 new.tar
	rows 0 new.tar
	# the one thing that this engine leaves out of index.json
	[ "$(wc -l <<<"$stderr")" = 1 ]
	said 'image that manifest.json has and index.json has not'
	as_inspected 5
	histories
	layers_lie_there new.tar
	[ "$(jq -r .engine rows | sort -u)" = docker-archive ]
	[ "$(jq -c --arg i "$(id_of_image t/app:2)" 'select(.image_id == $i).names | sort' rows)" = \
		'["registry.example:5000/t/app:2","t/app:2","t/app:latest"]' ]
	jq -r '.layers[] | [.digest, .diff_id] | @tsv' rows | while read -r a b; do [ "$a" = "$b" ]; done
	# the sizes that the descriptors claim are those of the layers
	jq -s -e 'all(.size == ([.layers[].size] | add))' rows
	form docker25 new/
	must 0 ctr-ls -j -r new --show images
	jq -S 'del(.evidence)' <<<"$output" | diff <(jq -S 'del(.evidence)' rows) -
}

@test "docker save since 25: what its two indexes say otherwise is said" {
	form docker25-bare bare.tar
	rows 1 bare.tar
	said 'image of which index.json has no layers; those of manifest.json are shown'
	as_inspected 1
	[[ $(jq -r .error rows) == *'has no layers'* ]]
	form docker25-other other.tar
	rows 1 other.tar
	said 'name that manifest.json has and index.json has not: t/forged:1'
	said 'name that index.json has and manifest.json has not: docker.io/t/app:1'
	said "have other layers; those of index.json are shown: $(id_of_image t/app:1)"
	as_inspected 5
	[ "$(jq -c --arg i "$(id_of_image t/app:1)" 'select(.image_id == $i).names' rows)" = '["t/forged:1","docker.io/t/app:1"]' ]
}

@test "docker with containerd's store: packed blobs, of several platforms the one that is here" {
	form containerd c.tar
	rows 0 c.tar
	said 'absent from the archive: an image of its index, for linux/arm64'
	said 'attestation, which is no image; not shown: sha256:bbbb'
	[ "$(wc -l <<<"$stderr")" = 2 ]
	as_inspected 1
	layers_lie_there c.tar
	[ "$(jq -c '[.names, .error]' rows)" = '[["t/app:1"],null]' ]
	[ "$(jq -s -c 'map(.layers[] | [.compression, .media_type]) | unique' rows)" = \
		'[["gzip","application/vnd.oci.image.layer.v1.tar+gzip"]]' ]
	jq -r '.layers[] | [.digest, .evidence_path] | @tsv' rows | while read -r digest path; do
		[ "$path" = "/blobs/sha256/${digest#sha256:}" ]
		[ "$(out_of c.tar "$path" | sha256sum | cut -d ' ' -f 1)" = "${digest#sha256:}" ]
	done
	# a layer that is missing is absent, and its neighbours stand
	form containerd-lost c.tar
	rows 1 c.tar
	said ': absent from the archive'
	[ "$(jq -c '[.layers[] | [.n, .evidence_path != null, .digest != null, .diff_id != null, .compression]]' rows)" = \
		'[[1,false,true,true,null],[2,true,true,true,"gzip"],[3,true,true,true,"gzip"]]' ]
	# nothing is here but a name
	form containerd-none c.tar
	rows 1 c.tar
	[ "$(jq -c '[.image_id, .names, .layers, .size, .config]' rows)" = '[null,["docker.io/t/none:1"],null,null,null]' ]
}

# --- podman, skopeo, buildah, umoci ----------------------------------------------------------------

@test "podman save in its three forms" {
	silent "$NODE/podman.tar"
	as_inspected 2
	histories
	layers_lie_there "$NODE/podman.tar"
	[ "$(jq -s -c 'map(.names[]) | sort' rows)" = '["localhost/t/app:2","localhost/t/patched:1"]' ]
	[ "$(jq -r .engine rows | sort -u)" = docker-archive ]
	silent "$NODE/podman-dir"
	as_inspected 1
	layers_lie_there "$NODE/podman-dir"
	[ "$(jq -r '[.engine, .manifest] | @tsv' rows)" = "dir	sha256:$(sha256sum <"$NODE/podman-dir/manifest.json" | cut -d ' ' -f 1)" ]
	silent "$NODE/podman-oci.tar"
	[ "$(jq -r '[.engine, .names[]] | @tsv' rows)" = "oci	localhost/t/patched:1" ]
	layers_lie_there "$NODE/podman-oci.tar"
	# converted: another id, the same layers
	diff <(jq -r --arg i "$(id_of_image t/patched:1)" '.[] | select(.Id == $i).RootFS.Layers[]' "$TRUTH/images.json") \
		<(jq -r '.layers[].diff_id' rows)
}

@test "skopeo's directory, and a tar of it" {
	local root
	for root in "$NODE/skopeo-dir" "$NODE/skopeo-dir.tar"; do
		silent "$root"
		as_inspected 1
		[ "$(jq -c '[.engine, .names, .size]' rows)" = "[\"dir\",[],$(jq '[.layers[].size] | add' "$NODE/skopeo-dir/manifest.json")]" ]
		layers_lie_there "$root"
	done
	# its media types say gzip; they lie
	[ "$(jq -s -c 'map(.layers[] | [.compression, .media_type]) | unique' rows)" = \
		'[["none","application/vnd.docker.image.rootfs.diff.tar.gzip"]]' ]
	silent "$NODE/skopeo-dir-gzip"
	as_inspected 1
	layers_lie_there "$NODE/skopeo-dir-gzip"
	# with a list of platforms
	silent "$NODE/dir-multi"
	[ "$(jq -r .platform rows | sort | xargs)" = 'linux/amd64 linux/arm/v7 linux/arm64' ]
	layers_lie_there "$NODE/dir-multi"
}

@test "layouts, as folders and as tars: names, manifests, layers" {
	local root name id
	for root in "$NODE/oci" "$NODE/oci.tar"; do
		silent "$root"
		for name in app-1 app-2 t/patched:1; do
			jq -c --arg n "$name" 'select(.names == [$n])' rows >row
			jq -r '.config.digest, .layers[].digest' "$TRUTH/manifest-${name//[:\/]/_}.json" >theirs
			jq -r '.image_id, .layers[].digest' row | diff theirs -
			[ "$(jq -r .manifest row)" = "sha256:$(sha256sum <"$TRUTH/manifest-${name//[:\/]/_}.json" | cut -d ' ' -f 1)" ]
			[ "$(jq .size row)" = "$(jq '[.layers[].size] | add' "$TRUTH/manifest-${name//[:\/]/_}.json")" ]
			id=$(id_of_image "t/${name#t/}" || true)
			[ -n "$id" ] || id=$(id_of_image "t/${name/-/:}")
			diff <(jq -r --arg i "$id" '.[] | select(.Id == $i).RootFS.Layers[]' "$TRUTH/images.json") <(jq -r '.layers[].diff_id' row)
			diff <(jq -r .CreatedBy "$TRUTH/history/${id#sha256:}.jsonl") <(jq -r '.history | reverse[] | .created_by // ""' row)
		done
		layers_lie_there "$root"
	done
	[ "$(wc -l <rows)" = 3 ]
	silent "$NODE/oci-zstd"
	[ "$(jq -c '[.layers[].compression] | unique' rows)" = '["zstd"]' ]
	layers_lie_there "$NODE/oci-zstd"
	silent "$NODE/oci-buildah"
	[ "$(jq -c '[.names, .author, .config.labels["by"]]' rows)" = '[["buildah"],"buildah","buildah"]' ]
	[ "$(jq -r .image_id rows)" = "sha256:$(jq -r '.[] | select(any(.NamesHistory[]?, .RepoTags[]?; . == "localhost/t/buildah:1")).Id' "$TRUTH/podman.json" | head -n 1)" ]
	layers_lie_there "$NODE/oci-buildah"
	# a tar of the folder itself, not of what is in it; a folder of several
	tar -C "$NODE" -cf nested.tar oci
	silent nested.tar
	[ "$(jq -r '.layers[0].evidence_path | .[:12]' rows | sort -u)" = /oci/blobs/s ]
	[ "$(wc -l <rows)" = 4 ]
	must 0 ctr-ls -r nested.tar --show roots -o tsv -n -c engine,evidence_path,how_found,version,containers,images
	[ "$output" = 'oci	/oci	nested	-	0	4' ]
}

@test "several platforms are several images; attestations are named, and no images" {
	silent "$NODE/oci-multi"
	[ "$(jq -r '[.platform, .names[]] | @tsv' rows | sort)" = "$(printf 'linux/%s\tmulti\n' amd64 arm/v7 arm64)" ]
	layers_lie_there "$NODE/oci-multi"
	jq -S 'del(.evidence)' rows >bare
	rows 0 "$NODE/oci-attested.tar"
	[ "$(grep -c 'attestation, which is no image; not shown: sha256:' <<<"$stderr")" = 3 ]
	[ "$(wc -l <<<"$stderr")" = 3 ]
	jq -S 'del(.evidence, .read_from)' rows | diff <(jq -S 'del(.read_from)' bare) -
}

@test "a platform that an index says is held against the configuration" {
	form platforms p.tar amd64 v3
	silent p.tar
	[ "$(jq -r .platform rows)" = linux/amd64/v3 ]
	form platforms p.tar arm64 v8
	rows 0 p.tar
	said 'index and configuration name other platforms; shown is the second: linux/arm64/v8, linux/amd64'
	[ "$(jq -r .platform rows)" = linux/amd64 ]
}

# --- others ----------------------------------------------------------------------------------------

@test "what crane, ko, kaniko and bazel write" {
	form crane crane.tar
	silent crane.tar
	as_inspected 5
	[ "$(jq -s -c 'map(.layers[].compression) | unique' rows)" = '["gzip"]' ]
	layers_lie_there crane.tar
	form bazel bazel.tar
	silent bazel.tar
	as_inspected 5
	layers_lie_there bazel.tar
}

@test "layers that are packed in any way are told by content" {
	form codecs codecs.tar
	silent codecs.tar
	as_inspected 1
	[ "$(jq -c '[.layers[].compression]' rows)" = '["xz","bzip2","gzip"]' ]
	layers_lie_there codecs.tar
}

@test "Docker's own list of manifests in a layout; two names of one image" {
	form docker-list list.tar
	silent list.tar
	as_inspected 1
	[ "$(jq -c .names rows)" = '["one","two"]' ]
}

@test "artifacts are named, and no images" {
	form artifacts a.tar
	rows 0 a.tar
	[ "$(grep -c 'artifact, which is no image; not shown' <<<"$stderr")" = 3 ]
	[ "$(wc -l <rows)" = 1 ]
	[ "$(jq -c .names rows)" = '["image"]' ]
	# a layer that has an address of its own may be left out
	form foreign w.tar
	rows 0 w.tar
	said 'absent from the archive'
	[ "$(jq -c '[.platform, .layers[0].evidence_path]' rows)" = '["windows/amd64",null]' ]
}

@test "a tar of one file system is one image, where it is asked for as one" {
	local root
	tar -xOf "$NODE/docker.tar" "$(tar -xOf "$NODE/docker.tar" manifest.json | jq -r '.[3].Layers[-1]')" >layer.tar
	gzip -k layer.tar
	for root in "$NODE/export-changed-1.tar" layer.tar layer.tar.gz; do
		silent "$root"
		[ "$(jq -c '[.image_id, .names, .engine, .manifest, .history]' rows)" = '[null,[],"rootfs",null,null]' ]
		[ "$(jq -c '[.layers[] | [.n, .kind, .form, .evidence_path, .digest]]' rows)" = '[[1,"layer","oci","/",null]]' ]
		must 0 ctr-ls -r "$root" --show images
		[[ $output == *rootfs* ]]
		# it has no engine, and that is no empty answer
		must 3 ctr-ls -r "$root"
		said 'no container engine found; looked in /,'
		said 'as an image: --show images'
		must 0 ctr-ls -r "$root" --show roots -o tsv -n -c engine,containers,images
		[ "$output" = 'rootfs	0	1' ]
	done
	# any folder may look so
	mkdir -p folder/etc
	must 3 ctr-ls -r folder --show images
	# a tar that looks like nothing
	mkdir app
	tar -cf app.tar app
	must 3 ctr-ls -r app.tar --show images
	said 'an archive of images'
}

@test "a listing of containers says that only images are here" {
	must 0 ctr-ls -r "$NODE/docker.tar" -j
	[ "$output" = '' ]
	[ "$stderr" = 'ctr-ls: holds images and no containers: --show images lists them' ]
	must 0 ctr-ls -r "$NODE/oci" --show volumes -j
	said 'holds images and no volumes'
	must 0 ctr-ls -r "$NODE/docker.tar" --show roots -o tsv -n -c engine,evidence_path,how_found,version,containers,images
	[ "$output" = 'docker-archive	/	operand	-	0	5' ]
	# a host with an engine has both
	must 0 ctr-ls -r "$NODE/root" -q -o tsv -n -c name
	[ "$(wc -l <<<"$output")" = 4 ]
}

@test "a manifest.json that may not be read is no answer of none" {
	local there
	[ "$(id -u)" = 0 ] || skip 'needs root to be another user'
	there=$(mktemp -d /tmp/ctr.XXXXXX)
	chmod 755 "$there"
	cp "$CTR_BIN/ctr-ls" "$there"
	mkdir "$there/root"
	tar -xf "$NODE/docker.tar" -C "$there/root"
	chmod 600 "$there/root/manifest.json"
	run --separate-stderr setpriv --reuid=65534 --regid=65534 --clear-groups "$there/ctr-ls" -r "$there/root" --show images
	rm -rf "$there"
	[ "$status" = 3 ]
	said 'manifest.json, which may be of an archive of images, cannot be read: Permission denied'
}

# --- selection -------------------------------------------------------------------------------------

@test "an image is chosen by its name, without a tag too, by its digest, its manifest, the beginning of each" {
	local app patched
	app=$(id_of_image t/app:2)
	patched=$(id_of_image t/patched:1)
	chosen() {
		must 0 ctr-ls -r "$1" --show images -o tsv -n -c image_id "$2"
		[ "$output" = "$3" ] || fail "$2: $output"
	}
	chosen "$NODE/docker.tar" t/app:2 "$app"
	chosen "$NODE/docker.tar" t/app "$app"		# which is t/app:latest
	chosen "$NODE/docker.tar" registry.example:5000/t/app:2 "$app"
	chosen "$NODE/docker.tar" "$app" "$app"
	chosen "$NODE/docker.tar" "${app#sha256:}" "$app"
	chosen "$NODE/docker.tar" "${app:7:12}" "$app"
	chosen "$NODE/docker.tar" "${app:0:19}" "$app"
	chosen "$NODE/docker.tar" atched "$patched"	# a part of a name
	silent "$NODE/oci"
	jq -r '[.manifest, .image_id] | @tsv' rows | while read -r manifest id; do
		chosen "$NODE/oci" "$manifest" "$id"
		chosen "$NODE/oci" "${manifest:7:12}" "$id"
	done
	must 0 ctr-ls -r "$NODE/docker.tar" --show images -o tsv -n -c names t/
	[ "$(wc -l <<<"$output")" = 4 ]
	must 2 ctr-ls -r "$NODE/docker.tar" --show images t/nothing
	said 'nothing matches t/nothing'
	must 2 ctr-ls -r "$NODE/export-changed-1.tar" --show images t/nothing
}
