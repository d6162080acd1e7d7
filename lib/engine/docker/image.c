/* SPDX-License-Identifier: ISC */
/* Images: image/DRIVER/imagedb and repositories.json. Source: moby image/fs.go, image/store.go,
 * distribution/metadata/v2_metadata_service.go; OCI image-spec config.md. */

#include <stdlib.h>

#include "base/limits.h"
#include "base/num.h"
#include "base/text.h"
#include "base/time.h"
#include "engine/docker/docker.h"
#include "record/read.h"

struct origin {
	struct span digest, repository;
};

#define ROW struct origin
static const struct column origin_columns[] = {
	KEY("Digest", digest, DIGEST),
	KEY("SourceRepository", repository, TEXT),
};
static const struct record origin_keys = RECORD_KEYS(origin_columns);
#undef ROW

static struct span
in_store(struct engine *e, struct arena *a, struct span driver, const char *what, struct span id)
{
	return docker_path(e, a, SPAN("image/"), driver, SPAN("/"), span_of(what), id);
}

static struct span
metadata(struct engine *e, struct arena *a, struct span driver, struct span id, const char *name)
{
	return path_join(a, in_store(e, a, driver, "imagedb/metadata/sha256/", id), span_of(name));
}

/* The driver of a container that is in no store here; records are read only if there is one. */
static struct span
driver_elsewhere(struct engine *e)
{
	struct docker *d = e->state;
	struct arena a = arena_open(LIMIT_ROW);
	const struct docker_use *u;
	struct list ids;
	size_t i = 0;

	e->kind->list(e, CONTAINERS, &ids);
	while (i < ids.n && docker_store_of(e, &a, list_span(&ids, i)).len > 0) {
		arena_reset(&a);
		i++;
	}
	arena_close(&a);
	if (i == ids.n)
		return (struct span){ 0 };
	u = docker_users(e)->v;
	for (i = 0; i < docker_users(e)->n; i++)
		if (u[i].driver.len > 0 && !list_has(&d->drivers, u[i].driver))
			return u[i].driver;
	return (struct span){ 0 };
}

/* Images that are in no store which is read, and so not in the list: containerd's. That it is used shows in the driver of a
 * container, and in rootfs/, where its snapshotters' roots are mounted. Source: moby daemon/snapshotter/mount.go. */
static void
say_unread(struct engine *e)
{
	struct docker *d = e->state;
	struct fault f = { .kind = FAULT_PART, .file = docker_path(e, &e->arena, SPAN("image")), .item = driver_elsewhere(e) };
	struct list names;

	root_list(e->root, docker_path(e, &e->arena, SPAN("rootfs")), &e->arena, &names);
	if (f.item.len == 0 && names.n > 0)
		f.item = list_span(&names, 0);
	f.what = f.item.len > 0 ? "images are not listed, they lie in a store that is not read:" :
	    "images are not listed, there is no store of them";
	f.expected = docker_instead(f.item);
	if (f.item.len > 0 || d->drivers.n == 0)
		root_fault(e->root, f);
}

bool
docker_is_parent(const struct docker *d, struct span image)
{
	return d->parents.n > 0 && bsearch(&image, d->parents.v, d->parents.n, sizeof(struct span), span_order) != NULL;
}

/* The ids of all images of all drivers, as digests; and which of them others stand on. */
void
docker_image_list(struct engine *e, struct list *ids)
{
	struct docker *d = e->state;
	struct provenance ignored = { 0 };
	struct list names;

	*ids = list_none();
	for (size_t i = 0; i < d->drivers.n; i++) {
		struct span driver = list_span(&d->drivers, i);
		struct span path = in_store(e, &e->arena, driver, "imagedb/content/sha256", (struct span){ 0 });

		root_fault(e->root, root_list(e->root, path, &e->arena, &names));
		for (size_t k = 0; k < names.n; k++) {
			struct span name = list_span(&names, k), parent;

			if (!text_hex(name, 64)) {
				root_fault(e->root, (struct fault){ .kind = FAULT_PART,
				    .what = "is no image: its name", .item = name, .file = path,
				    .expected = "64 hexadecimal digits" });
				continue;
			}
			name = arena_concat(&e->arena, SPAN("sha256:"), name);
			list_add_span(&e->arena, ids, name);
			parent = engine_line(e, metadata(e, &e->arena, driver, engine_hex(name), "parent"),
			    &e->arena, false, &ignored);
			if (parent.len > 0)
				list_add_span(&e->arena, &d->parents, parent);
		}
	}
	if (docker_graph_here(e))
		docker_graph_list(e, ids);
	if (d->drivers.n > 0 || !docker_graph_here(e))
		say_unread(e);
	if (d->drivers.n == 0 && !docker_graph_here(e))
		*ids = (struct list){ 0 };
	list_sort_once(ids);			/* two drivers may have one image */
	list_sort_once(&d->parents);
}

static struct span
driver_of(struct engine *e, struct arena *a, struct span id)
{
	struct docker *d = e->state;

	for (size_t i = 0; i < d->drivers.n; i++)
		if (root_is(e->root, in_store(e, a, list_span(&d->drivers, i), "imagedb/content/sha256/",
		    engine_hex(id)), FILE_REGULAR))
			return list_span(&d->drivers, i);
	return (struct span){ 0 };
}

static int
by_image(const void *a, const void *b)
{
	const struct docker_tag *x = a, *y = b;
	int order = span_cmp(x->image, y->image);

	return order != 0 ? order : num_cmp(x->n, y->n);
}

/* repositories.json: {"Repositories": {"name": {"name:tag": "sha256:id"}}}. */
static struct docker_tags
read_tags(struct engine *e, struct span driver)
{
	struct arena a = arena_open(LIMIT_ROW);
	struct provenance p = { 0 };
	struct docker_tags t = { .driver = driver };
	struct docker_tag *tag;
	size_t n = 0;
	struct span path = in_store(e, &e->arena, driver, "repositories.json", (struct span){ 0 });
	struct json *repository = json_child(json_get(engine_document(e, path, &a, false, &p), "Repositories")), *name;

	for (; repository != NULL; repository = json_next(repository))
		for (name = json_child(repository); name != NULL && !e->arena.full; name = json_next(name)) {
			tag = list_add(&e->arena, &t.names, sizeof(*tag));
			*tag = (struct docker_tag){ arena_copy(&e->arena, name->text), arena_copy(&e->arena, name->key), n++ };
		}
	if (t.names.n > 1)
		qsort(t.names.v, t.names.n, sizeof(struct docker_tag), by_image);
	if (p.read_from.n > 0)
		t.read_from = path;
	t.error = arena_copy(&e->arena, p.error);
	if (e->arena.full)		/* engines_close() says it */
		t.error = SPAN("the names of images need more memory than there is, or than --memory");
	arena_close(&a);
	return t;
}

static struct docker_tags
tags_of(struct engine *e, struct span driver)
{
	struct docker *d = e->state;
	const struct docker_tags *t = d->tags.v;
	struct docker_tags new;

	for (size_t i = 0; i < d->tags.n; i++)
		if (span_eq(t[i].driver, driver))
			return t[i];
	new = read_tags(e, driver);
	*(struct docker_tags *)list_add(&e->arena, &d->tags, sizeof(new)) = new;
	return new;
}

static void
take_names(struct engine *e, struct span driver, struct arena *a, struct image *i)
{
	struct docker_tags t = tags_of(e, driver);
	const struct docker_tag *v = t.names.v;
	size_t low = 0, high = t.names.n, middle;

	i->names = list_none();
	if (t.read_from.ptr != NULL)
		list_add_span(a, &i->provenance.read_from, t.read_from);
	if (i->provenance.error.ptr == NULL)
		i->provenance.error = t.error;
	while (low < high) {
		middle = low + (high - low) / 2;
		if (span_cmp(v[middle].image, i->image_id) < 0)
			low = middle + 1;
		else
			high = middle;
	}
	for (; low < t.names.n && span_eq(v[low].image, i->image_id); low++)
		list_add_span(a, &i->names, v[low].name);
	if (e->arena.full)		/* some may be missing */
		i->names = (struct list){ 0 };
}

/* NAME/REPOSITORY where the first part is a host: it has a dot, a port, or is localhost. */
static void
take_source(struct arena *a, struct list *sources, const struct origin *o)
{
	const struct image_source *seen = sources->v;
	struct image_source new = { .digest = o->digest, .repository = o->repository };
	struct span rest = o->repository, first = { 0 };

	if (span_cut(&rest, '/', &first) && rest.ptr != NULL &&
	    (span_has(first, ".") || span_has(first, ":") || span_is(first, "localhost"))) {
		new.registry = first;
		new.repository = rest;
	}
	for (size_t i = 0; i < sources->n; i++)	/* with credentials and without a layer is recorded twice */
		if (span_eq(seen[i].digest, new.digest) && span_eq(seen[i].registry, new.registry) &&
		    span_eq(seen[i].repository, new.repository))
			return;
	*(struct image_source *)list_add(a, sources, sizeof(new)) = new;
}

/* Where its layers were pulled from, layer by layer. */
static void
take_sources(struct engine *e, struct span driver, const struct list *diff_ids, struct arena *a,
    struct image *i)
{
	struct reading reading = { .foreign = true, .arena = a, .faults = &e->root->faults };
	struct json *document, *item;
	struct origin o;

	i->sources = list_none();
	for (size_t k = 0; k < diff_ids->n; k++) {
		struct span hex = engine_hex(list_span(diff_ids, k));

		if (hex.len == 0)
			continue;
		reading.file = in_store(e, a, driver, "distribution/v2metadata-by-diffid/sha256/", hex);
		document = engine_document(e, reading.file, a, false, &i->provenance);
		if (document == NULL || !cJSON_IsArray(&document->node))
			continue;
		for (item = json_child(document); item != NULL; item = json_next(item)) {
			o = (struct origin){ 0 };
			record_read(&reading, &origin_keys, &o, item);
			if (o.repository.len > 0)
				take_source(a, &i->sources, &o);
		}
	}
}

/* Its layers, and the bytes that the engine counted in them; unknown when one layer's are. */
static void
take_layers(struct engine *e, struct span driver, const struct list *diff_ids, struct arena *a, struct image *i)
{
	struct span top = { 0 };

	for (size_t k = 0; k < diff_ids->n; k++)
		top = chain_id(a, top, list_span(diff_ids, k));
	i->layers = list_none();
	docker_chain(e, driver, top, a, &i->layers, &i->provenance);
	i->size = docker_chain_size(e, driver, &i->layers, a);
}

/* The first trace of it here: its configuration is written when it arrives, and never again. */
static void
take_arrival(struct engine *e, struct span path, struct span driver, struct arena *a, struct image *i)
{
	struct span updated = engine_line(e, metadata(e, a, driver, engine_hex(i->image_id), "lastUpdated"), a,
	    false, &i->provenance);
	struct timestamp t;
	struct file file;

	if (root_stat(e->root, path, &file).kind == FAULT_NONE)
		i->arrived = file.mtime;
	if (time_parse(updated, &t) && (!i->arrived.known || time_cmp(t, i->arrived) < 0))
		i->arrived = t;
}

static void
take_users(struct engine *e, struct arena *a, struct image *i)
{
	const struct list *users = docker_users(e);
	const struct docker_use *u = users->v;

	i->containers = list_none();
	for (size_t k = 0; k < users->n; k++)
		if (span_eq(u[k].image_id, i->image_id))
			list_add_span(a, &i->containers, u[k].container);
}

static void
take_document(struct engine *e, struct span driver, struct json *json, struct arena *a, struct image *i)
{
	struct list diff_ids = image_config_read(e, list_span(&i->provenance.read_from, 0), json, a, i);

	take_layers(e, driver, &diff_ids, a, i);
	take_sources(e, driver, &diff_ids, a, i);
	i->rest = list_none();
	engine_rest(a, &i->rest, "", json);
}

void
docker_image(struct engine *e, struct span id, enum want want, struct arena *a, struct image *i)
{
	struct docker *d = e->state;
	struct provenance *p = &i->provenance;
	struct span driver, path;
	struct json *json;

	i->image_id = id;
	i->engine = SPAN("docker");
	p->host = e->root->host;
	p->evidence = e->root->name;
	p->read_from = list_none();
	if (engine_hex(id).ptr == NULL) {
		docker_graph_image(e, want, a, i);
		if (want >= WANT_ALL)
			take_users(e, a, i);
		return;
	}
	driver = driver_of(e, a, id);
	path = in_store(e, a, driver, "imagedb/content/sha256/", engine_hex(id));
	if (want >= WANT_LAYERS) {
		i->image_config = path;
		json = engine_document(e, path, a, true, p);
		if (json != NULL)
			take_document(e, driver, json, a, i);
		i->parent = engine_line(e, metadata(e, a, driver, engine_hex(id), "parent"), a, false, p);
		take_arrival(e, path, driver, a, i);
		if (want >= WANT_ALL)
			take_users(e, a, i);
	}
	take_names(e, driver, a, i);
	i->dangling = e->arena.full ? UNKNOWN : tri_of(i->names.n == 0 && !docker_is_parent(d, id));
}
