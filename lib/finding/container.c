/* SPDX-License-Identifier: ISC */
/* What can be told of one container's record. Each rule has a test in which it fires and one in which it
 * stays silent. Techniques: MITRE ATT&CK for Containers. */

#include <string.h>

#include "finding/finding.h"

static const struct span none;

static void
privileged(const void *row, struct facts *f)
{
	const struct container *c = row;

	if (c->privileged == YES)
		fact(f, none, none, SPAN("runs privileged: all capabilities and devices, no seccomp or AppArmor "
		    "profile"));
}

static void
host_pid(const void *row, struct facts *f)
{
	if (span_is(((const struct container *)row)->ns.pid, "host"))
		fact(f, none, none, SPAN("shares the host's pid namespace: sees and can signal every process"));
}

static void
host_net(const void *row, struct facts *f)
{
	if (span_is(((const struct container *)row)->ns.net, "host"))
		fact(f, none, none, SPAN("shares the host's network namespace: its interfaces, and what listens "
		    "on its loopback"));
}

static void
host_ipc(const void *row, struct facts *f)
{
	if (span_is(((const struct container *)row)->ns.ipc, "host"))
		fact(f, none, none, SPAN("shares the host's ipc namespace: its shared memory and queues"));
}

static void
host_uts(const void *row, struct facts *f)
{
	if (span_is(((const struct container *)row)->ns.uts, "host"))
		fact(f, none, none, SPAN("shares the host's uts namespace: the host's name is its own"));
}

static void
host_user(const void *row, struct facts *f)
{
	if (span_is(((const struct container *)row)->ns.user, "host"))
		fact(f, none, none, SPAN("asks for the host's user namespace: its root is the host's, even "
		    "where the engine remaps users"));
}

/* The name of a capability without its prefix, which records before Docker 20.10 lack. */
static struct span
bare(struct span cap)
{
	return span_starts(cap, "CAP_") ? span_sub(cap, 4, SIZE_MAX) : cap;
}

static bool
one_of(struct span s, const char *const *words)
{
	for (; *words != NULL; words++)
		if (span_is(s, *words))
			return true;
	return false;
}

static bool
begins_as_one_of(struct span s, const char *const *words)
{
	for (; *words != NULL; words++)
		if (span_starts(s, *words))
			return true;
	return false;
}

static void
capabilities(const struct container *c, struct facts *f, const char *const *words)
{
	for (size_t i = 0; i < c->cap_add.n; i++)
		if (one_of(bare(list_span(&c->cap_add, i)), words))
			fact(f, none, none, SPAN("was given the capability "), bare(list_span(&c->cap_add, i)));
}

static void
cap_escape(const void *row, struct facts *f)
{
	static const char *const words[] = { "ALL", "all", "SYS_ADMIN", "SYS_MODULE", "SYS_PTRACE", "SYS_RAWIO",
		"DAC_READ_SEARCH", "BPF", NULL };

	capabilities(row, f, words);
}

static void
cap_dangerous(const void *row, struct facts *f)
{
	static const char *const words[] = { "NET_ADMIN", "SYS_BOOT", "SYS_TIME", "SYSLOG", "PERFMON",
		"MAC_ADMIN", "MAC_OVERRIDE", "AUDIT_CONTROL", "CHECKPOINT_RESTORE", "LINUX_IMMUTABLE",
		"IPC_OWNER", "SYS_RESOURCE", "SYS_NICE", "SYS_PACCT", "SYS_TTY_CONFIG", NULL };

	capabilities(row, f, words);
}

/* A privileged container has neither profile; that is said once, by its own rule. */
static void
seccomp_off(const void *row, struct facts *f)
{
	const struct container *c = row;

	if (span_is(c->seccomp, "unconfined") && c->privileged != YES)
		fact(f, none, none, SPAN("runs without a seccomp profile: every system call is open to it"));
}

static void
apparmor_off(const void *row, struct facts *f)
{
	const struct container *c = row;

	if (span_is(c->apparmor, "unconfined") && c->privileged != YES)
		fact(f, none, none, SPAN("runs without an AppArmor profile"));
}

static void
masked_paths_emptied(const void *row, struct facts *f)
{
	const struct container *c = row;

	if (c->masked_paths.v != NULL && c->masked_paths.n == 0 && c->privileged == NO)
		fact(f, none, none, SPAN("no path of /proc and /sys is masked (systempaths=unconfined)"));
}

/* A recorded path without "//" and ".", with ".." resolved if UP, and /var/run as what it is on every host today. */
static struct span
normal(struct arena *a, struct span path, bool up)
{
	struct span parts[64], part, out = SPAN("");
	size_t n = 0;

	while (span_cut(&path, '/', &part)) {
		if (part.len == 0 || span_is(part, "."))
			continue;
		if (up && span_is(part, ".."))
			n -= n > 0;
		else if (n < 64)
			parts[n++] = part;
	}
	for (size_t i = 0; i < n; i++)
		out = arena_concat(a, out, SPAN("/"), parts[i]);
	if (out.len == 0)
		return SPAN("/");
	if (span_is(out, "/var/run") || span_starts(out, "/var/run/"))
		out = span_sub(out, 4, SIZE_MAX);
	return out;
}

/* What a mount has of the host: a bind, or a volume whose options make it one. Absent for others. */
static struct span
of_host(const struct mount *m)
{
	if (span_is(m->type, "bind"))
		return m->source;
	return span_is(m->type, "volume") && span_starts(m->device, "/") ? m->device : none;
}

static const char *const sockets[] = { "docker.sock", "containerd.sock", "crio.sock", "podman.sock",
	"dockershim.sock", "cri-dockerd.sock", "buildkitd.sock", NULL };

static void
runtime_socket(const void *row, struct facts *f)
{
	static const char *const folders[] = { "/run", "/run/containerd", "/run/crio", "/run/podman",
		"/run/docker", "/run/k3s", "/run/k3s/containerd", "/run/buildkit", NULL };
	const struct container *c = row;
	const struct mount *m = c->mounts.v;

	for (size_t i = 0; i < c->mounts.n; i++) {
		struct span from = of_host(&m[i]), source;

		if (from.ptr == NULL)
			continue;
		source = normal(f->arena, from, true);
		if (one_of(span_base(source), sockets) || one_of(span_base(m[i].path), sockets))
			fact(f, m[i].path, m[i].evidence_path, SPAN("has a runtime's socket, "), from,
			    SPAN(", at "), m[i].path);
		else if (one_of(source, folders))
			fact(f, m[i].path, m[i].evidence_path, SPAN("has a folder that holds a runtime's socket, "),
			    from, SPAN(", at "), m[i].path);
	}
}

struct sensitive {
	const char *path;
	bool beneath;		/* what lies beneath it too */
	enum severity writable, readable;
};

static const struct sensitive sensitive[] = {
	{ "/", false, CRITICAL, CRITICAL },
	{ "/etc", true, CRITICAL, WARNING },
	{ "/root", true, CRITICAL, WARNING },
	{ "/home", false, CRITICAL, WARNING },
	{ "/proc", true, CRITICAL, WARNING },
	{ "/sys", true, CRITICAL, NOTICE },
	{ "/dev", false, CRITICAL, CRITICAL },
	{ "/boot", true, CRITICAL, NOTICE },
	{ "/usr", false, CRITICAL, NOTICE },
	{ "/usr/bin", true, CRITICAL, NOTICE },
	{ "/usr/sbin", true, CRITICAL, NOTICE },
	{ "/usr/lib", true, CRITICAL, NOTICE },
	{ "/usr/local/bin", true, CRITICAL, NOTICE },
	{ "/bin", true, CRITICAL, NOTICE },
	{ "/sbin", true, CRITICAL, NOTICE },
	{ "/lib", true, CRITICAL, NOTICE },
	{ "/lib64", true, CRITICAL, NOTICE },
	{ "/opt", false, WARNING, NOTICE },
	{ "/var", false, CRITICAL, WARNING },
	{ "/var/lib", false, CRITICAL, WARNING },
	{ "/var/lib/docker", true, CRITICAL, WARNING },
	{ "/var/lib/containerd", true, CRITICAL, WARNING },
	{ "/var/lib/containers", true, CRITICAL, WARNING },
	{ "/var/lib/kubelet", false, CRITICAL, WARNING },
	{ "/var/lib/kubelet/pods", false, CRITICAL, WARNING },
	{ "/var/lib/kubelet/pki", true, CRITICAL, WARNING },
	{ "/var/lib/etcd", true, CRITICAL, WARNING },
	{ "/var/log", false, WARNING, NOTICE },
	{ "/var/log/pods", false, WARNING, NOTICE },
	{ "/var/spool/cron", true, CRITICAL, NOTICE },
};

/* What nearly every agent mounts, and what holds no secret. Writable it is another matter. */
static const char *const harmless[] = { "/etc/localtime", "/etc/timezone", "/etc/hosts", "/etc/hostname",
	"/etc/resolv.conf", "/etc/os-release", "/etc/machine-id", "/etc/ssl/certs", "/etc/pki/ca-trust",
	"/etc/ca-certificates", NULL };

static const struct sensitive *
sensitivity(struct span path)
{
	const struct sensitive *best = NULL;

	for (size_t i = 0; i < sizeof(sensitive) / sizeof(*sensitive); i++) {
		const struct sensitive *s = &sensitive[i];
		size_t n = strlen(s->path);

		if (span_is(path, s->path) ||
		    (s->beneath && span_starts(path, s->path) && path.len > n && path.ptr[n] == '/'))
			best = s;
	}
	return best;
}

/* A volume is the engine's own folder, unless its options say otherwise; a socket has its own rule. */
static void
host_paths(const struct container *c, struct facts *f, bool writable)
{
	const struct mount *m = c->mounts.v;
	enum severity level;

	for (size_t i = 0; i < c->mounts.n; i++) {
		struct span from = of_host(&m[i]), source = from.ptr == NULL ? none : normal(f->arena, from, true);
		const struct sensitive *s = sensitivity(source);

		if (from.ptr == NULL || s == NULL || (m[i].rw == YES) != writable ||
		    one_of(span_base(source), sockets) || (!writable && one_of(source, harmless)))
			continue;
		level = writable ? s->writable : s->readable;
		fact(f, m[i].path, m[i].evidence_path, SPAN("has the host's "), from,
		    writable ? SPAN(", writable, at ") : SPAN(", read-only, at "), m[i].path);
		((struct finding *)f->to->v)[f->to->n - 1].severity = level;
	}
}

static void
host_path_writable(const void *row, struct facts *f)
{
	host_paths(row, f, true);
}

static void
host_path_readable(const void *row, struct facts *f)
{
	host_paths(row, f, false);
}

static void
ld_preload(const void *row, struct facts *f)
{
	const struct container *c = row;

	for (size_t i = 0; i < c->env.n; i++)
		if (span_starts(list_span(&c->env, i), "LD_PRELOAD=") ||
		    span_starts(list_span(&c->env, i), "LD_AUDIT="))
			fact(f, none, none, SPAN("is started with "), list_span(&c->env, i));
}

static void
shared_propagation(const void *row, struct facts *f)
{
	const struct container *c = row;
	const struct mount *m = c->mounts.v;

	for (size_t i = 0; i < c->mounts.n; i++)
		if (span_is(m[i].propagation, "shared") || span_is(m[i].propagation, "rshared"))
			fact(f, m[i].path, m[i].evidence_path, SPAN("what it mounts beneath "), m[i].path,
			    SPAN(" appears on the host beneath "), m[i].source);
}

static void
device_raw(const void *row, struct facts *f)
{
	static const char *const raw[] = { "/dev/mem", "/dev/kmem", "/dev/port", "/dev/sd", "/dev/vd", "/dev/xvd",
		"/dev/hd", "/dev/nvme", "/dev/dm-", "/dev/mapper/", "/dev/md", "/dev/loop", "/dev/disk/",
		"/dev/mmcblk", "/dev/kcore", NULL };
	const struct container *c = row;
	const struct device *d = c->devices.v;
	const struct mount *m = c->mounts.v;

	for (size_t i = 0; i < c->devices.n; i++)
		if (begins_as_one_of(d[i].source, raw))
			fact(f, d[i].path, none, SPAN("was given the host's "), d[i].source,
			    SPAN(" ("), d[i].permissions, SPAN(")"));
	for (size_t i = 0; i < c->mounts.n; i++)
		if (span_is(m[i].type, "volume") && begins_as_one_of(m[i].device, raw))
			fact(f, m[i].path, none, SPAN("has the host's "), m[i].device,
			    SPAN(" mounted by the options of volume "), m[i].volume, SPAN(" at "), m[i].path);
	for (size_t i = 0; i < c->device_rules.n; i++)
		if (span_starts(list_span(&c->device_rules, i), "a") ||
		    span_starts(list_span(&c->device_rules, i), "b"))
			fact(f, none, none, SPAN("may use devices by the rule "), list_span(&c->device_rules, i));
}

static void
device_given(const void *row, struct facts *f)
{
	const struct container *c = row;
	const struct device *d = c->devices.v;

	for (size_t i = 0; i < c->devices.n; i++)
		fact(f, d[i].path, none, SPAN("was given the host's device "), d[i].source, SPAN(" ("),
		    d[i].permissions, SPAN(")"));
}

static void
workdir_proc_fd(const void *row, struct facts *f)
{
	const struct container *c = row;
	/* ".." behind the link leads to wherever that points: it is not resolved by its letters */
	struct span w = normal(f->arena, c->workdir, false), rest;
	bool proc = span_starts(w, "/proc/");

	rest = span_sub(w, proc ? 6 : 0, SIZE_MAX);
	if ((proc && span_has(rest, "/fd/")) || span_starts(w, "/dev/fd/"))
		fact(f, c->workdir, none, SPAN("starts in "), c->workdir,
		    SPAN(", an open file of the runtime itself"));
}

static bool
is_root(struct span user)
{
	struct span name = SPAN("");

	span_cut(&user, ':', &name);
	return name.len == 0 || span_is(name, "0") || span_is(name, "root");
}

static void
root_user(const void *row, struct facts *f)
{
	const struct container *c = row;

	if (c->user.ptr != NULL && is_root(c->user) && !span_is(c->ns.user, "private"))
		fact(f, none, none, SPAN("runs as root, and no user namespace is recorded: its root is the host's"));
}

#define ESCAPE "T1611"

const struct rule container_rules[] = {
	{ "privileged", CRITICAL, ESCAPE, "Nothing keeps such a container from the host.",
	    "ctr-ls @ -c name,privileged,cap_add,devices", privileged },
	{ "runtime-socket", CRITICAL, ESCAPE, "Who can speak to a runtime's socket is root on the host.",
	    "ctr-ls -j @ -c mounts", runtime_socket },
	{ "host-path-writable", CRITICAL, ESCAPE, "What it writes there the host will run, load or trust.",
	    "ctr-ls -j @ -c mounts", host_path_writable },
	{ "cap-escape", CRITICAL, ESCAPE, "With that capability a container can take over the host.",
	    "ctr-ls @ -c name,cap_add,cap_drop", cap_escape },
	{ "workdir-proc-fd", CRITICAL, ESCAPE, "The way out of CVE-2024-21626: a working directory on the host.",
	    "ctr-ls @ -c name,workdir,command", workdir_proc_fd },
	{ "device-raw", CRITICAL, ESCAPE, "A disk or memory of the host can be read and written past its files.",
	    "ctr-ls -j @ -c devices,device_rules", device_raw },
	{ "host-pid", WARNING, ESCAPE, "Processes of the host can be seen, traced or killed from within.",
	    "ctr-ls @ -c name,ns.pid", host_pid },
	{ "host-net", WARNING, ESCAPE, "Services that trust the host's loopback can be reached from within.",
	    "ctr-ls @ -c name,ns.net", host_net },
	{ "host-user", WARNING, ESCAPE, "Root within is root outside.", "ctr-ls @ -c name,ns.user", host_user },
	{ "host-ipc", NOTICE, ESCAPE, "Shared memory of the host's programs can be read and written.",
	    "ctr-ls @ -c name,ns.ipc", host_ipc },
	{ "host-uts", NOTICE, ESCAPE, "The host's name can be changed from within, and with it its logs.",
	    "ctr-ls @ -c name,ns.uts", host_uts },
	{ "cap-dangerous", WARNING, ESCAPE, "More than the default capabilities, and enough to do harm.",
	    "ctr-ls @ -c name,cap_add,cap_drop", cap_dangerous },
	{ "seccomp-off", WARNING, ESCAPE, "System calls that the default profile keeps from it are how escapes begin.",
	    "ctr-ls @ -c name,seccomp", seccomp_off },
	{ "apparmor-off", WARNING, ESCAPE, "Mounts and writes below /proc and /sys are no longer denied.",
	    "ctr-ls @ -c name,apparmor", apparmor_off },
	{ "masked-paths-emptied", WARNING, ESCAPE, "Keys, timers and memory of the kernel can be read below /proc.",
	    "ctr-ls @ -c name,masked_paths,readonly_paths", masked_paths_emptied },
	{ "host-path-readable", WARNING, "T1552.001", "Keys and secrets of the host can be read there.",
	    "ctr-ls -j @ -c mounts", host_path_readable },
	{ "shared-propagation", WARNING, ESCAPE, "Mounts made within reach the host.",
	    "ctr-ls -j @ -c mounts", shared_propagation },
	{ "ld-preload", WARNING, "T1574.006", "A library is put before all others in every program.",
	    "ctr-ls @ -c name,env", ld_preload },
	{ "device", NOTICE, ESCAPE, "A device of the host is within reach.",
	    "ctr-ls -j @ -c devices", device_given },
	{ "root-user", INFO, ESCAPE, "An escape from it ends as the host's root.",
	    "ctr-ls @ -c name,user,ns.user", root_user },
	{ 0 },
};
