# SPDX-License-Identifier: ISC
# What a container record must hold, worked out of `docker inspect` of that day alone.

def none: if . == "" then null else . end;
def happened: if startswith("0001-01-01") then null else . end;
# Times of probes are kept in the engine's own zone; ours are UTC.
def probe: if test("Z$") then . else error("a zone that is not UTC: \(.)") end;
def up: .State.Running and (.State.Restarting | not);
def space: if . == "host" or startswith("container:") then . elif . == "" then null else "private" end;
def policy: .Name + (if .MaximumRetryCount > 0 then ":\(.MaximumRetryCount)" else "" end);
def option($name): (.HostConfig.SecurityOpt // []) | map(select(startswith($name + "=") or startswith($name + ":")))
	| (.[0] // "")[($name | length) + 1:] | none;
def port: split("/") as [$n, $p] | { port: ($n | tonumber), proto: $p };

# Published ports as they are now, else as they were asked for; then what is exposed and not published.
def ports:
	(if [.NetworkSettings.Ports[]? | arrays | .[]] != [] then .NetworkSettings.Ports else .HostConfig.PortBindings end // {})
	as $bound
	| [$bound | to_entries[] | .key as $k | .value[]?
		| { host_ip: (.HostIp | none), host_port: (.HostPort | tonumber? // null) } + ($k | port)]
	+ [.Config.ExposedPorts // {} | keys[] | select(($bound[.] // []) == [])
		| { host_ip: null, host_port: null } + port]
	| sort;

def expected: {
	container: .Id,
	name: .Name[1:],
	state: .State.Status,
	started: (.State.StartedAt | happened),
	image: .Config.Image,
	image_id: .Image,
	engine: "docker",
	state_source: "record",
	state_error: (.State.Error | none),
	created: .Created,
	finished: (if up then null else .State.FinishedAt | happened end),
	exit_code: (if up or ((.State.StartedAt | happened) == null and .State.ExitCode == 0) then null else .State.ExitCode end),
	oom_killed: .State.OOMKilled,
	restart_count: .RestartCount,
	restart_policy: (.HostConfig.RestartPolicy | policy),
	recorded_pid: (if .State.Pid == 0 then null else .State.Pid end),
	earlier_lives: (if up and (.State.FinishedAt | happened) != null then [{ started: null, finished: .State.FinishedAt }]
		else [] end),
	command: (.Config.Cmd // []),
	entrypoint: (.Config.Entrypoint // []),
	env: (.Config.Env // []),
	workdir: .Config.WorkingDir,
	user: .Config.User,
	hostname: .Config.Hostname,
	labels: (.Config.Labels // {}),
	stop_signal: .Config.StopSignal,
	healthcheck: (if .Config.Healthcheck == null then null else {
		test: .Config.Healthcheck.Test,
		interval: .Config.Healthcheck.Interval,
		timeout: .Config.Healthcheck.Timeout,
		retries: .Config.Healthcheck.Retries,
		status: .State.Health.Status,
		last: [.State.Health.Log[]? | { start: (.Start | probe), end: (.End | probe), exit_code: .ExitCode, output: .Output }]
	} end),
	tty: .Config.Tty,
	open_stdin: .Config.OpenStdin,
	privileged: .HostConfig.Privileged,
	cap_add: (.HostConfig.CapAdd // []),
	cap_drop: (.HostConfig.CapDrop // []),
	seccomp: ((option("seccomp") // (if .HostConfig.Privileged then null else "default" end)) as $s
		| if .HostConfig.Privileged and $s == null then "?" else $s end),
	apparmor: ((.AppArmorProfile | none) // option("apparmor")),
	readonly_rootfs: .HostConfig.ReadonlyRootfs,
	masked_paths: (.HostConfig.MaskedPaths // []),
	readonly_paths: (.HostConfig.ReadonlyPaths // []),
	devices: [.HostConfig.Devices[]? | { source: .PathOnHost, path: .PathInContainer, permissions: .CgroupPermissions }],
	device_rules: (.HostConfig.DeviceCgroupRules // []),
	sysctls: (.HostConfig.Sysctls // {}),
	ulimits: [.HostConfig.Ulimits[]? | { name: .Name, soft: .Soft, hard: .Hard }],
	cgroup_parent: (.HostConfig.CgroupParent | none),
	runtime: .HostConfig.Runtime,
	"ns.net": (.HostConfig.NetworkMode | space // "private"),
	"ns.pid": (.HostConfig.PidMode | space // "private"),
	"ns.ipc": (.HostConfig.IpcMode | space),
	"ns.uts": (.HostConfig.UTSMode | space // "private"),
	"ns.user": (.HostConfig.UsernsMode | space),
	"ns.cgroup": (.HostConfig.CgroupnsMode | space),
	memory: (if .HostConfig.Memory > 0 then .HostConfig.Memory else null end),
	cpu_millis: (if .HostConfig.NanoCpus > 0 then .HostConfig.NanoCpus / 1000000 else null end),
	pids: (if (.HostConfig.PidsLimit // 0) > 0 then .HostConfig.PidsLimit else null end),
	dns: (.HostConfig.Dns // []),
	extra_hosts: (.HostConfig.ExtraHosts // []),
	mounts: ([.Mounts[] | { type: .Type, source: (if .Type == "volume" then "" else .Source end), path: .Destination, rw: .RW,
			propagation: (.Propagation | none), volume: .Name }]
		+ [.HostConfig.Tmpfs // {} | keys[] | { type: "tmpfs", source: "", path: ., rw: true, propagation: null, volume: null }]
		| sort_by(.path)),
	networks: ([.NetworkSettings.Networks | to_entries[] | { name: .key, id: (.value.NetworkID | none), ip: (.value.IPAddress | none),
		ip6: (.value.GlobalIPv6Address | none), gateway: (.value.Gateway | none), mac: (.value.MacAddress | none),
		aliases: (.value.Aliases // []) }] | sort_by(.name)),
	ports: ports,
	log_driver: .HostConfig.LogConfig.Type,
	log_options: (.HostConfig.LogConfig.Config // {}),
	upper: .GraphDriver.Data.UpperDir,
	lower: [.GraphDriver.Data.LowerDir // "" | split(":") | reverse[]]	# vfs has none
};

# The same keys of our record.
def ours: {
	container, name, state, started, image, image_id, engine, state_source, state_error, created, finished, exit_code,
	oom_killed, restart_count, restart_policy, recorded_pid, earlier_lives, command, entrypoint, env, workdir, user, hostname,
	labels, stop_signal, healthcheck, tty, open_stdin, privileged, cap_add, cap_drop,
	seccomp: (if .privileged and .seccomp == null then "?" else .seccomp end),
	apparmor, readonly_rootfs, masked_paths, readonly_paths, devices, device_rules, sysctls, ulimits, cgroup_parent, runtime,
	"ns.net": .ns.net, "ns.pid": .ns.pid, "ns.ipc": .ns.ipc, "ns.uts": .ns.uts, "ns.user": .ns.user, "ns.cgroup": .ns.cgroup,
	memory: .resources.memory, cpu_millis: .resources.cpu_millis, pids: .resources.pids,
	dns, extra_hosts,
	mounts: ([.mounts[] | { type, source: (if .type == "volume" then "" else .source // "" end), path, rw, propagation, volume }]
		| sort_by(.path)),
	networks: (.networks | sort_by(.name)),
	ports: (.ports | sort),
	log_driver: .log.driver, log_options: .log.options,
	upper: (.layers[-1].evidence_path),
	lower: [.layers[:-1][].evidence_path]
};

# Leaves of `docker inspect` that no column above took: dotted key and value. What the engine works out anew when it is
# asked, and does not keep, is left out.
def computed: ["Id", "State.Status", "ExecIDs", "Platform", "GraphDriver", "Mounts", "NetworkSettings.EndpointID",
	"NetworkSettings.Gateway", "NetworkSettings.GlobalIPv6Address", "NetworkSettings.GlobalIPv6PrefixLen",
	"NetworkSettings.IPAddress", "NetworkSettings.IPPrefixLen", "NetworkSettings.IPv6Gateway",
	"NetworkSettings.MacAddress", "NetworkSettings.Bridge"];
def held: ["Name", "Created", "Image", "RestartCount", "Driver", "State.Error", "State.OOMKilled", "State.Health.Status",
	"State.Health.Log", "NoNewPrivileges", "Config.Hostname", "Config.User", "Config.Tty", "Config.OpenStdin", "Config.Env", "Config.Cmd",
	"Config.Image", "Config.WorkingDir", "Config.Entrypoint", "Config.Labels", "Config.StopSignal",
	"Config.Healthcheck.Test", "Config.Healthcheck.Interval", "Config.Healthcheck.Timeout", "Config.Healthcheck.Retries",
	"HostConfig.Privileged", "HostConfig.ReadonlyRootfs", "HostConfig.CapAdd", "HostConfig.CapDrop", "HostConfig.MaskedPaths",
	"HostConfig.ReadonlyPaths", "HostConfig.DeviceCgroupRules", "HostConfig.Dns", "HostConfig.ExtraHosts",
	"HostConfig.Devices", "HostConfig.Ulimits", "HostConfig.Sysctls", "HostConfig.Annotations", "HostConfig.Tmpfs",
	"HostConfig.LogConfig", "HostConfig.CgroupParent", "HostConfig.Runtime"];
def network_held: ["NetworkID", "IPAddress", "GlobalIPv6Address", "Gateway", "MacAddress", "Aliases"];
def leaves: [paths(scalars, (arrays | select(. == [])), (objects | select(. == {})))];
def taken($p): (computed + held | any(. as $k | $p == $k or ($p | startswith($k + "."))))
	or ($p | startswith("NetworkSettings.Networks.") and (split(".")[-1] as $k | network_held | index($k)) != null);
def untaken: . as $doc | leaves | map({ key: map(tostring) | join("."), value: (. as $p | $doc | getpath($p)) })
	| map(select((.key == "NetworkSettings.Networks" and .value == {}) | not)) # ours: no networks
	| map(select(.key as $k | taken($k) | not)) | map(select(.key | test("^NetworkSettings.Networks.*Aliases") | not));
# `rest` keeps a list of which nothing was taken whole, under the key of the list.
def in_rest($rest): .key as $k | .value as $v
	| ($rest[$k] // null) as $whole
	| if $whole != null then ($whole | fromjson) as $w | $w == $v or ($w == null and $v == {}) # inspect prints null as {}
	  else [$rest | to_entries[] | select(.key as $r | $k | startswith($r + "."))
		| (.value | fromjson) as $list | ($k[(.key | length) + 1:] | split(".") | map(tonumber? // .)) as $path
		| $list | getpath($path)] == [$v] end;
