/* SPDX-License-Identifier: ISC */
/* A layer that is an archive: read once, from its first header to its last. Names that leave it are said and left out; what
 * one layer has twice is said, and the later counts. Source: OCI image-spec layer.md. */

#include <string.h>

#include "base/hashed.h"
#include "base/limits.h"
#include "base/sha256.h"
#include "format/tar.h"
#include "image/merge.h"

struct loading {
	struct stack *s;
	struct layer *l;
	struct tar tar;
	struct span file;
	char folder[512];			/* of the name before, and its entry: the next is often beside it */
	size_t n_folder;			/* 0: of none */
	uint32_t in_folder;
	const char *why;			/* place() gave up */
};

static void
say(struct loading *g, const struct tar_entry *e, enum fault_kind kind, const char *what)
{
	g->l->damaged |= kind == FAULT_PART;
	root_fault(g->s->root, fault_as(fault_in(fault_item(e->at, what, e->name, NULL), g->file), kind));
}

/* The directory of a name, made where it has no entry yet, and its last component. The layer's root has none. Engines
 * clean names before they use them: "." and ".." are gone, and what climbs out of the root is refused. */
static bool
place(struct loading *g, struct span path, bool make, uint32_t *parent, struct span *base)
{
	struct stack *s = g->s;
	uint32_t at = g->l->root, next;
	struct span rest = path, name;

	*base = (struct span){ 0 };
	g->why = "name that leaves the layer, left out:";
	while (span_cut(&rest, '/', &name)) {
		if (name.len == 0 || span_is(name, "."))
			continue;
		if (span_is(name, "..")) {
			if (base->ptr == NULL)
				return false;
			*base = at == g->l->root ? (struct span){ 0 } : entry_at(s, at)->in.name;
			at = at == g->l->root ? at : entry_at(s, at)->in.parent;
			continue;
		}
		if (base->ptr != NULL) {
			next = make ? stack_add(s, g->l, at, *base) : tree_child(&s->tree, at, *base);
			if (next == TREE_NONE)
				return false;
			at = next;
			if (entry_at(s, at)->type != FILE_DIRECTORY) {
				g->why = "entry beneath what is no directory, left out:";
				return false;
			}
		}
		*base = name;
	}
	*parent = at;
	return true;
}

/* The SHA-256 of its bytes, and how they begin, through the window that the walk goes by. */
static void
read_content(struct loading *g, const struct tar_entry *e, uint32_t i)
{
	enum { PIECE = 64 * 1024 };
	struct extra *x;
	struct sha256 h = sha256_open();
	struct span s = { 0 };
	uint64_t at;

	if (e->type != TAR_FILE || e->bad_map || e->sparse || (g->s->want & (STACK_HASH | STACK_HEADS)) == 0)
		return;
	x = stack_extra(g->s, i);
	for (at = 0; at < e->stored; at += s.len) {
		s = tar_bytes(&g->tar, e->data + at, e->stored - at < PIECE ? (size_t)(e->stored - at) : PIECE);
		if (at == 0) {
			x->n_head = (uint8_t)(s.len < sizeof(x->head) ? s.len : sizeof(x->head));
			memcpy(x->head, s.ptr == NULL ? "" : s.ptr, x->n_head);
		}
		if (s.len == 0 || (g->s->want & STACK_HASH) == 0)
			break;
		sha256_add(&h, s);
	}
	if (at == e->stored && (g->s->want & STACK_HASH) != 0)
		sha256_hex(&h, x->sha256);
}

static void
keep_extra(struct loading *g, const struct tar_entry *e, uint32_t i)
{
	struct arena *a = &g->s->arena;
	struct extra *x;
	struct pair *to;
	char *room;

	entry_at(g->s, i)->extra = NULL;
	if ((e->type == TAR_FILE || e->type == TAR_DIR || e->type == TAR_FIFO) && e->xattrs.n == 0 && e->pieces.n == 0)
		return;
	x = stack_extra(g->s, i);
	x->link = e->type == TAR_SYMLINK || e->type == TAR_HARDLINK ? arena_copy(a, e->link) : (struct span){ 0 };
	x->major = e->major;
	x->minor = e->minor;
	room = arena_room(a, e->xattrs.n * sizeof(struct pair) + e->pieces.n * sizeof(struct tar_piece) + _Alignof(struct pair));
	if (room == NULL)
		return;
	room += -(uintptr_t)room & (_Alignof(struct pair) - 1);
	to = (struct pair *)(void *)room;
	x->xattrs = to;
	for (size_t k = 0; k < e->xattrs.n; k++)
		to[k] = (struct pair){ arena_copy(a, list_pair(&e->xattrs, k)->key), arena_copy(a, list_pair(&e->xattrs, k)->value) };
	x->n_xattrs = e->xattrs.n;
	if (e->pieces.n > 0)
		x->pieces = memcpy(to + e->xattrs.n, e->pieces.v, e->pieces.n * sizeof(struct tar_piece));
	x->n_pieces = e->pieces.n;
}

/* The file of that path in the layers beneath, as the specification has it. */
static uint32_t
beneath(struct loading *g, struct span path)
{
	struct dirs ignored = { 0 };
	struct span real;
	const char *why;
	uint32_t found = merge_find(g->s, (size_t)(g->l - g->s->layers), path, false, &ignored, &g->s->scratch, &real, &why);

	dirs_close(&ignored);
	return found;
}

static void
link_to(struct loading *g, const struct tar_entry *e, uint32_t i)
{
	struct entry *n = entry_at(g->s, i);
	uint32_t parent, to = TREE_NONE;
	struct span base;

	n->flags |= ENTRY_HARDLINK;
	n->to = TREE_NONE;
	if (place(g, e->link, false, &parent, &base) && base.ptr != NULL)
		to = tree_child(&g->s->tree, parent, base);
	if (to == TREE_NONE && (to = beneath(g, e->link)) != TREE_NONE)
		say(g, e, FAULT_ODD, "hard link to a file of a layer beneath, which engines refuse:");
	if (to == TREE_NONE || to == i || entry_at(g->s, to)->type == FILE_DIRECTORY) {
		say(g, e, FAULT_PART, "hard link to nothing:");
		return;
	}
	if ((entry_at(g->s, to)->flags & ENTRY_HARDLINK) != 0)
		to = entry_at(g->s, to)->to;
	n->to = to == i ? TREE_NONE : to;
}

static enum file_type
type_of(enum tar_type t)
{
	static const enum file_type types[] = { [TAR_FILE] = FILE_REGULAR, [TAR_HARDLINK] = FILE_REGULAR,
		[TAR_SYMLINK] = FILE_LINK, [TAR_CHAR] = FILE_CHAR, [TAR_BLOCK] = FILE_BLOCK,
		[TAR_DIR] = FILE_DIRECTORY, [TAR_FIFO] = FILE_FIFO, [TAR_OTHER] = FILE_UNKNOWN };

	return types[t];
}

static void
fill(struct loading *g, const struct tar_entry *e, uint32_t i)
{
	struct entry *n = entry_at(g->s, i);
	enum dialect dialect = n->dialect;

	n->type = (uint8_t)type_of(e->type);
	n->mode = (uint16_t)e->mode;
	n->uid = e->uid > UINT32_MAX ? UINT32_MAX : (uint32_t)e->uid;
	n->gid = e->gid > UINT32_MAX ? UINT32_MAX : (uint32_t)e->gid;
	n->size = n->type == FILE_REGULAR ? e->size : 0;
	n->data = e->data;
	n->mtime = e->mtime;
	n->sparse = e->sparse;
	n->flags = (uint8_t)((n->flags & (ENTRY_OPAQUE | ENTRY_MARKED | ENTRY_ARTEFACT)) | (e->bad_map ? ENTRY_UNREAD : 0));
	if (dialect != DIALECT_UNKNOWN)
		return;
	keep_extra(g, e, i);
	if (e->type == TAR_HARDLINK)
		link_to(g, e, i);
	else if (e->type == TAR_OTHER)
		say(g, e, FAULT_PART, "entry of an unknown type:");
	read_content(g, e, i);
}

/* A name that begins with .wh.: what it marks, or TREE_NONE where it is kept as what it is, or is nothing. */
static bool
take_marker(struct loading *g, const struct tar_entry *e, uint32_t parent, struct span base, uint32_t *i)
{
	struct span hidden;
	enum wh wh = wh_of(base, &hidden);

	*i = TREE_NONE;
	if (wh == WH_NONE || wh == WH_ARTEFACT)
		return false;
	if (wh == WH_BARE) {
		say(g, e, FAULT_ODD, "whiteout of nothing, which engines refuse:");
		return true;
	}
	if (e->type != TAR_FILE)
		say(g, e, FAULT_ODD, "whiteout that is no regular file:");
	else if (e->size > 0)
		say(g, e, FAULT_ODD, "whiteout that carries bytes, which no container sees:");
	*i = stack_mark(g->s, g->l, parent, wh == WH_OPAQUE ? SPAN("") : hidden, base,
	    wh == WH_OPAQUE ? DIALECT_OPAQUE : DIALECT_AUFS);
	return true;
}

/* The same for a new entry. */
static bool
place_new(struct loading *g, struct span name, uint32_t *parent, struct span *base)
{
	struct span folder = name, last = span_base(name);

	folder.len -= last.len;
	if (folder.len > 0 && folder.len == g->n_folder && last.len > 0 && *last.ptr != '.' &&
	    memcmp(folder.ptr, g->folder, folder.len) == 0) {
		*parent = g->in_folder;
		*base = last;
		return true;
	}
	g->n_folder = 0;
	if (!place(g, name, true, parent, base))
		return false;
	if (folder.len > 0 && folder.len < sizeof(g->folder) && last.len > 0 && *last.ptr != '.') {
		memcpy(g->folder, folder.ptr, folder.len);
		g->n_folder = folder.len;
		g->in_folder = *parent;
	}
	return true;
}

static void
enter(struct loading *g, const struct tar_entry *e)
{
	struct stack *s = g->s;
	struct span base, ignored;
	uint32_t parent, i;
	struct entry *n;

	if (!place_new(g, e->name, &parent, &base)) {
		if (!s->full)
			say(g, e, FAULT_PART, g->why);
		return;
	}
	if (base.ptr == NULL) {
		i = g->l->root;
		if (e->type != TAR_DIR) {
			say(g, e, FAULT_PART, "entry in the place of the layer's root, left out:");
			return;
		}
	} else if (take_marker(g, e, parent, base, &i)) {
		if (i == TREE_NONE)
			return;
	} else {
		i = stack_add(s, g->l, parent, base);
		if (i == TREE_NONE)
			return;
	}
	n = entry_at(s, i);
	if ((n->flags & ENTRY_IMPLIED) == 0 && !entry_is_marker(n) && (n->type != FILE_DIRECTORY || e->type != TAR_DIR))
		say(g, e, FAULT_ODD, "name twice in one layer, which engines refuse; the later entry counts:");
	if (n->in.first != TREE_NONE && e->type != TAR_DIR && !entry_is_marker(n)) {
		say(g, e, FAULT_PART, "entry in the place of a directory that is not empty, left out:");
		return;
	}
	fill(g, e, i);
	n = entry_at(s, i);
	if (wh_of(base, &ignored) == WH_ARTEFACT || (parent == g->l->root && base.ptr != NULL &&
	    (span_is(base, "stargz.index.json") || span_is(base, ".prefetch.landmark") ||
	    span_is(base, ".no.prefetch.landmark"))))
		n->flags |= ENTRY_ARTEFACT;
}

static void
failed(struct stack *s, struct layer *l, struct fault f)
{
	l->damaged = true;
	root_fault(s->root, fault_as(fault_in(f, l->ref.evidence_path), FAULT_PART));
}

/* Opens what is inflated, and what it is inflated from; with HASHED the way leads through what hashes both. */
static bool
open_layer(struct stack *s, struct layer *l, struct bytes hashed[2])
{
	struct bytes *from = &l->blob;
	char head[512];
	size_t got = 0;
	struct fault f = root_file(s->root, l->ref.evidence_path, NULL, &l->blob);

	if (f.kind == FAULT_NONE)
		f = bytes_read(&l->blob, 0, head, sizeof(head), &got);
	l->codec = codec_of((struct span){ head, got });
	l->ref.compression = span_of(codec_name(l->codec));
	if (l->blob.size.known)
		l->ref.size = l->blob.size;
	if (f.kind == FAULT_NONE && hashed != NULL) {
		f = bytes_hashed(&l->blob, &hashed[0]);
		from = &hashed[0];
	}
	if (f.kind == FAULT_NONE && l->codec != CODEC_NONE)
		f = codec_open(from, l->codec, LIMIT_INFLATED, &l->tar);
	else if (f.kind == FAULT_NONE)
		l->tar = bytes_part(from, 0, l->blob.size.n);
	if (f.kind == FAULT_NONE && hashed != NULL && l->codec != CODEC_NONE)
		f = bytes_hashed(&l->tar, &hashed[1]);
	if (f.kind != FAULT_NONE)
		failed(s, l, f);
	return f.kind == FAULT_NONE;
}

/* What was hashed on the way, read on to its end. A stream that does not end as it should has no digest. */
static void
take_digest(struct stack *s, struct layer *l, struct bytes *hashed, struct span *digest)
{
	uint64_t len;
	char hex[64];
	struct fault f = bytes_hashed_finish(hashed, hex, &len);

	if (f.kind > FAULT_ODD)		/* it may lie behind what the walk read; said twice it is printed once */
		failed(s, l, f);
	else
		*digest = arena_concat(&s->arena, SPAN("sha256:"), (struct span){ hex, sizeof(hex) });
}

static void
take_digests(struct stack *s, struct layer *l, struct bytes hashed[2])
{
	bool inflated = l->codec != CODEC_NONE;

	if (inflated)
		take_digest(s, l, &hashed[1], &l->diff_id);
	take_digest(s, l, &hashed[0], &l->digest);
	if (!inflated)
		l->diff_id = l->digest;
}

/* From here on content alone is read, and by no way that hashes. */
static void
leave_hashing(struct stack *s, struct layer *l, struct bytes hashed[2])
{
	struct fault f = NO_FAULT;

	bytes_close(&hashed[1]);
	bytes_close(&l->tar);
	bytes_close(&hashed[0]);
	if (l->codec != CODEC_NONE)
		f = codec_open(&l->blob, l->codec, LIMIT_INFLATED, &l->tar);
	else
		l->tar = bytes_part(&l->blob, 0, l->blob.size.n);
	if (f.kind != FAULT_NONE)
		failed(s, l, f);
}

static void
walk(struct loading *g, struct bytes *in)
{
	struct stack *s = g->s;
	struct tar_entry e;
	struct fault f;
	bool more = true;

	g->tar = tar_open(in);
	while (more && !s->full) {
		more = tar_next(&g->tar, &s->scratch, &e, &f);
		g->l->damaged |= f.kind >= FAULT_PART;
		root_fault(s->root, fault_in(f, g->file));
		if (more)
			enter(g, &e);
		arena_reset(&s->scratch);
	}
	tar_close(&g->tar);
}

void
stack_load_tar(struct stack *s, struct layer *l)
{
	struct loading g = { .s = s, .l = l, .file = l->ref.evidence_path };
	struct bytes hashed[2] = { { 0 }, { 0 } };
	bool hash = (s->want & STACK_DIGESTS) != 0;

	if (!open_layer(s, l, hash ? hashed : NULL))
		return;
	if (l->codec != CODEC_NONE || !l->blob.size.known || l->blob.size.n > 0)	/* an empty one is a layer, as engines take it */
		walk(&g, hashed[1].kind != NULL ? &hashed[1] : &l->tar);
	if (hash) {
		take_digests(s, l, hashed);
		leave_hashing(s, l, hashed);
	}
}
