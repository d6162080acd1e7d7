/* SPDX-License-Identifier: ISC */
/* Numbers by name: open addressing, the next free slot. */

#include <string.h>

#include "base/hash.h"
#include "base/index.h"

static struct index_slot *
slot_of(const struct index *x, struct span name)
{
	size_t i = (size_t)hash_sip(x->key, name) & (x->room - 1);

	while (x->slots[i].name.ptr != NULL && !span_eq(x->slots[i].name, name))
		i = (i + 1) & (x->room - 1);
	return &x->slots[i];
}

size_t
index_get(const struct index *x, struct span name)
{
	const struct index_slot *s = x->room == 0 ? NULL : slot_of(x, name);

	return s == NULL || s->name.ptr == NULL ? SIZE_MAX : s->n;
}

static bool
grow(struct index *x, struct arena *a)
{
	struct index old = *x;
	size_t room = old.room == 0 ? 64 : old.room * 2, len = room * sizeof(struct index_slot);
	char *p = arena_room(a, len + _Alignof(struct index_slot));

	if (p == NULL)
		return false;
	if (old.room == 0)
		hash_key(x->key);
	p += -(uintptr_t)p & (_Alignof(struct index_slot) - 1);
	x->slots = memset(p, 0, len);
	x->room = room;
	for (size_t i = 0; i < old.room; i++)
		if (old.slots[i].name.ptr != NULL)
			*slot_of(x, old.slots[i].name) = old.slots[i];
	return true;
}

void
index_put(struct index *x, struct arena *a, struct span name, size_t n)
{
	if (a->full || (2 * x->used >= x->room && !grow(x, a)))
		return;
	*slot_of(x, name) = (struct index_slot){ name, n };
	x->used++;
}
