/* SPDX-License-Identifier: ISC */
/* Where engines are looked for. Told by content, never by name. */

#include <stdlib.h>

#include "base/limits.h"
#include "engine/engine.h"

static const struct engine_kind *const kinds[] = { &docker_kind, &archive_kind };

enum { N_KINDS = sizeof(kinds) / sizeof(*kinds) };

static void
add(struct engines *all, const struct engine_kind *kind, struct span path, struct span how)
{
	struct engine *e = arena_take(&all->arena, sizeof(*e)), **slot;

	if (all->arena.full)		/* it lies on the spare page */
		return;
	slot = list_add(&all->arena, &all->list, sizeof(e));
	if (all->arena.full)
		return;
	*slot = e;
	*e = (struct engine){ .kind = kind, .root = all->root, .place = path, .how_found = how,
		.arena = arena_open(all->root->arena.ceiling) };
	root_fault(all->root, kind->open(e));
}

/* Which kind of engine lies there, if any: the first that says so. UNKNOWN where one could not look and none found. */
static enum tri
kind_of(struct engines *all, struct span path, const struct engine_kind **kind)
{
	enum tri found, any = NO;

	for (size_t k = 0; k < N_KINDS; k++) {
		struct fault f = NO_FAULT;

		found = kinds[k]->here(all->root, path, &f);
		root_fault(all->root, f);
		*kind = kinds[k];
		if (found == YES)
			return YES;
		if (found == UNKNOWN)
			any = UNKNOWN;
	}
	return any;
}

/* Looks at a place that was not looked at before, and opens what is there; then at what may lie within. */
static void
look(struct engines *all, struct span path, struct span how, unsigned depth)
{
	const struct engine_kind *kind;
	struct list places = { 0 };
	struct file file;
	struct place *place;
	enum tri found;

	if (index_get(&all->seen, path) != SIZE_MAX)
		return;
	index_put(&all->seen, &all->arena, path, all->looked.n);
	found = kind_of(all, path, &kind);
	place = list_add(&all->arena, &all->looked, sizeof(*place));
	*place = (struct place){ path, found };
	if (found == YES && root_stat(all->root, path, &file).kind == FAULT_NONE &&
	    !file_again(&all->folders, &all->arena, &file))	/* a link to it, a bind mount: one engine */
		add(all, kind, path, how);
	if (depth == LIMIT_NESTED)
		return;
	for (size_t k = 0; k < N_KINDS; k++)
		kinds[k]->within(all->root, path, &all->arena, &places);
	for (size_t i = 0; i < places.n; i++)
		look(all, list_pair(&places, i)->key, list_pair(&places, i)->value, depth + 1);
}

/* A tar without an engine may itself be a file system. */
static void
look_bare(struct engines *all)
{
	struct fault f = NO_FAULT;

	if (rootfs_kind.here(all->root, SPAN("/"), &f) == YES)
		add(all, &rootfs_kind, SPAN("/"), SPAN("operand"));
	root_fault(all->root, f);
}

static struct span
looked_for(struct engines *all)
{
	const struct place *v = all->looked.v;
	struct span s = SPAN("");

	for (size_t i = 0; i < all->looked.n; i++)
		s = arena_concat(&all->arena, s, span_of(i > 0 ? ", " : ""), v[i].path);
	return s;
}

struct fault
engines_open(struct engines *all, struct root *root)
{
	*all = (struct engines){ .root = root, .arena = arena_open(root->arena.ceiling) };
	look(all, SPAN("/"), SPAN("operand"), 0);
	for (size_t k = 0; k < N_KINDS && all->list.n == 0; k++) {
		struct list places = { 0 };

		kinds[k]->places(root, &all->arena, &places);
		for (size_t i = 0; i < places.n; i++)
			look(all, list_pair(&places, i)->key, list_pair(&places, i)->value, 0);
	}
	if (all->list.n == 0)
		look_bare(all);
	if (all->list.n > 0)
		return NO_FAULT;
	if (all->arena.full)
		return (struct fault){ .kind = FAULT_ALL, .what = "looking for engines needs more memory than there is, or than "
		    "--memory" };
	return (struct fault){ .kind = FAULT_ALL, .what = "no container engine found; looked in",
		.item = looked_for(all), .expected = "a host's root, an engine's folder or an archive of images" };
}

bool
engines_row(struct engines *all, size_t i, struct arena *a, struct data_root *row)
{
	const struct place *looked = all->looked.v;
	struct looked *l;
	struct engine *e;
	struct list ids;

	*row = (struct data_root){ .provenance = { .host = all->root->host, .evidence = all->root->name } };
	if (i >= all->list.n)
		return false;
	e = ((struct engine **)all->list.v)[i];
	row->engine = span_of(e->kind->name);
	row->evidence_path = e->place;
	row->how_found = e->how_found;
	e->kind->list(e, CONTAINERS, &ids);
	row->containers = u64_of(ids.n);
	e->kind->list(e, IMAGES, &ids);
	if (ids.v != NULL)			/* else it has some that are not read */
		row->images = u64_of(ids.n);
	for (size_t k = 0; k < all->looked.n; k++) {
		l = list_add(a, &row->looked_for, sizeof(*l));
		*l = (struct looked){ looked[k].path, looked[k].found };
	}
	e->kind->row(e, a, row);
	return true;
}

void
engines_close(struct engines *all)
{
	bool full = all->arena.full && all->list.n > 0;	/* else engines_open() has said it */

	for (size_t i = 0; i < all->list.n; i++) {
		struct engine *e = ((struct engine **)all->list.v)[i];

		full |= e->arena.full;
		arena_close(&e->arena);
	}
	if (full)
		root_fault(all->root, (struct fault){ .kind = FAULT_PART, .what = "what the engine keeps needs more memory than "
		    "there is, or than --memory; the answer may lack something" });
	arena_close(&all->arena);
}

static int
by_id(const void *a, const void *b)
{
	return span_cmp(((const struct item *)a)->id, ((const struct item *)b)->id);
}

/* An empty answer that could only be empty. */
static void
say_images_only(struct engines *all, enum subject what)
{
	struct engine *const *e = all->list.v;

	for (size_t i = 0; i < all->list.n; i++)
		if (what == IMAGES || e[i]->kind->container != NULL)
			return;
	if (all->list.n > 0 && e[0]->kind == &rootfs_kind)
		root_fault(all->root, (struct fault){ .kind = FAULT_ALL, .what = "no container engine found; looked in",
			.item = looked_for(all), .expected = "a host's root or an engine's folder; as an image: --show images" });
	else if (all->list.n > 0)
		root_fault(all->root, (struct fault){ .kind = FAULT_ODD, .what = what == CONTAINERS ?
			"holds images and no containers:" : "holds images and no volumes:", .item = SPAN("--show images lists them") });
}

/* Adds those of one kind, in their order. */
static void
gather(struct engines *all, enum subject what, struct list *items)
{
	size_t before = items->n;

	for (size_t i = 0; i < all->list.n; i++) {
		struct engine *e = ((struct engine **)all->list.v)[i];
		struct list ids;

		e->kind->list(e, what, &ids);
		for (size_t k = 0; k < ids.n; k++)
			*(struct item *)list_add(&all->arena, items, sizeof(struct item)) =
			    (struct item){ list_span(&ids, k), e, what };
	}
	if (items->n > before + 1)
		qsort((struct item *)items->v + before, items->n - before, sizeof(struct item), by_id);
}

void
engines_items(struct engines *all, enum subject what, struct list *items)
{
	*items = list_none();
	if (what == STACKS) {
		gather(all, CONTAINERS, items);
		gather(all, IMAGES, items);
	} else {
		say_images_only(all, what);
		gather(all, what, items);
	}
}
