/* SPDX-License-Identifier: ISC */
/* The language of the house: a record is a C struct and a table of its columns. One emitter prints any of
 * them in any format, one reader reads any back from JSON; an engine's own documents are read through the
 * same kind of table. A new column is one member and one line here.
 *
 * A table is written with ROW defined as the struct's type:
 *
 *	#define ROW struct container
 *	static const struct column columns[] = {
 *		COL_PART(provenance, provenance_record),
 *		COL(name, TEXT, SHOWN, "name without the slash"),
 *	};
 *	const struct record container_record = RECORD("container", "ctr-ls", columns);
 *
 * A kind that does not fit the member's C type does not compile. */
#ifndef RECORD_RECORD_H
#define RECORD_RECORD_H

#include "base/value.h"

enum kind {
	K_TEXT, K_ID, K_DIGEST, K_PATH,	/* struct span */
	K_ANY,				/* struct span: a JSON value as it was written */
	K_TIME,				/* struct timestamp */
	K_U64, K_I64,			/* struct u64, i64 */
	K_BOOL,				/* enum tri */
	K_ENUM,				/* an enum of ours; 0 is absent, words[] names the others */
	K_LIST,				/* struct list of what `of` says: spans, u64 or i64 */
	K_MAP,				/* struct list of struct pair; `of`: K_TEXT or K_ANY */
	K_IN,				/* a struct: a record within */
	K_EACH,				/* struct list of structs: records within */
	K_PART,				/* a struct whose columns stand among ours */
};

enum column_flag {
	HIDDEN = 0,
	SHOWN = 1,	/* in the default table */
	BRIEF = 2,	/* the first 12 characters of it, in a table */
	SECONDS = 4,	/* without a fraction, in a table */
	RISK = 8,	/* in the default table of --risk */
	MANY = 16,	/* in the default table when the answer is about more than one container */
	KEYED = 32,	/* for reading: the member's key, where a document has an object of objects */
	ITSELF = 64,	/* for reading: the member's value, where that is no object */
	HEADLINE = 256,	/* what a line of a timeline says of the row */
	KEPT = 128,	/* for reading: the column holds what is made of the value, which is not `taken` */
};

struct record;

struct column {
	const char *name, *doc;
	size_t len;			/* of name */
	enum kind kind, of;
	unsigned show;
	size_t at;
	const char *const *words;
	const struct record *in;
};

struct record {
	const char *name, *by;		/* by: the tools that print it */
	const struct column *columns;
	size_t n, size;
};

#define KIND_SPAN(m, k) _Generic(((ROW *)0)->m, struct span: (k))
#define KIND_TEXT(m) KIND_SPAN(m, K_TEXT)
#define KIND_ID(m) KIND_SPAN(m, K_ID)
#define KIND_DIGEST(m) KIND_SPAN(m, K_DIGEST)
#define KIND_PATH(m) KIND_SPAN(m, K_PATH)
#define KIND_ANY(m) KIND_SPAN(m, K_ANY)
#define KIND_TIME(m) _Generic(((ROW *)0)->m, struct timestamp: K_TIME)
#define KIND_U64(m) _Generic(((ROW *)0)->m, struct u64: K_U64)
#define KIND_I64(m) _Generic(((ROW *)0)->m, struct i64: K_I64)
#define KIND_BOOL(m) _Generic(((ROW *)0)->m, enum tri: K_BOOL)
#define KIND_ENUM(m) _Generic(((ROW *)0)->m, unsigned: K_ENUM)
#define KIND_LIST(m) _Generic(((ROW *)0)->m, struct list: K_LIST)
#define KIND_MAP(m) _Generic(((ROW *)0)->m, struct list: K_MAP)
#define KIND_EACH(m) _Generic(((ROW *)0)->m, struct list: K_EACH)

#define COLUMN(key, m, k, ...) { .name = (key), .len = sizeof(key) - 1, .kind = KIND_##k(m), .at = offsetof(ROW, m), __VA_ARGS__ }
#define WITHIN(key, m, k, r, ...)                                                                  \
	{ .name = (key), .len = sizeof(key) - 1, .kind = (k), .at = offsetof(ROW, m), .in = &(r), __VA_ARGS__ }

/* Columns of our own records. */
#define COL(m, k, s, d) COLUMN(#m, m, k, .show = (s), .doc = (d))
#define COL_ENUM(m, w, s, d) COLUMN(#m, m, ENUM, .words = (w), .show = (s), .doc = (d))
#define COL_LIST(m, k, s, d) COLUMN(#m, m, LIST, .of = K_##k, .show = (s), .doc = (d))
#define COL_MAP(m, s, d) COLUMN(#m, m, MAP, .of = K_TEXT, .show = (s), .doc = (d))
#define COL_EACH(m, r, s, d) COLUMN(#m, m, EACH, .in = &(r), .show = (s), .doc = (d))
#define COL_IN(m, r, s, d) WITHIN(#m, m, K_IN, r, .show = (s), .doc = (d))
#define COL_PART(m, r) WITHIN("", m, K_PART, r, .show = HIDDEN)

/* Keys of an engine's document. */
#define KEY(key, m, k) COLUMN(key, m, k, .show = HIDDEN)
#define KEY_KEPT(key, m, k) COLUMN(key, m, k, .show = KEPT)
#define KEY_LIST(key, m, k) COLUMN(key, m, LIST, .of = K_##k)
#define KEY_MAP(key, m, k) COLUMN(key, m, MAP, .of = K_##k)
#define KEY_EACH(key, m, r) COLUMN(key, m, EACH, .in = &(r))
#define KEY_LIST_KEPT(key, m, k) COLUMN(key, m, LIST, .of = K_##k, .show = KEPT)
#define KEY_MAP_KEPT(key, m, k) COLUMN(key, m, MAP, .of = K_##k, .show = KEPT)
#define KEY_EACH_KEPT(key, m, r) COLUMN(key, m, EACH, .in = &(r), .show = KEPT)
#define KEY_IN(key, m, r) WITHIN(key, m, K_IN, r, .show = HIDDEN)
#define KEY_ITSELF(m, k) COLUMN("", m, k, .show = KEYED)
#define KEY_VALUE(m, r) COLUMN("", m, EACH, .in = &(r), .show = ITSELF)

#define RECORD(n, b, c) { (n), (b), (c), sizeof(c) / sizeof(*(c)), sizeof(ROW) }
#define RECORD_KEYS(c) RECORD(NULL, NULL, c)

/* Whether nothing is known: of a record within, of any of its columns. */
bool value_absent(const struct column *, const void *at);

/* The column of a name, through parts; *base is what its offset counts from within ROW. */
const struct column *record_column(const struct record *, struct span name, size_t *base);

/* The same; where none has that name exactly, the first that has it in another case of its letters (ASCII). */
const struct column *record_column_folded(const struct record *, struct span name, size_t *base);

/* The columns of a record, parts opened, one after the other: *i begins as 0, *base is as above. */
const struct column *record_next(const struct record *, size_t *i, size_t *base);

/* A word for a kind: "text", "list of path" ... */
const char *kind_word(const struct column *);

#endif
