#!/usr/bin/env bats
# SPDX-License-Identifier: ISC
# Data roots that a real engine wrote elsewhere and otherwise than by default, against what it said of them on that day:
# as a directory and as a tar of it.

bats_require_minimum_version 1.5.0
load lib
# shellcheck disable=SC2030,SC2031,SC2154 # output and stderr are bats' own

# host NAME DATA DRIVER HOW_FOUND
HOSTS='vfs /var/lib/docker vfs default
overlay /var/lib/docker overlay default
remap /var/lib/docker/300000.300000 overlay2 nested
moved /srv/docker overlay2 config:/etc/docker/daemon.json
dropin /data/engine overlay2 config:/etc/systemd/system/docker.service.d/override.conf'

setup_file() {
	mkdir "$BATS_FILE_TMPDIR/disks"
	tar --zstd -xpf "$EVIDENCE/layouts.tar.zst" -C "$BATS_FILE_TMPDIR/disks" --xattrs --xattrs-include='*' --numeric-owner
	for root in "$BATS_FILE_TMPDIR"/disks/*; do
		tar -C "$root" --format=pax --numeric-owner -cf "$BATS_FILE_TMPDIR/${root##*/}.tar" .
	done
}

setup() {
	NODE=$BATS_FILE_TMPDIR/disks
	note_evidence >"$BATS_TEST_TMPDIR/before"
	cd "$BATS_TEST_TMPDIR" || return
}

teardown() {
	evidence_unchanged
}

# each_root COMMAND: runs it for each host as a directory and as a tar, with $ROOT what to give to a tool and, of the host,
# $NAME, $DATA, $DRIVER, $HOW and $TRUTH.
each_root() {
	local n=0
	while read -r -u 9 NAME DATA DRIVER HOW; do	# 3 is where bats prints its results
		TRUTH=$EVIDENCE/layouts/$NAME
		DISK=$NODE/$NAME
		for ROOT in "$DISK" "$BATS_FILE_TMPDIR/$NAME.tar"; do
			echo "of $ROOT"
			"$@"
			n=$((n + 1))
		done
	done 9<<<"$HOSTS"
	[ "$n" = 10 ]
}

# silent COMMAND...: status 0, nothing on stderr.
silent() {
	must 0 "$@"
	[ "$stderr" = '' ] || fail "stderr: $stderr"
}

rows() {
	silent ctr-ls -j -r "$ROOT" --show "$1"
	printf '%s\n' "$output" >rows
}

# --- containers ------------------------------------------------------------------------------------

# The engine names the folders of a container's layers for overlay2; for overlay what it mounts, the topmost of the image and
# the container's own, into which the stubs of -init were copied; none for vfs. A daemon that remaps users says so of itself,
# not of its containers.
as_told() {
	jq -S 'if $driver == "overlay" then .lower |= (map(select(endswith("-init/upper") | not)) | .[-1:])
		elif $driver == "vfs" then del(.upper, .lower) else . end
		| if $name == "remap" and ."ns.user" == null then ."ns.user" = "private" else . end' --arg driver "$DRIVER" --arg name "$NAME"
}

inspected() {
	rows containers
	jq -L "$HERE/truth" 'include "container"; .[] | expected' "$TRUTH/inspect.json" | as_told |
		jq -S -s 'sort_by(.container)' >theirs
	jq -L "$HERE/truth" 'include "container"; ours' rows | as_told | jq -S -s 'sort_by(.container)' >ours
	[ "$(jq length theirs)" -ge 3 ]
	diff theirs ours
}

@test "every container is as docker inspect shows it, key by key" {
	each_root inspected
}

nothing_lost() {
	rows containers
	jq -n -r -L "$HERE/truth" --slurpfile ours rows 'include "container";
			($ours | map({ key: .container, value: .rest }) | from_entries) as $rest
			| input[] | .Id as $id | .Name as $name | untaken[] | select(in_rest($rest[$id]) | not)
			| "\($name) \(.key) \(.value)"' "$TRUTH/inspect.json" >lost
	diff /dev/null lost
}

@test "nothing that docker inspect shows is lost" {
	each_root nothing_lost
}

@test "in a data root that remaps users, what was left unmapped is told from what was not" {
	silent ctr-ls -j -r "$NODE/remap"
	jq -r '[.name, .ns.user, .userns_map // "", (.rules | index("host-user") != null)] | @tsv' <<<"$output" | sort >ours
	printf '%s\t%s\t%s\t%s\n' failed-1 private 300000.300000 false made-1 private 300000.300000 false \
		unmapped-1 host '' true up-1 private 300000.300000 false >theirs
	diff theirs ours
	# its own folder alone: the name is not there, but records of those that were started have it
	silent ctr-ls -j -r "$NODE/remap/var/lib/docker/300000.300000"
	jq -r '[.name, .ns.user, .userns_map // "", (.rules | index("host-user") != null)] | @tsv' <<<"$output" | sort >ours
	sed 's/^\(made-1\).*/\1\t\t\tfalse/' theirs | diff - ours
}

# --- layers ----------------------------------------------------------------------------------------

# Kinds from the base up, and each path a folder of the driver's own.
layers() {
	local pattern id
	case $DRIVER in
	vfs) pattern='vfs/dir/ID vfs/dir/ID vfs/dir/ID-init vfs/dir/ID' ;;
	overlay) pattern='overlay/ID/root overlay/ID/root overlay/ID-init/upper overlay/ID/upper' ;;
	overlay2) pattern='overlay2/ID/diff overlay2/ID/diff overlay2/ID-init/diff overlay2/ID/diff' ;;
	esac
	rows containers
	jq -r '[.layers[].kind] | join(" ")' rows | sort -u >kinds
	[ "$(cat kinds)" = 'layer layer init rw' ] || fail "kinds: $(cat kinds)"
	for id in $(jq -r .container rows); do
		jq -r --arg i "$id" 'select(.container == $i).layers[].evidence_path' rows >paths
		[ "$(sed -e "s,^$DATA/,," -e 's/[0-9a-f]\{64\}/ID/' paths | xargs)" = "$pattern" ] || fail "paths: $(cat paths)"
		while read -r path; do
			[ -d "$DISK$path" ] || fail "no such folder: $path"
		done <paths
		[ "$(jq -r --arg i "$id" 'select(.container == $i).storage.snapshot' rows)" = \
			"$(cat "$DISK$DATA/image/$DRIVER/layerdb/mounts/$id/mount-id")" ]
	done
	# the program of the second layer, and of the first; what the running one deleted
	[ -f "$DISK$(jq -r 'select(.name == "up-1").layers[1].evidence_path' rows)/bin/up" ]
	[ -f "$DISK$(jq -r 'select(.name == "up-1").layers[0].evidence_path' rows)/etc/motd" ]
	[ "$DRIVER" = vfs ] || [ -c "$DISK$(jq -r 'select(.name == "up-1").layers[3].evidence_path' rows)/etc/motd" ]
}

@test "layers are folders of the driver's own, in the evidence" {
	each_root layers
}

witnesses() {
	rows containers
	jq -r '.[] | select(.State.Running).Name[1:]' "$TRUTH/inspect.json" | sort >theirs
	jq -r 'select(any(.witnesses[]; contains("/containerd/daemon/io.containerd.runtime.v2.task/moby/"))).name' rows |
		sort | diff theirs -
	if [ "$DRIVER" != vfs ]; then	# which mounts nothing
		jq -r 'select(any(.witnesses[]; endswith("/merged"))).name' rows | sort | diff theirs -
	fi
	jq -r '.witnesses[]' rows | while read -r path; do [ -d "$DISK$path" ] || fail "no such folder: $path"; done
}

@test "what says that a container was up lies on the disk" {
	each_root witnesses
}

# --- images, volumes, roots ------------------------------------------------------------------------

images() {
	rows images
	jq -S 'def filled: if . == "" then null else . end;
		map({ image_id: .Id, created: .Created, names: (.RepoTags // []), parent: (.Parent | filled), author: (.Author | filled),
		size: .Size, platform: "\(.Os)/\(.Architecture)", diff_ids: (.RootFS.Layers // []), env: (.Config.Env // []),
		cmd: (.Config.Cmd // []), labels: (.Config.Labels // {}), workdir: .Config.WorkingDir }) | sort_by(.image_id)' \
		"$TRUTH/images.json" >theirs
	jq -s -S 'map({ image_id, created, names, parent, author, size, platform, diff_ids: [.layers[].diff_id],
		env: (.config.env // []), cmd: (.config.cmd // []), labels: (.config.labels // {}), workdir: .config.workdir })
		| sort_by(.image_id)' rows >ours
	[ "$(jq length theirs)" -ge 5 ]
	diff theirs ours
	# the history, newest first as the engine prints it
	for file in "$TRUTH"/history/*.jsonl; do
		jq -r .CreatedBy "$file" >theirs
		jq -r --arg i "sha256:$(basename "$file" .jsonl)" 'select(.image_id == $i).history | reverse[].created_by' rows | diff theirs -
	done
	jq -r '.layers[].evidence_path' rows | sort -u | while read -r path; do
		[ -d "$DISK$path" ] || fail "no such folder: $path"
	done
	jq -r '.[].Id' "$TRUTH/inspect.json" | sort >theirs
	jq -r 'select(.names == ["layout/app:1"]).containers[]' rows | sort | diff theirs -
}

@test "images are those of docker image inspect and docker history" {
	each_root images
}

volumes() {
	rows volumes
	jq -S 'map({ volume: .Name, driver: .Driver, evidence_path: .Mountpoint, scope: .Scope, options: (.Options // {}),
		present: "yes" })' "$TRUTH/volumes.json" >theirs
	jq -s -S 'map({ volume, driver, evidence_path, scope, options, present })' rows | diff theirs -
	jq -r '.[] | select(any(.Mounts[]; .Name == "data")).Id' "$TRUTH/inspect.json" | sort >theirs
	jq -r '.containers[]' rows | sort | diff theirs -
	# what the engine mounted from it, and from the host
	rows containers
	[ "$(jq -c 'select(.name == "made-1").mounts | sort_by(.path) | map([.path, .evidence_path, .present])' rows)" = \
		"[[\"/data\",\"$DATA/volumes/data/_data\",\"yes\"],[\"/scratch\",null,\"no\"],[\"/share\",\"/srv/share\",\"yes\"]]" ]
	[ "$(cat "$DISK$DATA/volumes/data/_data/written")" = "$(cat "$TRUTH/logs/up-1.stdout")" ]
}

@test "volumes are those of docker volume inspect, and mounts lead to them" {
	each_root volumes
}

roots() {
	rows roots
	jq -r '[.evidence_path, .storage_driver, .how_found, .containers, .images] | @tsv' rows >ours
	jq -r --arg how "$HOW" --argjson images "$(jq length "$TRUTH/images.json")" \
		'[.DockerRootDir, .Driver, $how, .Containers, $images] | @tsv' "$TRUTH/info.json" | diff - ours
	[ "$(jq -r .evidence_path rows)" = "$DATA" ]
	rows host
	[ "$(jq -r .hostname rows)" = "$NAME-host" ]
}

@test "the data root is the one that docker info names, and it is said how it was found" {
	each_root roots
}

# --- logs ------------------------------------------------------------------------------------------

logs() {
	local name stream
	for name in $(jq -r '.[].Name[1:]' "$TRUTH/inspect.json"); do
		for stream in stdout stderr; do
			ctr-logcat --raw -r "$ROOT" -w stream=$stream "$name" >ours 2>err || fail "$name: $(cat err)"
			cmp "$TRUTH/logs/$name.$stream" ours
			diff /dev/null err
			silent ctr-logcat -j -r "$ROOT" -w stream=$stream "$name"
			# the engine always prints nine digits
			jq -r '(.time[:-1] | split(".")) as [$s, $f] | "\($s).\("\($f // "")000000000"[:9])Z \(.message)"' <<<"$output" |
				cmp "$TRUTH/logs/$name.$stream.t" -
		done
	done
}

@test "logs are byte for byte those of docker logs, with the times of docker logs -t" {
	each_root logs
}

# --- parts -----------------------------------------------------------------------------------------

# The data root alone: the paths of the records are those of its own host.
alone() {
	local whole=$ROOT
	rows containers
	jq -S '[.container, .name, .state, .env, [.layers[].kind]]' rows >whole
	case $ROOT in *.tar) tar -C "$DISK$DATA" --numeric-owner -cf alone.tar . && ROOT=alone.tar ;; *) ROOT=$DISK$DATA ;; esac
	rows containers
	ROOT=$whole
	jq -S '[.container, .name, .state, .env, [.layers[].kind]]' rows | diff whole -
	[ "$(jq -r 'select(.name == "up-1").mounts[0].evidence_path' rows)" = /volumes/data/_data ]
	[ "$(jq -r 'select(.name == "up-1").mounts[0].present' rows)" = yes ]
	[ "$(jq -r 'select(.name == "made-1").mounts[] | select(.type == "bind").present' rows)" = unknown ]
}

@test "the data root alone gives the same, but for what lies outside of it" {
	each_root alone
}

@test "the tar gives what the directory gives" {
	while read -r NAME _; do
		for what in containers images volumes findings roots host; do
			silent ctr-ls -j -r "$NODE/$NAME" --show $what
			jq -S 'del(.evidence)' <<<"$output" >dir
			silent ctr-ls -j -r "$BATS_FILE_TMPDIR/$NAME.tar" --show $what
			jq -S 'del(.evidence)' <<<"$output" | diff dir - || fail "$NAME $what"
		done
	done <<<"$HOSTS"
}
