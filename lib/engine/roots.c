/* SPDX-License-Identifier: ISC */
/* Where engines are looked for. Told by content, never by name. */

#include <stdlib.h>

#include "engine/engine.h"

static const struct engine_kind *const kinds[] = { &docker_kind };

enum { N_KINDS = sizeof(kinds) / sizeof(*kinds) };

/* Opens what is at PLACE, unless it is known already. */
static void
try_place(struct engines *all, const struct engine_kind *kind, struct span place, const char *how)
{
	struct fault f = NO_FAULT;
	struct engine *e;

	for (size_t i = 0; i < all->list.n; i++)
		if (span_eq(((struct engine **)all->list.v)[i]->place, place))
			return;
	if (kind->here(all->root, place, &f) != YES) {
		root_fault(all->root, f);
		return;
	}
	e = arena_take(&all->arena, sizeof(*e));
	*e = (struct engine){ .kind = kind, .root = all->root, .place = arena_copy(&all->arena, place),
		.how_found = how, .arena = arena_open(all->root->arena.ceiling) };
	*(struct engine **)list_add(&all->arena, &all->list, sizeof(e)) = e;
	root_fault(all->root, kind->open(e));
}

struct fault
engines_open(struct engines *all, struct root *root)
{
	struct span looked = SPAN("/");

	*all = (struct engines){ .root = root, .arena = arena_open(root->arena.ceiling) };
	for (size_t k = 0; k < N_KINDS; k++)
		try_place(all, kinds[k], SPAN("/"), "operand");
	for (size_t k = 0; k < N_KINDS && all->list.n == 0; k++) {
		struct list places = { 0 };

		kinds[k]->configured(root, &all->arena, &places);
		for (size_t i = 0; i < places.n; i++) {
			try_place(all, kinds[k], list_span(&places, i), "config");
			looked = arena_concat(&all->arena, looked, SPAN(", "), list_span(&places, i));
		}
		for (const char *const *p = kinds[k]->places; *p != NULL; p++) {
			try_place(all, kinds[k], span_of(*p), "default");
			looked = arena_concat(&all->arena, looked, SPAN(", "), span_of(*p));
		}
	}
	if (all->list.n > 0)
		return NO_FAULT;
	return (struct fault){ .kind = FAULT_ALL, .what = "no container engine found; looked in", .item = looked,
		.expected = "a host's root or an engine's folder" };
}

void
engines_close(struct engines *all)
{
	for (size_t i = 0; i < all->list.n; i++)
		arena_close(&((struct engine **)all->list.v)[i]->arena);
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
	*items = list_none();
	for (size_t i = 0; i < all->list.n; i++) {
		struct engine *e = ((struct engine **)all->list.v)[i];
		struct list ids;

		e->kind->list(e, what, &ids);
		for (size_t k = 0; k < ids.n; k++)
			*(struct item *)list_add(&all->arena, items, sizeof(struct item)) =
			    (struct item){ list_span(&ids, k), e };
	}
	if (items->n > 1)
		qsort(items->v, items->n, sizeof(struct item), by_id);
}
