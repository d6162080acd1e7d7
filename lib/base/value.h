/* SPDX-License-Identifier: ISC */
/* Values that can be absent. All bytes zero is absent, in every type: { 0 } is a row of which nothing
 * is known. Unknown is not false and not empty. */
#ifndef BASE_VALUE_H
#define BASE_VALUE_H

#include "base/arena.h"

enum tri { UNKNOWN, NO, YES };

struct u64 {
	uint64_t n;
	bool known;
};

struct i64 {
	int64_t n;
	bool known;
};

/* Seconds since 1970 UTC, leap seconds not counted, and nanoseconds 0 to 999,999,999 after them. */
struct timestamp {
	int64_t s;
	uint32_t ns;
	bool known;
};

/* N items side by side on an arena; v NULL is absent, v not NULL and n 0 is known to be none. */
struct list {
	void *v;
	size_t n, room;
};

/* A map is a list of these, in the order of the evidence. */
struct pair {
	struct span key, value;
};

static inline enum tri
tri_of(bool b)
{
	return b ? YES : NO;
}

static inline struct u64
u64_of(uint64_t n)
{
	return (struct u64){ n, true };
}

static inline struct i64
i64_of(int64_t n)
{
	return (struct i64){ n, true };
}

/* Known to have no items. */
struct list list_none(void);

/* A new zeroed item of SIZE <= ARENA_SPARE bytes at the end. The list moves within its arena when it
 * grows, so pointers to items do not last. Past the arena's ceiling the item is the arena's spare and
 * the list stays as it was. */
void *list_add(struct arena *, struct list *, size_t size);
void list_add_span(struct arena *, struct list *, struct span);
void list_add_pair(struct arena *, struct list *, struct span key, struct span value);

/* The last item first. */
void list_reverse(struct list *, size_t size);

/* Item I of a list of spans or pairs. */
static inline struct span
list_span(const struct list *l, size_t i)
{
	return ((const struct span *)l->v)[i];
}

static inline const struct pair *
list_pair(const struct list *l, size_t i)
{
	return &((const struct pair *)l->v)[i];
}

/* The value of KEY in a list of pairs, of several the last; absent if there is none. For the few keys
 * that we know by name; maps from evidence are iterated. */
struct span list_value(const struct list *, const char *key);
struct span list_value_of(const struct list *, struct span key);
bool list_has(const struct list *spans, struct span);

/* Whether two lists of pairs hold the same, in the same order. */
bool list_same_pairs(const struct list *, const struct list *);

/* The spans in bytewise order, each once. */
void list_sort_once(struct list *spans);

/* -1, 0 or 1; both must be known. */
static inline int
time_cmp(struct timestamp a, struct timestamp b)
{
	return a.s != b.s ? (a.s > b.s) - (a.s < b.s) : (a.ns > b.ns) - (a.ns < b.ns);
}

#endif
