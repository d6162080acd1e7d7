/* SPDX-License-Identifier: ISC */
/* Volumes: the folders of volumes/, and those that containers name and that are not there. What only
 * volumes/metadata.db holds (driver and labels of volumes of other drivers) is not read. Source: moby
 * volume/local/local.go. */

#include "engine/docker/docker.h"
#include "record/read.h"

#define ROW struct docker_device
static const struct column option_columns[] = {
	KEY("MountType", type, TEXT),
	KEY("MountDevice", device, TEXT),
	KEY("MountOpts", options, TEXT),
};
static const struct record option_keys = RECORD_KEYS(option_columns);
#undef ROW

void
docker_device(struct engine *e, struct span volume, struct arena *a, struct provenance *p, struct docker_device *out)
{
	struct reading reading = { .foreign = true, .arena = a, .faults = &e->root->faults,
		.file = docker_path(e, a, SPAN("volumes/"), volume, SPAN("/opts.json")) };
	struct json *json = engine_document(e, reading.file, a, false, p);

	*out = (struct docker_device){ 0 };
	if (json != NULL)
		record_read(&reading, &option_keys, out, json);
}

void
docker_volume_list(struct engine *e, struct list *names)
{
	struct span path = docker_path(e, &e->arena, SPAN("volumes"));
	const struct list *users = docker_users(e);
	const struct docker_use *u = users->v;
	struct list found;
	struct fault f;

	*names = list_none();
	f = root_list(e->root, path, &e->arena, &found);
	if (f.kind != FAULT_ABSENT)
		root_fault(e->root, f);
	for (size_t i = 0; i < found.n; i++)
		if (root_is(e->root, path_join(&e->arena, path, list_span(&found, i)), FILE_DIRECTORY))
			list_add_span(&e->arena, names, list_span(&found, i));
	for (size_t i = 0; i < users->n; i++)
		for (size_t k = 0; k < u[i].volumes.n; k++)
			list_add_span(&e->arena, names, list_pair(&u[i].volumes, k)->key);
	list_sort_once(names);
}

static void
take_options(struct engine *e, struct arena *a, struct volume *v)
{
	struct docker_device o;

	docker_device(e, v->volume, a, &v->provenance, &o);
	v->options = list_none();
	if (o.type.len > 0)
		list_add_pair(a, &v->options, SPAN("type"), o.type);
	if (o.device.len > 0)
		list_add_pair(a, &v->options, SPAN("device"), o.device);
	if (o.options.len > 0)
		list_add_pair(a, &v->options, SPAN("o"), o.options);
}

void
docker_volume(struct engine *e, struct span name, enum want want, struct arena *a, struct volume *v)
{
	const struct list *users = docker_users(e);
	const struct docker_use *u = users->v;
	struct span base = docker_path(e, a, SPAN("volumes/"), name), driver;
	struct file file;
	struct fault f;

	v->volume = name;
	v->engine = SPAN("docker");
	v->provenance.host = e->root->host;
	v->provenance.evidence = e->root->name;
	v->provenance.read_from = list_none();
	v->containers = list_none();
	for (size_t i = 0; i < users->n; i++) {
		driver = list_value_of(&u[i].volumes, name);
		if (driver.ptr == NULL)
			continue;
		list_add_span(a, &v->containers, u[i].container);
		v->driver = driver.len > 0 ? driver : SPAN("local");
	}
	f = root_stat(e->root, base, &file);
	if (f.kind == FAULT_NONE) {
		/* its folder gets its one entry when it is made; a copy of it is born later than that */
		v->created = file.mtime;
		if (file.birth.known && time_cmp(file.birth, file.mtime) < 0)
			v->created = file.birth;
		v->driver = SPAN("local");		/* others have no folder here */
		take_options(e, a, v);
	} else if (f.kind != FAULT_ABSENT) {
		engine_fault(e, a, &v->provenance, f);
	}
	if (span_is(v->driver, "local")) {
		v->scope = SPAN("local");
		v->evidence_path = path_join(a, base, SPAN("_data"));
		f = root_stat(e->root, v->evidence_path, &file);
		v->present = f.kind == FAULT_NONE ? PRESENT : f.kind == FAULT_ABSENT ? NOT_PRESENT : PRESENCE_UNKNOWN;
		if (want == WANT_SIZES && v->present == PRESENT)
			v->size = root_size(e->root, v->evidence_path);
	}
}
