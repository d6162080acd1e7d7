#!/usr/bin/env bats
# SPDX-License-Identifier: ISC
# Each rule has a record in which it fires and one, as near to it as can be, in which it stays silent. Records are made by
# hand and given on stdin; what real containers show is held against docker inspect.

bats_require_minimum_version 1.5.0
load lib
# shellcheck disable=SC2154 # output and stderr are bats' own

setup() {
	mkdir -p "$BATS_TEST_TMPDIR/root"
	cd "$BATS_TEST_TMPDIR" || return
}

# rules KEYS: the names of the rules that fire on a container record with these keys.
rules() {
	printf '{"record":"container","container":"ab12","layers":[],%s}' "$1" | ctr-ls -r root -j - | jq -r '.rules[]'
}

# fires RULE LEVEL KEYS
fires() {
	local got
	got=$(printf '{"record":"container","container":"ab12","layers":[],%s}' "$3" | ctr-ls -r root -j - |
		jq -r --arg r "$1" '.findings[] | select(.rule == $r) | "\(.severity) \(.technique) \(.fact != "" and .why != "" and .check != "")"')
	[[ $got == "$2 T"[0-9]*" true"* ]] || fail "$1 gave '$got' for $3"
}

silent() {
	! rules "$2" | grep -qx "$1" || fail "$1 fired for $2"
}

bind() {
	printf '"mounts":[{"type":"bind","source":"%s","path":"%s","rw":%s,"propagation":"%s"}]' "$1" "${2:-/x}" "${3:-true}" "${4:-rprivate}"
}

# volume DEVICE: one whose options mount that in its place.
volume() {
	printf '"mounts":[{"type":"volume","source":"/var/lib/docker/volumes/v/_data","volume":"v","device":"%s","path":"/x","rw":true}]' "$1"
}

@test "every rule of the table has a line here" {
	sed -n 's/^	{ "\([a-z-]*\)", .*/\1/p' "$HERE"/../lib/finding/*.c | sort >have
	sed -n 's/^	\(HASH=1 \)\?\(fires\|silent\)\(_image\|_change\)\? \([a-z-]*\).*/\2 \4/p' "$BATS_TEST_FILENAME" "$HERE/findings-layers.bats" | sort -u >lines
	[ "$(wc -l <have)" -gt 20 ]
	sed -n 's/^fires //p' lines | sort | diff have -
	sed -n 's/^silent //p' lines | sort | diff have -
}

@test "privileged, capabilities, profiles" {
	fires privileged critical '"privileged":true'
	silent privileged '"privileged":false'
	fires cap-escape critical '"cap_add":["SYS_ADMIN"]'
	fires cap-escape critical '"cap_add":["CAP_SYS_PTRACE"]'
	fires cap-escape critical '"cap_add":["ALL"]'
	silent cap-escape '"cap_add":["NET_ADMIN","SYS_ADMINISTRATOR"],"cap_drop":["SYS_ADMIN"]'
	fires cap-dangerous warning '"cap_add":["NET_ADMIN"]'
	silent cap-dangerous '"cap_add":["NET_BIND_SERVICE","CHOWN"]'
	fires seccomp-off warning '"seccomp":"unconfined","privileged":false'
	silent seccomp-off '"seccomp":"default","privileged":false'
	silent seccomp-off '"privileged":false'
	fires apparmor-off warning '"apparmor":"unconfined"'
	silent apparmor-off '"apparmor":null'
	fires masked-paths-emptied warning '"masked_paths":[],"privileged":false'
	silent masked-paths-emptied '"masked_paths":null,"privileged":false'
	silent masked-paths-emptied '"masked_paths":["/proc/kcore"],"privileged":false'
	silent masked-paths-emptied '"masked_paths":[],"privileged":true'
}

@test "namespaces of the host" {
	fires host-pid warning '"ns":{"pid":"host"}'
	silent host-pid '"ns":{"pid":"private","net":"host"}'
	fires host-net warning '"ns":{"net":"host"}'
	silent host-net '"ns":{"net":"container:ab"}'
	fires host-ipc notice '"ns":{"ipc":"host"}'
	silent host-ipc '"ns":{"ipc":"private"}'
	fires host-uts notice '"ns":{"uts":"host"}'
	silent host-uts '"ns":{"uts":"private"}'
	fires host-user warning '"ns":{"user":"host"}'
	silent host-user '"ns":{"user":null}'
	fires root-user info '"user":""'
	fires root-user info '"user":"0:100"'
	silent root-user '"user":"1000"'
	silent root-user '"user":"","ns":{"user":"private"}'
	silent root-user '"name":"unknown user"'
}

@test "sockets, paths and mounts" {
	fires runtime-socket critical "$(bind /var/run/docker.sock)"
	fires runtime-socket critical "$(bind /run/containerd/containerd.sock)"
	fires runtime-socket critical "$(bind /opt/d.sock /var/run/docker.sock)"
	fires runtime-socket critical "$(bind /run//)"
	fires runtime-socket critical "$(bind /var/run/../run/./)"
	fires runtime-socket critical "$(volume /var/run/docker.sock)"
	silent runtime-socket "$(bind /run/lock)"
	silent runtime-socket "$(volume :/run)"
	silent runtime-socket '"mounts":[{"type":"volume","source":"/run","path":"/x","rw":true}]'
	fires host-path-writable critical "$(bind /)"
	fires host-path-writable critical "$(volume /etc)"
	silent host-path-writable "$(volume tmpfs)"
	fires host-path-writable critical "$(bind /etc/cron.d)"
	fires host-path-writable critical "$(bind /etc/hosts)"
	fires host-path-writable warning "$(bind /var/log)"
	silent host-path-writable "$(bind /etc /x false)"
	silent host-path-writable "$(bind /etcetera)"
	silent host-path-writable "$(bind /srv/data)"
	silent host-path-writable "$(bind /var/lib/kubelet/pods/1234/volumes/x)"
	fires host-path-readable warning "$(bind /etc /x false)"
	fires host-path-readable warning "$(bind /root/.ssh /x false)"
	fires host-path-readable notice "$(bind /lib/modules /x false)"
	silent host-path-readable "$(bind /etc/localtime /x false)"
	silent host-path-readable "$(bind /etc)"
	fires shared-propagation warning "$(bind /srv /x true rshared)"
	silent shared-propagation "$(bind /srv /x true rslave)"
}

@test "environment, devices, working directory" {
	fires ld-preload warning '"env":["A=b","LD_PRELOAD=/tmp/x.so"]'
	silent ld-preload '"env":["NO_LD_PRELOAD=1","LD_PRELOADED=/x"]'
	fires device-raw critical '"devices":[{"source":"/dev/sda1","path":"/dev/x","permissions":"rwm"}]'
	fires device-raw critical '"device_rules":["a *:* rwm"]'
	fires device-raw critical "$(volume /dev/sda1)"
	silent device-raw '"devices":[{"source":"/dev/fuse","path":"/dev/fuse","permissions":"rwm"}],"device_rules":["c 10:229 rwm"]'
	fires device notice '"devices":[{"source":"/dev/fuse","path":"/dev/fuse","permissions":"rwm"}]'
	silent device '"devices":[]'
	fires workdir-proc-fd critical '"workdir":"/proc/self/fd/8"'
	fires workdir-proc-fd critical '"workdir":"/proc//1/./fd/7/.."'
	silent workdir-proc-fd '"workdir":"/proc/self/fdinfo"'
	silent workdir-proc-fd '"workdir":"/srv/proc/self/fd/8"'
}

@test "images without a source" {
	evidence
	ctr-ls -qj --show images >all || [ $? = 1 ]
	fires_image() { jq -es --arg n "$2" --arg r "$1" 'any(.[]; (.names | index($n)) and (.rules | index($r)))' all; }
	silent_image() { jq -es --arg n "$2" --arg r "$1" 'any(.[]; (.names | index($n)) and (.rules | index($r) | not))' all; }
	fires_image no-source shop/base:12
	silent_image no-source kube/pause:3.2
}

@test "what real containers show is what docker inspect says of them" {
	evidence
	ctr-ls -qj >node || [ $? = 1 ]
	named() { jq -r --arg r "$1" 'select(.rules | index($r)).name' node | sort; }
	said() { jq -r ".[] | select(.Name != \"/damaged-1\") | select($1).Name[1:]" "$TRUTH/inspect.json" | sort; }
	named privileged | diff <(said .HostConfig.Privileged) -
	named host-pid | diff <(said '.HostConfig.PidMode == "host"') -
	named host-net | diff <(said '.HostConfig.NetworkMode == "host"') -
	named host-ipc | diff <(said '.HostConfig.IpcMode == "host"') -
	named host-uts | diff <(said '.HostConfig.UTSMode == "host"') -
	named host-user | diff <(said '.HostConfig.UsernsMode == "host"') -
	named ld-preload | diff <(said 'any(.Config.Env[]?; startswith("LD_PRELOAD="))') -
	named shared-propagation | diff <(said 'any(.Mounts[]; .Propagation | test("^r?shared$"))') -
	named workdir-proc-fd | diff <(said '.Config.WorkingDir | startswith("/proc/self/fd")') -
	named masked-paths-emptied | diff <(said '(.HostConfig.Privileged | not) and (.HostConfig.MaskedPaths // []) == []') -
	named seccomp-off | diff <(said '(.HostConfig.Privileged | not) and ((.HostConfig.SecurityOpt // []) | index("seccomp=unconfined"))') -
	named device | diff <(said '(.HostConfig.Devices // []) != []') -
	named cap-escape | diff <(said 'any(.HostConfig.CapAdd[]?; . == "ALL" or . == "SYS_ADMIN")') -
	named runtime-socket | diff <(said 'any(.Mounts[]; .Source == "/var/run/docker.sock" or .Source == "/run")') -
}

@test "--risk keeps what is grave or could not be judged, and --show findings gives a row for each" {
	evidence
	must 1 ctr-ls --risk -o tsv -n -c name,risk
	ctr-ls -qj >node || [ $? = 1 ]
	jq -r 'select(.risk == null or .risk == "warning" or .risk == "critical") | [.name // "-", .risk // "-"] | @tsv' node |
		sort >theirs
	sort <<<"$output" | diff theirs -
	must 1 ctr-ls --risk=critical -n -c rules
	grep -q 'privileged' <<<"$output"
	must 1 ctr-ls --show findings -j
	[ "$(jq -s length <<<"$output")" = "$(jq -s '[.[].findings[]] | length' node)" ]
	jq -es 'all(.[]; .record == "finding" and .container and .fact and .technique and .host == "node-7")' <<<"$output"
	must 1 ctr-ls --show findings -j --risk=critical
	[ "$(jq -s length <<<"$output")" = "$(jq -s '[.[].findings[] | select(.severity == "critical")] | length' node)" ]
	for what in volumes roots host images; do # records without columns of risk have a table all the same
		run ctr-ls -q --risk --show $what
		[ "$status" -le 1 ]
	done
	must 1 ctr-ls --show findings -j -w severity=critical -w rule=privileged
	[ "$(jq -s length <<<"$output")" = 1 ]
	# the command that looks again works as it is written
	jq -r .check <<<"$output" | sh | grep -q true
}
