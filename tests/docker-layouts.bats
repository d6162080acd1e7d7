#!/usr/bin/env bats
# SPDX-License-Identifier: ISC
# Docker's other layouts: aufs before and after 1.10, with the answers of another tool beside them. That evidence cannot be
# made here; where it is not, its tests are skipped.

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
