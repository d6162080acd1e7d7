/* SPDX-License-Identifier: ISC */
/* The walk through one layer, beside what is beneath it. */

#include <stdlib.h>
#include <string.h>

#include "base/limits.h"
#include "image/change.h"
#include "image/content.h"

/* A directory on the way. */
struct frame {
	struct span path;		/* on its arena */
	uint32_t next;			/* the next child in this layer */
	size_t dirs, n_dirs;		/* what is beneath, in the walk's list */
	uint32_t opaque;		/* the marker that hides what is beneath, or TREE_NONE */
	bool cut;			/* what is beneath and not here is deleted */
	struct list lost;		/* [span] the names beneath, where cut */
	size_t next_lost;
	struct arena arena;
};

static struct frame *
push(struct frame **frames, size_t *n, size_t *room)
{
	struct frame *v;

	if (*n == *room) {
		*room = *room == 0 ? 32 : *room * 2;
		v = realloc(*frames, *room * sizeof(**frames));
		if (v == NULL) {
			memory_refuse();
			*room = *n;
			return NULL;
		}
		*frames = v;
	}
	(*frames)[*n] = (struct frame){ .next = TREE_NONE, .opaque = TREE_NONE, .arena = arena_open(LIMIT_MEMORY) };
	return &(*frames)[(*n)++];
}

static bool
covers_here(const struct stack *s, uint32_t i)
{
	const struct entry *e = entry_at(s, i);

	return (e->flags & ENTRY_OPAQUE) != 0 || ((e->flags & ENTRY_TWICE) != 0 && !s->engine);
}

/* Goes into a directory of this layer; what is beneath it lies in the list from DIRS on. */
static void
enter(struct changes *c, uint32_t i, struct span path, size_t dirs, bool cut)
{
	struct stack *s = c->stack;
	struct frame *f = push(&c->frames, &c->n, &c->room);

	if (f == NULL)
		return;
	f->path = arena_copy(&f->arena, path);
	f->next = entry_at(s, i)->in.first;
	f->dirs = dirs;
	f->n_dirs = c->dirs.n - dirs;
	f->cut = cut || covers_here(s, i);
	f->opaque = tree_child(&s->tree, i, SPAN("/"));
	if (f->opaque == TREE_NONE && (entry_at(s, i)->flags & ENTRY_TWICE) != 0)
		f->opaque = tree_child(&s->tree, entry_at(s, i)->in.parent,
		    arena_concat(&f->arena, SPAN("/"), entry_at(s, i)->in.name));
	if (f->cut)
		merge_names(s, &c->dirs, f->dirs, f->n_dirs, &f->arena, &f->lost);
}

static void
leave(struct changes *c)
{
	struct frame *f = &c->frames[--c->n];

	c->dirs.n = f->dirs;
	arena_close(&f->arena);
}

void
changes_open(struct changes *c, struct stack *s, size_t layer, bool content)
{
	*c = (struct changes){ .stack = s, .layer = layer, .content = content };
	if (s->layers[layer].ref.kind == LAYER_RW)
		c->content = true;
	merge_root(s, layer, &c->dirs);
	if (s->layers[layer].root != TREE_NONE && !s->layers[layer].again)
		enter(c, s->layers[layer].root, SPAN(""), 0, false);
}

void
changes_close(struct changes *c)
{
	while (c->n > 0)
		leave(c);
	free(c->frames);
	dirs_close(&c->dirs);
}

/* A child of this layer, of which CHILD is the name. */
static bool
take_child(struct changes *c, struct frame *f, uint32_t i, struct span name, struct delta *d, struct arena *a)
{
	struct stack *s = c->stack;
	const struct entry *e = entry_at(s, i);
	size_t dirs = c->dirs.n;
	bool marker = entry_is_marker(e), cut = f->cut;
	struct span path = arena_concat(a, f->path, SPAN("/"), name);
	struct delta found = { .layer = c->layer, .entry = i, .below = TREE_NONE, .marker = TREE_NONE, .path = path };

	found.below = merge_child(s, &c->dirs, f->dirs, f->n_dirs, name, &c->dirs);
	if (marker) {
		c->dirs.n = dirs;
		found.change = CHANGE_DELETED;
		found.marker = i;
		found.entry = TREE_NONE;
		*d = found;
		return found.below != TREE_NONE || c->markers;
	}
	found.change = CHANGE_ADDED;
	if (found.below != TREE_NONE) {
		found.differs = change_differs(s, i, found.below, c->content);
		found.change = (found.differs & ~(unsigned)DIFFERS_CONTENT_MAYBE) != 0 ? CHANGE_MODIFIED : CHANGE_SAME;
	}
	*d = found;
	if (e->type == FILE_DIRECTORY) {
		if (found.below != TREE_NONE && entry_at(s, found.below)->type != FILE_DIRECTORY)
			c->dirs.n = dirs;
		enter(c, i, path, dirs, cut);		/* moves the frames */
	} else {
		c->dirs.n = dirs;
	}
	return (entry_at(s, i)->flags & ENTRY_IMPLIED) == 0;
}

static bool
take_lost(struct changes *c, struct frame *f, struct span name, struct delta *d, struct arena *a)
{
	size_t dirs = c->dirs.n;

	*d = (struct delta){ .layer = c->layer, .change = CHANGE_DELETED, .entry = TREE_NONE, .marker = f->opaque,
		.path = arena_concat(a, f->path, SPAN("/"), name) };
	d->below = merge_child(c->stack, &c->dirs, f->dirs, f->n_dirs, name, &c->dirs);
	c->dirs.n = dirs;
	return d->below != TREE_NONE;
}

/* The child to come, past what is no child: the marker of an opaque directory, what no container sees, and the marker of
 * what is here anew. */
static uint32_t
next_child(const struct changes *c, const struct frame *f, struct span *name)
{
	const struct stack *s = c->stack;
	const struct entry *e;
	uint32_t i = f->next;

	for (; i != TREE_NONE; i = e->in.next) {
		e = entry_at(s, i);
		if ((e->flags & ENTRY_ARTEFACT) != 0)
			continue;
		*name = entry_is_marker(e) ? span_sub(e->in.name, 1, SIZE_MAX) : e->in.name;
		if (!entry_is_marker(e) || (name->len > 0 &&
		    (c->markers || tree_child(&s->tree, e->in.parent, *name) == TREE_NONE)))
			break;
	}
	return i;
}

bool
changes_next(struct changes *c, struct arena *a, struct delta *d)
{
	struct span name, lost;
	struct frame *f;
	uint32_t i;
	int order;

	while (c->n > 0) {
		f = &c->frames[c->n - 1];
		i = next_child(c, f, &name);
		f->next = i;
		if (i == TREE_NONE && f->next_lost == f->lost.n) {
			leave(c);
			continue;
		}
		lost = f->next_lost < f->lost.n ? list_span(&f->lost, f->next_lost) : (struct span){ 0 };
		order = i == TREE_NONE ? 1 : lost.ptr == NULL ? -1 : span_cmp(name, lost);
		if (order >= 0)
			f->next_lost++;
		/* what an opaque directory hides was deleted, though the layer may have the name anew */
		if (order > 0 || (order == 0 && c->markers && f->opaque != TREE_NONE && !entry_is_marker(entry_at(c->stack, i)))) {
			if (take_lost(c, f, lost, d, a))
				return true;
			continue;
		}
		f->next = entry_at(c->stack, i)->in.next;
		if (take_child(c, f, i, name, d, a))
			return true;
	}
	return false;
}

/* Whole seconds are all that some archives keep: a fraction of none is none that differs. */
static bool
same_time(struct timestamp x, struct timestamp y)
{
	return x.known == y.known && x.s == y.s && (x.ns == y.ns || x.ns == 0 || y.ns == 0);
}

unsigned
change_differs(struct stack *s, uint32_t a, uint32_t b, bool content)
{
	const struct entry *x = entry_of(s, a), *y = entry_of(s, b);
	struct arena scratch = arena_open(LIMIT_ROW);
	struct list p, q;
	unsigned d = 0;
	enum tri same;

	if (x->type != y->type)
		d |= DIFFERS_TYPE;
	else if (x->type == FILE_LINK && !span_eq(x->extra->link, y->extra->link))
		d |= DIFFERS_LINK;
	else if ((x->type == FILE_CHAR || x->type == FILE_BLOCK) &&
	    (x->extra->major != y->extra->major || x->extra->minor != y->extra->minor))
		d |= DIFFERS_CONTENT;
	if (x->mode != y->mode && x->type != FILE_LINK)
		d |= DIFFERS_MODE;
	if (x->uid != y->uid || x->gid != y->gid)
		d |= DIFFERS_OWNER;
	if (!same_time(x->mtime, y->mtime))
		d |= DIFFERS_MTIME;
	content_xattrs(s, a, &scratch, &p);
	content_xattrs(s, b, &scratch, &q);
	if (p.v != NULL && q.v != NULL && !list_same_pairs(&p, &q))
		d |= DIFFERS_XATTR;
	if (x->type == FILE_REGULAR && y->type == FILE_REGULAR) {
		same = x->size != y->size ? NO : content ? content_same(s, a, b) : UNKNOWN;
		d |= same == NO ? DIFFERS_CONTENT : same == UNKNOWN ? DIFFERS_CONTENT_MAYBE : 0;
	}
	arena_close(&scratch);
	return d;
}

/* Whether ENTRY is seen at PATH through the layers beneath LAYER; a directory, whether it is among those that are merged. */
static bool
is_seen_at(const struct stack *s, size_t layer, uint32_t entry, struct span path)
{
	struct arena a = arena_open(LIMIT_ROW);
	struct dirs dirs = { 0 };
	struct span real;
	const char *why;
	bool seen = merge_find(s, layer, path, false, &dirs, &a, &real, &why) == entry;

	for (size_t k = 0; k < dirs.n; k++)
		seen |= dirs.v[k] == entry;
	dirs_close(&dirs);
	arena_close(&a);
	return seen;
}

size_t
change_hidden_by(const struct stack *s, uint32_t entry, struct span path)
{
	size_t low = entry_at(s, entry)->layer + (size_t)1, high = s->n, middle;

	if (is_seen_at(s, high, entry, path))
		return SIZE_MAX;
	while (low < high) {			/* what is hidden once is not seen again */
		middle = low + (high - low) / 2;
		if (is_seen_at(s, middle, entry, path))
			low = middle + 1;
		else
			high = middle;
	}
	return low - 1;
}

bool
seen_open(struct seen *w, struct stack *s, size_t layer, struct span folder, bool deep, const char **why)
{
	struct arena a = arena_open(LIMIT_ROW);
	struct span real;
	struct frame *f;
	uint32_t at;

	*w = (struct seen){ .stack = s, .layer = layer, .deep = deep, .left = 4 * (uint64_t)s->tree.n + 100000 };
	at = merge_find(s, layer, folder, true, &w->dirs, &a, &real, why);
	if (at != TREE_NONE && entry_at(s, at)->type != FILE_DIRECTORY) {
		*why = "not a directory";
		at = TREE_NONE;
	}
	f = at == TREE_NONE ? NULL : push(&w->frames, &w->n, &w->room);
	if (f != NULL) {
		f->path = span_is(real, "/") ? SPAN("") : arena_copy(&f->arena, real);
		f->n_dirs = w->dirs.n;
		merge_names(s, &w->dirs, 0, f->n_dirs, &f->arena, &f->lost);
	}
	arena_close(&a);
	return f != NULL;
}

bool
seen_next(struct seen *w, struct arena *a, uint32_t *entry, struct span *path)
{
	struct stack *s = w->stack;
	struct frame *f, *g;
	struct span name;
	size_t dirs;

	while (w->n > 0) {
		f = &w->frames[w->n - 1];
		if (f->next_lost == f->lost.n) {
			w->dirs.n = f->dirs;
			arena_close(&f->arena);
			w->n--;
			continue;
		}
		name = list_span(&f->lost, f->next_lost++);
		dirs = w->dirs.n;
		*entry = merge_child(s, &w->dirs, f->dirs, f->n_dirs, name, &w->dirs);
		if (*entry == TREE_NONE)
			continue;
		if (w->left-- == 0) {
			root_fault(s->root, (struct fault){ .kind = FAULT_PART, .file = f->path,
			    .what = "renames lead to the same directories by too many ways; what follows is not listed" });
			seen_close(w);
			return false;
		}
		*path = arena_concat(a, f->path, SPAN("/"), name);
		g = w->deep && entry_at(s, *entry)->type == FILE_DIRECTORY ? push(&w->frames, &w->n, &w->room) : NULL;
		if (g == NULL) {
			w->dirs.n = dirs;
			return true;
		}
		g->path = arena_copy(&g->arena, *path);
		g->dirs = dirs;
		g->n_dirs = w->dirs.n - dirs;
		merge_names(s, &w->dirs, g->dirs, g->n_dirs, &g->arena, &g->lost);
		return true;
	}
	return false;
}

void
seen_close(struct seen *w)
{
	while (w->n > 0)
		arena_close(&w->frames[--w->n].arena);
	free(w->frames);
	w->frames = NULL;
	dirs_close(&w->dirs);
}
