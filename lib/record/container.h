/* SPDX-License-Identifier: ISC */
/* The container record: the hinge. An engine fills it; logs, images, processes and rules read it and know
 * no engine; one read back from JSON Lines, or made by hand, is the same record. */
#ifndef RECORD_CONTAINER_H
#define RECORD_CONTAINER_H

#include "record/finding.h"

enum state { STATE_UNKNOWN, RUNNING, EXITED, CREATED, PAUSED, RESTARTING, REMOVING, DEAD, CHECKPOINTED,
	REMOVED };
enum state_source { SOURCE_UNKNOWN, SOURCE_RECORD, SOURCE_RUNTIME };
enum role { ROLE_UNKNOWN, ROLE_CONTAINER, ROLE_SANDBOX, ROLE_SYSTEM, ROLE_INIT, ROLE_EPHEMERAL };
enum layer_kind { LAYER_UNKNOWN, LAYER_LAYER, LAYER_INIT, LAYER_RW };

/* How a layer says what it deletes: names that begin with .wh. (OCI's, as in tars; AUFS' own beside them), devices 0:0 and
 * attributes (overlayfs), all of these (fuse-overlayfs), or not at all: it holds all that is beneath it too. */
enum layer_form { FORM_UNKNOWN, FORM_OCI, FORM_AUFS, FORM_OVERLAY, FORM_FUSE, FORM_WHOLE };

struct layer_ref {
	struct u64 n;			/* 1 is the base, the container's own the highest */
	enum layer_kind kind;
	enum layer_form form;		/* unknown: by what lies there */
	struct span evidence_path;	/* a directory, file or member */
	struct span digest, diff_id, chain_id, tar_split, media_type, compression;
	struct u64 size;		/* of the blob or member; null for a directory */
};

struct life {
	struct timestamp started, finished;
};

struct namespaces {
	struct span pid, net, ipc, uts, user, cgroup, mnt, time;	/* private, host, container:ID, PATH */
};

struct device {
	struct span source, path, permissions;
};

struct ulimit {
	struct span name;
	struct i64 soft, hard;
};

struct resources {
	struct u64 memory, cpu_millis;
	struct i64 pids;
};

struct mount {
	struct span type, source, path;
	enum tri rw;
	struct span propagation, volume, device, evidence_path;
	enum presence present;
	struct span why;
};

struct network {
	struct span name, id, ip, ip6, gateway, mac;
	struct list aliases;
};

struct port {
	struct span host_ip;
	struct u64 host_port, port;
	struct span proto;
};

struct probe {
	struct timestamp start, end;
	struct i64 exit_code;
	struct span output;
};

struct healthcheck {
	struct list test;
	struct i64 interval, timeout;	/* nanoseconds, as the engine keeps them */
	struct i64 retries;
	struct span status;
	struct list last;		/* [probe] */
};

struct storage {
	struct span driver, snapshot;
	struct u64 size_rw;
};

struct log {
	struct span driver;
	struct span evidence_path;
	struct list files;		/* [path]: every part that lies there */
	struct list options;
};

struct trace {
	struct span trace, evidence_path;
	struct timestamp time;
};

struct container {
	struct provenance provenance;
	enum severity risk;
	struct span container, name;
	enum state state;
	struct timestamp started;
	struct span image, engine, namespace, image_id, image_manifest;
	enum state_source state_source;
	struct list witnesses;
	struct span state_error;
	struct timestamp created, finished;
	struct i64 exit_code;
	enum tri oom_killed;
	struct i64 restart_count;
	struct span restart_policy;
	struct u64 recorded_pid;
	struct list earlier_lives;
	enum role role;
	struct span pod, pod_uid, pod_namespace, kube_container;
	struct u64 attempt;
	struct list command, entrypoint, env;
	struct span workdir, user, hostname;
	struct list labels, annotations;
	struct span stop_signal;
	struct healthcheck healthcheck;
	enum tri tty, open_stdin, privileged;
	struct list cap_add, cap_drop, cap_effective;
	struct namespaces ns;
	struct span userns_map, seccomp, apparmor, selinux;
	enum tri no_new_privs;
	struct list masked_paths, readonly_paths;
	enum tri readonly_rootfs;
	struct list devices, device_rules, sysctls, ulimits;
	struct span cgroup_parent, cgroup_path;
	struct resources resources;
	struct span runtime;
	struct list mounts, engine_mounts, networks, ports, dns, extra_hosts, rest;
	struct list layers;
	struct storage storage;
	struct span image_config;
	struct log log;
	struct list traces;
	struct timestamp first_seen, last_seen;
	struct list rules, findings;
};

extern const char *const layer_words[], *const form_words[];
extern const struct record container_record, layer_ref_in, health_in;

#endif
