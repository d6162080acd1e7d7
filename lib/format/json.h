/* SPDX-License-Identifier: ISC */
/* JSON documents, strictly: the whole input, or a fault with its offset.
 *
 * The tree is of cJSON's nodes, on an arena, so that cJSON's predicates and iteration serve; beside each
 * lie the offset and exact spans that evidence needs: numbers keep their text, strings may hold U+0000,
 * and a lone surrogate is kept as the three bytes it would have in UTF-8. Never free or alter the tree
 * by cJSON's functions. Source: RFC 8259. */
#ifndef FORMAT_JSON_H
#define FORMAT_JSON_H

#include <cjson/cJSON.h>

#include "base/fault.h"

struct json {
	cJSON node;		/* first, so that a cJSON * of this tree is a struct json * */
	struct span key;	/* decoded; absent for the root and in arrays */
	struct span text;	/* a string decoded, a number as it was written; else absent */
	struct span raw;	/* the value's bytes within the input */
	uint64_t at;		/* offset of the value */
	bool taken;		/* for the reader of records: a column holds this */
};

/* TEXT and ARENA must outlive the tree. *root is NULL with a fault. ODD receives the first thing that is
 * worth a word but loses nothing: a key twice in one object (the last one counts, as in Go's
 * encoding/json, and earlier ones are left out of the tree), bytes that are no UTF-8.
 * Limits: LIMIT_DEPTH, the arena's ceiling. */
struct fault json_parse(struct span text, struct arena *, struct json **root, struct fault *odd);

static inline struct json *
json_child(const struct json *j)
{
	return j == NULL ? NULL : (struct json *)j->node.child;
}

static inline struct json *
json_next(const struct json *j)
{
	return (struct json *)j->node.next;
}

/* The member KEY of an object by exact name, or NULL. For the few keys that we know. */
struct json *json_get(const struct json *object, const char *key);

#endif
