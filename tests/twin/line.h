/* SPDX-License-Identifier: ISC */
/* An entry of an archive as one line of text, for two readers to be held against each other:
 * path, type (as find -printf %y), size, mode, uid, gid, mtime, device, link target, SHA-256 of its bytes, and each
 * extended attribute as NAME=HEX, sorted. A hard link is the file that it is another name of. Paths begin with '/'. */
#ifndef TESTS_TWIN_LINE_H
#define TESTS_TWIN_LINE_H

#include "base/out.h"
#include "base/sha256.h"
#include "base/text.h"
#include "base/value.h"

struct line {
	struct span path, link;
	char type;
	uint32_t mode, major, minor;
	uint64_t uid, gid, size;	/* size: of files */
	struct timestamp mtime;
	char sum[64];			/* of files */
	struct list xattrs;		/* [pair], in any order; of a name twice the same value is said once */
};

static inline int
line_pair_order(const void *a, const void *b)
{
	const struct pair *x = a, *y = b;
	int c = span_cmp(x->key, y->key);

	return c != 0 ? c : span_cmp(x->value, y->value);
}

static inline void
line_number(struct out *o, char before, uint64_t n)
{
	out_byte(o, before);
	out_u64(o, n);
}

static inline void
line_xattr(struct out *o, const struct pair *p)
{
	out_byte(o, '\t');
	text_escape(o, p->key);
	out_byte(o, '=');
	for (size_t i = 0; i < p->value.len; i++) {
		out_byte(o, "0123456789abcdef"[(unsigned char)p->value.ptr[i] >> 4]);
		out_byte(o, "0123456789abcdef"[p->value.ptr[i] & 15]);
	}
}

static inline void
line_print(struct out *o, struct line *l)
{
	struct pair *v = l->xattrs.v;

	text_escape(o, l->path);
	out_byte(o, '\t');
	out_byte(o, l->type);
	line_number(o, '\t', l->type == 'f' ? l->size : 0);
	line_number(o, '\t', l->mode);
	line_number(o, '\t', l->uid);
	line_number(o, '\t', l->gid);
	out_byte(o, '\t');
	out_i64(o, l->mtime.s);
	line_number(o, '.', l->mtime.ns);
	line_number(o, '\t', l->type == 'c' || l->type == 'b' ? l->major : 0);
	line_number(o, ':', l->type == 'c' || l->type == 'b' ? l->minor : 0);
	out_byte(o, '\t');
	text_escape(o, l->link);
	out_byte(o, '\t');
	if (l->type == 'f')
		out_write(o, (struct span){ l->sum, sizeof(l->sum) });
	if (l->xattrs.n > 1)
		qsort(v, l->xattrs.n, sizeof(*v), line_pair_order);
	for (size_t i = 0; i < l->xattrs.n; i++)
		if (i == 0 || line_pair_order(&v[i], &v[i - 1]) != 0)
			line_xattr(o, &v[i]);
	out_byte(o, '\n');
}

#endif
