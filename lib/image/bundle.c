/* SPDX-License-Identifier: ISC */
/* Entries as an archive. */

#include <stdlib.h>

#include "base/num.h"
#include "format/pack.h"
#include "image/bundle.h"
#include "image/content.h"

enum { PIECE = 256 * 1024 };

struct item {
	struct span path;
	uint32_t entry;
	uint32_t layer;
	uint64_t at;			/* where its bytes lie in the layer */
	bool directory;
};

void
bundle_open(struct bundle *r, struct stack *s)
{
	*r = (struct bundle){ .stack = s, .arena = arena_open(s->root->arena.ceiling) };
}

void
bundle_close(struct bundle *r)
{
	arena_close(&r->arena);
}

bool
bundle_add(struct bundle *r, uint32_t i, struct span path)
{
	uint32_t from = entry_at(r->stack, i)->type == FILE_REGULAR ? content_entry(r->stack, i) : i;
	struct item *item;

	while (span_starts(path, "/"))
		path = span_sub(path, 1, SIZE_MAX);
	if (path.len == 0)
		path = SPAN("./");
	if (index_get(&r->names, path) != SIZE_MAX)
		return false;
	path = arena_copy(&r->arena, path);
	item = list_add(&r->arena, &r->wanted, sizeof(*item));
	if (r->arena.full)
		return true;			/* said when it is written */
	index_put(&r->names, &r->arena, path, r->wanted.n - 1);
	*item = (struct item){ .path = path, .entry = i, .layer = entry_at(r->stack, from == TREE_NONE ? i : from)->layer,
		.at = from == TREE_NONE ? 0 : entry_at(r->stack, from)->data,
		.directory = entry_at(r->stack, i)->type == FILE_DIRECTORY };
	if (entry_at(r->stack, i)->type == FILE_REGULAR)
		r->bytes += entry_of(r->stack, i)->size;
	return true;
}

static int
by_place(const void *a, const void *b)
{
	const struct item *x = a, *y = b;
	int order = y->directory - x->directory;

	if (order == 0 && !x->directory)
		order = num_cmp(x->layer, y->layer);
	if (order == 0 && !x->directory)
		order = num_cmp(x->at, y->at);
	return order != 0 ? order : span_cmp(x->path, y->path);
}

static enum tar_type
type_of(const struct entry *e)
{
	static const enum tar_type types[] = { [FILE_REGULAR] = TAR_FILE, [FILE_DIRECTORY] = TAR_DIR, [FILE_LINK] = TAR_SYMLINK,
		[FILE_FIFO] = TAR_FIFO, [FILE_CHAR] = TAR_CHAR, [FILE_BLOCK] = TAR_BLOCK, [FILE_SOCKET] = TAR_OTHER,
		[FILE_UNKNOWN] = TAR_OTHER };

	return types[e->type];
}

static void
give_bytes(struct stack *s, const struct item *item, struct pack *p, char *buf)
{
	struct bytes b;
	size_t got = 1;
	uint64_t at = 0;
	struct fault f = content_open(s, item->entry, &b);

	for (; f.kind == FAULT_NONE && got > 0 && p->out->error == 0; at += got) {
		f = bytes_read(&b, at, buf, PIECE, &got);
		pack_data(p, (struct span){ buf, got });
	}
	if (f.kind == FAULT_NONE && p->out->error == 0 && at != b.size.n)
		f = fault_at(at, "ends before its size; the rest is given as zeros", NULL);
	if (f.kind != FAULT_NONE) {
		f = fault_as(f, FAULT_PART);
		f.item = item->path;
		root_fault(s->root, fault_in(f, entry_place(s, item->entry, &s->scratch)));
	}
	bytes_close(&b);
	arena_reset(&s->scratch);
}

static void
give(struct stack *s, const struct item *item, struct pack *p, char *buf, struct arena *a)
{
	const struct entry *e = entry_of(s, item->entry);
	struct tar_entry to = { .name = item->path, .type = type_of(e), .mode = e->mode, .uid = e->uid, .gid = e->gid,
		.size = e->size, .mtime = e->mtime };
	const char *why = NULL;

	if (to.type == TAR_OTHER) {
		root_fault(s->root, (struct fault){ .kind = FAULT_PART, .what = "no archive holds what this is:", .item = item->path,
		    .expected = "a file, a directory, a link, a device or a FIFO" });
		return;
	}
	if (e->extra != NULL) {
		to.link = e->type == FILE_LINK ? arena_copy(a, e->extra->link) : (struct span){ 0 };
		to.major = e->extra->major;
		to.minor = e->extra->minor;
	}
	content_xattrs(s, item->entry, a, &to.xattrs);
	if (!pack_entry(p, &to, &why)) {
		root_fault(s->root, (struct fault){ .kind = FAULT_PART, .what = "the archive cannot hold this name, or its attributes:",
		    .item = item->path });
		return;
	}
	if (to.type == TAR_FILE && to.size > 0)
		give_bytes(s, item, p, buf);
}

void
bundle_write(struct bundle *r, struct out *out)
{
	struct arena a = arena_open(r->stack->root->arena.ceiling);
	const struct item *v = r->wanted.v;
	char *buf = malloc(PIECE);
	struct pack p;

	if (r->arena.full)
		root_fault(r->stack->root, (struct fault){ .kind = FAULT_PART, .what = "archive needs more memory than --memory; not all is in it" });
	if (buf == NULL || !pack_open(&p, out)) {
		memory_refuse();
		free(buf);
		return;
	}
	if (r->wanted.n > 1)
		qsort(r->wanted.v, r->wanted.n, sizeof(*v), by_place);
	for (size_t i = 0; i < r->wanted.n && out->error == 0; i++) {
		give(r->stack, &v[i], &p, buf, &a);
		arena_reset(&a);
	}
	pack_close(&p);
	free(buf);
	arena_close(&a);
}
