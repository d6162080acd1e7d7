/* SPDX-License-Identifier: ISC */
/* Content of entries, from a folder or from within an archive. */

#include <stdlib.h>
#include <string.h>

#include "base/limits.h"
#include "base/sha256.h"
#include "format/tar.h"
#include "image/content.h"
#include "image/merge.h"

enum { PIECE = 256 * 1024 };

/* The file of that path beneath a layer: of a hard link into a lower layer, and of a copy of metadata. */
static uint32_t
beneath(const struct stack *s, uint32_t i, struct span path)
{
	struct arena a = arena_open(LIMIT_ROW);
	struct dirs ignored = { 0 };
	const char *why;
	struct span real;
	uint32_t found = merge_find(s, entry_at(s, i)->layer, path, false, &ignored, &a, &real, &why);

	dirs_close(&ignored);
	arena_close(&a);
	return found;
}

/* The file that a copy of metadata is of. Beside it alone does its directory say where beneath that goes on. */
static uint32_t
copied_from(const struct stack *s, uint32_t i)
{
	const struct entry *e = entry_at(s, i);
	struct span name = e->extra == NULL || e->extra->redirect.len == 0 ? e->in.name : e->extra->redirect, real;
	struct arena a;
	struct dirs in = { 0 }, ignored = { 0 };
	uint32_t found = TREE_NONE;
	const char *why;

	if (span_starts(name, "/"))
		return beneath(s, i, name);
	a = arena_open(LIMIT_ROW);
	merge_find(s, e->layer + (size_t)1, entry_path(s, e->in.parent, &a), false, &in, &a, &real, &why);
	if (in.n > 0 && in.v[0] == e->in.parent)
		found = merge_child(s, &in, 1, in.n - 1, name, &ignored);
	dirs_close(&ignored);
	dirs_close(&in);
	arena_close(&a);
	return found;
}

uint32_t
content_entry(const struct stack *s, uint32_t i)
{
	const struct entry *e;

	for (size_t most = s->n + 1; i != TREE_NONE && most > 0; most--) {
		e = entry_at(s, i);
		if ((e->flags & ENTRY_HARDLINK) != 0) {
			i = e->to != TREE_NONE ? e->to : beneath(s, i, e->extra->link);
		} else if ((e->flags & ENTRY_METACOPY) != 0) {
			i = copied_from(s, i);
		} else {
			break;
		}
	}
	return i != TREE_NONE && entry_at(s, i)->type == FILE_REGULAR ? i : TREE_NONE;
}

struct part {
	struct bytes *in;
	const struct extra *extra;
	uint64_t size, data;
};

static struct fault
sparse_read(struct bytes *b, uint64_t at, char *buf, size_t len, size_t *got)
{
	const struct part *p = b->state;

	return tar_sparse_read(p->in, p->data, p->size, p->extra->pieces, p->extra->n_pieces, at, buf, len, got);
}

static void
sparse_close(struct bytes *b)
{
	free(b->state);
}

static const struct bytes_kind sparse_kind = { sparse_read, sparse_close };

static struct fault
open_part(struct stack *s, const struct entry *e, struct bytes *out)
{
	struct part *p = calloc(1, sizeof(*p));
	struct layer *l = &s->layers[e->layer];

	if (p == NULL)
		return fault_at(0, "not enough memory", NULL);
	*p = (struct part){ .in = &l->tar, .extra = e->extra, .size = e->size, .data = e->data };
	*out = (struct bytes){ .kind = &sparse_kind, .size = u64_of(e->size), .state = p };
	return NO_FAULT;
}

struct fault
content_open(struct stack *s, uint32_t i, struct bytes *out)
{
	uint32_t from = content_entry(s, i);
	const struct entry *e;

	*out = (struct bytes){ 0 };
	if (from == TREE_NONE)
		return (struct fault){ .kind = FAULT_PART, .what = "its bytes are in no layer here", .file = entry_path(s, i, &s->scratch) };
	e = entry_at(s, from);
	if ((e->flags & ENTRY_UNREAD) != 0)
		return (struct fault){ .kind = FAULT_PART, .what = "where its bytes lie in the archive is not known",
		    .file = entry_path(s, i, &s->scratch) };
	if (s->layers[e->layer].folder)
		return root_file(s->root, entry_place(s, from, &s->scratch), NULL, out);
	if (e->sparse)
		return open_part(s, e, out);
	*out = bytes_part(&s->layers[e->layer].tar, e->data, e->size);
	return NO_FAULT;
}

/* Reads all of it, piece by piece. */
static bool
read_all(struct stack *s, uint32_t i, struct bytes *b, struct sha256 *h)
{
	char *buf = malloc(PIECE);
	size_t got = 1;
	uint64_t at = 0;
	struct fault f = NO_FAULT;

	if (buf == NULL) {
		memory_refuse();
		return false;
	}
	for (; got > 0 && f.kind == FAULT_NONE; at += got) {
		f = bytes_read(b, at, buf, PIECE, &got);
		sha256_add(h, (struct span){ buf, got });
	}
	free(buf);
	if (f.kind == FAULT_NONE && at == b->size.n)
		return true;
	if (f.kind == FAULT_NONE)
		f = fault_at(at, "ends before its size", NULL);
	root_fault(s->root, fault_in(f, entry_place(s, i, &s->scratch)));
	return false;
}

struct span
content_sha256(struct stack *s, uint32_t i, struct arena *a)
{
	struct sha256 h = sha256_open();
	const struct entry *e;
	struct bytes b;
	char hex[64];
	struct fault f;
	bool whole;

	i = content_entry(s, i);
	if (i == TREE_NONE)
		return (struct span){ 0 };
	e = entry_at(s, i);
	if (e->extra != NULL && e->extra->sha256[0] != '\0')
		return arena_copy(a, (struct span){ e->extra->sha256, 64 });
	f = content_open(s, i, &b);
	root_fault(s->root, f);
	if (f.kind != FAULT_NONE)
		return (struct span){ 0 };
	whole = read_all(s, i, &b, &h);
	bytes_close(&b);
	arena_reset(&s->scratch);
	if (!whole)
		return (struct span){ 0 };
	sha256_hex(&h, hex);
	memcpy(stack_extra(s, i)->sha256, hex, 64);	/* it may be asked for again */
	return arena_copy(a, (struct span){ hex, 64 });
}

struct span
content_head(struct stack *s, uint32_t i, size_t want, struct arena *a)
{
	const struct entry *e;
	struct span head = { 0 };
	struct bytes b;
	char *text;
	size_t got = 0;

	i = content_entry(s, i);
	if (i == TREE_NONE)
		return head;
	e = entry_at(s, i);
	if (e->extra != NULL && e->extra->n_head > 0 && want <= sizeof(e->extra->head))
		return (struct span){ e->extra->head, e->extra->n_head < want ? e->extra->n_head : want };
	if (s->layers[e->layer].codec != CODEC_NONE)
		return e->extra == NULL ? head : (struct span){ e->extra->head, e->extra->n_head };
	if (want > e->size)
		want = (size_t)e->size;
	text = arena_room(a, want);
	if (text != NULL && content_open(s, i, &b).kind == FAULT_NONE) {
		bytes_read(&b, 0, text, want, &got);
		bytes_close(&b);
		head = (struct span){ text, got };
	}
	return head;
}

/* Byte by byte; both can be read at any place. */
static enum tri
compare(struct stack *s, uint32_t a, uint32_t b)
{
	char *buf = malloc(2 * PIECE);
	struct bytes x, y = { 0 };
	size_t n = 1, m = 1;
	enum tri same = UNKNOWN;

	if (buf != NULL && content_open(s, a, &x).kind == FAULT_NONE) {
		if (content_open(s, b, &y).kind == FAULT_NONE) {
			same = YES;
			for (uint64_t at = 0; same == YES && n > 0; at += n) {
				if (bytes_read(&x, at, buf, PIECE, &n).kind != FAULT_NONE ||
				    bytes_read(&y, at, buf + PIECE, PIECE, &m).kind != FAULT_NONE)
					same = UNKNOWN;
				else if (n != m || memcmp(buf, buf + PIECE, n) != 0)
					same = NO;
			}
			bytes_close(&y);
		}
		bytes_close(&x);
	}
	free(buf);
	return same;
}

enum tri
content_same(struct stack *s, uint32_t a, uint32_t b)
{
	const struct entry *x, *y;

	a = content_entry(s, a);
	b = content_entry(s, b);
	if (a == TREE_NONE || b == TREE_NONE)
		return UNKNOWN;
	if (a == b)
		return YES;
	x = entry_at(s, a);
	y = entry_at(s, b);
	if (x->size != y->size)
		return NO;
	if (x->extra != NULL && y->extra != NULL && x->extra->sha256[0] != '\0' && y->extra->sha256[0] != '\0')
		return tri_of(memcmp(x->extra->sha256, y->extra->sha256, 64) == 0);
	if (x->size == 0)
		return YES;
	if (s->layers[x->layer].codec != CODEC_NONE || s->layers[y->layer].codec != CODEC_NONE)
		return UNKNOWN;
	return compare(s, a, b);
}

static bool
is_own(struct span name)
{
	return span_starts(name, "trusted.overlay.") || span_starts(name, "user.overlay.") || span_starts(name, "user.fuseoverlayfs.");
}

void
content_xattrs(const struct stack *s, uint32_t i, struct arena *a, struct list *pairs)
{
	struct list names = { 0 };
	struct span value, place;
	const struct entry *e;

	if ((entry_at(s, i)->flags & ENTRY_HARDLINK) != 0 && entry_at(s, i)->to != TREE_NONE)
		i = entry_at(s, i)->to;		/* which may lie in another layer, and that may be a folder */
	e = entry_at(s, i);
	*pairs = list_none();
	if (!s->layers[e->layer].folder) {
		for (size_t k = 0; e->extra != NULL && k < e->extra->n_xattrs; k++)
			list_add_pair(a, pairs, e->extra->xattrs[k].key, e->extra->xattrs[k].value);
		return;
	}
	place = entry_place(s, i, a);
	if (root_xattrs(s->root, place, a, &names).kind != FAULT_NONE)
		*pairs = (struct list){ 0 };
	for (size_t k = 0; k < names.n; k++)
		if (!is_own(list_span(&names, k)) &&
		    root_xattr(s->root, place, list_span(&names, k), a, &value).kind == FAULT_NONE)
			list_add_pair(a, pairs, list_span(&names, k), value);
}
