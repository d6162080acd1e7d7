/* SPDX-License-Identifier: ISC */
/* Numbers by name: where in a list an item stands. Keyed, so that evidence cannot choose names that collide. */
#ifndef BASE_INDEX_H
#define BASE_INDEX_H

#include "base/arena.h"

struct index_slot {
	struct span name;	/* absent: free */
	size_t n;
};

struct index {			/* all zero: empty */
	uint64_t key[2];
	struct index_slot *slots;
	size_t used, room;	/* room: a power of two, more than twice what is used; 24 bytes each */
};

/* The number of NAME, or SIZE_MAX. */
size_t index_get(const struct index *, struct span name);

/* NAME, which is not there yet, stands for N; it lives as long as the arena, on which the slots are. Where the arena is
 * full it is not kept. */
void index_put(struct index *, struct arena *, struct span name, size_t n);

#endif
