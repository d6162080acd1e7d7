/* SPDX-License-Identifier: ISC */
/* Docker before 1.10: images are layers with an id of their own, one JSON each in graph/, names in
 * repositories-DRIVER; a container's layer has the container's id. Source: docker 1.9 graph/graph.go, graph/tags.go,
 * daemon/graphdriver/{aufs,overlay,vfs}; and a root that it wrote. */

#include <stdlib.h>

#include "base/limits.h"
#include "base/num.h"
#include "base/text.h"
#include "engine/docker/docker.h"
#include "record/read.h"

struct graph_image {
	struct span id, parent, author, comment, os, architecture;
	struct timestamp created;
	struct engine_config config, made_by;
};

#define ROW struct graph_image
static const struct column columns[] = {
	KEY("id", id, ID),
	KEY("parent", parent, ID),
	KEY("author", author, TEXT),
	KEY("comment", comment, TEXT),
	KEY("os", os, TEXT),
	KEY("architecture", architecture, TEXT),
	KEY("created", created, TIME),
	KEY_IN("config", config, engine_config_keys),
	KEY_IN("container_config", made_by, engine_config_keys),
};
static const struct record keys = RECORD_KEYS(columns);
#undef ROW

bool
docker_graph_here(struct engine *e)
{
	return root_is(e->root, docker_path(e, &e->arena, SPAN("graph")), FILE_DIRECTORY);
}

static struct span
in_graph(struct engine *e, struct arena *a, struct span id, const char *name)
{
	return docker_path(e, a, SPAN("graph/"), id, SPAN("/"), span_of(name));
}

void
docker_graph_list(struct engine *e, struct list *ids)
{
	struct docker *d = e->state;
	struct arena a = arena_open(LIMIT_ROW);
	struct json *json;
	struct list names;

	root_list(e->root, docker_path(e, &e->arena, SPAN("graph")), &e->arena, &names);
	for (size_t i = 0; i < names.n; i++, arena_reset(&a)) {
		struct provenance ignored = { 0 };	/* it lies on the arena too */

		if (!text_hex(list_span(&names, i), 64))	/* _tmp */
			continue;
		list_add_span(&e->arena, ids, list_span(&names, i));
		json = engine_document(e, in_graph(e, &a, list_span(&names, i), "json"), &a, false, &ignored);
		json = json_get(json, "parent");
		if (json != NULL && json->text.len > 0)
			list_add_span(&e->arena, &d->parents, arena_copy(&e->arena, json->text));
	}
	arena_close(&a);
}

/* repositories-DRIVER: {"Repositories": {"name": {"tag": "id"}}}. */
static void
take_names(struct engine *e, struct arena *a, struct image *i)
{
	struct span folder = docker_path(e, a, (struct span){ 0 }), name;
	struct json *document, *repository, *tag;
	struct list names;

	i->names = list_none();
	root_list(e->root, folder, a, &names);
	for (size_t k = 0; k < names.n; k++) {
		name = list_span(&names, k);
		if (!span_starts(name, "repositories-"))
			continue;
		document = engine_document(e, path_join(a, folder, name), a, false, &i->provenance);
		repository = json_child(json_get(document, "Repositories"));
		for (; repository != NULL; repository = json_next(repository))
			for (tag = json_child(repository); tag != NULL; tag = json_next(tag))
				if (span_eq(tag->text, i->image_id))
					list_add_span(a, &i->names,
					    arena_concat(a, repository->key, SPAN(":"), tag->key));
	}
}

static struct span
driver_here(struct engine *e)
{
	static const char *const drivers[] = { "aufs", "overlay", "vfs", "btrfs", "devicemapper", "zfs" };

	for (size_t i = 0; i < sizeof(drivers) / sizeof(*drivers); i++)
		if (root_is(e->root, docker_path(e, &e->arena, span_of(drivers[i])), FILE_DIRECTORY))
			return span_of(drivers[i]);
	return (struct span){ 0 };
}

/* The chain of an image from its top, base first in the end; with SIZE what each file layersize says. */
static void
take_chain(struct engine *e, struct span driver, struct span top, struct arena *a, struct list *layers,
    struct list *history, struct u64 *size, struct provenance *p)
{
	struct reading reading = { .foreign = true, .arena = a, .faults = &e->root->faults };
	struct span at = top;
	bool unread = false;
	uint64_t n;

	while (at.len > 0 && layers->n < LIMIT_LAYERS) {
		struct layer_ref *r = list_add(a, layers, sizeof(*r));
		struct graph_image g = { 0 };
		struct json *json;

		*r = (struct layer_ref){ .kind = LAYER_LAYER, .form = docker_form(driver, LAYER_LAYER),
			.evidence_path = docker_content(e, a, driver, at, LAYER_LAYER, &unread) };
		if (!text_hex(at, 64)) {
			engine_fault(e, a, p, (struct fault){ .kind = FAULT_PART, .what = "is no image id:", .item = at,
			    .file = docker_path(e, a, SPAN("graph")), .expected = "64 hexadecimal digits" });
			break;
		}
		reading.file = in_graph(e, a, at, "json");
		json = engine_document(e, reading.file, a, true, p);
		if (json == NULL)
			break;
		record_read(&reading, &keys, &g, json);
		if (history != NULL) {
			struct history *h = list_add(a, history, sizeof(*h));

			*h = (struct history){ .created = g.created, .comment = g.comment, .author = g.author };
			for (size_t i = 0; i < g.made_by.cmd.n; i++)
				h->created_by = i == 0 ? list_span(&g.made_by.cmd, 0) :
				    arena_concat(a, h->created_by, SPAN(" "), list_span(&g.made_by.cmd, i));
		}
		if (size != NULL && num_parse(engine_line(e, in_graph(e, a, at, "layersize"), a, false, p), &n))
			size->n += n;
		at = g.parent;
	}
	if (layers->n >= LIMIT_LAYERS)
		engine_fault(e, a, p, (struct fault){ .kind = FAULT_PART,
		    .what = "chain of layers without an end, from", .item = top,
		    .file = docker_path(e, a, SPAN("graph")) });
	if (unread)
		docker_unread(e, a, driver, p);
	list_reverse(layers, sizeof(struct layer_ref));
	if (history != NULL)
		list_reverse(history, sizeof(struct history));
	for (size_t i = 0; i < layers->n; i++)
		((struct layer_ref *)layers->v)[i].n = u64_of(i + 1);
}

void
docker_graph_image(struct engine *e, enum want want, struct arena *a, struct image *i)
{
	struct docker *d = e->state;
	struct graph_image g = { 0 };
	struct reading reading = { .foreign = true, .arena = a, .faults = &e->root->faults };
	struct json *json;
	struct file file;

	take_names(e, a, i);
	i->dangling = tri_of(i->names.n == 0 && !docker_is_parent(d, i->image_id));
	if (want == WANT_NAMES)
		return;
	i->image_config = reading.file = in_graph(e, a, i->image_id, "json");
	i->layers = list_none();
	i->history = list_none();
	i->size = u64_of(0);
	take_chain(e, driver_here(e), i->image_id, a, &i->layers, &i->history, &i->size, &i->provenance);
	json = engine_document(e, reading.file, a, false, &i->provenance);
	if (json == NULL)
		return;
	record_read(&reading, &keys, &g, json);
	if (root_stat(e->root, reading.file, &file).kind == FAULT_NONE)
		i->arrived = file.mtime;
	i->created = g.created;
	i->author = g.author;
	i->parent = g.parent;
	if (g.os.len > 0)
		i->platform = arena_concat(a, g.os, SPAN("/"), g.architecture);
	engine_config_image(&g.config, a, i);
	i->rest = list_none();
	engine_rest(a, &i->rest, "", json);
}

void
docker_graph_container_layers(struct engine *e, struct arena *a, struct container *c)
{
	struct span driver = c->storage.driver.len > 0 ? c->storage.driver : driver_here(e);
	struct span init = arena_concat(a, c->container, SPAN("-init"));
	struct layer_ref *r;
	bool unread = false;

	c->storage.driver = driver;
	c->storage.snapshot = c->container;
	c->layers = list_none();
	take_chain(e, driver, c->image_id, a, &c->layers, NULL, NULL, &c->provenance);
	for (int own = 0; own < 2; own++) {
		enum layer_kind kind = own ? LAYER_RW : LAYER_INIT;
		struct span path = docker_content(e, a, driver, own ? c->container : init, kind, &unread);

		if (!own && !root_is(e->root, path, FILE_DIRECTORY))
			continue;
		r = list_add(a, &c->layers, sizeof(*r));
		*r = (struct layer_ref){ .n = u64_of(c->layers.n), .kind = kind, .form = docker_form(driver, kind),
			.evidence_path = path };
	}
	if (unread)
		docker_unread(e, a, driver, &c->provenance);
}
