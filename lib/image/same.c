/* SPDX-License-Identifier: ISC */
/* Names by the digest of what they hold. */

#include "image/same.h"

struct name {
	struct span path;
	size_t next, last;		/* of the same digest, SIZE_MAX: none; last: of the first name, where the list ends */
};

void
same_open(struct same *s, size_t ceiling)
{
	*s = (struct same){ .arena = arena_open(ceiling) };
}

void
same_add(struct same *s, struct span digest, struct span path)
{
	struct name *v, *new;
	size_t first, i = s->names.n;

	if (digest.len == 0)
		return;
	path = arena_copy(&s->arena, path);
	new = list_add(&s->arena, &s->names, sizeof(*new));
	if (s->arena.full)
		return;
	*new = (struct name){ .path = path, .next = SIZE_MAX, .last = i };
	first = index_get(&s->first, digest);
	if (first == SIZE_MAX) {
		index_put(&s->first, &s->arena, arena_copy(&s->arena, digest), i);
		return;
	}
	v = s->names.v;
	v[v[first].last].next = i;
	v[first].last = i;
}

void
same_list(const struct same *s, struct span digest, struct span path, struct arena *a, struct list *out)
{
	const struct name *v = s->names.v;
	size_t i = digest.len == 0 ? SIZE_MAX : index_get(&s->first, digest);

	*out = list_none();
	for (; i != SIZE_MAX && out->n < SAME_MOST; i = v[i].next)
		if (!span_eq(v[i].path, path))
			list_add_span(a, out, v[i].path);
}

void
same_close(struct same *s)
{
	arena_close(&s->arena);
}
