/* SPDX-License-Identifier: ISC */
/* Deletions as rows. */

#include "base/limits.h"
#include "image/content.h"
#include "image/whiteout.h"

void
whiteouts_open(struct changes *c, struct stack *s, size_t layer)
{
	changes_open(c, s, layer, false);
	c->markers = true;
}

bool
whiteouts_next(struct changes *c, struct arena *a, struct delta *d)
{
	while (changes_next(c, a, d))
		if (d->change == CHANGE_DELETED)
			return true;
	return false;
}

static bool
is_device(enum dialect d)
{
	return d == DIALECT_DEVICE || d == DIALECT_FUSE;
}

/* Of a container's own layer, from what its file system says of the marker. */
static void
when_own(const struct entry *m, const struct file *file, struct whiteout *row)
{
	if (m->dialect == DIALECT_AUFS && file->ctime.known) {	/* each link to the one inode changes it */
		row->deleted_before = file->ctime;
		row->deleted_how = HOW_SHARED_INODE;
	}
	if (!is_device(m->dialect) || file->type != FILE_CHAR)
		return;
	if (file->ctime.known && time_cmp(file->mtime, file->ctime) > 0)
		return;				/* a clock or a hand changed it */
	row->deleted_after = file->mtime;
	row->deleted_before = file->ctime;
	row->deleted_how = file->ctime.known && time_cmp(file->mtime, file->ctime) == 0 ? HOW_EXACT : HOW_SHARED_INODE;
	if (file->dev != 0 && row->deleted_how == HOW_SHARED_INODE)
		row->same_start = u64_of(file->ino);
}

/* Of an image's layer: it was made after its deletions, and what Docker wrote says when the first of them was. */
static void
when_made(const struct layer *l, const struct entry *m, struct timestamp created, struct whiteout *row)
{
	row->deleted_before = created;
	if (created.known)
		row->deleted_how = HOW_LAYER;
	if (l->folder || m->dialect != DIALECT_AUFS || m->mode != 0600 || m->mtime.s == 0)
		return;
	if (created.known && time_cmp(m->mtime, created) > 0)
		return;
	row->deleted_after = m->mtime;
	row->deleted_how = HOW_LAYER;
}

static void
fill_marker(struct stack *s, const struct delta *d, struct timestamp created, struct arena *a, struct whiteout *row)
{
	const struct entry *m = entry_at(s, d->marker);
	const struct layer *l = &s->layers[m->layer];
	struct file file = { .mtime = m->mtime };

	row->dialect = (enum dialect)m->dialect;
	row->marker_path = entry_own_path(s, d->marker, a);
	row->marker_mtime = m->mtime;
	row->evidence_path = entry_place(s, d->marker, a);
	if (l->folder && entry_stat(s, d->marker, &file).kind == FAULT_NONE) {
		row->marker_mtime = file.mtime;
		row->marker_ctime = file.ctime;
		if (file.dev != 0)
			row->marker_ino = u64_of(file.ino);
	}
	row->deleted_how = HOW_NONE;
	if (l->ref.kind == LAYER_RW && l->folder)
		when_own(m, &file, row);
	else if (l->ref.kind != LAYER_INIT)
		when_made(l, m, created, row);
}

/* Whether what a layer has as a directory, and never says that it is one, is a link beneath. */
static bool
in_link(const struct stack *s, uint32_t marker)
{
	uint32_t folder = entry_at(s, marker)->in.parent, beneath;
	struct dirs ignored = { 0 };
	struct span real;
	const char *why;
	struct arena a;

	if ((entry_at(s, folder)->flags & ENTRY_IMPLIED) == 0 || entry_at(s, folder)->in.parent == TREE_NONE)
		return false;
	a = arena_open(LIMIT_ROW);
	beneath = merge_find(s, entry_at(s, marker)->layer, entry_path(s, folder, &a), false, &ignored, &a, &real, &why);
	dirs_close(&ignored);
	arena_close(&a);
	return beneath != TREE_NONE && entry_of(s, beneath)->type == FILE_LINK;
}

/* A directory that the layer has anew beside its whiteout: what was in it comes back where engines put the one in the place
 * of the other. */
static void
say_differs(const struct stack *s, const struct delta *d, struct whiteout *row)
{
	const struct entry *m = entry_at(s, d->marker);
	uint32_t same;

	if (in_link(s, d->marker))
		row->differs = SPAN("its directory is a link beneath: umoci deletes where that leads, engines put a directory in its place");
	if (m->in.name.len <= 1) {
		if (entry_at(s, m->in.parent)->in.parent == TREE_NONE && !s->layers[m->layer].folder)
			row->differs = SPAN("an opaque root hides nothing in engines on overlay");
		return;
	}
	same = tree_child(&s->tree, m->in.parent, span_sub(m->in.name, 1, SIZE_MAX));
	if (same == TREE_NONE)
		return;
	row->differs = entry_at(s, same)->type == FILE_DIRECTORY ?
	    SPAN("the layer has that directory anew: in engines on overlay what was in it comes back") :
	    SPAN("the layer has that name too: in some orders engines refuse it, or delete both");
}

static void
fill_below(struct stack *s, const struct delta *d, bool hash, struct arena *a, struct whiteout *row)
{
	const struct entry *e = entry_at(s, d->below), *what = entry_of(s, d->below);
	const struct layer *l = &s->layers[e->layer];

	row->hides_n = l->ref.n.known ? l->ref.n : u64_of((uint64_t)e->layer + 1);
	row->type = content_type_of(e);
	row->size = u64_of(what->type == FILE_LINK ? what->extra->link.len : what->size);
	row->mtime = what->mtime;
	row->mode = mode_text(what->type, what->mode, a);
	row->uid = u64_of(what->uid);
	row->gid = u64_of(what->gid);
	if (e->extra != NULL && e->extra->link.len > 0)
		row->target = e->extra->link;
	content_xattrs(s, d->below, a, &row->xattrs);
	row->recoverable = SPAN("yes");
	if (what->type == FILE_REGULAR && content_entry(s, d->below) == TREE_NONE)
		row->recoverable = SPAN("no: its bytes are in no layer here");
	else if (what->type == FILE_REGULAR && (what->flags & ENTRY_UNREAD) != 0)
		row->recoverable = SPAN("no: not all of its bytes are there");
	else if (what->type == FILE_UNKNOWN)
		row->recoverable = SPAN("no: its type is not known");
	if (hash && what->type == FILE_REGULAR && span_is(row->recoverable, "yes"))
		row->sha256 = content_sha256(s, d->below, a);
	if (d->marker == TREE_NONE)
		row->evidence_path = entry_place(s, d->below, a);
}

void
whiteout_fill(struct stack *s, const struct delta *d, struct timestamp created, bool hash, struct arena *a, struct whiteout *row)
{
	const struct layer *l = &s->layers[d->layer];
	uint32_t moved;

	row->n = l->ref.n.known ? l->ref.n : u64_of(d->layer + 1);
	row->kind = l->ref.kind;
	row->path = d->path;
	if (d->marker != TREE_NONE) {
		fill_marker(s, d, created, a, row);
		say_differs(s, d, row);
	}
	if (d->below != TREE_NONE)
		fill_below(s, d, hash, a, row);
	else
		row->recoverable = SPAN("no: nothing beneath has that name");
	moved = stack_moved(s, d->layer, d->path);
	if (moved != TREE_NONE) {
		row->dialect = DIALECT_REDIRECT;
		row->moved_to = entry_path(s, moved, a);
	}
}
