/* SPDX-License-Identifier: ISC */
/* The keys of Docker's documents that a column takes, as the engine spells them. Source: moby,
 * container/container.go and api/types/container (20.10 to 29). */

#include "engine/docker/docker.h"

#define ROW struct probe
static const struct column probe_columns[] = {
	KEY("Start", start, TIME),
	KEY("End", end, TIME),
	KEY("ExitCode", exit_code, I64),
	KEY("Output", output, TEXT),
};
static const struct record probe_keys = RECORD_KEYS(probe_columns);
#undef ROW

#define ROW struct docker_health
static const struct column health_columns[] = {
	KEY("Status", status, TEXT),
	KEY_EACH("Log", log, probe_keys),
};
static const struct record health_keys = RECORD_KEYS(health_columns);
#undef ROW

#define ROW struct docker_state
static const struct column state_columns[] = {
	KEY_KEPT("Running", running, BOOL),
	KEY_KEPT("Paused", paused, BOOL),
	KEY_KEPT("Restarting", restarting, BOOL),
	KEY("OOMKilled", oom_killed, BOOL),
	KEY_KEPT("RemovalInProgress", removal, BOOL),
	KEY_KEPT("Dead", dead, BOOL),
	KEY_KEPT("Pid", pid, U64),
	KEY_KEPT("ExitCode", exit_code, I64),
	KEY("Error", error, TEXT),
	KEY_KEPT("StartedAt", started, TIME),
	KEY_KEPT("FinishedAt", finished, TIME),
	KEY_IN("Health", health, health_keys),
};
static const struct record state_keys = RECORD_KEYS(state_columns);
#undef ROW

#define ROW struct docker_mount
static const struct column mount_columns[] = {
	KEY_ITSELF(destination, PATH),
	KEY("Type", type, TEXT),
	KEY("Source", source, PATH),
	KEY("Name", name, TEXT),
	KEY("RW", rw, BOOL),
	KEY("Propagation", propagation, TEXT),
	KEY("Driver", driver, TEXT),
};
static const struct record mount_keys = RECORD_KEYS(mount_columns);
#undef ROW

#define ROW struct network
static const struct column network_columns[] = {
	KEY_ITSELF(name, TEXT),
	KEY("NetworkID", id, ID),
	KEY("IPAddress", ip, TEXT),
	KEY("GlobalIPv6Address", ip6, TEXT),
	KEY("Gateway", gateway, TEXT),
	KEY("MacAddress", mac, TEXT),
	KEY_LIST("Aliases", aliases, TEXT),
};
static const struct record network_keys = RECORD_KEYS(network_columns);
#undef ROW

#define ROW struct docker_binding
static const struct column binding_columns[] = {
	KEY("HostIp", host_ip, TEXT),
	KEY("HostPort", host_port, TEXT),
};
static const struct record binding_keys = RECORD_KEYS(binding_columns);
#undef ROW

#define ROW struct docker_port
static const struct column port_columns[] = {
	KEY_ITSELF(port, TEXT),
	KEY_VALUE(bindings, binding_keys),
};
static const struct record port_keys = RECORD_KEYS(port_columns);
#undef ROW

#define ROW struct docker_settings
static const struct column settings_columns[] = {
	KEY_EACH("Networks", networks, network_keys),
	KEY_EACH_KEPT("Ports", ports, port_keys),
};
static const struct record settings_keys = RECORD_KEYS(settings_columns);
#undef ROW

#define ROW struct docker_record
static const struct column record_columns[] = {
	KEY("ID", id, ID),
	KEY("Created", created, TIME),
	KEY("Name", name, TEXT),
	KEY("Image", image, DIGEST),
	KEY("Driver", driver, TEXT),
	KEY_KEPT("LogPath", log_path, PATH),
	KEY_KEPT("HostsPath", hosts_path, PATH),
	KEY_KEPT("HostnamePath", hostname_path, PATH),
	KEY_KEPT("ResolvConfPath", resolv_conf_path, PATH),
	KEY("RestartCount", restart_count, I64),
	KEY_IN("Config", config, engine_config_keys),
	KEY_IN("State", state, state_keys),
	KEY_EACH("MountPoints", mounts, mount_keys),
	KEY_IN("NetworkSettings", settings, settings_keys),
	KEY_KEPT("AppArmorProfile", apparmor, TEXT),
	KEY_KEPT("SeccompProfile", seccomp, TEXT),
	KEY_KEPT("ProcessLabel", process_label, TEXT),
	KEY("NoNewPrivileges", no_new_privs, BOOL),
};
const struct record docker_record_keys = RECORD_KEYS(record_columns);
#undef ROW

#define ROW struct device
static const struct column device_columns[] = {
	KEY("PathOnHost", source, PATH),
	KEY("PathInContainer", path, PATH),
	KEY("CgroupPermissions", permissions, TEXT),
};
static const struct record device_keys = RECORD_KEYS(device_columns);
#undef ROW

#define ROW struct ulimit
static const struct column ulimit_columns[] = {
	KEY("Name", name, TEXT),
	KEY("Soft", soft, I64),
	KEY("Hard", hard, I64),
};
static const struct record ulimit_keys = RECORD_KEYS(ulimit_columns);
#undef ROW

#define ROW struct docker_restart
static const struct column restart_columns[] = {
	KEY_KEPT("Name", name, TEXT),
	KEY_KEPT("MaximumRetryCount", tries, I64),
};
static const struct record restart_keys = RECORD_KEYS(restart_columns);
#undef ROW

#define ROW struct docker_log
static const struct column log_columns[] = {
	KEY("Type", type, TEXT),
	KEY_MAP("Config", options, TEXT),
};
static const struct record log_keys = RECORD_KEYS(log_columns);
#undef ROW

#define ROW struct docker_host
static const struct column host_columns[] = {
	KEY("Privileged", privileged, BOOL),
	KEY("ReadonlyRootfs", readonly_rootfs, BOOL),
	KEY_LIST("CapAdd", cap_add, TEXT),
	KEY_LIST("CapDrop", cap_drop, TEXT),
	KEY_LIST("MaskedPaths", masked_paths, PATH),
	KEY_LIST("ReadonlyPaths", readonly_paths, PATH),
	KEY_LIST("DeviceCgroupRules", device_rules, TEXT),
	KEY_LIST_KEPT("SecurityOpt", security_opt, TEXT),
	KEY_LIST("Dns", dns, TEXT),
	KEY_LIST("ExtraHosts", extra_hosts, TEXT),
	KEY_EACH("Devices", devices, device_keys),
	KEY_EACH("Ulimits", ulimits, ulimit_keys),
	KEY_MAP("Sysctls", sysctls, TEXT),
	KEY_MAP("Annotations", annotations, TEXT),
	KEY_MAP("Tmpfs", tmpfs, TEXT),
	KEY_EACH_KEPT("PortBindings", port_bindings, port_keys),
	KEY_IN("LogConfig", log, log_keys),
	KEY_KEPT("NetworkMode", net, TEXT),
	KEY_KEPT("PidMode", pid, TEXT),
	KEY_KEPT("IpcMode", ipc, TEXT),
	KEY_KEPT("UTSMode", uts, TEXT),
	KEY_KEPT("UsernsMode", user, TEXT),
	KEY_KEPT("CgroupnsMode", cgroup, TEXT),
	KEY_IN("RestartPolicy", restart, restart_keys),
	KEY("CgroupParent", cgroup_parent, TEXT),
	KEY("Runtime", runtime, TEXT),
	KEY_KEPT("Memory", memory, I64),
	KEY_KEPT("NanoCpus", nano_cpus, I64),
	KEY_KEPT("PidsLimit", pids, I64),
};
const struct record docker_host_keys = RECORD_KEYS(host_columns);
#undef ROW
