/* SPDX-License-Identifier: ISC */
/* Docker: is there one, what does it hold, and reading its documents. */

#include "base/limits.h"
#include "base/num.h"
#include "base/text.h"
#include "engine/docker/docker.h"
#include "record/read.h"

/* Told by content: a folder of containers, and something of what else only this engine writes. */
static enum tri
here(struct root *r, struct span path, struct fault *f)
{
	static const char *const beside[] = { "image", "network/files/local-kv.db", "engine-id", "graph" };
	struct arena a = arena_open(LIMIT_ROW);
	struct file file;
	enum tri found = NO;

	*f = root_stat(r, path_join(&a, path, SPAN("containers")), &file);
	if (f->kind == FAULT_NONE && file.type == FILE_DIRECTORY)
		for (size_t i = 0; i < 4 && found == NO; i++) {
			*f = root_stat(r, path_join(&a, path, span_of(beside[i])), &file);
			found = f->kind == FAULT_NONE ? YES : f->kind == FAULT_ABSENT ? NO : UNKNOWN;
		}
	else if (f->kind != FAULT_NONE && f->kind != FAULT_ABSENT)
		found = UNKNOWN;
	if (found == UNKNOWN) {
		f->file = path;		/* the arena goes */
		f->what = "cannot look for a Docker data root:";
	} else {
		*f = NO_FAULT;
	}
	arena_close(&a);
	return found;
}

bool
docker_remapped(struct span name)
{
	struct span uid, rest = name;
	uint64_t n;

	return span_cut(&rest, '.', &uid) && rest.ptr != NULL && num_parse(uid, &n) && num_parse(rest, &n);
}

/* Data roots within one: of a daemon that remaps users, and of engines that ran in containers and had a volume for
 * theirs. */
static void
within(struct root *r, struct span place, struct arena *a, struct list *to)
{
	struct span volumes = path_join(a, place, SPAN("volumes")), data;
	struct list names;

	root_list(r, place, a, &names);
	for (size_t i = 0; i < names.n; i++)
		if (docker_remapped(list_span(&names, i)))
			list_add_pair(a, to, path_join(a, place, list_span(&names, i)), SPAN("nested"));
	root_list(r, volumes, a, &names);
	for (size_t i = 0; i < names.n; i++) {
		data = path_join(a, volumes, arena_concat(a, list_span(&names, i), SPAN("/_data")));
		if (root_is(r, path_join(a, data, SPAN("containers")), FILE_DIRECTORY))
			list_add_pair(a, to, data, SPAN("nested"));
		data = path_join(a, data, SPAN("lib/docker"));
		if (root_is(r, data, FILE_DIRECTORY))
			list_add_pair(a, to, data, SPAN("nested"));
	}
}

static struct fault
open_engine(struct engine *e)
{
	struct docker *d = arena_take(&e->arena, sizeof(*d));
	struct list names;
	struct fault f;

	e->state = d;
	if (docker_remapped(span_base(e->place)))
		d->userns = span_base(e->place);
	f = root_list(e->root, docker_path(e, &e->arena, SPAN("image")), &e->arena, &names);
	for (size_t i = 0; i < names.n; i++)
		if (root_is(e->root, docker_path(e, &e->arena, SPAN("image/"), list_span(&names, i),
		    SPAN("/imagedb")), FILE_DIRECTORY))
			list_add_span(&e->arena, &d->drivers, list_span(&names, i));
	return f.kind == FAULT_ABSENT ? NO_FAULT : f;
}

static void
row(struct engine *e, struct arena *a, struct data_root *r)
{
	struct docker *d = e->state;
	struct span rest = e->place, part, before = SPAN("");
	struct json *json;

	for (size_t i = 0; i < d->drivers.n; i++)
		r->storage_driver = i == 0 ? list_span(&d->drivers, 0) :
		    arena_concat(a, r->storage_driver, SPAN(","), list_span(&d->drivers, i));
	while (span_cut(&rest, '/', &part)) {	/* HOME/.local/share/docker */
		if (span_is(part, ".local"))
			r->rootless_user = before;
		before = part;
	}
	json = engine_document(e, SPAN("/etc/docker/daemon.json"), a, false, &r->provenance);
	for (json = json_child(json); json != NULL; json = json_next(json))
		list_add_pair(a, &r->config, json->key, json->raw);
}

static void
list_containers(struct engine *e, struct list *ids)
{
	struct span path = docker_path(e, &e->arena, SPAN("containers"));
	struct list names;

	*ids = list_none();
	root_fault(e->root, root_list(e->root, path, &e->arena, &names));
	for (size_t i = 0; i < names.n; i++) {
		struct span name = list_span(&names, i);

		if (text_hex(name, 64))
			list_add_span(&e->arena, ids, name);
		else
			root_fault(e->root, (struct fault){ .kind = FAULT_PART, .what = "is no container: its name",
			    .item = name, .file = path, .expected = "64 hexadecimal digits" });
	}
}

static void
list_subjects(struct engine *e, enum subject what, struct list *ids)
{
	if (what == CONTAINERS)
		list_containers(e, ids);
	else if (what == IMAGES)
		docker_image_list(e, ids);
	else
		docker_volume_list(e, ids);
}

const struct engine_kind docker_kind = {
	.name = "docker",
	.places = docker_places,
	.within = within,
	.here = here,
	.open = open_engine,
	.row = row,
	.list = list_subjects,
	.container = docker_container,
	.image = docker_image,
	.volume = docker_volume,
	.orphans = docker_orphans,
};
