/* SPDX-License-Identifier: ISC */
/* A tar that is one file system: docker export's, a layer alone, a rootfs. One image of one layer, of which no document
 * says anything. A directory is not taken for one: any folder may look so. */

#include "base/limits.h"
#include "engine/document.h"

#define ID SPAN("/")		/* by which the engine is asked for it; it has no digest */

static void
none(struct root *r, struct arena *a, struct list *to)
{
	(void)r;
	(void)a;
	(void)to;
}

static void
none_within(struct root *r, struct span place, struct arena *a, struct list *to)
{
	(void)r;
	(void)place;
	(void)a;
	(void)to;
}

/* By what lies at the top: a folder that systems have there, or the mark of a deletion. */
static enum tri
here(struct root *r, struct span path, struct fault *f)
{
	static const char *const tops[] = { "bin", "boot", "dev", "etc", "home", "lib", "lib32", "lib64", "media", "mnt", "opt",
		"proc", "root", "run", "sbin", "srv", "sys", "tmp", "usr", "var", ".dockerenv" };
	struct arena a = arena_open(LIMIT_ROW);
	struct list names = list_none();
	bool found = false;

	*f = NO_FAULT;
	if (r->kind == &root_tar)
		*f = root_list(r, path, &a, &names);
	f->file = path;		/* the arena goes */
	for (size_t i = 0; i < names.n && !found; i++) {
		found = span_starts(list_span(&names, i), ".wh.");
		for (size_t k = 0; k < sizeof(tops) / sizeof(*tops); k++)
			found |= span_is(list_span(&names, i), tops[k]);
	}
	arena_close(&a);
	return f->kind != FAULT_NONE ? UNKNOWN : tri_of(found);
}

static struct fault
open_rootfs(struct engine *e)
{
	(void)e;
	return NO_FAULT;
}

static void
row(struct engine *e, struct arena *a, struct data_root *r)
{
	(void)e;
	(void)a;
	(void)r;
}

static void
list(struct engine *e, enum subject what, struct list *ids)
{
	*ids = list_none();
	if (what == IMAGES)
		list_add_span(&e->arena, ids, ID);
}

static void
image(struct engine *e, struct span id, enum want want, struct arena *a, struct image *i)
{
	struct layer_ref *r;

	(void)id;
	i->engine = SPAN("rootfs");
	i->provenance.host = e->root->host;
	i->provenance.evidence = e->root->name;
	i->provenance.read_from = list_none();
	i->names = list_none();
	if (want < WANT_LAYERS)
		return;
	r = list_add(a, &i->layers, sizeof(*r));
	*r = (struct layer_ref){ .n = u64_of(1), .kind = LAYER_LAYER, .form = FORM_OCI, .evidence_path = e->place };
}

const struct engine_kind rootfs_kind = {
	.name = "rootfs",
	.places = none,
	.within = none_within,
	.here = here,
	.open = open_rootfs,
	.row = row,
	.list = list,
	.image = image,
};
