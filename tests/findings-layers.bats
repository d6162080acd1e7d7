#!/usr/bin/env bats
# SPDX-License-Identifier: ISC
# Each rule about layers has a change in which it fires and one, as near to it as can be, in which it stays silent. The layers
# are folders made here; what real containers show is in ctr-layers.bats. tests/findings.bats counts the lines here, too.

bats_require_minimum_version 1.5.0
load lib
# shellcheck disable=SC2154 # output and stderr are bats' own

setup() {
	[ "$(id -u)" = 0 ] || skip 'devices, owners and attributes need root'
	cd "$BATS_TEST_TMPDIR" || return
	mkdir -p e
}

# layers COMMANDS: what the rules see, as "RULE SEVERITY TECHNIQUE whole", when these made a container's own layer.
layers() {
	rm -rf e/base e/up
	mkdir -p e/base/{bin,etc,tmp,root,var/log,var/www,srv,opt} e/up
	cp /bin/true e/base/bin/tool
	chmod 4755 e/base/bin/tool
	echo one >e/base/etc/passwd
	echo log >e/base/var/log/app.log
	echo key >e/base/root/id_rsa
	touch -d 2020-01-01T00:00:00Z e/base/bin/tool e/base/etc/passwd
	(cd e/up && eval "$1")
	printf '{"record":"container","container":"ab12","name":"n","layers":[{"n":1,"kind":"layer","form":"overlay","evidence_path":"/base"},{"n":2,"kind":"rw","form":"overlay","evidence_path":"/up"}]}' |
		ctr-layers -r e --show changes ${HASH:+--hash} -j - |
		jq -r '.findings[] | "\(.rule) \(.severity) \(.technique) \(.fact != "" and .why != "" and .check != "" and .path != null)"'
}

# fires_change RULE LEVEL COMMANDS
fires_change() {
	local got
	got=$(layers "$3" | grep "^$1 " | head -n 1)
	[[ $got == "$1 $2 T"[0-9]*" true" ]] || fail "$1 gave '$got' for $3"
}

silent_change() {
	! layers "$2" | grep "^$1 " || fail "$1 fired for $2"
}

@test "programs" {
	fires_change new-executable warning 'mkdir opt; cp /bin/true opt/x'
	fires_change new-executable warning "mkdir opt; printf '#!/bin/sh\\n' >opt/x; chmod 755 opt/x"
	silent_change new-executable "mkdir opt; printf '#!/bin/sh\\n' >opt/x"
	silent_change new-executable 'mkdir bin; cp -p ../base/bin/tool bin/'
	fires_change replaced-executable warning 'mkdir bin; cp /bin/false bin/tool; echo >>bin/tool'
	silent_change replaced-executable 'mkdir bin; cp -p ../base/bin/tool bin/; chmod 700 bin/tool'
	fires_change attack-tool critical 'mkdir tmp; echo >tmp/xmrig-6.6'
	silent_change attack-tool 'mkdir tmp; echo >tmp/migrate'
	fires_change timestomp warning 'mkdir bin; cp ../base/bin/tool bin/; printf x | dd of=bin/tool bs=1 seek=900 conv=notrunc status=none; touch -r ../base/bin/tool bin/tool'
	silent_change timestomp 'mkdir bin; cp ../base/bin/tool bin/; printf x | dd of=bin/tool bs=1 seek=900 conv=notrunc status=none'
	HASH=1 fires_change same-content notice 'mkdir opt tmp; cp /bin/false opt/x; cp /bin/false tmp/y'
	HASH=1 silent_change same-content 'mkdir opt tmp; cp /bin/false opt/x; cp /bin/true tmp/y'
}

@test "rights" {
	fires_change setuid-file warning 'mkdir opt; cp /bin/true opt/x; chmod 4755 opt/x'
	fires_change setuid-file warning 'mkdir bin; cp -p ../base/bin/tool bin/; chmod 6755 bin/tool'
	silent_change setuid-file 'mkdir bin; cp -p ../base/bin/tool bin/; touch bin/tool'
	fires_change file-capabilities warning 'mkdir opt; cp /bin/true opt/x; setfattr -n security.capability -v 0x0100000202000000000000000000000000000000 opt/x'
	silent_change file-capabilities 'mkdir opt; cp /bin/true opt/x'
	fires_change device-node critical 'mkdir opt; mknod opt/sda b 8 0'
	silent_change device-node 'mkdir opt; mknod opt/null c 1 3; mknod opt/gone c 0 0'
	fires_change access-changed warning 'mkdir etc; echo two >etc/passwd'
	silent_change access-changed 'mkdir etc; cp -p ../base/etc/passwd etc/'
}

@test "places and names" {
	fires_change library-preload critical 'mkdir etc; echo /tmp/x.so >etc/ld.so.preload'
	silent_change library-preload 'mkdir etc; echo >etc/ld.so.cache'
	fires_change web-script warning "mkdir -p var/www/html; echo >var/www/html/a.php"
	fires_change web-script warning "mkdir opt; echo '<?php system(1);' >opt/logo.gif"
	silent_change web-script "mkdir -p var/www/html; echo >var/www/html/a.html"
	fires_change runs-by-itself warning 'mkdir -p etc/cron.d; echo >etc/cron.d/x'
	silent_change runs-by-itself 'mkdir -p etc/cron.d'
	fires_change hidden-name notice 'mkdir tmp; echo >"tmp/..."'
	fires_change hidden-name notice "mkdir tmp; echo >\"tmp/\$(printf 'a\342\200\256b')\""
	silent_change hidden-name 'mkdir root; echo >root/.profile'
	fires_change traces-deleted warning 'mkdir -p var/log; mknod var/log/app.log c 0 0'
	silent_change traces-deleted 'mkdir -p var/log; echo >>var/log/app.log'
	fires_change secret-hidden warning 'mkdir root; mknod root/id_rsa c 0 0'
	silent_change secret-hidden 'mkdir root; mknod root/id_rsa.old c 0 0'
}

@test "images: steps, times, what was recorded" {
	tar --zstd -xpf "$EVIDENCE/images.tar.zst" -C e --xattrs --xattrs-include='*' --numeric-owner ./root ./oci-multi 2>/dev/null
	seen() { ctr-layers -r e/root image:t/patched:1 --show findings "${@:2}" -j | jq -r '"\(.rule) \(.severity) \(.fact)"' | grep -c "^$1 " || true; }
	fires_change() { [ "$(seen "$1")" -gt 0 ] || fail "$1 is silent"; }
	silent_change() { [ "$(ctr-layers -r e/root image:t/base:1 --show findings -j | grep -c "\"$1\"")" = 0 ] || fail "$1 fires"; }
	fires_change made-by-hand notice
	silent_change made-by-hand
	fires_change future-time notice
	silent_change future-time
	fires_change imported info
	silent_change() { [ "$(ctr-layers -r e/oci-multi --show findings -j | grep -c "\"$1\"")" = 0 ] || fail "$1 fires"; }
	silent_change imported
	fires_change() {
		echo >"e/root$(ctr-ls -r e/root --show images -j image:t/patched:1 | jq -r '.layers[0].evidence_path')/added"
		must 4 ctr-layers -r e/root image:t/patched:1 --verify --show findings -j
		[ "$(jq -r 'select(.path == "/added") | .rule' <<<"$output")" = "$1" ] || fail "$output"
	}
	silent_change() { [ "$(ctr-layers -r e/root image:t/patched:1 --verify --show findings -j | grep -c "$1")" = 0 ] || fail "$1 fires"; }
	silent_change layer-altered
	fires_change layer-altered critical
}
