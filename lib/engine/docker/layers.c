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

/* Where a driver keeps a layer's files. */
static struct span
content(struct engine *e, struct arena *a, struct span driver, struct span name)
{
	if (span_is(driver, "vfs"))
		return docker_path(e, a, SPAN("vfs/dir/"), name);
	if (span_is(driver, "aufs"))
		return docker_path(e, a, SPAN("aufs/diff/"), name);
	if (span_is(driver, "btrfs"))
		return docker_path(e, a, SPAN("btrfs/subvolumes/"), name);
	return docker_path(e, a, driver, SPAN("/"), name, SPAN("/diff"));
}

static struct docker_layer *
known(struct docker *d, struct span driver, struct span chain_id)
{
	struct docker_layer *l = d->layers.v;

	for (size_t i = 0; i < d->layers.n; i++)
		if (span_eq(l[i].chain_id, chain_id) && span_eq(l[i].driver, driver))
			return &l[i];
	return NULL;
}

/* Reads a layer of the store once for the run; many containers stand on few layers. */
static struct docker_layer
layer(struct engine *e, struct span driver, struct span chain_id, struct provenance *p)
{
	struct docker *d = e->state;
	struct docker_layer *seen = known(d, driver, chain_id), l = { 0 };
	struct arena *a = &e->arena;
	struct provenance own = { 0 };
	struct span base, size;

	if (seen != NULL) {
		if (p->error.ptr == NULL)
			p->error = seen->error;
		return *seen;
	}
	l.driver = arena_copy(a, driver);
	l.chain_id = arena_copy(a, chain_id);
	base = store(e, a, driver, "sha256", docker_hex(chain_id));
	if (docker_hex(chain_id).ptr == NULL) {
		docker_fault(e, a, &own, (struct fault){ .kind = FAULT_PART, .what = "is no chain id:",
		    .item = chain_id, .file = base, .expected = "sha256: and 64 hexadecimal digits" });
	} else {
		l.diff_id = docker_line(e, path_join(a, base, SPAN("diff")), a, true, &own);
		l.cache_id = docker_line(e, path_join(a, base, SPAN("cache-id")), a, true, &own);
		l.parent = docker_line(e, path_join(a, base, SPAN("parent")), a, false, &own);
		size = docker_line(e, path_join(a, base, SPAN("size")), a, false, &own);
		l.size.known = num_parse(size, &l.size.n);
	}
	l.error = own.error;
	if (p->error.ptr == NULL)
		p->error = l.error;
	*(struct docker_layer *)list_add(a, &d->layers, sizeof(l)) = l;
	return l;
}

void
docker_chain(struct engine *e, struct span driver, struct span chain_id, struct arena *a, struct list *refs,
    struct provenance *p)
{
	struct layer_ref *r;
	struct docker_layer l;
	struct span at = chain_id;

	while (at.len > 0) {
		if (refs->n >= LIMIT_LAYERS) {	/* a chain that bites its tail, too */
			docker_fault(e, a, p, (struct fault){ .kind = FAULT_PART,
			    .what = "chain of layers without an end, from", .item = chain_id,
			    .file = store(e, a, driver, "sha256", docker_hex(chain_id)) });
			break;
		}
		l = layer(e, driver, at, p);
		r = list_add(a, refs, sizeof(*r));
		*r = (struct layer_ref){ .kind = LAYER_LAYER, .chain_id = l.chain_id, .diff_id = l.diff_id };
		if (l.cache_id.len > 0)
			r->evidence_path = content(e, a, driver, l.cache_id);
		if (docker_hex(l.chain_id).len > 0)
			r->tar_split = path_join(a, store(e, a, driver, "sha256", docker_hex(l.chain_id)),
			    SPAN("tar-split.json.gz"));
		at = l.parent;
	}
	list_reverse(refs, sizeof(*r));		/* read from the top */
	r = refs->v;
	for (size_t i = 0; i < refs->n; i++)
		r[i].n = u64_of(i + 1);
}

struct u64
docker_chain_size(struct engine *e, struct span driver, const struct list *refs)
{
	const struct layer_ref *r = refs->v;
	const struct docker_layer *l;
	struct u64 sum = u64_of(0);

	for (size_t i = 0; i < refs->n; i++) {
		l = known(e->state, driver, r[i].chain_id);
		if (l == NULL || !l->size.known || !num_add(sum.n, l->size.n, &sum.n))
			return (struct u64){ 0 };
	}
	return sum;
}

static void
own_layer(struct engine *e, struct arena *a, struct container *c, enum layer_kind kind, struct span name)
{
	struct layer_ref *r = list_add(a, &c->layers, sizeof(*r));

	*r = (struct layer_ref){ .n = u64_of(c->layers.n), .kind = kind,
		.evidence_path = content(e, a, c->storage.driver, name) };
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
	/* a record that cannot be read does not say which driver; the store that knows the container does */
	for (size_t i = 0; driver.len == 0 && i < d->drivers.n; i++)
		if (root_is(e->root, store(e, a, list_span(&d->drivers, i), "mounts", c->container),
		    FILE_DIRECTORY))
			driver = list_span(&d->drivers, i);
	if (driver.len > 0 && !list_has(&d->drivers, driver))
		docker_fault(e, a, p, (struct fault){ .kind = FAULT_PART, .item = driver,
		    .what = "layers lie in a store that is not read:", .file = docker_path(e, a, SPAN("image")),
		    .expected = "a storage driver with a folder there" });
	if (driver.len == 0 || !list_has(&d->drivers, driver))
		return;
	c->storage.driver = driver;
	base = store(e, a, driver, "mounts", c->container);
	mount = docker_line(e, path_join(a, base, SPAN("mount-id")), a, true, p);
	init = docker_line(e, path_join(a, base, SPAN("init-id")), a, false, p);
	parent = docker_line(e, path_join(a, base, SPAN("parent")), a, false, p);
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
