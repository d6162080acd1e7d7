#!/usr/bin/env bats
# SPDX-License-Identifier: ISC
# Docker's other layouts: aufs before and after 1.10, with the answers of another tool beside them (that evidence cannot be
# made here; where it is not, its tests are skipped), and roots made by hand. Those that an engine wrote: layouts.bats.

bats_require_minimum_version 1.5.0
load lib
# shellcheck disable=SC2154 # output and stderr are bats' own

AUFS=$HERE/../../shared/evidence

setup() {
	cd "$BATS_TEST_TMPDIR" || return
}

# aufs VERSION: unpacks it; $NODE is the engine's folder, $LIST what the other tool listed.
aufs() {
	[ -e "$AUFS/aufs.$1.tgz" ] || skip 'no aufs evidence in ../shared/evidence (no kernel here has aufs)'
	mkdir "$1"
	tar -xzf "$AUFS/aufs.$1.tgz" -C "$1"
	NODE=$PWD/$1/docker
	LIST=$AUFS/aufs.$1.list-all_containers.json
	note_evidence >before
}

unchanged() {
	note_evidence | diff before -
}

# What both know of a container, in one form.
theirs() {
	jq -S 'map({ id: .container_id, image: .image_name, image_id: (.image_id | ltrimstr("sha256:")), started: (.start_date[:19] | if startswith("0001") then null else . end) })
		| sort_by(.id)' "$LIST"
}

ours() {
	jq -S -s 'map({ id: .container, image, image_id: (.image_id | ltrimstr("sha256:")), started: (.started | if . then .[:19] else null end) }) | sort_by(.id)'
}

@test "aufs, config.json and graph/ (before 1.10): the containers that another tool lists" {
	aufs v1
	must 0 ctr-ls -j -r "$NODE"
	ours <<<"$output" | diff <(theirs) -
	jq -r '.log.evidence_path // empty | split("/")[-1]' <<<"$output" | sort >logs
	find "$NODE/containers" -name '*-json.log' -printf '%f\n' | sort | diff - logs
	# the driver's own list of what lies beneath a container
	for id in $(jq -r .container <<<"$output"); do
		tac "$NODE/aufs/layers/$id" | sed 's,^,/aufs/diff/,' >stack
		echo "/aufs/diff/$id" >>stack
		jq -r --arg i "$id" 'select(.container == $i).layers[].evidence_path' <<<"$output" | diff stack -
	done
	unchanged
}

@test "aufs, config.json and graph/ (before 1.10): images, with their names and parents" {
	aufs v1
	must 0 ctr-ls -j -r "$NODE" --show images
	jq -s -S 'map({ id, parent, created }) | sort_by(.id)' "$NODE"/graph/*/json >theirs.json
	jq -s -S 'map({ id: .image_id, parent, created }) | sort_by(.id)' <<<"$output" | diff theirs.json -
	[ "$(jq -r '.names[]' <<<"$output")" = busybox:latest ]
	[ "$(jq -r 'select(.names != []).size' <<<"$output")" = "$(awk '{ n += $1 } END { print n }' RS='\n' <(for f in "$NODE"/graph/*/layersize; do cat "$f"; echo; done))" ]
	unchanged
}

@test "aufs, config.v2.json: the containers, mounts and layers that another tool lists" {
	aufs v2
	must 0 ctr-ls -j -r "$NODE"
	ours <<<"$output" | diff <(theirs) -
	jq -r '.[] | [.container_id, .mount_id] | @tsv' "$LIST" | sort >ids
	jq -r '[.container, .storage.snapshot] | @tsv' <<<"$output" | sort | diff ids -
	jq -r '.[] | .container_id as $i | .mount_points[]? | [$i, .destination] | @tsv' "$LIST" | sort >mounts
	jq -r '.container as $i | .mounts[] | [$i, .path] | @tsv' <<<"$output" | sort | diff mounts -
	jq -r '.layers[].evidence_path' <<<"$output" | sort -u | while read -r path; do [ -d "$NODE$path" ]; done
	unchanged
}

@test "aufs, config.v2.json: the history that another tool shows" {
	aufs v2
	must 0 ctr-ls -j -r "$NODE" --show images
	jq -r '[.[] | to_entries[] | .value.container_cmd] | unique[]' "$AUFS/aufs.v2.history.json" >steps
	while read -r step; do
		jq -r '.history[].created_by' <<<"$output" | grep -qxF "$step"
	done <steps
	must 0 ctr-logcat -q --raw -r "$NODE"
	[ -n "$output" ]
	unchanged
}

# small DIR NAME: a data root with one container of that name.
small() {
	local id
	id=$(printf '%s' "$2" | sha256sum | cut -c1-64)
	mkdir -p "$1/containers/$id" "$1/image/overlay2/imagedb/content/sha256"
	echo "{\"ID\":\"$id\",\"Name\":\"/$2\",\"State\":{\"Running\":false},\"Config\":{\"Image\":\"x\"}}" >"$1/containers/$id/config.v2.json"
	echo '{"UsernsMode":""}' >"$1/containers/$id/hostconfig.json"
}

found() {
	ctr-ls -r root -o tsv -n -c name | sort | tr '\n' ' '
}

@test "a data root is found wherever the host says that it is, each once" {
	for where in daemon.json unit drop-in default rootless deleted-user snap; do
		rm -rf root
		mkdir -p root/etc
		case $where in
		daemon.json)
			mkdir -p root/etc/docker
			echo '{ "data-root": "/data/docker" }' >root/etc/docker/daemon.json
			small root/data/docker one
			;;
		unit)
			mkdir -p root/lib/systemd/system
			printf '[Service]\nExecStart=/usr/bin/dockerd -H fd:// \\\n\t--data-root /data/docker\n' >root/lib/systemd/system/docker.service
			small root/data/docker one
			;;
		drop-in)
			mkdir -p root/etc/systemd/system/docker.service.d
			printf '[Service]\nExecStart=\nExecStart=/usr/bin/dockerd "--data-root=/data/docker"\n' \
				>root/etc/systemd/system/docker.service.d/10-data.conf
			small root/data/docker one
			;;
		default)
			mkdir -p root/etc/default
			printf '# DOCKER_OPTS="-g /not/here"\nDOCKER_OPTS="--dns 8.8.8.8 -g /data/docker"\n' >root/etc/default/docker
			small root/data/docker one
			;;
		rootless)
			echo 'ann:x:1000:1000::/srv/homes/ann:/bin/sh' >root/etc/passwd
			small root/srv/homes/ann/.local/share/docker one
			;;
		deleted-user) small root/home/gone/.local/share/docker one ;;
		snap) small root/var/snap/docker/common/var-lib-docker one ;;
		esac
		[ "$(found)" = 'one ' ] || fail "not found by $where"
		# beside the default place, both
		small root/var/lib/docker two
		[ "$(found)" = 'one two ' ] || fail "not both by $where"
	done
	must 0 ctr-ls -r root --show roots -j
	[ "$(jq -s length <<<"$output")" = 2 ]
	# by whatever names: a link, a host with its stateful partition mounted, the partition alone
	mkdir -p root/etc/docker
	echo '{ "data-root": "/var/snap/docker/common/link" }' >root/etc/docker/daemon.json
	ln -sfn /var/lib/docker root/var/snap/docker/common/link
	[ "$(found)" = 'one two ' ]
	rm -rf root
	small root/mnt/stateful_partition/var/lib/docker one
	[ "$(found)" = 'one ' ]
	must 0 ctr-ls -r root/mnt/stateful_partition -o tsv -n -c name
	[ "$output" = one ]
	# a hundred thousand homes cost what they are
	rm -rf root
	small root/home/u99999/.local/share/docker one
	mkdir root/etc
	seq -f 'u%.0f:x:1:1::/home/u%.0f:/bin/sh' 100000 | head -c 1048576 >root/etc/passwd
	must 0 timeout 30 ctr-ls -r root -o tsv -n -c name
	[ "$output" = one ]
	mkdir -p root/var/lib/docker
	small root/var/lib/docker two
	must 0 ctr-ls -r root --show roots -j
	jq -es 'all(.[]; .containers == 1 and (.looked_for | length) > 5)' <<<"$output"
}

@test "a daemon that remaps users has its data root one level down, and its containers are in a user namespace" {
	small root/var/lib/docker/231072.231072 mapped
	must 0 ctr-ls -r root -j
	jq -e '.name == "mapped" and .ns.user == "private" and .userns_map == "231072.231072" and (.rules | index("root-user") | not)' <<<"$output"
	must 0 ctr-ls -r root/var/lib/docker -o tsv -n -c name
	[ "$output" = mapped ]
	must 0 ctr-ls -r root --show roots -o tsv -n -c evidence_path,how_found
	[ "$output" = $'/var/lib/docker/231072.231072\tnested' ]
}

@test "engines within engines are found three levels deep" {
	d=root/var/lib/docker
	small "$d" outer
	small "$d/volumes/aa/_data" inner
	small "$d/volumes/bb/_data/lib/docker" node
	small "$d/volumes/aa/_data/volumes/cc/_data" third
	small "$d/volumes/aa/_data/volumes/cc/_data/volumes/dd/_data" fourth
	small "$d/volumes/aa/_data/volumes/cc/_data/volumes/dd/_data/volumes/ee/_data" fifth
	[ "$(found)" = 'fourth inner node outer third ' ]
}

@test "the host is who its files say" {
	evidence
	must 0 ctr-ls --show host -j
	jq -e --arg id "$(cat "$NODE/etc/machine-id")" '.hostname == "node-7" and .host == "node-7" and .machine_id == $id and (.os | startswith("Debian"))' <<<"$output"
	must 0 ctr-ls --show host -j --host other
	jq -e '.host == "other" and .hostname == "node-7"' <<<"$output"
	evidence_unchanged
}

# --- stores that are not read ----------------------------------------------------------------------

# container DIR NAME DRIVER: a record as of a container that exited, with a volume.
container() {
	ID=$(printf '%s' "$2" | sha256sum | cut -c1-64)
	mkdir -p "$1/containers/$ID" "$1/volumes/of-$2/_data"
	jq -n --arg i "$ID" --arg n "$2" --arg d "$3" '{ ID: $i, Name: "/\($n)", Driver: $d, Image: "sha256:\($i)",
		State: { Running: false, StartedAt: "2026-01-01T00:00:00Z", FinishedAt: "2026-01-01T00:00:01Z" }, Config: { Image: "app:1" },
		MountPoints: { "/data": { Type: "volume", Name: "of-\($n)", Destination: "/data", Driver: "local", RW: true } } }' \
		>"$1/containers/$ID/config.v2.json"
	echo '{"LogConfig":{"Type":"json-file"}}' >"$1/containers/$ID/hostconfig.json"
	printf '{"log":"says %s\\n","stream":"stdout","time":"2026-01-01T00:00:00Z"}\n' "$2" >"$1/containers/$ID/$ID-json.log"
}

# store DIR DRIVER NAME: the image of container NAME, of one layer, and the container's own, in a store of Docker's own.
store() {
	local id layer
	id=$(printf '%s' "$3" | sha256sum | cut -c1-64) layer=$(printf 'layer of %s' "$3" | sha256sum | cut -c1-64)
	mkdir -p "$1/image/$2"/{imagedb/content/sha256,layerdb/sha256/"$layer",layerdb/mounts/"$id"}
	printf '{"created":"2026-01-01T00:00:00Z","os":"linux","architecture":"amd64","rootfs":{"type":"layers","diff_ids":["sha256:%s"]}}' \
		"$layer" >"$1/image/$2/imagedb/content/sha256/$id"
	printf 'sha256:%s' "$layer" >"$1/image/$2/layerdb/sha256/$layer/diff"
	printf 'cache-%s' "$3" >"$1/image/$2/layerdb/sha256/$layer/cache-id"
	printf 10 >"$1/image/$2/layerdb/sha256/$layer/size"
	printf 'mount-%s' "$3" >"$1/image/$2/layerdb/mounts/$id/mount-id"
	printf 'mount-%s-init' "$3" >"$1/image/$2/layerdb/mounts/$id/init-id"
	printf 'sha256:%s' "$layer" >"$1/image/$2/layerdb/mounts/$id/parent"
}

# says TEXT: a line of stderr has it, and there is no other.
says() {
	[[ $stderr == *"$1"* && $stderr != *$'\n'* ]] || fail "expected one line with: $1" "stderr: $stderr"
}

@test "with containerd's image store the containers and volumes are listed, the images are said to be not read" {
	mkdir root
	container root one overlayfs
	mkdir -p root/rootfs/overlayfs/"$ID"
	echo f3b1a877-0000-4000-8000-000000000000 >root/engine-id
	must 1 ctr-ls -r root -j
	says 'root/image: layers lie in a store that is not read: overlayfs (expected'
	says 'containerd'"'"'s image store is not read yet'
	jq -e --arg i "$ID" '.container == $i and .name == "one" and .state == "exited" and .image == "app:1" and .image_id == "sha256:\($i)"
		and .layers == null and .storage.driver == "overlayfs" and .error and .mounts[0].present == "yes"
		and .witnesses == ["/rootfs/overlayfs/\($i)"]' <<<"$output"
	must 1 ctr-ls -r root -j --show images
	[ -z "$output" ]
	says 'root/image: images are not listed, they lie in a store that is not read: overlayfs (expected'
	says 'containerd'"'"'s image store is not read yet'
	must 0 ctr-ls -r root -j --show volumes
	[ "$stderr" = '' ]
	jq -e --arg i "$ID" '.volume == "of-one" and .containers == [$i] and .present == "yes"' <<<"$output"
	must 1 ctr-ls -r root -j --show roots
	says 'images are not listed'
	jq -e '.containers == 1 and .images == null' <<<"$output"
	run --separate-stderr ctr-logcat --raw -r root
	[ "$output" = 'says one' ]
}

@test "an engine that has no container yet and no store of its own is not said to have no images" {
	mkdir -p root/containers
	echo f3b1a877-0000-4000-8000-000000000000 >root/engine-id
	must 0 ctr-ls -r root -j
	must 0 ctr-ls -r root -j --show volumes
	must 1 ctr-ls -r root -j --show images
	says 'root/image: images are not listed, there is no store of them (expected'
	says 'containerd'"'"'s image store is not read yet'
	# identity-cache.db of Docker 29 lies in image/ and is no store
	mkdir root/image
	: >root/image/identity-cache.db
	must 1 ctr-ls -r root -j --show images
	# a store of its own without an image is one
	mkdir -p root/image/overlay2/imagedb/content/sha256
	must 0 ctr-ls -r root -j --show images
	[ -z "$output$stderr" ]
	must 0 ctr-ls -r root -j --show roots
	jq -e '.images == 0' <<<"$output"
}

@test "a daemon that was switched has containers and images of both stores, and the half that is not read is said" {
	mkdir root
	container root old overlay2
	store root overlay2 old
	mkdir -p root/overlay2/{cache-old,mount-old,mount-old-init}/diff
	must 0 ctr-ls -r root -j
	must 0 ctr-ls -r root -j --show images
	container root new overlayfs
	must 1 ctr-ls -r root -j --show images
	jq -e '.image_id and .layers[0].evidence_path == "/overlay2/cache-old/diff"' <<<"$output"
	says 'they lie in a store that is not read: overlayfs (expected'
	# the container went, but where its root was mounted did not
	rm -r root/containers/"$ID"
	mkdir -p root/rootfs/overlayfs
	must 1 ctr-ls -r root -j --show images
	jq -e .image_id <<<"$output"
	says 'they lie in a store that is not read: overlayfs (expected'
	rmdir root/rootfs/overlayfs
	must 0 ctr-ls -r root -j --show images
	container root new overlayfs
	must 1 ctr-ls -r root -j
	jq -s -e 'map({ (.name): [(.layers // [] | length), .error != null] }) | add == { old: [3, false], new: [0, true] }' <<<"$output"
	must 0 ctr-ls -r root -j old
	# a store of Docker's own that went is not taken for containerd's
	rm -r root/containers/"$ID" root/image/overlay2
	mkdir -p root/image/vfs/imagedb/content/sha256
	must 1 ctr-ls -r root -j --show images
	says 'images are not listed, they lie in a store that is not read: overlay2 (expected a storage driver with a folder there)'
}

@test "devicemapper and zfs: all but the content of layers, which is said" {
	for driver in devicemapper zfs; do
		rm -rf root
		mkdir -p root/$driver/mnt/mount-one
		container root one $driver
		store root $driver one
		must 1 ctr-ls -r root -j
		says "root/: content of layers is not read, it lies in no folder here; storage driver: $driver"
		jq -e --arg d $driver '.name == "one" and .storage == { driver: $d, snapshot: "mount-one" } and .error
			and [.layers[] | [.kind, .evidence_path]] == [["layer", null], ["init", null], ["rw", null]] and .layers[0].diff_id' \
			<<<"$(jq -c '.storage |= with_entries(select(.value != null))' <<<"$output")"
		must 1 ctr-ls -r root -j --show images
		says "storage driver: $driver"
		jq -e '.size == 10 and .platform == "linux/amd64" and .layers[0].diff_id and .layers[0].evidence_path == null' <<<"$output"
		must 0 ctr-ls -r root -j --show volumes
		must 0 ctr-ls -r root -j --show roots
		jq -e --arg d $driver '.storage_driver == $d and .images == 1' <<<"$output"
	done
}

@test "btrfs: subvolumes that came with the copy are layers, and those that stayed behind are said" {
	mkdir root
	container root one btrfs
	store root btrfs one
	mkdir -p root/btrfs/subvolumes/{cache-one,mount-one,mount-one-init}
	must 0 ctr-ls -r root -j
	[ "$(jq -r '.layers[].evidence_path' <<<"$output" | xargs)" = \
		'/btrfs/subvolumes/cache-one /btrfs/subvolumes/mount-one-init /btrfs/subvolumes/mount-one' ]
	must 0 ctr-ls -r root -j --show images
	rmdir root/btrfs/subvolumes/cache-one
	must 1 ctr-ls -r root -j
	says 'storage driver: btrfs'
	[ "$(jq -c '[.layers[].evidence_path]' <<<"$output")" = '[null,"/btrfs/subvolumes/mount-one-init","/btrfs/subvolumes/mount-one"]' ]
	must 1 ctr-ls -r root -j --show images
	says 'storage driver: btrfs'
}

@test "devicemapper before 1.10: images and containers, and what is in its pool is said" {
	id=$(printf %064d 1) top=$(printf %064d 2)
	mkdir -p root/graph/{"$id","$top"} root/containers/"$top" root/devicemapper/metadata
	echo "{\"id\":\"$id\",\"created\":\"2015-01-01T00:00:00Z\"}" >root/graph/"$id"/json
	echo "{\"id\":\"$top\",\"parent\":\"$id\",\"created\":\"2015-01-02T00:00:00Z\"}" >root/graph/"$top"/json
	echo "{\"ID\":\"$top\",\"Name\":\"/old\",\"Driver\":\"devicemapper\",\"Image\":\"$top\",\"State\":{\"Running\":false},\"Config\":{}}" \
		>root/containers/"$top"/config.json
	echo '{}' >root/containers/"$top"/hostconfig.json
	must 1 ctr-ls -r root -j
	says 'storage driver: devicemapper'
	jq -e '.name == "old" and ([.layers[].kind] == ["layer", "layer", "init", "rw"]) and all(.layers[]; .evidence_path == null)' <<<"$output"
	must 1 ctr-ls -r root -j --show images
	says 'storage driver: devicemapper'
	[ "$(jq -s length <<<"$output")" = 2 ]
}
