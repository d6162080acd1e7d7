/* SPDX-License-Identifier: ISC */
/* A tar as evidence: a tree of what it holds, built once; bytes are read in place.
 *
 * Memory: 144 bytes an entry, its last name and its extended attributes, under the ceiling of --memory. Names are those of the
 * archive as GNU tar would unpack it: of two with one name the later counts, nothing leaves the root, and
 * nothing is put beneath a symbolic link. What an unpacking tar would refuse is said and left out. */

#include <stdlib.h>
#include <string.h>

#include "base/limits.h"
#include "base/num.h"
#include "base/tree.h"
#include "evidence/root.h"
#include "format/tar.h"

enum { ROOT_NODE = 0 };

struct node {
	struct tree_node in;
	struct span link;		/* of a symbolic link */
	struct tar_piece *pieces;	/* of a sparse file */
	const struct pair *xattrs;	/* sorted */
	uint64_t size, data, stored;
	struct timestamp mtime;
	uint32_t ino;			/* this node, or the one that it is a hard link to */
	uint32_t uid, gid, major, minor, n_pieces;
	uint16_t mode;
	uint8_t type;
	uint16_t n_xattrs;		/* LIMIT_XATTRS at most */
	bool sparse, unread;		/* unread: where its bytes lie is not known */
	bool seen;			/* has an entry of its own, is not only implied by one beneath */
};

struct index_state {
	struct tree tree;
	struct arena scratch;		/* of one walk, or of one entry while indexing */
	struct list xattrs;		/* [pair] of the last entry that had any, while indexing */
};

static struct node *
node_at(const struct index_state *t, uint32_t i)
{
	return tree_at(&t->tree, i);
}

/* What is only implied by an entry beneath it. */
static uint32_t
implied(struct index_state *t, uint32_t i)
{
	if (i != TREE_NONE) {
		node_at(t, i)->type = FILE_DIRECTORY;
		node_at(t, i)->mode = 0755;
		node_at(t, i)->ino = i;
	}
	return i;
}

enum placed { PLACED, NO_MEMORY, LEAVES, UNDER_LINK, UNDER_FILE };

/* The node of a name in the archive; CREATE: with what leads to it. */
static enum placed
place(struct index_state *t, struct span path, bool create, uint32_t *out)
{
	uint32_t at = ROOT_NODE, next;
	struct span name;

	while (span_cut(&path, '/', &name)) {
		if (name.len == 0 || span_is(name, "."))
			continue;
		if (span_is(name, ".."))
			return LEAVES;
		if (node_at(t, at)->type != FILE_DIRECTORY)
			return node_at(t, at)->type == FILE_LINK ? UNDER_LINK : UNDER_FILE;
		next = tree_child(&t->tree, at, name);
		if (next == TREE_NONE && create)
			next = implied(t, tree_add(&t->tree, at, name));
		if (next == TREE_NONE)
			return NO_MEMORY;
		at = next;
	}
	*out = at;
	return PLACED;
}

static enum file_type
type_of(enum tar_type t)
{
	static const enum file_type types[] = { [TAR_FILE] = FILE_REGULAR, [TAR_HARDLINK] = FILE_REGULAR,
		[TAR_SYMLINK] = FILE_LINK, [TAR_CHAR] = FILE_CHAR, [TAR_BLOCK] = FILE_BLOCK,
		[TAR_DIR] = FILE_DIRECTORY, [TAR_FIFO] = FILE_FIFO, [TAR_OTHER] = FILE_UNKNOWN };

	return types[t];
}

/* Labels are the same in file after file, and those of a global header in all: such are kept once. */
static void
keep_xattrs(struct root *r, struct node *n, const struct tar_entry *e)
{
	struct list *kept = &((struct index_state *)r->state)->xattrs;

	n->n_xattrs = 0;
	if (e->xattrs.n == 0)
		return;
	if (!list_same_pairs(kept, &e->xattrs)) {
		*kept = (struct list){ 0 };
		for (size_t i = 0; i < e->xattrs.n; i++)
			list_add_pair(&r->arena, kept, arena_copy(&r->arena, list_pair(&e->xattrs, i)->key),
			    arena_copy(&r->arena, list_pair(&e->xattrs, i)->value));
	}
	n->xattrs = kept->v;
	n->n_xattrs = (uint16_t)kept->n;
}

/* Fills a node from its entry, keeping its place in the tree. False when there is no memory for all of it. */
static bool
fill(struct root *r, struct node *n, const struct tar_entry *e)
{
	n->type = (uint8_t)type_of(e->type);
	n->mode = (uint16_t)e->mode;
	n->uid = e->uid > UINT32_MAX ? UINT32_MAX : (uint32_t)e->uid;
	n->gid = e->gid > UINT32_MAX ? UINT32_MAX : (uint32_t)e->gid;
	n->mtime = e->mtime;
	n->size = e->size;
	n->data = e->data;
	n->stored = e->stored;
	n->major = e->major;
	n->minor = e->minor;
	n->link = e->type == TAR_SYMLINK ? arena_copy(&r->arena, e->link) : (struct span){ 0 };
	keep_xattrs(r, n, e);
	n->sparse = e->sparse;
	n->unread = e->bad_map;
	n->n_pieces = 0;
	n->seen = true;
	if (e->pieces.n > 0) {
		size_t len = e->pieces.n * sizeof(struct tar_piece);
		char *p = arena_room(&r->arena, len + _Alignof(struct tar_piece));

		if (p == NULL)
			return false;
		p += -(uintptr_t)p & (_Alignof(struct tar_piece) - 1);
		n->pieces = memcpy(p, e->pieces.v, len);
		n->n_pieces = (uint32_t)e->pieces.n;
	}
	return !r->arena.full;
}

static struct fault
wrong(const struct tar_entry *e, const char *what)
{
	return fault_item(e->at, what, e->name, NULL);
}

static void
link_to(struct root *r, struct index_state *t, uint32_t i, const struct tar_entry *e)
{
	struct node *n = node_at(t, i);
	uint32_t to;

	if (place(t, e->link, false, &to) != PLACED || !node_at(t, to)->seen || to == i ||
	    node_at(t, to)->type == FILE_DIRECTORY) {
		root_fault(r, fault_item(e->at, "hard link to nothing that stands before it", e->link,
		    "a file of this archive"));
		n->type = FILE_UNKNOWN;
		return;
	}
	struct tree_node kept = n->in;
	*n = *node_at(t, to);
	n->in = kept;
}

static struct fault
index_full(const struct tar_entry *e)
{
	return fault_at(e->at, "index needs more memory than --memory; what follows is not read", NULL);
}

static struct fault
enter(struct root *r, struct index_state *t, const struct tar_entry *e)
{
	struct node *n;
	uint32_t i;

	switch (place(t, e->name, true, &i)) {
	case NO_MEMORY:
		return index_full(e);
	case LEAVES:
		root_fault(r, wrong(e, "name that leaves the archive, left out:"));
		return NO_FAULT;
	case UNDER_LINK:
		root_fault(r, wrong(e, "entry beneath a symbolic link, left out:"));
		return NO_FAULT;
	case UNDER_FILE:
		root_fault(r, wrong(e, "entry beneath what is no directory, left out:"));
		return NO_FAULT;
	case PLACED:
		break;
	}
	n = node_at(t, i);
	if (i == ROOT_NODE && e->type != TAR_DIR)
		root_fault(r, wrong(e, "entry in the place of the archive's root, left out:"));
	else if (n->in.first != TREE_NONE && e->type != TAR_DIR)
		root_fault(r, wrong(e, "entry in the place of a directory that is not empty, left out:"));
	else {
		if (n->seen && (n->type != FILE_DIRECTORY || e->type != TAR_DIR))
			root_fault(r, fault_as(wrong(e, "name twice, the later entry counts:"), FAULT_ODD));
		n->ino = i;
		if (!fill(r, n, e)) {
			n->unread = true;		/* half of a map is not the file */
			return index_full(e);
		}
		if (e->type == TAR_HARDLINK)
			link_to(r, t, i, e);
		else if (e->type == TAR_OTHER)
			root_fault(r, wrong(e, "entry of an unknown type:"));
	}
	return NO_FAULT;
}

struct fault
root_tar_index(struct root *r)
{
	struct index_state *t = calloc(1, sizeof(*t));
	struct tar tar = tar_open(&r->bytes);
	struct fault f = NO_FAULT;
	struct tar_entry e;
	bool more;

	if (t == NULL)
		return fault_as(fault_at(0, "not enough memory", NULL), FAULT_ALL);
	r->state = t;
	t->tree = tree_open(&r->arena, sizeof(struct node), r->options.memory);
	t->scratch = arena_open(LIMIT_ROW);
	if (implied(t, tree_root(&t->tree)) == TREE_NONE)
		f = fault_as(fault_at(0, "not enough memory for an index", NULL), FAULT_ALL);
	while (f.kind != FAULT_ALL) {
		more = tar_next(&tar, &t->scratch, &e, &f);
		root_fault(r, f);
		if (!more)
			break;
		f = enter(r, t, &e);
		arena_reset(&t->scratch);
		if (f.kind != FAULT_NONE) {
			root_fault(r, f);
			break;
		}
	}
	tar_close(&tar);
	return f.kind == FAULT_ALL ? f : NO_FAULT;
}

static struct fault
absent(struct span path)
{
	return (struct fault){ .kind = FAULT_ABSENT, .what = "cannot look:",
	    .item = SPAN("No such file or directory"), .file = path };
}

/* Walks PATH as the kernel would with the archive as its root. What is left to walk is rebuilt on the
 * scratch arena at each link. */
static struct fault
walk(struct root *r, struct span path, bool follow, const struct node **out)
{
	struct index_state *t = r->state;
	struct span rest = path, name;
	unsigned links = 0;
	uint32_t at = ROOT_NODE;
	const struct node *n;

	arena_reset(&t->scratch);
	while (span_cut(&rest, '/', &name)) {
		if (node_at(t, at)->type != FILE_DIRECTORY)
			return absent(path);
		if (name.len == 0 || span_is(name, "."))
			continue;
		if (span_is(name, "..")) {
			at = at == ROOT_NODE ? at : node_at(t, at)->in.parent;
			continue;
		}
		at = tree_child(&t->tree, at, name);
		if (at == TREE_NONE)
			return absent(path);
		n = node_at(t, at);
		if (n->type != FILE_LINK || (!follow && rest.ptr == NULL))
			continue;
		if (++links > LIMIT_LINKS || n->link.len + rest.len > LIMIT_PATH)
			return (struct fault){ .kind = FAULT_PART, .what = "cannot look:",
			    .item = SPAN("Too many levels of symbolic links"), .file = path };
		at = span_starts(n->link, "/") ? ROOT_NODE : n->in.parent;
		rest = rest.ptr == NULL ? n->link : arena_concat(&t->scratch, n->link, SPAN("/"), rest);
	}
	*out = node_at(t, at);
	return NO_FAULT;
}

static void
describe(const struct node *n, struct file *out)
{
	*out = (struct file){ .type = n->type, .mode = n->mode, .uid = n->uid, .gid = n->gid,
		.size = n->type == FILE_LINK ? n->link.len : n->size, .mtime = n->mtime, .ino = n->ino, .major = n->major, .minor = n->minor };
}

static struct fault
tar_stat(struct root *r, struct span path, bool follow, struct file *out)
{
	const struct node *n;
	struct fault f = walk(r, path, follow, &n);

	if (f.kind == FAULT_NONE)
		describe(n, out);
	return f;
}

static struct fault
tar_list(struct root *r, struct span path, struct arena *a, struct list *names)
{
	const struct index_state *t = r->state;
	const struct node *n;
	struct fault f = walk(r, path, true, &n);

	if (f.kind != FAULT_NONE)
		return f;
	if (n->type != FILE_DIRECTORY)
		return (struct fault){ .kind = FAULT_PART, .what = "is no directory", .file = path };
	for (uint32_t i = n->in.first; i != TREE_NONE; i = node_at(t, i)->in.next)
		list_add_span(a, names, node_at(t, i)->in.name);
	return a->full ? fault_in(fault_at(0, "directory needs more memory than it may take", NULL), path) :
	    NO_FAULT;
}

static struct fault
tar_link(struct root *r, struct span path, struct arena *a, struct span *target)
{
	const struct node *n;
	struct fault f = walk(r, path, false, &n);

	if (f.kind != FAULT_NONE)
		return f;
	if (n->type != FILE_LINK)
		return (struct fault){ .kind = FAULT_PART, .what = "no symbolic link to read", .file = path };
	*target = arena_copy(a, n->link);
	return NO_FAULT;
}

static struct fault
sparse_read(struct bytes *b, uint64_t at, char *buf, size_t len, size_t *got)
{
	const struct node *n = b->state;

	return tar_sparse_read(b->in, n->data, n->size, n->pieces, n->n_pieces, at, buf, len, got);
}

static void
sparse_close(struct bytes *b)
{
	(void)b;
}

static const struct bytes_kind sparse_kind = { sparse_read, sparse_close };

static struct fault
tar_file(struct root *r, struct span path, struct file *file, struct bytes *out)
{
	const struct node *n;
	struct fault f = walk(r, path, true, &n);

	if (f.kind != FAULT_NONE)
		return f;
	describe(n, file);
	if (n->type != FILE_REGULAR)
		return (struct fault){ .kind = FAULT_PART, .what = "not opened: it is", .file = path,
		    .item = span_of(file_word(n->type)), .expected = file_word(FILE_REGULAR) };
	if (n->unread)
		return (struct fault){ .kind = FAULT_PART, .what = "not read: where its bytes lie in the archive is not known",
		    .file = path };
	if (n->sparse)
		*out = (struct bytes){ .kind = &sparse_kind, .size = u64_of(n->size), .in = &r->bytes,
			.state = (void *)(uintptr_t)n };
	else
		*out = bytes_part(&r->bytes, n->data, n->stored);
	return NO_FAULT;
}

static struct fault
tar_xattrs(struct root *r, struct span path, struct arena *a, struct list *names)
{
	const struct node *n;
	struct fault f = walk(r, path, false, &n);

	if (f.kind != FAULT_NONE)
		return f;
	for (size_t i = 0; i < n->n_xattrs; i++)
		list_add_span(a, names, n->xattrs[i].key);
	return a->full ? fault_in(fault_at(0, "extended attributes need more memory than they may take", NULL), path) :
	    NO_FAULT;
}

static struct fault
tar_xattr(struct root *r, struct span path, struct span name, struct arena *a, struct span *value)
{
	const struct node *n;
	struct fault f = walk(r, path, false, &n);

	if (f.kind != FAULT_NONE)
		return f;
	for (size_t i = 0; i < n->n_xattrs; i++) {
		if (!span_eq(n->xattrs[i].key, name))
			continue;
		*value = arena_copy(a, n->xattrs[i].value);
		return value->ptr != NULL ? NO_FAULT : (struct fault){ .kind = FAULT_PART,
		    .what = "extended attribute was not decoded:", .item = name, .file = path };
	}
	return (struct fault){ .kind = FAULT_ABSENT, .what = "no such extended attribute:", .item = name, .file = path };
}

static void
tar_root_close(struct root *r)
{
	struct index_state *t = r->state;

	if (t != NULL) {
		tree_close(&t->tree);
		arena_close(&t->scratch);
		free(t);
	}
	bytes_close(&r->bytes);
}

const struct root_kind root_tar = { ":", tar_stat, tar_list, tar_link, tar_file, tar_xattrs, tar_xattr, tar_root_close };
