/* SPDX-License-Identifier: ISC */
/* Values that can be absent. */

#include <stdlib.h>
#include <string.h>

#include "base/num.h"
#include "base/value.h"

static max_align_t none;	/* what a list points at that is known to be empty */

struct list
list_none(void)
{
	return (struct list){ .v = &none };
}

void *
list_add(struct arena *a, struct list *l, size_t size)
{
	size_t room = l->room == 0 ? 4 : l->room * 2;
	char *grown;

	if (l->n == l->room) {
		/* the bytes before the first aligned one are the price of arena_room() not aligning */
		grown = arena_room(a, room * size + _Alignof(max_align_t));
		if (grown == NULL)
			return arena_take(a, size);
		grown += -(uintptr_t)grown & (_Alignof(max_align_t) - 1);
		if (l->n > 0)
			memcpy(grown, l->v, l->n * size);
		l->v = grown;
		l->room = room;
	}
	return memset((char *)l->v + l->n++ * size, 0, size);
}

void
list_add_span(struct arena *a, struct list *l, struct span s)
{
	*(struct span *)list_add(a, l, sizeof(s)) = s;
}

void
list_add_pair(struct arena *a, struct list *l, struct span key, struct span value)
{
	*(struct pair *)list_add(a, l, sizeof(struct pair)) = (struct pair){ key, value };
}

void
list_reverse(struct list *l, size_t size)
{
	char *a = l->v, *b, kept;

	for (size_t i = 0; i < l->n / 2; i++, a += size) {
		b = (char *)l->v + (l->n - 1 - i) * size;
		for (size_t k = 0; k < size; k++) {
			kept = a[k];
			a[k] = b[k];
			b[k] = kept;
		}
	}
}

struct span
list_value_of(const struct list *l, struct span key)
{
	for (size_t i = l->n; i-- > 0;)
		if (span_eq(list_pair(l, i)->key, key))
			return list_pair(l, i)->value;
	return (struct span){ 0 };
}

struct span
list_value(const struct list *l, const char *key)
{
	return list_value_of(l, span_of(key));
}

bool
list_has(const struct list *l, struct span s)
{
	for (size_t i = 0; i < l->n; i++)
		if (span_eq(list_span(l, i), s))
			return true;
	return false;
}

void
list_sort_once(struct list *spans)
{
	struct span *v = spans->v;
	size_t n = 0;

	if (spans->n > 1)
		qsort(v, spans->n, sizeof(*v), span_order);
	for (size_t i = 0; i < spans->n; i++)
		if (n == 0 || !span_eq(v[n - 1], v[i]))
			v[n++] = v[i];
	spans->n = n;
}

bool
list_same_pairs(const struct list *x, const struct list *y)
{
	for (size_t i = 0; i < x->n && x->n == y->n; i++)
		if (!span_eq(list_pair(x, i)->key, list_pair(y, i)->key) ||
		    !span_eq(list_pair(x, i)->value, list_pair(y, i)->value))
			return false;
	return x->n == y->n;
}
