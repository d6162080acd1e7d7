#!/usr/bin/env bats
# SPDX-License-Identifier: ISC
# On poor systems the answers are the same, or one message says why not and the status is right: a root that holds nothing
# but the tool, no environment, no privileges, few descriptors, little memory, closed standard files.

load lib

setup() { cd "$BATS_TEST_TMPDIR" || return; }

root_only() { [ "$(id -u)" = 0 ] || skip 'only root can do that'; }

# place: a folder with the tools, and the evidence as a directory `e` and as tars; where one is, the paths are the same
# whether that folder is the root or not.
place() {
	evidence
	unset CTR_ROOT
	mkdir place
	cp "$NATIVE"/* place
	cp -a "$NODE" place/e
	tar -cf place/e.tar -C "$NODE" .
	cp "$EVIDENCE/node.tar.zst" place/e.tar.zst
	cd place || return
}

# asked COMMAND...: what each tool says of each evidence when it is run by COMMAND; PREFIX is where the tools are to it.
asked() {
	local e question words status
	for e in e e.tar e.tar.zst; do
		for question in "${QUESTIONS[@]}"; do
			read -ra words <<<"$question"
			status=0
			"$@" "$PREFIX${words[0]}" -r "$e" "${words[@]:1}" </dev/null 2>&1 || status=$?
			echo "status of $question, $e: $status"
		done
	done
}

@test "a root with nothing in it but the tool and the evidence: no /etc, /proc, /dev, /tmp" {
	root_only
	place
	PREFIX=./ asked env >../rich
	PREFIX=/ asked chroot . >../poor
	cmp ../rich ../poor
	[ "$(grep -c '^status of' ../poor)" = $((3 * ${#QUESTIONS[@]})) ]
	run -3 chroot . /ctr-ls
	[[ $output = 'ctr-ls: /: no container engine found'* ]]
	run -0 chroot . /ctr-ls -V
	run -0 chroot . /ctr-logcat --help
}

@test "no environment at all" {
	place
	PREFIX=./ asked env >../rich
	PREFIX=./ asked env -i >../poor
	cmp ../rich ../poor
}

@test "a file system that is read-only, all of it" {
	root_only
	place
	PREFIX=./ asked env >../rich
	export -f asked
	declare -p QUESTIONS >../script
	cat >>../script <<-'END'
		PREFIX=/
		mount --bind . . && mount -o remount,bind,ro . && cd "$PWD" && ! touch x 2>../no && asked chroot .
	END
	unshare -m --propagation private bash -uc '. ../script' >../poor
	grep -q 'Read-only file system' ../no
	cmp ../rich ../poor
}

@test "nobody, without a capability, who can get no new one" {
	root_only
	place
	chmod -R a+rX ../place
	chmod 755 .. ../..
	PREFIX=./ asked env >../rich
	PREFIX=./ asked setpriv --reuid 65534 --regid 65534 --clear-groups --bounding-set -all --inh-caps -all --no-new-privs >../poor
	cmp ../rich ../poor
}

# many: a Docker root with 150 containers, each with a log of three parts, one of them compressed.
many() {
	local i id c part n chain store=docker/image/overlay2 layer=docker/image/overlay2/layerdb
	chain=$(printf '2%.0s' {1..64})
	mkdir -p docker/containers "$store/imagedb/content/sha256" "$layer/sha256/$chain" docker/overlay2/cache/diff
	printf 'cache' >"$layer/sha256/$chain/cache-id"
	printf 'sha256:%s' "$chain" >"$layer/sha256/$chain/diff"
	printf '7' >"$layer/sha256/$chain/size"
	printf '{"rootfs":{"type":"layers","diff_ids":["sha256:%s"]}}' "$chain" >"$store/imagedb/content/sha256/$(printf '%064x' 1)"
	for ((i = 0; i < 150; i++)); do
		id=$(printf '%064x' $((i + 1)))
		c=docker/containers/$id
		mkdir -p "$c" "$layer/mounts/$id" "docker/overlay2/m$i/diff"
		printf 'm%d' "$i" >"$layer/mounts/$id/mount-id"
		printf 'sha256:%s' "$chain" >"$layer/mounts/$id/parent"
		printf '{"ID":"%s","Name":"/c%d","Driver":"overlay2","Image":"sha256:%064x","State":{"Running":false,"StartedAt":"2026-03-01T10:00:00Z","FinishedAt":"2026-03-01T11:00:00Z"},"Created":"2026-03-01T09:00:00Z","Config":{"Image":"i:1"},"LogPath":"/var/lib/docker/containers/%s/%s-json.log"}' \
			"$id" "$i" 1 "$id" "$id" >"$c/config.v2.json"
		echo '{"LogConfig":{"Type":"json-file","Config":{}}}' >"$c/hostconfig.json"
		for part in 0 1 2; do
			for ((n = 0; n < 20; n++)); do
				printf '{"log":"%d %d %d\\n","stream":"stdout","time":"2026-03-01T10:%02d:%02d.%03dZ"}\n' "$i" "$part" "$n" $((part * 15)) $n $i
			done >part.$part
		done
		gzip -n part.0
		mv part.0.gz "$c/$id-json.log.2.gz"
		mv part.1 "$c/$id-json.log.1"
		mv part.2 "$c/$id-json.log"
	done
}

@test "64 descriptors, and 8, with the logs of 150 containers" {
	local descriptors query
	many
	tar -cf docker.tar -C docker .
	for query in 'ctr-logcat -r docker -j' 'ctr-logcat -r docker --tail 2' 'ctr-logcat -r docker --raw' \
		'ctr-logcat -r docker --since=-1m' 'ctr-logcat -r docker.tar -o tsv' 'ctr-ls -r docker -j' 'ctr-ls -r docker.tar'; do
		read -ra words <<<"$query"
		"${words[@]}" >all 2>all.err || fail "$query: $? $(head -n 3 all.err)"
		[ "$(wc -l <all)" -ge 150 ]
		for descriptors in 64 16 8; do
			prlimit --nofile=$descriptors "${words[@]}" >few 2>few.err || fail "$query, $descriptors: $(head -n 3 few.err)"
			cmp all few
			[ ! -s few.err ] || fail "$(head -n 3 few.err)"
		done
	done
	ctr-logcat -r docker -j >all
	[ "$(wc -l <all)" = 9000 ]
	sort -c <(jq -r '.time | rtrimstr("Z")' all)
}

@test "no descriptor to open the evidence with: a message, status 3" {
	many
	run -3 --separate-stderr prlimit --nofile=3 "$NATIVE/ctr-ls" -r docker
	[[ $stderr = 'ctr-ls: docker: cannot open the evidence: '* ]]
	[ -z "$output" ]
}

# From what it takes to start on (and 128 KiB, which the kernel must find for the stack): the same answer, or a message of memory and a status that is not 0. The
# evidence has damage: its own status is 1.
@test "little memory: the same answers, or a message, and never a crash" {
	local question words kib least status same
	place
	for question in 'ctr-ls -j -r e' 'ctr-ls -r e' 'ctr-ls -r e.tar' 'ctr-ls -j -r e.tar.zst' 'ctr-ls --show findings -r e' \
		'ctr-ls --show images -j -r e' 'ctr-ls -o timesketch -r e' 'ctr-logcat -j -r e' 'ctr-logcat --raw -r e.tar' \
		'ctr-logcat --tail 3 --regex a -r e' 'ctr-ls -c name -w state=running web-1 db-1 -r e'; do
		read -ra words <<<"$question"
		least=400 status=0 same=0
		until prlimit --as=$((least * 1024)) "./${words[0]}" --help >../help 2>&1; do
			least=$((least + 16))
		done
		"./${words[0]}" "${words[@]:1}" >../rich 2>../rich.err || status=$?
		echo $status >>../rich.err
		for kib in {128..1100..49} 1500 1800 2200 3200 5000 7000 11000 15000 23000 32000 64000; do
			kib=$((least + kib)) status=0
			prlimit --as=$((kib * 1024)) "./${words[0]}" "${words[@]:1}" >../poor 2>../poor.err || status=$?
			[ $status -lt 4 ] || fail "$question, $kib KiB: status $status"
			echo $status >>../poor.err
			if cmp -s ../rich ../poor && cmp -s ../rich.err ../poor.err; then
				same=$((same + 1))
			else
				[ $status != 0 ] || fail "$question, $kib KiB: status 0 and other rows"
				grep -qi memory ../poor.err || fail "$question, $kib KiB: nothing said: $(cat ../poor.err)"
				[[ $kib -lt 4000 || $question = *zst* ]] || fail "$question: $kib KiB are not enough"
			fi
		done
		[ $same -gt 2 ] || fail "$question: never whole"
	done
}

@test "standard input is closed: it is not read from the evidence" {
	place
	for as in e e.tar e.tar.zst; do
		status=0
		./ctr-ls -n -r $as - <&- >../out 2>../err || status=$?
		[ $status = 2 ]
		[ "$(<../err)" = 'ctr-ls: (stdin): cannot read: Bad file descriptor' ] || fail "$as: $(head -c 300 ../err)"
		[ ! -s ../out ]
		./ctr-ls -j -r $as <&- 2>../err >../out || [ $? = 1 ]
		diff ../out <(./ctr-ls -j -r $as 2>../err </dev/null)
	done
}

@test "standard output is closed: that is said, status 1, also where --spool has a file open" {
	place
	for as in 'e web-1' 'e.tar web-1' 'e.tar.zst web-1' 'e.tar.zst --spool .. web-1'; do
		read -ra words <<<"$as"
		for tool in ctr-ls 'ctr-ls -j' ctr-logcat 'ctr-logcat --raw'; do
			read -ra command <<<"$tool"
			status=0
			"./${command[0]}" "${command[@]:1}" -r "${words[@]}" 2>../err >&- || status=$?
			[ $status = 1 ] || fail "$tool $as: $status"
			grep -q 'cannot write: Bad file descriptor' ../err || fail "$tool $as: $(<../err)"
			status=0
			"./${command[0]}" "${command[@]:1}" -r "${words[@]}" 2>../err <&- >&- || status=$?
			[ $status = 1 ] && grep -q 'cannot write: Bad file descriptor' ../err || fail "$tool $as, no stdin: $(<../err)"
		done
	done
	status=0
	./ctr-ls -V >&- 2>../err || status=$?
	[ $status = 1 ]
	grep -q 'cannot write' ../err
}

@test "standard error is closed: the rows and the status are the same, and nothing is written elsewhere" {
	place
	mkdir ../spool
	for as in e e.tar e.tar.zst 'e.tar.zst --spool ../spool'; do
		read -ra words <<<"$as"
		for close in '2>&-' '<&- 2>&-'; do
			status=0
			bash -c './ctr-ls -j -r "$@" '"$close" as "${words[@]}" >../poor || status=$?
			[ $status = 1 ]
			./ctr-ls -j -r "${words[@]}" 2>../err | cmp - ../poor
		done
	done
	status=0
	./ctr-ls -r nowhere <&- >&- 2>&- || status=$?
	[ $status = 3 ]
	status=0
	./ctr-ls -r e <&- >&- 2>&- || status=$?
	[ $status = 1 ]
	evidence_unchanged
}
