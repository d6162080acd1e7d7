/* SPDX-License-Identifier: ISC */
/* JSON into structs, by their tables: our own JSON Lines, and engines' documents. */
#ifndef RECORD_READ_H
#define RECORD_READ_H

#include "format/json.h"
#include "record/record.h"

struct reading {
	struct arena *arena;		/* what the row will point at; the JSON tree's own spans are kept too */
	struct faults *faults;		/* where a value of the wrong type is said */
	struct span file;		/* whose document it is */
	bool foreign;			/* an engine's: keys count in any case, as Go's encoding/json takes them */
	struct fault first;		/* the first thing that was wrong */
};

/* Fills ROW, which the caller zeroed, from an object. null is absent; keys that no column names are left;
 * every value that a column took whole is marked `taken` (of records within, their members are). A value
 * of the wrong type is a fault that names the key, dotted, and leaves the column absent. In a record of ours NAME_b64
 * counts instead of NAME; an engine has no such keys. */
void record_read(struct reading *, const struct record *, void *row, struct json *object);

#endif
