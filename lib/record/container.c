/* SPDX-License-Identifier: ISC */
/* The columns of a container. */

#include "record/container.h"

static const char *const state_words[] = { NULL, "running", "exited", "created", "paused", "restarting",
	"removing", "dead", "checkpointed", "removed", NULL };
static const char *const source_words[] = { NULL, "record", "runtime", NULL };
static const char *const role_words[] = { NULL, "container", "sandbox", "system", "init", "ephemeral",
	NULL };
const char *const layer_words[] = { NULL, "layer", "init", "rw", NULL };
const char *const form_words[] = { NULL, "oci", "aufs", "overlay", "fuse", "whole", NULL };

#define ROW struct layer_ref
static const struct column layer_columns[] = {
	COL(n, U64, HIDDEN, "1 is the base"),
	COL_ENUM(kind, layer_words, HIDDEN, "layer, init (the engine's files) or rw (the container's own)"),
	COL_ENUM(form, form_words, HIDDEN, "how it says what it deletes: oci, aufs, overlay, fuse; whole: it holds all beneath it too"),
	COL(evidence_path, PATH, HIDDEN, "directory, file or member"),
	COL(digest, DIGEST, HIDDEN, "of the blob as stored"),
	COL(diff_id, DIGEST, HIDDEN, "of the tar, inflated"),
	COL(chain_id, DIGEST, HIDDEN, "of this layer upon those beneath"),
	COL(tar_split, PATH, HIDDEN, "the engine's record of the tar that it unpacked"),
	COL(media_type, TEXT, HIDDEN, "as the manifest claims"),
	COL(compression, TEXT, HIDDEN, "by content"),
	COL(size, U64, HIDDEN, "bytes of the blob or member; null for a directory"),
};
const struct record layer_ref_in = RECORD("layer_ref", NULL, layer_columns);
#undef ROW

#define ROW struct life
static const struct column life_columns[] = {
	COL(started, TIME, HIDDEN, "begin of that run"),
	COL(finished, TIME, HIDDEN, "its end"),
};
static const struct record life_in = RECORD(NULL, NULL, life_columns);
#undef ROW

#define ROW struct namespaces
static const struct column ns_columns[] = {
	COL(pid, TEXT, HIDDEN, "private, host, container:ID or a path; null: the record does not say"),
	COL(net, TEXT, HIDDEN, "the same of the network"),
	COL(ipc, TEXT, HIDDEN, "the same of shared memory and queues"),
	COL(uts, TEXT, HIDDEN, "the same of the host name"),
	COL(user, TEXT, HIDDEN, "the same of users"),
	COL(cgroup, TEXT, HIDDEN, "the same of control groups"),
	COL(mnt, TEXT, HIDDEN, "the same of mounts"),
	COL(time, TEXT, HIDDEN, "the same of clocks"),
};
static const struct record ns_in = RECORD(NULL, NULL, ns_columns);
#undef ROW

#define ROW struct device
static const struct column device_columns[] = {
	COL(source, PATH, HIDDEN, "on the host"),
	COL(path, PATH, HIDDEN, "in the container"),
	COL(permissions, TEXT, HIDDEN, "of r, w, m"),
};
static const struct record device_in = RECORD(NULL, NULL, device_columns);
#undef ROW

#define ROW struct ulimit
static const struct column ulimit_columns[] = {
	COL(name, TEXT, HIDDEN, "of the limit, as nofile"),
	COL(soft, I64, HIDDEN, "the limit"),
	COL(hard, I64, HIDDEN, "how far the container may raise it"),
};
static const struct record ulimit_in = RECORD(NULL, NULL, ulimit_columns);
#undef ROW

#define ROW struct resources
static const struct column resource_columns[] = {
	COL(memory, U64, HIDDEN, "bytes; null: no limit"),
	COL(cpu_millis, U64, HIDDEN, "thousandths of a CPU; null: no limit"),
	COL(pids, I64, HIDDEN, "null: no limit"),
};
static const struct record resources_in = RECORD(NULL, NULL, resource_columns);
#undef ROW

#define ROW struct mount
static const struct column mount_columns[] = {
	COL(type, TEXT, HIDDEN, "bind, volume, tmpfs ..."),
	COL(source, PATH, HIDDEN, "on the host, as recorded"),
	COL(path, PATH, HIDDEN, "in the container"),
	COL(rw, BOOL, HIDDEN, "writable"),
	COL(propagation, TEXT, HIDDEN, "private, slave, shared, with r before it: recursive"),
	COL(volume, TEXT, HIDDEN, "name of the volume"),
	COL(device, TEXT, HIDDEN, "what the volume's options mount in its place: a folder or disk of the host, tmpfs, a server"),
	COL(evidence_path, PATH, HIDDEN, "where its content lies"),
	COL_ENUM(present, presence_words, HIDDEN, "is that in this evidence: yes, no, unknown"),
	COL(why, TEXT, HIDDEN, "why it is not, or why that is not known"),
};
static const struct record mount_in = RECORD(NULL, NULL, mount_columns);
#undef ROW

#define ROW struct network
static const struct column network_columns[] = {
	COL(name, TEXT, HIDDEN, "of the network"),
	COL(id, ID, HIDDEN, "of the network"),
	COL(ip, TEXT, HIDDEN, "with its prefix length"),
	COL(ip6, TEXT, HIDDEN, "IPv6 address"),
	COL(gateway, TEXT, HIDDEN, "of the network"),
	COL(mac, TEXT, HIDDEN, "hardware address"),
	COL_LIST(aliases, TEXT, HIDDEN, "names that it has there"),
};
static const struct record network_in = RECORD(NULL, NULL, network_columns);
#undef ROW

#define ROW struct port
static const struct column port_columns[] = {
	COL(host_ip, TEXT, HIDDEN, "address of the host that it is published on; null: all"),
	COL(host_port, U64, HIDDEN, "null: exposed, not published"),
	COL(port, U64, HIDDEN, "in the container"),
	COL(proto, TEXT, HIDDEN, "tcp, udp, sctp"),
};
static const struct record port_in = RECORD(NULL, NULL, port_columns);
#undef ROW

#define ROW struct probe
static const struct column probe_columns[] = {
	COL(start, TIME, HIDDEN, "when it began"),
	COL(end, TIME, HIDDEN, "when it ended"),
	COL(exit_code, I64, HIDDEN, "0: healthy"),
	COL(output, TEXT, HIDDEN, "what the probe printed"),
};
static const struct record probe_in = RECORD(NULL, NULL, probe_columns);
#undef ROW

#define ROW struct healthcheck
static const struct column health_columns[] = {
	COL_LIST(test, TEXT, HIDDEN, "the command"),
	COL(interval, I64, HIDDEN, "nanoseconds"),
	COL(timeout, I64, HIDDEN, "nanoseconds"),
	COL(retries, I64, HIDDEN, "failures in a row that make it unhealthy"),
	COL(status, TEXT, HIDDEN, "as the engine recorded it last"),
	COL_EACH(last, probe_in, HIDDEN, "the last probes"),
};
const struct record health_in = RECORD(NULL, NULL, health_columns);
#undef ROW

#define ROW struct storage
static const struct column storage_columns[] = {
	COL(driver, TEXT, HIDDEN, "storage driver of the engine"),
	COL(snapshot, TEXT, HIDDEN, "the driver's own name of the container's layer"),
	COL(size_rw, U64, HIDDEN, "bytes of its own layer"),
};
static const struct record storage_in = RECORD(NULL, NULL, storage_columns);
#undef ROW

#define ROW struct log
static const struct column log_columns[] = {
	COL(driver, TEXT, HIDDEN, "log driver"),
	COL(evidence_path, PATH, HIDDEN, "the newest file"),
	COL_LIST(files, PATH, HIDDEN, "every part that lies there"),
	COL_MAP(options, HIDDEN, "of the driver"),
};
static const struct record log_in = RECORD(NULL, NULL, log_columns);
#undef ROW

#define ROW struct trace
static const struct column trace_columns[] = {
	COL(trace, TEXT, HIDDEN, "what kind of trace"),
	COL(evidence_path, PATH, HIDDEN, "where it is"),
	COL(time, TIME, HIDDEN, "of the trace"),
};
static const struct record trace_in = RECORD(NULL, NULL, trace_columns);
#undef ROW

#define ROW struct container
static const struct column columns[] = {
	COL_PART(provenance, provenance_record),
	COL_ENUM(risk, severity_words, SHOWN | RISK,
	    "highest severity of its findings; none; null where a damaged row could not be judged"),
	COL(container, ID, SHOWN | RISK | BRIEF, "full id (in a table: 12 characters)"),
	COL(name, TEXT, SHOWN | RISK | HEADLINE, "name"),
	COL_ENUM(state, state_words, SHOWN | HEADLINE, "what the record claims (see state_source)"),
	COL(started, TIME, SHOWN | SECONDS, "last start"),
	COL(image, TEXT, SHOWN | RISK | HEADLINE, "reference as given"),
	COL(engine, TEXT, HIDDEN, "docker, containerd, podman ..."),
	COL(namespace, TEXT, HIDDEN, "containerd's"),
	COL(image_id, DIGEST, HIDDEN, "what the reference meant"),
	COL(image_manifest, DIGEST, HIDDEN, "digest of the manifest that the reference meant"),
	COL_ENUM(state_source, source_words, HIDDEN, "record (a claim on a disk) or runtime"),
	COL_LIST(witnesses, PATH, HIDDEN, "what in the evidence says that it was up at the end"),
	COL(state_error, TEXT, HIDDEN, "the engine's own message"),
	COL(created, TIME, HIDDEN, "when it was made"),
	COL(finished, TIME, HIDDEN, "end of the last run; null while it is said to be up"),
	COL(exit_code, I64, HIDDEN, "of the last run; null while it is said to be up, or never ran"),
	COL(oom_killed, BOOL, HIDDEN, "the kernel ended it for want of memory"),
	COL(restart_count, I64, HIDDEN, "by the restart policy"),
	COL(restart_policy, TEXT, HIDDEN, "with the most tries behind a colon"),
	COL(recorded_pid, U64, HIDDEN, "the host's pid, as recorded; null when stopped"),
	COL_EACH(earlier_lives, life_in, HIDDEN, "runs before the last one, as far as they are known"),
	COL_ENUM(role, role_words, HIDDEN, "container, sandbox, system (the node's own), init, ephemeral"),
	COL(pod, TEXT, HIDDEN, "name of its pod"),
	COL(pod_uid, TEXT, HIDDEN, "uid of its pod"),
	COL(pod_namespace, TEXT, HIDDEN, "namespace of its pod"),
	COL(kube_container, TEXT, HIDDEN, "its name within the pod"),
	COL(attempt, U64, HIDDEN, "Kubernetes' count of restarts"),
	COL_LIST(command, TEXT, HIDDEN, "arguments to the entrypoint, else the command itself"),
	COL_LIST(entrypoint, TEXT, HIDDEN, "the program that is started"),
	COL_LIST(env, TEXT, HIDDEN, "NAME=VALUE"),
	COL(workdir, PATH, HIDDEN, "folder that it starts in"),
	COL(user, TEXT, HIDDEN, "as given; empty is root"),
	COL(hostname, TEXT, HIDDEN, "as recorded"),
	COL_MAP(labels, HIDDEN, "the image's and its own"),
	COL_MAP(annotations, HIDDEN, "notes of an orchestrator"),
	COL(stop_signal, TEXT, HIDDEN, "what asks it to stop"),
	COL_IN(healthcheck, health_in, HIDDEN, "how it is probed, and what the last probes said"),
	COL(tty, BOOL, HIDDEN, "it has a terminal"),
	COL(open_stdin, BOOL, HIDDEN, "its input is kept open"),
	COL(privileged, BOOL, HIDDEN, "nothing is kept from it"),
	COL_LIST(cap_add, TEXT, HIDDEN, "as asked for"),
	COL_LIST(cap_drop, TEXT, HIDDEN, "as asked for"),
	COL_LIST(cap_effective, TEXT, HIDDEN, "from the runtime's specification"),
	COL_IN(ns, ns_in, HIDDEN, "namespaces"),
	COL(userns_map, TEXT, HIDDEN, "uid and gid of the host that root is mapped to"),
	COL(seccomp, TEXT, HIDDEN, "default, unconfined or the profile itself; null: the record does not say"),
	COL(apparmor, TEXT, HIDDEN, "default, unconfined or a profile; null: the record does not say"),
	COL(selinux, TEXT, HIDDEN, "the process label, or disabled"),
	COL(no_new_privs, BOOL, HIDDEN, "setuid programs gain nothing"),
	COL_LIST(masked_paths, PATH, HIDDEN, "hidden from it; []: none"),
	COL_LIST(readonly_paths, PATH, HIDDEN, "that it cannot write to"),
	COL(readonly_rootfs, BOOL, HIDDEN, "its file system cannot be written"),
	COL_EACH(devices, device_in, HIDDEN, "given to it"),
	COL_LIST(device_rules, TEXT, HIDDEN, "of the device control group"),
	COL_MAP(sysctls, HIDDEN, "set for it"),
	COL_EACH(ulimits, ulimit_in, HIDDEN, "limits of its processes"),
	COL(cgroup_parent, TEXT, HIDDEN, "control group that it is put under"),
	COL(cgroup_path, PATH, HIDDEN, "its own control group"),
	COL_IN(resources, resources_in, HIDDEN, "limits"),
	COL(runtime, TEXT, HIDDEN, "runc, crun, kata or a path"),
	COL_EACH(mounts, mount_in, HIDDEN, "binds, volumes, tmpfs"),
	COL_EACH(engine_mounts, mount_in, HIDDEN, "the same of what the engine mounts into every container: hosts, hostname, resolv.conf"),
	COL_EACH(networks, network_in, HIDDEN, "that it is attached to"),
	COL_EACH(ports, port_in, HIDDEN, "published and exposed"),
	COL_LIST(dns, TEXT, HIDDEN, "name servers"),
	COL_LIST(extra_hosts, TEXT, HIDDEN, "lines added to its hosts file, NAME:ADDRESS"),
	COL_MAP(rest, HIDDEN, "every leaf of the engine's record that no column took: dotted key, JSON text"),
	COL_EACH(layers, layer_ref_in, HIDDEN, "from the base up to its own"),
	COL_IN(storage, storage_in, HIDDEN, "where its layers lie"),
	COL(image_config, PATH, HIDDEN, "the image's configuration, within the evidence"),
	COL_IN(log, log_in, HIDDEN, "where its log lies"),
	COL_EACH(traces, trace_in, HIDDEN, "what tells when it lived: the last probe, writes to its record and log; found-dead is not one"),
	COL(first_seen, TIME, HIDDEN, "earliest that is known of it"),
	COL(last_seen, TIME, HIDDEN, "latest that is known of its life: its end, if somebody saw it, else the latest trace"),
	COL_LIST(rules, TEXT, RISK, "rules that fired, gravest first"),
	COL_EACH(findings, finding_in, HIDDEN, "what they saw"),
};
const struct record container_record = RECORD("container", "ctr-ls", columns);
#undef ROW
