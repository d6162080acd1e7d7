# SPDX-License-Identifier: ISC
# shellcheck shell=bash disable=SC2154 # output, stderr and status are bats' own
# What the hostile tests share: a small Docker root made by hand, and how a tool must behave on damage. The tools
# are those with sanitizers: a status of 99 is a bug that one of them saw.

PATH=$CTR_SAN:$PATH
export ASAN_OPTIONS=${ASAN_OPTIONS:-exitcode=99:detect_stack_use_after_return=1}
export UBSAN_OPTIONS=${UBSAN_OPTIONS:-exitcode=99:print_stacktrace=1}

A=$(printf 'a%.0s' {1..64})
B=$(printf 'b%.0s' {1..64})
IMAGE=$(printf '1%.0s' {1..64})
CHAIN=$(printf '2%.0s' {1..64})
RECORD=containers/$A/config.v2.json
HOST=containers/$A/hostconfig.json
LOG=containers/$A/$A-json.log
export A B IMAGE CHAIN RECORD HOST LOG

# small DIR: a Docker root with two containers, web (aaa...) and calm (bbb...), of one image with one layer. Calm is the
# neighbour, whose row and log must stand whatever is done to web.
small() {
	local id name store=$1/image/overlay2
	mkdir -p "$1"/volumes/data/_data "$1"/overlay2/{cache,mount-web,mount-calm}/diff \
		"$store"/imagedb/{content,metadata}/sha256 "$store/layerdb/sha256/$CHAIN" "$store"/layerdb/mounts
	for name in web calm; do
		id=$A
		[ $name = web ] || id=$B
		mkdir -p "$1/containers/$id" "$store/layerdb/mounts/$id"
		record $name "$id" >"$1/containers/$id/config.v2.json"
		echo '{"LogConfig":{"Type":"json-file","Config":{}},"NetworkMode":"bridge","Privileged":false,"CapAdd":null,"Binds":["/srv:/mnt"]}' \
			>"$1/containers/$id/hostconfig.json"
		printf '{"log":"%s says hello\\n","stream":"stdout","time":"2026-03-01T10:00:00.%sZ"}\n' $name $((${#name} - 2)) \
			>"$1/containers/$id/$id-json.log"
		printf 'mount-%s' $name >"$store/layerdb/mounts/$id/mount-id"
		printf 'sha256:%s' "$CHAIN" >"$store/layerdb/mounts/$id/parent"
	done
	printf 'cache' >"$store/layerdb/sha256/$CHAIN/cache-id"
	printf 'sha256:%s' "$CHAIN" >"$store/layerdb/sha256/$CHAIN/diff"
	printf '7' >"$store/layerdb/sha256/$CHAIN/size"
	printf '{"architecture":"amd64","os":"linux","created":"2026-02-01T00:00:00Z","config":{"Env":["A=b"],"Cmd":["sh"]},"history":[{"created":"2026-02-01T00:00:00Z","created_by":"ADD file"}],"rootfs":{"type":"layers","diff_ids":["sha256:%s"]}}' \
		"$CHAIN" >"$store/imagedb/content/sha256/$IMAGE"
	printf '{"Repositories":{"shop":{"shop:1":"sha256:%s"}}}' "$IMAGE" >"$store/repositories.json"
}

# record NAME ID: a config.v2.json as the engine writes it, each kind of value in it.
record() {
	printf '{"ID":"%s","Created":"2026-03-01T09:00:00.5Z","Name":"/%s","Path":"sh","Args":["-c","true"],"Image":"sha256:%s","Driver":"overlay2","LogPath":"/var/lib/docker/containers/%s/%s-json.log","RestartCount":1,"AppArmorProfile":"docker-default","SeccompProfile":"","NoNewPrivileges":false,"HostsPath":"/var/lib/docker/containers/%s/hosts","State":{"Running":false,"Paused":false,"Restarting":false,"OOMKilled":false,"RemovalInProgress":false,"Dead":false,"Pid":0,"ExitCode":3,"Error":"","StartedAt":"2026-03-01T09:30:00Z","FinishedAt":"2026-03-01T11:00:00Z","Health":{"Status":"healthy","Log":[{"Start":"2026-03-01T10:00:00Z","End":"2026-03-01T10:00:01Z","ExitCode":0,"Output":"fine"}]}},"Config":{"Hostname":"h","User":"root","Tty":false,"OpenStdin":false,"Env":["PATH=/bin"],"Cmd":["-c","true"],"Image":"shop:1","WorkingDir":"/w","Entrypoint":["sh"],"Labels":{"k":"v"},"ExposedPorts":{"80/tcp":{}},"Volumes":{"/v":{}},"Healthcheck":{"Test":["CMD","true"],"Interval":1000,"Timeout":1000,"Retries":3}},"MountPoints":{"/v":{"Type":"volume","Name":"data","Source":"/var/lib/docker/volumes/data/_data","Destination":"/v","RW":true,"Driver":"local","Propagation":""}},"NetworkSettings":{"Networks":{"bridge":{"NetworkID":"%s","IPAddress":"172.17.0.2","Gateway":"172.17.0.1","MacAddress":"02:42:ac:11:00:02","Aliases":["w"]}},"Ports":{"80/tcp":[{"HostIp":"0.0.0.0","HostPort":"8080"}]}}}' \
		"$2" "$1" "$IMAGE" "$2" "$2" "$2" "$B"
}

# good_tar: r as good.tar, web's log last; no blocks of padding behind the end mark.
good_tar() {
	(cd r && { find . -mindepth 1 ! -path "./$LOG" -printf '%P\n' | sort && echo "$LOG"; } |
		tar -b 1 --format=ustar --no-recursion -cf ../good.tar -T -)
}

# says TEXT: stderr holds it, and no control bytes.
says() {
	[[ $stderr == *"$1"* ]] || fail "not said: $1" "stderr: ${stderr:0:3000}"
}

# clean: nothing that was printed could steer a terminal.
clean() {
	refute_controls "$output" && refute_controls "$stderr"
}

# calm_stands: the neighbour's row, in JSON Lines, is whole.
calm_stands() {
	[ "$(jq -r 'select(.name == "calm") | [.container, .state, .image, .error] | @tsv' <<<"$output")" = "$B	exited	shop:1	" ] ||
		fail "calm does not stand: $output" "$stderr"
}

# web EXPRESSION: of web's row.
web() {
	jq -r --arg id "$A" "select(.container == \$id) | $1" <<<"$output"
}
