#!/usr/bin/env bats
# SPDX-License-Identifier: ISC
# Roots that want to be left, or that hold what is no file: links out of the root, loops, FIFOs, sockets, devices, what
# may not be read, what is missing; and evidence that is none.

bats_require_minimum_version 1.5.0
load ../lib
load lib
# shellcheck disable=SC2030,SC2031,SC2154 # output, stderr and status are bats' own

setup() {
	cd "$BATS_TEST_TMPDIR" || return
	ELSEWHERE=
	small r
	# the marker outside, in the clothes of what the engine would read
	mkdir outside
	record MARKER "$A" >outside/record
	echo '{"Privileged":true,"Runtime":"MARKER"}' >outside/host
	printf '%s\n' '{"log":"MARKER\n","stream":"stdout","time":"2026-03-01T10:00:00Z"}' >outside/log
	echo MARKER >outside/line
	printf '{"Repositories":{"MARKER":{"MARKER:1":"sha256:%s"}}}' "$IMAGE" >outside/names
}

teardown() {
	[ -z "$ELSEWHERE" ] || rm -rf "$ELSEWHERE"
}

# stays: neither tool shows the marker, in no kind of answer.
stays() {
	local show
	for show in containers images volumes findings; do
		run --separate-stderr timeout 20 ctr-ls -r r -j --show "$show"
		[[ $status = [013] && $output$stderr != *MARKER* ]] || fail "$show: status $status" "$output" "$stderr"
	done
	for show in '' --raw; do
		run --separate-stderr timeout 20 ctr-logcat ${show:+$show} -r r
		[[ $status = [013] && $output$stderr != *MARKER* ]] || fail "log: status $status" "$output" "$stderr"
	done
}

@test "the small root itself: nothing is said" {
	must 0 ctr-ls -r r -j
	[ "$stderr" = '' ]
	calm_stands
	must 0 ctr-logcat -r r
	[ "$stderr" = '' ]
}

@test "links out of the root, absolute, by .. and through a folder, lead nowhere" {
	local to up=../../../../../../../../../../../../../..
	ln -s "$PWD/outside" r/door
	for to in "$PWD/outside" "$up$PWD/outside" "../../door" "/proc/self/cwd/outside" "/proc/self/root$PWD/outside"; do
		ln -sfn "$to/record" r/"$RECORD"
		ln -sfn "$to/host" r/"$HOST"
		ln -sfn "$to/log" r/"$LOG"
		ln -sfn "$to/line" r/image/overlay2/layerdb/mounts/"$A"/mount-id
		ln -sfn "$to/names" r/image/overlay2/repositories.json
		stays
		must 1 ctr-ls -r r -j
		says "r/$RECORD: cannot look"
		calm_stands
	done
}

@test "containers/ as a link out is no engine; as a link within it is one" {
	mkdir -p outside/containers
	cp -a r/containers/"$A" outside/containers
	record MARKER "$A" >outside/"$RECORD"
	mv r/containers r/elsewhere
	ln -s "$PWD/outside/containers" r/containers
	must 3 ctr-ls -r r -j
	says 'no container engine found'
	stays
	ln -sfn /elsewhere r/containers
	must 0 ctr-ls -r r -j
	calm_stands
}

@test "absolute links resolve within the root" {
	mkdir -p r/put
	mv r/"$RECORD" r/put/record
	ln -s /put/record r/"$RECORD"
	mv r/"$LOG" r/put/log
	ln -s /../../put/../put/log r/"$LOG"
	must 0 ctr-ls -r r -j
	[ "$(web .name)" = web ]
	must 0 ctr-logcat -r r web
	[[ $output == *'web says hello'* ]]
}

@test "links in a loop are said, and end" {
	local file
	for file in "$RECORD" "$HOST" "$LOG"; do
		rm r/"$file"
		ln -s ../../"$file" r/"$file"
	done
	must 1 timeout 20 ctr-ls -r r -j
	says "$RECORD: cannot look: Too many levels of symbolic links"
	says "$HOST: cannot look: Too many levels of symbolic links"
	calm_stands
	ln -sfn containers r/containers/containers
	must 1 timeout 20 ctr-logcat -r r
	says "$LOG: cannot look: Too many levels of symbolic links"
	[[ $output == *'calm says hello'* ]]
}

@test "what is no file is said and not opened: FIFO, socket, device, folder" {
	local kind file
	for kind in FIFO socket 'character device' 'block device' directory; do
		for file in "$RECORD" "$HOST" "$LOG" image/overlay2/repositories.json "image/overlay2/layerdb/mounts/$A/mount-id"; do
			rm -rf "r/${file:?}"
			case $kind in
			FIFO) mkfifo r/"$file" ;;
			socket) (cd "r/${file%/*}" && python3 -c 'import socket, sys; socket.socket(socket.AF_UNIX).bind(sys.argv[1][-90:])' "${file##*/}") ;;
			character*) mknod r/"$file" c 1 5 || skip 'this user may not make devices' ;;
			block*) mknod r/"$file" b 7 200 ;;
			directory) mkdir r/"$file" ;;
			esac
		done
		must 1 timeout 20 ctr-ls -r r -j
		says "r/$RECORD: not opened: it is a $kind (expected a file)"
		says "r/$HOST: not opened: it is a $kind (expected a file)"
		says "mount-id: not opened: it is a $kind (expected a file)"
		calm_repo
		must 1 timeout 20 ctr-logcat -r r
		says "r/$LOG: not opened: it is a $kind (expected a file)"
		[[ $output == *'calm says hello'* ]]
		must 1 timeout 20 ctr-ls -r r -j --show images
		says "repositories.json: not opened: it is a $kind (expected a file)"
		[ "$(jq -r .image_id <<<"$output")" = "sha256:$IMAGE" ]
	done
}

# The neighbour, whatever the names of images are.
calm_repo() {
	[ "$(jq -r 'select(.name == "calm").state' <<<"$output")" = exited ] || fail "calm does not stand: $output"
}

@test "etc/hostname that is a FIFO, a link out or huge: said, and no host" {
	mkdir -p h/etc h/var/lib
	mv r h/var/lib/docker
	mkfifo h/etc/hostname
	must 1 timeout 20 ctr-ls -r h -j
	says 'h/etc/hostname: not opened: it is a FIFO'
	[ "$(jq -r .host <<<"$output" | sort -u)" = null ]
	ln -sfn "$PWD/outside/line" h/etc/hostname
	must 0 ctr-ls -r h -j
	[[ $output != *MARKER* ]]
	rm h/etc/hostname
	head -c 10000 /dev/zero >h/etc/hostname
	must 1 ctr-ls -r h -j
	says 'h/etc/hostname: offset 4096: file too large'
	calm_stands
	printf 'ev\033[31mil\nsecond\n' >h/etc/hostname
	must 0 ctr-ls -r h -j
	clean
	[ "$(jq -r .host <<<"$output" | head -1)" = $'ev\033[31mil' ]
}

@test "daemon.json: damaged, a FIFO, a path that leaves" {
	mkdir -p h/etc/docker h/srv
	mv r h/srv/d
	printf '{"data-root":"/../../srv/./d"}' >h/etc/docker/daemon.json
	must 0 ctr-ls -r h -j
	calm_stands
	printf '{"data-root":"%s/outside"}' "$PWD" >h/etc/docker/daemon.json
	must 3 ctr-ls -r h -j
	says 'no container engine found'
	printf '{"data-root":"/srv' >h/etc/docker/daemon.json
	must 3 ctr-ls -r h -j
	says 'h/etc/docker/daemon.json: offset 18: input ends within a string'
	printf '{"data-root":5}' >h/etc/docker/daemon.json
	must 3 timeout 20 ctr-ls -r h -j
	rm h/etc/docker/daemon.json
	mkfifo h/etc/docker/daemon.json
	must 3 timeout 20 ctr-ls -r h -j
	says 'h/etc/docker/daemon.json: not opened: it is a FIFO'
}

@test "what may not be read is said, for a user who may not" {
	local as='setpriv --reuid=65534 --regid=65534 --clear-groups'
	[ "$(id -u)" = 0 ] || skip 'only root can be somebody else'
	# the folders of bats are closed to others
	ELSEWHERE=$(mktemp -d)
	chmod 755 "$ELSEWHERE"
	install -m 755 "$CTR_SAN"/ctr-ls "$CTR_SAN"/ctr-logcat -t "$ELSEWHERE"
	cp -a r "$ELSEWHERE"
	cd "$ELSEWHERE"
	chmod 600 r/"$RECORD"
	# shellcheck disable=SC2086 # words
	must 1 $as ./ctr-ls -r r -j
	says "r/$RECORD: cannot open: Permission denied"
	calm_stands
	[ "$(web .error)" != null ]
	chmod 700 r/containers/"$A"
	# shellcheck disable=SC2086
	must 1 $as ./ctr-ls -r r -j
	says "Permission denied"
	calm_stands
	# shellcheck disable=SC2086
	must 1 $as ./ctr-logcat -r r
	says "Permission denied"
	[[ $output == *'calm says hello'* ]]
	chmod 711 r/containers
	# shellcheck disable=SC2086
	must 1 $as ./ctr-ls -r r -j
	says 'r/containers: cannot open: Permission denied'
	chmod 700 r
	# shellcheck disable=SC2086
	must 3 $as ./ctr-ls -r r -j
	says 'Permission denied'
	[ "$output" = '' ]
}

@test "a container of which only layers are left" {
	rm r/"$RECORD" r/"$HOST"
	must 1 ctr-ls -r r -j
	[ "$(web '[.name, .state, .risk, .storage.driver] | @csv')" = ',,,"overlay2"' ]
}

@test "image/ gone: the containers stand, that their layers do not is said" {
	rm -r r/image
	mkdir -p r/network/files
	: >r/network/files/local-kv.db
	must 1 ctr-ls -r r -j
	says 'layers lie in a store that is not read: overlay2'
	[ "$(jq -r .name <<<"$output" | sort | xargs)" = 'calm web' ]
}

@test "a mount-id that is a path leads nowhere outside" {
	local store=r/image/overlay2/layerdb
	printf '../../../outside' >"$store/mounts/$A/mount-id"
	stays
	run --separate-stderr ctr-ls -r r -j
	calm_stands
}

# Disks and others: what is refused with status 3, and with which words.
@test "what is no evidence is refused with status 3 and the command that helps" {
	refuse() {
		must 3 timeout 20 ctr-ls -r "$1" -j
		says "$2"
		[ "$output" = '' ]
		clean
	}
	truncate -s 1M disk
	mke2fs -q -t ext4 disk
	refuse disk 'mount -o ro,loop,noload disk /mnt/evidence'
	head -c 700 disk >part
	refuse part 'is no archive that is known'
	: >empty
	refuse empty 'is no archive that is known'
	echo hello >text
	refuse missing 'No such file or directory'
	refuse text/x 'Not a directory'
	mkfifo fifo
	refuse fifo 'is no evidence (expected a directory or a file)'
	refuse /dev/null 'is no evidence (expected a directory or a file)'
	mkdir nothing
	refuse nothing 'no container engine found; looked in /, /var/lib/docker'
	! mknod block b 7 200 2>/dev/null || refuse block 'is a block device; mount it read-only'
	cp text $'ev\033[2Jil'
	refuse $'ev\033[2Jil' 'ev\x1b[2Jil: is no archive'
}

@test "--memory that is too small: what is missing is said, by its name, and nothing is taken for damage" {
	local memory tool
	for memory in 1 100 1000 2000 4000 5000 6000 8000 10000 12000 16000 20000 24000 32000 48000; do
		for tool in 'ctr-ls -j' 'ctr-ls' 'ctr-ls --show roots' 'ctr-ls --show images -j' 'ctr-logcat -j'; do
			read -ra words <<<"$tool"
			run --separate-stderr "${words[0]}" -r r --memory $memory "${words[@]:1}"
			[ "$status" = 0 ] && [ -z "$stderr" ] && continue
			[ "$status" = 1 ] || [ "$status" = 3 ] || fail "$tool --memory $memory: status $status" "$stderr"
			[[ $stderr == *'--memory'* ]] || fail "$tool --memory $memory:" "$stderr"
		done
	done
	must 0 ctr-ls -r r --memory 64K
}

@test "a standard file that is closed: the evidence is not opened in its place" {
	local as status
	tar -cf r.tar -C r .
	gzip -k r.tar
	for as in r r.tar r.tar.gz; do
		status=0
		ctr-ls -n -r $as - <&- >rows 2>said || status=$?
		[ "$status" = 2 ] && [ ! -s rows ] && [ "$(<said)" = 'ctr-ls: (stdin): cannot read: Bad file descriptor' ] ||
			fail "$as: status $status" "$(head -n 3 said)"
		status=0
		ctr-ls -r $as --spool . <&- >&- 2>said || status=$?
		[ "$status" = 1 ] && [ "$(<said)" = 'ctr-ls: cannot write: Bad file descriptor' ] || fail "$as: status $status" "$(<said)"
		ctr-ls -n -r $as --spool . <&- 2>&- >rows || status=$?
		[ "$(wc -l <rows)" = 2 ]
	done
}
