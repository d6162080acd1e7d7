/* SPDX-License-Identifier: ISC */
/* What is mounted into a container, and whether its content is in this evidence. Recorded paths are those of
 * the host that wrote them; where the data root alone was saved, what lay beneath it is found there. */

#include "engine/docker/docker.h"

/* The data root as the record itself names it: the folder of one of its files less "containers/ID/...". */
struct span
docker_recorded_place(const struct docker_record *d, struct span id)
{
	struct span path = d->hosts_path.len > 0 ? d->hosts_path : d->log_path;
	size_t at = span_find(path, SPAN("/containers/"));

	if (at == SIZE_MAX || span_find(span_sub(path, at + 12, 64), id) != 0)
		return (struct span){ 0 };
	return span_sub(path, 0, at);
}

/* Where PATH of the original host lies in the evidence; absent when that is outside of what was given. */
static struct span
within(struct engine *e, struct arena *a, struct span place, struct span path)
{
	struct span rest;

	if (place.len > 0 && span_begins(path, place) && path.len > place.len && path.ptr[place.len] == '/') {
		rest = span_sub(path, place.len, SIZE_MAX);
		return docker_path(e, a, rest);
	}
	return span_is(e->place, "/") ? (struct span){ 0 } : path;
}

static void
look(struct engine *e, struct arena *a, struct mount *m, struct container *c)
{
	struct file file;
	struct fault f;

	if (m->evidence_path.len == 0) {
		m->present = PRESENCE_UNKNOWN;
		m->why = SPAN("outside of the folder that was given");
		return;
	}
	f = root_stat(e->root, m->evidence_path, &file);
	if (f.kind == FAULT_NONE) {
		m->present = PRESENT;
	} else if (f.kind == FAULT_ABSENT) {
		m->present = NOT_PRESENT;
		m->why = SPAN("not in this evidence: on another disk, in memory, or deleted");
	} else {
		m->present = PRESENCE_UNKNOWN;
		m->why = f.item;
		engine_fault(e, a, &c->provenance, f);
	}
}

static void
elsewhere(struct mount *m, const char *why)
{
	m->present = NOT_PRESENT;
	m->why = span_of(why);
	m->evidence_path = (struct span){ 0 };
}

static bool
binds(const struct docker_device *o)
{
	struct span rest = o->options, word;

	while (span_cut(&rest, ',', &word))
		if (span_is(word, "bind") || span_is(word, "rbind"))
			return true;
	return span_is(o->type, "bind");
}

/* A volume's own folder, or what its options have the engine mount over it: a bind in disguise, a disk, memory. */
static void
local_volume(struct engine *e, struct arena *a, struct span place, struct mount *m, struct container *c)
{
	struct docker_device o;
	bool bind;

	docker_device(e, m->volume, a, &c->provenance, &o);
	bind = binds(&o);
	m->evidence_path = docker_path(e, a, SPAN("volumes/"), m->volume, SPAN("/_data"));
	if (o.device.len > 0)
		m->device = o.device;
	if (bind && o.device.len > 0)
		m->evidence_path = within(e, a, place, o.device);
	if (span_is(o.type, "tmpfs"))
		elsewhere(m, "in memory only");
	else if (!bind && o.device.len > 0)
		elsewhere(m, "on what the volume's options have mounted over its folder");
	else if (!a->full)
		look(e, a, m, c);
}

static void
add_mount(struct engine *e, const struct docker_mount *d, struct span place, struct arena *a,
    struct container *c)
{
	struct mount *m = list_add(a, &c->mounts, sizeof(*m));

	*m = (struct mount){ .type = d->type, .source = d->source, .path = d->destination, .rw = d->rw,
		.propagation = d->propagation, .volume = d->name };
	if (m->propagation.len == 0)
		m->propagation = (struct span){ 0 };
	if (m->volume.len == 0)
		m->volume = (struct span){ 0 };
	if (m->type.len == 0)			/* records of old engines have no type */
		m->type = m->volume.len > 0 ? SPAN("volume") : SPAN("bind");
	if (m->source.len == 0)			/* a volume that the image declares has none recorded */
		m->source = (struct span){ 0 };
	if (span_is(m->type, "tmpfs")) {
		elsewhere(m, "in memory only");
	} else if (span_is(m->type, "volume") && m->volume.len > 0 && (d->driver.len == 0 || span_is(d->driver, "local"))) {
		local_volume(e, a, place, m, c);
	} else {
		if (m->source.len > 0)
			m->evidence_path = within(e, a, place, m->source);
		if (!a->full)
			look(e, a, m, c);
	}
	if (m->present != PRESENT && m->evidence_path.len == 0)
		m->evidence_path = (struct span){ 0 };
}

/* Files that every container gets, over what its layers have there. */
static void
engine_mounts(struct engine *e, const struct docker_record *d, struct span place, struct arena *a, struct container *c)
{
	const struct {
		const char *path;
		struct span source;
	} files[] = { { "/etc/hostname", d->hostname_path }, { "/etc/hosts", d->hosts_path },
		{ "/etc/resolv.conf", d->resolv_conf_path } };
	struct mount *m;

	c->engine_mounts = list_none();
	for (size_t i = 0; i < sizeof(files) / sizeof(*files) && !a->full; i++) {
		if (files[i].source.len == 0)
			continue;
		m = list_add(a, &c->engine_mounts, sizeof(*m));
		*m = (struct mount){ .type = SPAN("bind"), .source = files[i].source, .path = span_of(files[i].path),
			.evidence_path = within(e, a, place, files[i].source) };
		if (!a->full)
			look(e, a, m, c);
	}
}

void
docker_mounts(struct engine *e, const struct docker_record *d, const struct docker_host *h, struct arena *a,
    struct container *c)
{
	const struct docker_mount *m = d->mounts.v;
	struct span place = docker_recorded_place(d, c->container);

	if (c->name.ptr == NULL && h->tmpfs.v == NULL)
		return;				/* the record could not be read */
	c->mounts = list_none();
	for (size_t i = 0; i < d->mounts.n && !a->full; i++)
		add_mount(e, &m[i], place, a, c);
	engine_mounts(e, d, place, a, c);
	for (size_t i = 0; i < h->tmpfs.n && !a->full; i++) {
		struct docker_mount tmpfs = { .destination = list_pair(&h->tmpfs, i)->key,
			.type = SPAN("tmpfs"), .rw = YES };

		add_mount(e, &tmpfs, place, a, c);
	}
}
