/* SPDX-License-Identifier: ISC */
/* Extended attributes in pax records. Two spellings are in use, and bsdtar writes both:
 *
 *	SCHILY.xattr.NAME=VALUE		bytes as they are (star, GNU tar, Go's archive/tar and so Docker)
 *	LIBARCHIVE.xattr.NAME=VALUE	base64 without padding
 *
 * '=' ends a key, so names are written with %XX: all that is not printable ASCII by libarchive, in both spellings; '=' and
 * '%' alone by GNU tar. Sources: libarchive 3.6.2, tar(5) and archive_write_set_format_pax.c, url_encode(),
 * base64_encode(); GNU tar 1.34, xheader.c, xattr_encode_keyword(). */

#include <stdlib.h>
#include <string.h>

#include "base/limits.h"
#include "base/text.h"
#include "format/tar_header.h"

enum { NAME_MAX_LINUX = 255 };

/* One value, and where it stood: of those with one name the last counts. */
struct found {
	struct span name, value;
	size_t order;
	bool here;			/* said by these records, not by earlier ones */
};

static int
by_name(const void *a, const void *b)
{
	const struct found *x = a, *y = b;
	int c = span_cmp(x->name, y->name);

	return c != 0 ? c : (x->order > y->order) - (x->order < y->order);
}

static int
hex(char c)
{
	if (c >= '0' && c <= '9')
		return c - '0';
	c |= 0x20;
	return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

/* A name without its %XX; ALL: else of those two that GNU tar writes. False: a % that is none. */
static bool
decode_name(struct span s, bool all, struct arena *a, struct span *out)
{
	char *to = arena_room(a, s.len + 1);
	size_t n = 0;

	*out = s;
	if (to == NULL)
		return true;
	for (size_t i = 0; i < s.len; i++) {
		struct span three = span_sub(s, i, 3);

		to[n++] = s.ptr[i];
		if (s.ptr[i] != '%' || (!all && !span_is(three, "%3D") && !span_is(three, "%25")))
			continue;
		if (three.len < 3 || hex(three.ptr[1]) < 0 || hex(three.ptr[2]) < 0)
			return false;
		to[n - 1] = (char)(hex(three.ptr[1]) << 4 | hex(three.ptr[2]));
		i += 2;
	}
	*out = (struct span){ to, n };
	return true;
}

/* Base64, padded or not. */
static bool
decode_64(struct span s, struct arena *a, struct span *out)
{
	struct span pad = span_sub(SPAN("==="), 0, span_ends(s, "=") ? 0 : -s.len & 3);

	*out = text_unbase64(a, arena_concat(a, s, pad));
	return out->ptr != NULL || a->full;	/* the arena's owner asks for that */
}

static void
note(struct fault *f, uint64_t at, enum fault_kind kind, const char *what, struct span name, const char *expected)
{
	if (kind > f->kind)
		*f = fault_as(fault_item(at, what, name, expected), kind);
}

struct reading {
	uint64_t at;
	struct arena *arena;
	struct list found;		/* [struct found] */
	bool libarchive;		/* it wrote these records */
	struct fault fault;
};

static void
add(struct reading *r, struct span name, struct span value, bool here)
{
	size_t order = r->found.n;

	if (order == LIMIT_XATTRS) {
		note(&r->fault, r->at, FAULT_PART, "too many extended attributes, left out from", name, "at most 2048");
		return;
	}
	*(struct found *)list_add(r->arena, &r->found, sizeof(struct found)) = (struct found){ name, value, order, here };
}

/* The records of one spelling. */
static void
read_all(struct reading *r, const struct list *records, struct span prefix, bool in_64)
{
	for (size_t i = 0; i < records->n; i++) {
		const struct pair *p = list_pair(records, i);
		struct span stored = span_sub(p->key, prefix.len, SIZE_MAX), name, value = p->value;

		if (!span_eq(span_sub(p->key, 0, prefix.len), prefix))
			continue;
		if (!decode_name(stored, r->libarchive, r->arena, &name) || name.len == 0 || name.len > NAME_MAX_LINUX ||
		    memchr(name.ptr, '\0', name.len) != NULL)
			note(&r->fault, r->at, FAULT_PART, "bad name of an extended attribute", stored, "1 to 255 bytes, % as %25");
		if (in_64 && !decode_64(p->value, r->arena, &value))
			note(&r->fault, r->at, FAULT_PART, "bad value of an extended attribute", name, "base64");
		add(r, name, value, true);
	}
}

/* What was found, once a name. */
static void
settle(struct reading *r, struct list *xattrs)
{
	const struct found *v = r->found.v;

	*xattrs = (struct list){ 0 };
	if (r->found.n > 1)
		qsort(r->found.v, r->found.n, sizeof(*v), by_name);
	for (size_t i = 0; i < r->found.n; i++) {
		if (i + 1 == r->found.n || !span_eq(v[i].name, v[i + 1].name))
			list_add_pair(r->arena, xattrs, v[i].name, v[i].value);
		else if (v[i].here && v[i].value.ptr != NULL && !span_eq(v[i].value, v[i + 1].value))
			note(&r->fault, r->at, FAULT_ODD, "extended attribute with two values", v[i].name, "one; the later counts");
	}
}

struct fault
tar_apply_xattrs(const struct list *records, uint64_t at, struct arena *a, struct list *xattrs)
{
	static const struct span libarchive = { "LIBARCHIVE.xattr.", 17 }, schily = { "SCHILY.xattr.", 13 };
	struct reading r = { .at = at, .arena = a };
	bool any = false;

	for (size_t i = 0; i < records->n; i++) {
		bool its = span_eq(span_sub(list_pair(records, i)->key, 0, libarchive.len), libarchive);

		r.libarchive |= its;
		any |= its || span_eq(span_sub(list_pair(records, i)->key, 0, schily.len), schily);
	}
	if (!any)
		return NO_FAULT;
	for (size_t i = 0; i < xattrs->n; i++)
		add(&r, list_pair(xattrs, i)->key, list_pair(xattrs, i)->value, false);
	read_all(&r, records, libarchive, true);
	read_all(&r, records, schily, false);	/* which more readers know, and so counts */
	settle(&r, xattrs);
	return r.fault;
}
