/* SPDX-License-Identifier: ISC */
/* The layer store: image/DRIVER/layerdb. Source: moby layer/filestore.go; chain ids: OCI image-spec,
 * config.md, "Layer ChainID". */

#include <string.h>

#include "base/limits.h"
#include "base/num.h"
#include "engine/docker/docker.h"

static struct span
store(struct engine *e, struct arena *a, struct span driver, const char *what, struct span id)
{
	return docker_path(e, a, SPAN("image/"), driver, SPAN("/layerdb/"), span_of(what), SPAN("/"), id);
}

/* Where a driver keeps the files of a layer, an image's and a container's own. Those of vfs, of btrfs, and overlay's of an
 * image, hold what is beneath as well. Source: moby daemon/graphdriver, dir() or dir2() of each. */
static const struct {
	const char *driver, *before, *layer, *own;
	enum layer_form form, own_form;
} folders[] = {
	{ "overlay2", "overlay2/", "/diff", "/diff", FORM_OVERLAY, FORM_OVERLAY },
	{ "fuse-overlayfs", "fuse-overlayfs/", "/diff", "/diff", FORM_FUSE, FORM_FUSE },
	{ "overlay", "overlay/", "/root", "/upper", FORM_WHOLE, FORM_OVERLAY },
	{ "aufs", "aufs/diff/", "", "", FORM_AUFS, FORM_AUFS },
	{ "vfs", "vfs/dir/", "", "", FORM_WHOLE, FORM_WHOLE },
	{ "btrfs", "btrfs/subvolumes/", "", "", FORM_WHOLE, FORM_WHOLE },
};

enum layer_form
docker_form(struct span driver, enum layer_kind kind)
{
	for (size_t i = 0; i < sizeof(folders) / sizeof(*folders); i++)
		if (span_is(driver, folders[i].driver))
			return kind == LAYER_LAYER ? folders[i].form : folders[i].own_form;
	return FORM_UNKNOWN;
}

struct span
docker_folder(struct engine *e, struct arena *a, struct span driver)
{
	for (size_t i = 0; i < sizeof(folders) / sizeof(*folders); i++)
		if (span_is(driver, folders[i].driver))
			return docker_path(e, a, span_of(folders[i].before));
	return (struct span){ 0 };
}

/* A pool of blocks, data sets, or a folder of another system's layers. */
static const char *const not_read[] = { "devicemapper", "zfs", "windowsfilter" };

const char *
docker_instead(struct span driver)
{
	static const char *const gone = "a storage driver with a folder there";

	for (size_t i = 0; i < sizeof(folders) / sizeof(*folders); i++)
		if (span_is(driver, folders[i].driver))
			return gone;
	for (size_t i = 0; i < sizeof(not_read) / sizeof(*not_read); i++)
		if (span_is(driver, not_read[i]))
			return gone;
	return "a storage driver of Docker's own: containerd's image store is not read yet";
}

struct span
docker_content(struct engine *e, struct arena *a, struct span driver, struct span name, enum layer_kind kind,
    bool *unread)
{
	struct span path = { 0 };

	for (size_t i = 0; i < sizeof(folders) / sizeof(*folders); i++)
		if (span_is(driver, folders[i].driver))
			path = docker_path(e, a, span_of(folders[i].before), name,
			    span_of(kind == LAYER_LAYER ? folders[i].layer : folders[i].own));
	/* subvolumes stay behind where the file system around them was copied */
	if (span_is(driver, "btrfs") && !root_is(e->root, path, FILE_DIRECTORY))
		path = (struct span){ 0 };
	*unread |= path.len == 0;
	return path;
}

void
docker_unread(struct engine *e, struct arena *a, struct span driver, struct provenance *p)
{
	engine_fault(e, a, p, (struct fault){ .kind = FAULT_PART, .item = driver, .file = e->place,
	    .what = "content of layers is not read, it lies in no folder here; storage driver:" });
}

static struct docker_layer *
known(const struct docker *d, struct span name)
{
	size_t i = index_get(&d->layer_of, name);

	return i == SIZE_MAX ? NULL : (struct docker_layer *)d->layers.v + i;
}

static struct span
layer_name(struct arena *a, struct span driver, struct span chain_id)
{
	return arena_concat(a, driver, SPAN(" "), chain_id);
}

/* Reads a layer of the store once for the run; many containers stand on few layers. */
static struct docker_layer
layer(struct engine *e, struct span driver, struct span chain_id, struct arena *row, struct provenance *p)
{
	struct docker *d = e->state;
	struct span name = layer_name(row, driver, chain_id);
	struct docker_layer *seen = known(d, name), l = { 0 };
	struct arena *a = &e->arena;
	struct provenance own = { 0 };
	struct span base, size;

	if (row->full)			/* past its ceiling there is no name */
		return l;
	if (seen != NULL) {
		if (p->error.ptr == NULL)
			p->error = seen->error;
		return *seen;
	}
	l.chain_id = arena_copy(a, chain_id);
	base = store(e, a, driver, "sha256", engine_hex(chain_id));
	if (engine_hex(chain_id).ptr == NULL) {
		engine_fault(e, a, &own, (struct fault){ .kind = FAULT_PART, .what = "is no chain id:",
		    .item = chain_id, .file = base, .expected = "sha256: and 64 hexadecimal digits" });
	} else {
		l.diff_id = engine_line(e, path_join(a, base, SPAN("diff")), a, true, &own);
		l.cache_id = engine_line(e, path_join(a, base, SPAN("cache-id")), a, true, &own);
		l.parent = engine_line(e, path_join(a, base, SPAN("parent")), a, false, &own);
		size = engine_line(e, path_join(a, base, SPAN("size")), a, false, &own);
		l.size.known = num_parse(size, &l.size.n);
	}
	l.error = own.error;
	if (p->error.ptr == NULL)
		p->error = l.error;
	*(struct docker_layer *)list_add(a, &d->layers, sizeof(l)) = l;
	name = arena_copy(a, name);
	if (!a->full)
		index_put(&d->layer_of, a, name, d->layers.n - 1);
	return l;
}

void
docker_chain(struct engine *e, struct span driver, struct span chain_id, struct arena *a, struct list *refs,
    struct provenance *p)
{
	struct layer_ref *r;
	struct docker_layer l;
	struct span at = chain_id;
	bool unread = false;

	while (at.len > 0) {
		if (refs->n >= LIMIT_LAYERS) {	/* a chain that bites its tail, too */
			engine_fault(e, a, p, (struct fault){ .kind = FAULT_PART,
			    .what = "chain of layers without an end, from", .item = chain_id,
			    .file = store(e, a, driver, "sha256", engine_hex(chain_id)) });
			break;
		}
		l = layer(e, driver, at, a, p);
		r = list_add(a, refs, sizeof(*r));
		*r = (struct layer_ref){ .kind = LAYER_LAYER, .form = docker_form(driver, LAYER_LAYER), .chain_id = l.chain_id,
			.diff_id = l.diff_id };
		if (l.cache_id.len > 0)
			r->evidence_path = docker_content(e, a, driver, l.cache_id, LAYER_LAYER, &unread);
		if (engine_hex(l.chain_id).len > 0)
			r->tar_split = path_join(a, store(e, a, driver, "sha256", engine_hex(l.chain_id)),
			    SPAN("tar-split.json.gz"));
		at = l.parent;
	}
	if (unread)
		docker_unread(e, a, driver, p);
	list_reverse(refs, sizeof(*r));		/* read from the top */
	r = refs->v;
	for (size_t i = 0; i < refs->n; i++)
		r[i].n = u64_of(i + 1);
}

struct u64
docker_chain_size(struct engine *e, struct span driver, const struct list *refs, struct arena *a)
{
	const struct layer_ref *r = refs->v;
	const struct docker_layer *l;
	struct u64 sum = u64_of(0);

	for (size_t i = 0; i < refs->n; i++) {
		l = known(e->state, layer_name(a, driver, r[i].chain_id));
		if (l == NULL || !l->size.known || !num_add(sum.n, l->size.n, &sum.n))
			return (struct u64){ 0 };
	}
	return sum;
}

static void
own_layer(struct engine *e, struct arena *a, struct container *c, enum layer_kind kind, struct span name)
{
	struct layer_ref *r = list_add(a, &c->layers, sizeof(*r));
	bool unread = false;

	*r = (struct layer_ref){ .n = u64_of(c->layers.n), .kind = kind, .form = docker_form(c->storage.driver, kind),
		.evidence_path = docker_content(e, a, c->storage.driver, name, kind, &unread) };
	if (unread)
		docker_unread(e, a, c->storage.driver, &c->provenance);
}

struct span
docker_store_of(struct engine *e, struct arena *a, struct span container)
{
	struct docker *d = e->state;

	for (size_t i = 0; i < d->drivers.n; i++)
		if (root_is(e->root, store(e, a, list_span(&d->drivers, i), "mounts", container), FILE_DIRECTORY))
			return list_span(&d->drivers, i);
	return (struct span){ 0 };
}

void
docker_container_layers(struct engine *e, struct arena *a, struct container *c)
{
	struct docker *d = e->state;
	struct provenance *p = &c->provenance;
	struct span base, mount, init, parent, merged, driver = c->storage.driver;

	if (d->drivers.n == 0 && docker_graph_here(e)) {
		docker_graph_container_layers(e, a, c);
		return;
	}
	if (driver.len == 0)			/* a record that cannot be read does not say which */
		driver = docker_store_of(e, a, c->container);
	if (driver.len > 0 && !list_has(&d->drivers, driver))
		engine_fault(e, a, p, (struct fault){ .kind = FAULT_PART, .item = driver,
		    .what = "layers lie in a store that is not read:", .file = docker_path(e, a, SPAN("image")),
		    .expected = docker_instead(driver) });
	if (driver.len == 0 || !list_has(&d->drivers, driver))
		return;
	c->storage.driver = driver;
	base = store(e, a, driver, "mounts", c->container);
	mount = engine_line(e, path_join(a, base, SPAN("mount-id")), a, true, p);
	init = engine_line(e, path_join(a, base, SPAN("init-id")), a, false, p);
	parent = engine_line(e, path_join(a, base, SPAN("parent")), a, false, p);
	c->layers = list_none();
	docker_chain(e, driver, parent, a, &c->layers, p);
	if (init.len > 0)
		own_layer(e, a, c, LAYER_INIT, init);
	if (mount.len > 0) {
		own_layer(e, a, c, LAYER_RW, mount);
		c->storage.snapshot = mount;
		/* made by mounting, removed by unmounting: it stays when the power goes */
		merged = docker_path(e, a, driver, SPAN("/"), mount, SPAN("/merged"));
		if (root_is(e->root, merged, FILE_DIRECTORY))
			list_add_span(a, &c->witnesses, merged);
	}
}

struct u64
docker_own_size(struct engine *e, const struct container *c)
{
	static const char *const apart[] = { "overlay2", "fuse-overlayfs", "overlay", "aufs" };
	const struct layer_ref *top = c->layers.n == 0 ? NULL : (const struct layer_ref *)c->layers.v + c->layers.n - 1;

	for (size_t i = 0; i < sizeof(apart) / sizeof(*apart); i++)
		if (top != NULL && top->kind == LAYER_RW && top->evidence_path.len > 0 &&
		    span_is(c->storage.driver, apart[i]))
			return root_size(e->root, top->evidence_path);
	return (struct u64){ 0 };
}
