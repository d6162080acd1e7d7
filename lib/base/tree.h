/* SPDX-License-Identifier: ISC */
/* A tree of names, as a file system has: found by parent and name, walked in any order or sorted. Keyed, so that evidence
 * cannot choose names that collide. */
#ifndef BASE_TREE_H
#define BASE_TREE_H

#include "base/arena.h"

#define TREE_NONE UINT32_MAX	/* no node */

/* Every node is a struct of the user's own that begins with this. */
struct tree_node {
	struct span name;		/* one component, on the tree's arena */
	uint32_t parent, first, next;	/* the root's parent is TREE_NONE; children; the next of the same parent */
	uint32_t chain;			/* the next in the same bucket */
};

struct tree {
	char *nodes;			/* moves when it grows: numbers last, pointers do not */
	size_t size;			/* of a node */
	uint32_t n, room;
	uint32_t *buckets;		/* as many as room */
	uint64_t key[2];
	uint64_t memory;		/* that nodes and buckets may take */
	struct arena *arena;		/* of names */
};

/* An empty tree of nodes of SIZE bytes, at most MEMORY of them and of what finds them; names go to ARENA. */
struct tree tree_open(struct arena *, size_t size, uint64_t memory);
void tree_close(struct tree *);

/* A node without a parent; several trees may stand in one. TREE_NONE: there is no memory. What follows the tree_node is zero. */
uint32_t tree_root(struct tree *);

/* A node of a name that its parent does not have yet. */
uint32_t tree_add(struct tree *, uint32_t parent, struct span name);

/* The node of a name, or TREE_NONE. */
uint32_t tree_child(const struct tree *, uint32_t parent, struct span name);

/* Puts the children of PARENT into ORDER of their names. */
void tree_sort(struct tree *, uint32_t parent, int (*order)(struct span, struct span));

static inline void *
tree_at(const struct tree *t, uint32_t i)
{
	return t->nodes + (size_t)i * t->size;
}

#endif
