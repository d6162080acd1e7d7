/* SPDX-License-Identifier: ISC */
/* Walking the columns of a record. */

#include <string.h>
#include <strings.h>

#include "record/record.h"

static bool
part_absent(const struct record *r, const void *row)
{
	for (size_t i = 0; i < r->n; i++)
		if (!value_absent(&r->columns[i], (const char *)row + r->columns[i].at))
			return false;
	return true;
}

bool
value_absent(const struct column *c, const void *at)
{
	switch (c->kind) {
	case K_TEXT: case K_ID: case K_DIGEST: case K_PATH: case K_ANY:
		return ((const struct span *)at)->ptr == NULL;
	case K_TIME:
		return !((const struct timestamp *)at)->known;
	case K_U64:
		return !((const struct u64 *)at)->known;
	case K_I64:
		return !((const struct i64 *)at)->known;
	case K_BOOL: case K_ENUM:
		return *(const unsigned *)at == 0;
	case K_LIST: case K_MAP: case K_EACH:
		return ((const struct list *)at)->v == NULL;
	case K_IN: case K_PART:
		return part_absent(c->in, at);
	}
	return true;
}

/* Parts are opened to one level: *i is a column, times MOST, and a column of its part. */
const struct column *
record_next(const struct record *r, size_t *i, size_t *base)
{
	enum { MOST = 1024 };
	size_t k = *i / MOST, within = *i % MOST;
	const struct column *c = &r->columns[k];

	if (k == r->n)
		return NULL;
	if (c->kind != K_PART) {
		*base = 0;
		*i += MOST;
		return c;
	}
	*base = c->at;
	*i = within + 1 < c->in->n ? *i + 1 : (k + 1) * MOST;
	return &c->in->columns[within];
}

const struct column *
record_column(const struct record *r, struct span name, size_t *base)
{
	const struct column *c;

	for (size_t i = 0; (c = record_next(r, &i, base)) != NULL;)
		if (c->len == name.len && memcmp(c->name, name.ptr, name.len) == 0)
			return c;
	return NULL;
}

const struct column *
record_column_folded(const struct record *r, struct span name, size_t *base)
{
	const struct column *c, *folded = NULL;
	size_t i = 0, of_folded = 0;

	while ((c = record_next(r, &i, base)) != NULL) {
		if (c->len != name.len)
			continue;
		if (memcmp(c->name, name.ptr, name.len) == 0)
			return c;
		if (folded == NULL && strncasecmp(name.ptr, c->name, name.len) == 0) {
			folded = c;
			of_folded = *base;
		}
	}
	*base = of_folded;
	return folded;
}

const char *
kind_word(const struct column *c)
{
	static const char *const words[] = { "text", "id", "digest", "path", "JSON", "time", "int", "int",
		"bool", "word", NULL, "map", "record", "list of records", NULL };
	static const char *const lists[] = { "list of text", "list of id", "list of digest", "list of path",
		"list", "list", "list of int", "list of int" };

	return c->kind == K_LIST ? lists[c->of] : words[c->kind];
}
