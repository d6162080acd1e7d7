# SPDX-License-Identifier: ISC
# shellcheck shell=bash disable=SC2154 # output, stderr and status are bats' own
# What the tests share. CTR_BIN: the tools to test; CTR_SAN: the same with sanitizers.

HERE=${BASH_SOURCE[0]%/*}
EVIDENCE=$HERE/evidence
PATH=$CTR_BIN:$PATH
unset CTR_ROOT NO_COLOR
export TZ=UTC-5 LC_ALL=C # a zone of the machine must not show

fail() {
	printf '%s\n' "$@" >&2
	return 1
}

# must STATUS COMMAND...: runs it, output and stderr apart; fails with both when its status is another.
must() {
	local want=$1
	shift
	run --separate-stderr "$@"
	[ "$status" = "$want" ] && return
	fail "command: $*" "status: $status, expected $want" "stdout: ${output:0:2000}" "stderr: ${stderr:0:2000}"
}

# A tree, ./t, with what tars are bad at: long names and links, holes, special files, large owners.
awkward_tree() {
	local long deep at
	long=$(printf 'n%.0s' {1..200})
	deep=$(printf 'd%.0s' {1..60})
	mkdir -p "t/$deep/$deep/$deep/$deep/$deep" t/empty
	echo one >t/file
	printf 'x%.0s' {1..1000} >"t/$long"
	echo deep >"t/$deep/$deep/$deep/$deep/$deep/$long"
	ln t/file t/hard
	ln -s file t/soft
	ln -s "$long/$long" t/long-link
	: >t/zero
	mkfifo t/fifo
	[ "$(id -u)" != 0 ] || { mknod t/null c 1 3 && chown 3000000:65534 t/file; }
	echo blank >"t/a name with blanks and \\"
	chmod 4755 t/file
	chmod 1777 t/empty
	truncate -s 3M t/holes
	for at in 0 700000 2000000; do echo data | dd of=t/holes bs=1 seek=$at conv=notrunc status=none; done
	truncate -s 1M t/nothing-but-hole
}

# The evidence of a real attack, unpacked once a file: $CTR_ROOT is the host's root, $TRUTH what the engine said.
evidence() {
	export TRUTH=$EVIDENCE/node
	export NODE=$BATS_FILE_TMPDIR/node
	if [ ! -d "$NODE" ]; then
		mkdir "$NODE.part"
		tar --zstd -xpf "$EVIDENCE/node.tar.zst" -C "$NODE.part"
		mv "$NODE.part" "$NODE"
	fi
	export CTR_ROOT=$NODE
	note_evidence >"$BATS_TEST_TMPDIR/before"
	cd "$BATS_TEST_TMPDIR" || return
}

# Content, mode, owner, mtime and ctime of every file, directory and link.
note_evidence() {
	find "$NODE" -printf '%P %y %m %U:%G %s %T@ %C@ %l\n' | sort
	find "$NODE" -type f -print0 | sort -z | xargs -0 sha256sum
}

evidence_unchanged() {
	note_evidence >"$BATS_TEST_TMPDIR/after"
	diff "$BATS_TEST_TMPDIR/before" "$BATS_TEST_TMPDIR/after" || fail 'the evidence was changed'
}

# The id of a container by its name, as the engine said it.
id_of() {
	jq -r --arg n "/$1" '.[] | select(.Name == $n).Id' "$TRUTH/inspect.json"
}

# Where a container's own folder lies.
folder_of() {
	printf '%s/var/lib/docker/containers/%s' "$NODE" "$(id_of "$1")"
}

# No byte that a terminal would obey: no control but newline, no C1, no bidi override.
refute_controls() {
	LC_ALL=C grep -qP '[\x00-\x09\x0b-\x1f\x7f]|\xc2[\x80-\x9f]|\xe2\x80[\xaa-\xae]' <<<"$1" &&
		fail "control bytes in: $(head -c 2000 <<<"$1" | od -c | head -20)"
	return 0
}

# made NAME ENTRY...: a tar in the evidence, by truth/layer.py.
made() {
	local name=$1
	shift
	python3 "$HERE/truth/layer.py" "e/$name" "$@"
}
