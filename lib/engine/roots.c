/* SPDX-License-Identifier: ISC */
/* Where engines are looked for. Told by content, never by name. */

#include <stdlib.h>

#include "base/limits.h"
#include "engine/engine.h"

static const struct engine_kind *const kinds[] = { &docker_kind };

enum { N_KINDS = sizeof(kinds) / sizeof(*kinds) };

/* Looks at a place that was not looked at before, and opens what is there; then at what may lie within. */
static void
look(struct engines *all, const struct engine_kind *kind, struct span path, struct span how, unsigned depth)
{
	struct list places = { 0 };
	struct file file;
	struct place *place;
	struct fault f = NO_FAULT;
	struct engine *e, **slot;

	if (index_get(&all->seen, path) != SIZE_MAX)
		return;
	index_put(&all->seen, &all->arena, path, all->looked.n);
	place = list_add(&all->arena, &all->looked, sizeof(*place));
	*place = (struct place){ path, kind->here(all->root, path, &f) };
	root_fault(all->root, f);
	if (place->found == YES && root_stat(all->root, path, &file).kind == FAULT_NONE &&
	    !file_again(&all->folders, &all->arena, &file)) {	/* a link to it, a bind mount: one engine */
		e = arena_take(&all->arena, sizeof(*e));
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
	if (depth == LIMIT_NESTED)
		return;
	kind->within(all->root, path, &all->arena, &places);
	for (size_t i = 0; i < places.n; i++)
		look(all, kind, list_pair(&places, i)->key, list_pair(&places, i)->value, depth + 1);
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
	for (size_t k = 0; k < N_KINDS; k++)
		look(all, kinds[k], SPAN("/"), SPAN("operand"), 0);
	for (size_t k = 0; k < N_KINDS && all->list.n == 0; k++) {
		struct list places = { 0 };

		kinds[k]->places(root, &all->arena, &places);
		for (size_t i = 0; i < places.n; i++)
			look(all, kinds[k], list_pair(&places, i)->key, list_pair(&places, i)->value, 0);
	}
	if (all->list.n > 0)
		return NO_FAULT;
	if (all->arena.full)
		return (struct fault){ .kind = FAULT_ALL, .what = "looking for engines needs more memory than there is, or than "
		    "--memory" };
	return (struct fault){ .kind = FAULT_ALL, .what = "no container engine found; looked in",
		.item = looked_for(all), .expected = "a host's root or an engine's folder" };
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

void
engines_items(struct engines *all, enum subject what, struct list *items)
{
	struct list images;

	*items = list_none();
	if (what == STACKS) {
		engines_items(all, CONTAINERS, items);
		engines_items(all, IMAGES, &images);
		for (size_t i = 0; i < images.n; i++)
			*(struct item *)list_add(&all->arena, items, sizeof(struct item)) = ((struct item *)images.v)[i];
		return;
	}
	for (size_t i = 0; i < all->list.n; i++) {
		struct engine *e = ((struct engine **)all->list.v)[i];
		struct list ids;

		e->kind->list(e, what, &ids);
		for (size_t k = 0; k < ids.n; k++)
			*(struct item *)list_add(&all->arena, items, sizeof(struct item)) =
			    (struct item){ list_span(&ids, k), e, what };
	}
	if (items->n > 1)
		qsort(items->v, items->n, sizeof(struct item), by_id);
}
