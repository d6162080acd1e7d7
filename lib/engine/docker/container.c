/* SPDX-License-Identifier: ISC */
/* A container: containers/ID/config.v2.json and hostconfig.json into the record. */

#include <stdlib.h>

#include "base/limits.h"
#include "base/num.h"
#include "base/out.h"
#include "engine/docker/docker.h"
#include "record/read.h"

/* The engine writes the zero time of its language for "never". */
static struct timestamp
happened(struct timestamp t)
{
	static const struct timestamp never = { -62135596800, 0, true };	/* 0001-01-01T00:00:00Z */

	return t.known && time_cmp(t, never) == 0 ? (struct timestamp){ 0 } : t;
}

static struct span
filled(struct span s)
{
	return s.len == 0 ? (struct span){ 0 } : s;
}

static struct list
or_none(struct list l)
{
	return l.v == NULL ? list_none() : l;
}

/* As the engine itself says it (moby container/state.go, StateString). */
static enum state
state_of(const struct docker_state *s)
{
	if (s->running == UNKNOWN)
		return STATE_UNKNOWN;
	if (s->running == YES)
		return s->paused == YES ? PAUSED : s->restarting == YES ? RESTARTING : RUNNING;
	if (s->removal == YES)
		return REMOVING;
	if (s->dead == YES)
		return DEAD;
	return happened(s->started).known ? EXITED : CREATED;
}

static void
take_state(const struct docker_state *s, struct arena *a, struct container *c)
{
	struct life *life;
	bool up = s->running == YES && s->restarting != YES;	/* waiting to be restarted, nothing runs */

	c->state = state_of(s);
	c->state_source = c->state == STATE_UNKNOWN ? SOURCE_UNKNOWN : SOURCE_RECORD;
	c->started = happened(s->started);
	c->state_error = filled(s->error);
	c->oom_killed = s->oom_killed;
	if (s->pid.n > 0)
		c->recorded_pid = s->pid;
	c->earlier_lives = list_none();
	if (!up) {
		c->finished = happened(s->finished);
		if (c->started.known || s->exit_code.n != 0)
			c->exit_code = s->exit_code;
	} else if (happened(s->finished).known && c->started.known && time_cmp(s->finished, c->started) < 0) {
		/* a restart keeps the end of the run before it */
		c->earlier_lives = (struct list){ 0 };
		life = list_add(a, &c->earlier_lives, sizeof(*life));
		life->finished = s->finished;
	}
}

/* Kubernetes' labels, as dockershim and cri-dockerd write them. */
static void
take_pod(struct container *c)
{
	struct span type = list_value(&c->labels, "io.kubernetes.docker.type");
	struct span restarts = list_value(&c->labels, "annotation.io.kubernetes.container.restartCount");

	c->pod = list_value(&c->labels, "io.kubernetes.pod.name");
	c->pod_uid = list_value(&c->labels, "io.kubernetes.pod.uid");
	c->pod_namespace = list_value(&c->labels, "io.kubernetes.pod.namespace");
	c->attempt.known = num_parse(restarts, &c->attempt.n);
	if (!span_is(type, "podsandbox"))
		c->kube_container = list_value(&c->labels, "io.kubernetes.container.name");
}

/* What a container is for: by its labels, and by what its image is. A pod's sandbox runs one program that
 * does nothing but wait, and nothing else; the node's own are in the namespace that Kubernetes keeps for
 * itself, or are static pods of the kubelet's folder. */
static enum role
role_of(const struct container *c)
{
	bool pauses = c->entrypoint.n == 1 && c->command.n == 0 &&
	    span_is(list_span(&c->entrypoint, 0), "/pause");

	if (span_is(list_value(&c->labels, "io.kubernetes.docker.type"), "podsandbox") || pauses)
		return ROLE_SANDBOX;
	if (span_is(c->pod_namespace, "kube-system") ||
	    span_is(list_value(&c->labels, "annotation.kubernetes.io/config.source"), "file"))
		return ROLE_SYSTEM;
	return ROLE_CONTAINER;
}

static void
take_config(const struct engine_config *g, const struct docker_state *s, struct container *c)
{
	c->image = g->image;
	c->command = or_none(g->cmd);
	c->entrypoint = or_none(g->entrypoint);
	c->env = or_none(g->env);
	c->labels = or_none(g->labels);
	c->workdir = g->workdir;
	c->user = g->user;
	c->hostname = g->hostname;
	c->stop_signal = g->stop_signal;
	c->tty = g->tty;
	c->open_stdin = g->open_stdin;
	c->healthcheck = g->healthcheck;
	c->healthcheck.status = s->health.status;
	c->healthcheck.last = s->health.log;
	take_pod(c);
	c->role = role_of(c);
}

static void
take_record(struct engine *e, const struct docker_record *d, struct arena *a, struct container *c)
{
	struct fault other;

	if (d->id.ptr != NULL && !span_eq(d->id, c->container)) {
		other = (struct fault){ .kind = FAULT_PART, .what = "names another container than its folder:",
			.item = d->id, .file = list_span(&c->provenance.read_from, 0) };
		engine_fault(e, a, &c->provenance, other);
	}
	c->name = span_starts(d->name, "/") ? span_sub(d->name, 1, SIZE_MAX) : d->name;
	c->image_id = d->image;
	c->created = happened(d->created);
	c->restart_count = d->restart_count;
	c->no_new_privs = d->no_new_privs;
	c->storage.driver = filled(d->driver);
	take_state(&d->state, a, c);
	take_config(&d->config, &d->state, c);
}

/* A mode that the record gives: host, container:ID, or what else makes one of its own. */
static struct span
namespace(struct span mode, struct span unsaid)
{
	if (mode.ptr == NULL)
		return mode;
	if (mode.len == 0)
		return unsaid;
	return span_is(mode, "host") || span_starts(mode, "container:") || span_starts(mode, "ns:") ? mode :
	    SPAN("private");
}

static void
take_namespaces(const struct docker *d, const struct docker_host *h, struct span recorded, struct container *c)
{
	struct span private = SPAN("private"), unsaid = { 0 }, map = d->userns;

	c->ns.net = namespace(h->net, private);
	c->ns.pid = namespace(h->pid, private);
	c->ns.ipc = namespace(h->ipc, unsaid);	/* empty: the daemon's default, which is not recorded */
	c->ns.uts = namespace(h->uts, private);
	c->ns.cgroup = namespace(h->cgroup, unsaid);
	/* without a mode it is the daemon's: remapped where its data root says so, here or when it was at its place, else not
	 * told */
	if (map.len == 0 && docker_remapped(span_base(recorded)))
		map = span_base(recorded);
	c->ns.user = namespace(h->user, map.len > 0 ? private : unsaid);
	c->ns.mnt = private;
	if (!span_is(c->ns.user, "host"))
		c->userns_map = map;
}

/* A security option by its name, as "name=value" or the older "name:value". */
static struct span
option(const struct list *options, const char *name)
{
	size_t n = span_of(name).len;

	for (size_t i = 0; i < options->n; i++) {
		struct span o = list_span(options, i);

		if (span_starts(o, name) && o.len > n && (o.ptr[n] == '=' || o.ptr[n] == ':'))
			return span_sub(o, n + 1, SIZE_MAX);
	}
	return (struct span){ 0 };
}

static void
take_security(const struct docker_record *d, const struct docker_host *h, struct container *c)
{
	struct span seccomp = option(&h->security_opt, "seccomp"), label;

	if (span_is(d->seccomp, "unconfined") || span_is(seccomp, "unconfined"))
		c->seccomp = SPAN("unconfined");
	else if (seccomp.len > 0 || d->seccomp.len > 0)	/* a profile is recorded whole */
		c->seccomp = seccomp.len > 0 ? seccomp : d->seccomp;
	else if (d->seccomp.ptr != NULL && h->privileged == NO)
		c->seccomp = SPAN("default");
	c->apparmor = filled(d->apparmor);	/* empty where the host has no AppArmor: what was asked for */
	if (c->apparmor.ptr == NULL)
		c->apparmor = filled(option(&h->security_opt, "apparmor"));
	if (span_is(c->apparmor, "docker-default"))
		c->apparmor = SPAN("default");
	label = option(&h->security_opt, "label");
	c->selinux = span_is(label, "disable") ? SPAN("disabled") : filled(d->process_label);
}

static struct span
restart_policy(const struct docker_restart *r, struct arena *a)
{
	struct out o = out_memory();
	struct span s;

	if (r->name.len == 0 || r->tries.n <= 0)
		return r->name;
	out_write(&o, r->name);
	out_byte(&o, ':');
	out_i64(&o, r->tries.n);
	s = arena_copy(a, out_span(&o));
	out_close(&o);
	return s;
}

static struct u64
limit(struct i64 n, int64_t unit)
{
	return n.known && n.n > 0 ? u64_of((uint64_t)(n.n / unit)) : (struct u64){ 0 };
}

/* Of paths that are masked, none is a fact, and a record that does not know the key is not. */
static struct list
paths(struct list l, const struct json *document, const char *key)
{
	return l.v == NULL && json_get(document, key) != NULL ? list_none() : l;
}

static void
take_host(struct engine *e, const struct docker_record *d, const struct docker_host *h,
    const struct json *document, struct arena *a, struct container *c)
{
	c->privileged = h->privileged;
	c->readonly_rootfs = h->readonly_rootfs;
	c->cap_add = or_none(h->cap_add);
	c->cap_drop = or_none(h->cap_drop);
	c->devices = or_none(h->devices);
	c->device_rules = or_none(h->device_rules);
	c->ulimits = or_none(h->ulimits);
	c->sysctls = or_none(h->sysctls);
	c->annotations = h->annotations;
	c->dns = or_none(h->dns);
	c->extra_hosts = or_none(h->extra_hosts);
	c->masked_paths = paths(h->masked_paths, document, "MaskedPaths");
	c->readonly_paths = paths(h->readonly_paths, document, "ReadonlyPaths");
	c->cgroup_parent = filled(h->cgroup_parent);
	c->runtime = filled(h->runtime);
	c->restart_policy = restart_policy(&h->restart, a);
	c->resources.memory = limit(h->memory, 1);
	c->resources.cpu_millis = limit(h->nano_cpus, 1000000);
	if (h->pids.n > 0)
		c->resources.pids = h->pids;
	c->log.driver = filled(h->log.type);
	c->log.options = or_none(h->log.options);
	take_namespaces(e->state, h, docker_recorded_place(d, c->container), c);
	take_security(d, h, c);
}

/* A log that lies there and that the record leads away from: a changed record must not hide it. */
static void
say_stray_log(struct engine *e, struct arena *a, struct span folder, struct span name, const struct container *c)
{
	if (span_begins(name, arena_concat(a, c->container, SPAN("-json.log"))))
		root_fault(e->root, (struct fault){ .kind = FAULT_ODD, .file = path_join(a, folder, name),
		    .what = "log file that its container's record does not lead to; not read" });
}

/* Every file of its folder whose name begins as the log's does; the log room orders them. */
static void
take_log(struct engine *e, const struct docker_record *d, struct arena *a, struct container *c)
{
	struct span folder = docker_path(e, a, SPAN("containers/"), c->container), base, name;
	struct list names;
	struct fault f;

	base = d->log_path.len > 0 ? span_base(d->log_path) :
	    arena_concat(a, c->container, SPAN("-json.log"));
	if (span_is(c->log.driver, "local")) {
		folder = path_join(a, folder, SPAN("local-logs"));
		base = SPAN("container.log");
	} else if (c->log.driver.len > 0 && !span_is(c->log.driver, "json-file")) {
		base = SPAN("container-cached.log");
	}
	f = root_list(e->root, folder, a, &names);
	if (f.kind != FAULT_ABSENT)
		engine_fault(e, a, &c->provenance, f);
	c->log.files = list_none();
	for (size_t i = 0; i < names.n; i++) {
		name = list_span(&names, i);
		if (span_begins(name, base))
			list_add_span(a, &c->log.files, path_join(a, folder, name));
		else
			say_stray_log(e, a, folder, name, c);
	}
	if (c->log.files.n > 0)
		c->log.evidence_path = path_join(a, folder, base);
	/* without a second file, and before 1.8, the file itself tells the driver */
	if (c->log.driver.ptr == NULL && (c->log.files.n > 0 || span_ends(d->log_path, "-json.log")))
		c->log.driver = SPAN("json-file");
}

/* What the runtime's daemon keeps of a running container, and removes when that ends; and where a snapshotter's root of it
 * was mounted. */
static void
take_witness(struct engine *e, struct arena *a, struct container *c)
{
	struct span task = SPAN("io.containerd.runtime.v2.task/moby"), driver = c->storage.driver, path;
	struct span folders[] = { docker_path(e, a, SPAN("containerd/daemon/"), task),
		path_join(a, SPAN("/var/lib/containerd"), task) };
	struct docker *d = e->state;
	struct fault f;

	path = docker_path(e, a, SPAN("rootfs/"), driver, SPAN("/"), c->container);
	if (driver.len > 0 && !list_has(&d->drivers, driver) && root_is(e->root, path, FILE_DIRECTORY))
		list_add_span(a, &c->witnesses, path);
	for (size_t i = 0; i < 2; i++) {
		if (d->tasks[i].v == NULL) {		/* once a run: most containers do not run */
			f = root_list(e->root, folders[i], &e->arena, &d->tasks[i]);
			if (f.kind != FAULT_ABSENT)
				root_fault(e->root, f);
		}
		path = path_join(a, folders[i], c->container);
		if (d->tasks[i].n > 0 && bsearch(&c->container, d->tasks[i].v, d->tasks[i].n, sizeof(struct span),
		    span_order) != NULL && root_is(e->root, path, FILE_DIRECTORY))
			list_add_span(a, &c->witnesses, path);
	}
}

static struct span
image_config(struct engine *e, struct arena *a, const struct container *c)
{
	struct docker *d = e->state;
	struct span hex = engine_hex(c->image_id), path;
	size_t there;

	if (hex.len == 0 || c->storage.driver.len == 0)
		return (struct span){ 0 };
	path = docker_path(e, a, SPAN("image/"), c->storage.driver, SPAN("/imagedb/content/sha256/"), hex);
	if (a->full)
		return (struct span){ 0 };
	there = index_get(&d->configs, path);
	if (there == SIZE_MAX) {		/* many containers are of few images */
		there = root_is(e->root, path, FILE_REGULAR);
		index_put(&d->configs, &e->arena, arena_copy(&e->arena, path), there);
	}
	return there == 1 ? path : (struct span){ 0 };
}

/* The first document, into D; NULL when it cannot be read. */
static struct json *
read_record(struct engine *e, struct reading *reading, struct span id, struct docker_record *d,
    struct provenance *p)
{
	struct span old = docker_path(e, reading->arena, SPAN("containers/"), id, SPAN("/config.json"));
	struct json *document;

	reading->file = docker_path(e, reading->arena, SPAN("containers/"), id, SPAN("/config.v2.json"));
	document = engine_document(e, reading->file, reading->arena, false, p);
	if (document == NULL && p->error.ptr == NULL) {		/* before 1.10, or nothing */
		if (root_is(e->root, old, FILE_REGULAR))
			reading->file = old;
		document = engine_document(e, reading->file, reading->arena, true, p);
	}
	if (document != NULL)
		record_read(reading, &docker_record_keys, d, document);
	return document;
}

static struct json *
read_host(struct engine *e, struct reading *reading, struct span id, struct docker_host *h,
    struct provenance *p)
{
	struct json *document;

	reading->file = docker_path(e, reading->arena, SPAN("containers/"), id, SPAN("/hostconfig.json"));
	document = engine_document(e, reading->file, reading->arena, true, p);
	if (document != NULL)
		record_read(reading, &docker_host_keys, h, document);
	return document;
}

static void
first_error(struct arena *a, struct provenance *p, const struct reading *r)
{
	if (r->first.kind != FAULT_NONE && p->error.ptr == NULL)
		p->error = arena_concat(a, r->first.file, SPAN(": "), span_of(r->first.what), SPAN(" "),
		    r->first.item);
}

void
docker_container(struct engine *e, struct span id, enum want want, struct arena *a, struct container *c)
{
	struct provenance *p = &c->provenance;
	struct docker_record d = { 0 };
	struct docker_host h = { 0 };
	struct json *record, *host;
	struct reading reading = { .foreign = true, .arena = a, .faults = &e->root->faults }, second = reading;

	c->container = id;
	c->engine = SPAN("docker");
	p->host = e->root->host;
	p->evidence = e->root->name;
	p->read_from = list_none();
	record = read_record(e, &reading, id, &d, p);
	if (record != NULL)
		take_record(e, &d, a, c);
	first_error(a, p, &reading);
	if (want == WANT_NAMES || a->full)	/* past its ceiling no path can be made */
		return;
	host = read_host(e, &second, id, &h, p);
	if (a->full)
		return;
	if (host != NULL)
		take_host(e, &d, &h, host, a, c);
	first_error(a, p, &second);
	take_log(e, &d, a, c);
	if (want == WANT_LOG)
		return;
	docker_mounts(e, &d, &h, a, c);
	docker_network(&d, &h, a, c);
	if (a->full)
		return;
	c->witnesses = list_none();
	docker_container_layers(e, a, c);
	if (record != NULL)
		docker_traces(e, &d, reading.file, a, c);
	if (want == WANT_SIZES)
		c->storage.size_rw = docker_own_size(e, c);
	take_witness(e, a, c);
	c->image_config = image_config(e, a, c);
	c->rest = list_none();
	if (record != NULL)
		engine_rest(a, &c->rest, "", record);
	if (host != NULL)
		engine_rest(a, &c->rest, "HostConfig", host);
}

/* One container's use of its image and of volumes, copied to the run's arena. */
static void
add_use(struct engine *e, struct span id, struct arena *a)
{
	struct docker *d = e->state;
	struct docker_use *use;
	struct docker_record record = { 0 };
	struct reading reading = { .foreign = true, .arena = a, .faults = &e->root->faults };
	struct provenance ignored = { 0 };
	const struct docker_mount *m;

	read_record(e, &reading, id, &record, &ignored);
	use = list_add(&e->arena, &d->users, sizeof(*use));
	use->container = id;
	use->image_id = arena_copy(&e->arena, record.image);
	use->driver = arena_copy(&e->arena, record.driver);
	m = record.mounts.v;
	for (size_t i = 0; i < record.mounts.n; i++)
		if (m[i].name.len > 0)
			list_add_pair(&e->arena, &use->volumes, arena_copy(&e->arena, m[i].name),
			    arena_copy(&e->arena, m[i].driver));
}

const struct list *
docker_users(struct engine *e)
{
	struct docker *d = e->state;
	struct arena a = arena_open(LIMIT_ROW);
	struct list ids;

	if (!d->users_read) {
		d->users_read = true;
		e->kind->list(e, CONTAINERS, &ids);
		for (size_t i = 0; i < ids.n; i++, arena_reset(&a))
			add_use(e, list_span(&ids, i), &a);
	}
	arena_close(&a);
	return &d->users;
}
