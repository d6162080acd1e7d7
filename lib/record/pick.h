/* SPDX-License-Identifier: ISC */
/* Columns by name: for -c and -w, and for the emitter, which walks nothing else. */
#ifndef RECORD_PICK_H
#define RECORD_PICK_H

#include "base/fault.h"
#include "record/record.h"

enum { PICK_DEPTH = 4 };

/* A column, perhaps within records: "name", "ns.pid", "mounts.source" (of each), "labels.app.kubernetes.io/name"
 * (after a map the rest is the key). */
struct pick {
	struct span name;
	unsigned depth;
	const struct column *path[PICK_DEPTH];
	size_t base;			/* what path[0] counts from */
	struct span key;		/* of a map; absent: all of it */
};

/* The column of a dotted name. A fault whose item is the name: there is none. NAME must outlive the pick. */
struct fault pick_parse(const struct record *, struct span name, struct pick *out);

/* One value of a pick: what it is and where. */
struct value {
	const struct column *column;	/* its kind; with `item`, the kind is column->of */
	const void *at;
	bool item;			/* an item of a list */
};

/* The values that a pick means in a row: one, or each within lists of records. With `items`, scalar lists
 * and maps come value by value. */
struct values {
	const struct pick *pick;
	const void *row[PICK_DEPTH];
	const struct list *list[PICK_DEPTH];
	size_t i[PICK_DEPTH];
	bool items, started;
	const struct list *of;		/* items of the current value */
	size_t next;
	struct value current;
};

/* The values that a pick has in ROW, which is borrowed: one, or, where a list is on its way, many; ITEMS: those of a list at its
 * end one by one. values_next() is false past the last. */
struct values values_open(const struct pick *, const void *row, bool items);
bool values_next(struct values *, struct value *out);

/* Whether it passes through a list of records, so that it has many values. */
bool pick_many(const struct pick *);

/* Whether it is a column of the row itself. */
static inline bool
pick_simple(const struct pick *p)
{
	return p->depth == 1 && p->key.ptr == NULL;
}

/* COLUMN=VALUE, COLUMN~TEXT, > >= < <=, and !TEST. Times and numbers compare as such, enums in their order,
 * text bytewise. Of an id its
 * first 12 characters are enough for =. Of a list any value; on absent no test holds, so !TEST does. */
struct test {
	struct pick pick;
	bool negated;
	char op;			/* = ~ > < and g (>=), l (<=) */
	struct span text;
	struct timestamp time;
	struct i64 number;
	unsigned word;
};

/* A test of -w: COLUMN=VALUE and its kin. A fault: it means nothing. TEXT must outlive it. test_holds() asks it of a row. */
struct fault test_parse(const struct record *, struct span text, struct test *out);
bool test_holds(const struct test *, const void *row);

#endif
