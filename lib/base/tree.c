/* SPDX-License-Identifier: ISC */
/* A tree of names: nodes in one array, found by a table of buckets. */

#include <stdlib.h>
#include <string.h>

#include "base/hash.h"
#include "base/tree.h"

static struct tree_node *
node(const struct tree *t, uint32_t i)
{
	return tree_at(t, i);
}

static uint32_t
bucket_of(const struct tree *t, uint32_t parent, struct span name)
{
	uint64_t key[2] = { t->key[0] ^ parent, t->key[1] };

	return (uint32_t)hash_sip(key, name) & (t->room - 1);
}

struct tree
tree_open(struct arena *a, size_t size, uint64_t memory)
{
	struct tree t = { .size = size, .memory = memory, .arena = a };

	hash_key(t.key);
	return t;
}

void
tree_close(struct tree *t)
{
	free(t->nodes);
	free(t->buckets);
	*t = (struct tree){ 0 };
}

/* Twice the room, and every node in its new bucket. */
static bool
grow(struct tree *t)
{
	uint32_t room = t->room == 0 ? 1024 : t->room * 2, *buckets, bucket;
	uint64_t cost = (uint64_t)room * (t->size + sizeof(*buckets));
	char *nodes;

	if (room > TREE_NONE / 2 || cost > t->memory)
		return false;
	nodes = realloc(t->nodes, room * t->size);
	if (nodes == NULL)
		return false;
	t->nodes = nodes;
	buckets = malloc(room * sizeof(*buckets));
	if (buckets == NULL)
		return false;
	free(t->buckets);
	memset(buckets, 0xff, room * sizeof(*buckets));
	t->buckets = buckets;
	t->room = room;
	for (uint32_t i = 0; i < t->n; i++) {
		if (node(t, i)->parent == TREE_NONE)	/* a root has no name to be found by */
			continue;
		bucket = bucket_of(t, node(t, i)->parent, node(t, i)->name);
		node(t, i)->chain = buckets[bucket];
		buckets[bucket] = i;
	}
	return true;
}

/* A zeroed node at the end, in no bucket. */
static uint32_t
new_node(struct tree *t, struct span name)
{
	if (t->n == t->room && !grow(t))
		return TREE_NONE;
	memset(node(t, t->n), 0, t->size);
	*node(t, t->n) = (struct tree_node){ .name = name, .parent = TREE_NONE, .first = TREE_NONE, .next = TREE_NONE,
		.chain = TREE_NONE };
	return t->n++;
}

uint32_t
tree_root(struct tree *t)
{
	return new_node(t, SPAN(""));
}

uint32_t
tree_add(struct tree *t, uint32_t parent, struct span name)
{
	struct span kept = arena_copy(t->arena, name);
	uint32_t i = t->arena->full ? TREE_NONE : new_node(t, kept), bucket;

	if (i == TREE_NONE)
		return i;
	bucket = bucket_of(t, parent, kept);
	node(t, i)->parent = parent;
	node(t, i)->chain = t->buckets[bucket];
	t->buckets[bucket] = i;
	node(t, i)->next = node(t, parent)->first;
	node(t, parent)->first = i;
	return i;
}

uint32_t
tree_child(const struct tree *t, uint32_t parent, struct span name)
{
	uint32_t i = t->room == 0 ? TREE_NONE : t->buckets[bucket_of(t, parent, name)];

	while (i != TREE_NONE && (node(t, i)->parent != parent || !span_eq(node(t, i)->name, name)))
		i = node(t, i)->chain;
	return i;
}

/* Merges two sorted lists of siblings. */
static uint32_t
merge(struct tree *t, uint32_t a, uint32_t b, int (*order)(struct span, struct span))
{
	uint32_t head, *tail = &head;

	while (a != TREE_NONE && b != TREE_NONE) {
		uint32_t *least = order(node(t, a)->name, node(t, b)->name) <= 0 ? &a : &b;

		*tail = *least;
		tail = &node(t, *least)->next;
		*least = *tail;
	}
	*tail = a != TREE_NONE ? a : b;
	return head;
}

void
tree_sort(struct tree *t, uint32_t parent, int (*order)(struct span, struct span))
{
	uint32_t runs[32], next, run;	/* runs[i]: a sorted list of 2^i siblings, or none */
	size_t i;

	memset(runs, 0xff, sizeof(runs));
	for (uint32_t at = node(t, parent)->first; at != TREE_NONE; at = next) {
		next = node(t, at)->next;
		node(t, at)->next = TREE_NONE;
		run = at;
		for (i = 0; runs[i] != TREE_NONE; i++) {
			run = merge(t, runs[i], run, order);
			runs[i] = TREE_NONE;
		}
		runs[i] = run;
	}
	for (run = TREE_NONE, i = 0; i < 32; i++)
		run = merge(t, runs[i], run, order);
	node(t, parent)->first = run;
}
