/* SPDX-License-Identifier: ISC */
/* A stack of layers: reading all of them, and what holds for any entry. */

#include <stdlib.h>
#include <string.h>

#include "base/limits.h"
#include "image/stack.h"

static const char no_memory[] = "layers need more memory than --memory; what follows is not read";

enum wh
wh_of(struct span name, struct span *hidden)
{
	if (!span_starts(name, ".wh."))
		return WH_NONE;
	if (span_is(name, ".wh..wh..opq"))
		return WH_OPAQUE;
	if (span_starts(name, ".wh..wh."))
		return WH_ARTEFACT;
	*hidden = span_sub(name, 4, SIZE_MAX);
	return hidden->len == 0 || span_is(*hidden, ".") || span_is(*hidden, "..") ? WH_BARE : WH_HIDES;
}

static uint32_t
full(struct stack *s, struct layer *l)
{
	if (!s->full)
		root_fault(s->root, fault_in(fault_at(0, no_memory, NULL), l->ref.evidence_path));
	l->damaged = s->full = true;
	return TREE_NONE;
}

uint32_t
stack_add(struct stack *s, struct layer *l, uint32_t parent, struct span name)
{
	uint32_t i = tree_child(&s->tree, parent, name);
	struct entry *e;

	if (i != TREE_NONE)
		return i;
	i = tree_add(&s->tree, parent, name);
	if (i == TREE_NONE)
		return full(s, l);
	e = entry_at(s, i);
	e->layer = (uint16_t)(l - s->layers);
	e->type = FILE_DIRECTORY;
	e->mode = 0755;
	e->flags = ENTRY_IMPLIED;
	e->to = TREE_NONE;
	return i;
}

uint32_t
stack_mark(struct stack *s, struct layer *l, uint32_t parent, struct span hidden, struct span own, enum dialect dialect)
{
	struct span name = arena_concat(&s->scratch, SPAN("/"), hidden);
	uint32_t i = stack_add(s, l, parent, name);

	if (i == TREE_NONE)
		return i;
	entry_at(s, i)->dialect = (uint8_t)dialect;
	entry_at(s, i)->flags = 0;
	entry_at(s, i)->type = FILE_UNKNOWN;
	stack_extra(s, i)->link = arena_copy(&s->arena, own);
	entry_at(s, parent)->flags |= ENTRY_MARKED | (hidden.len == 0 ? ENTRY_OPAQUE : 0);
	return i;
}

struct extra *
stack_extra(struct stack *s, uint32_t i)
{
	struct entry *e = entry_at(s, i);
	struct extra *x = arena_take(&s->arena, sizeof(*x));

	if (e->extra != NULL)
		*x = *e->extra;
	e->extra = x;
	return x;
}

/* Names as they are; a marker stands before the name that it hides, that of an opaque directory before all. */
static int
by_name(struct span a, struct span b)
{
	bool x = a.len > 0 && *a.ptr == '/', y = b.len > 0 && *b.ptr == '/';
	int order = span_cmp(span_sub(a, x, SIZE_MAX), span_sub(b, y, SIZE_MAX));

	return order != 0 ? order : y - x;
}

/* A rename that overlayfs wrote down: the old path leads to the entry. */
static void
note_moved(struct stack *s, struct layer *l, uint32_t i)
{
	struct span old = entry_at(s, i)->extra->redirect;

	if (!span_starts(old, "/"))
		old = path_join(&s->arena, entry_path(s, entry_at(s, i)->in.parent, &s->arena), old);
	if (!s->arena.full && index_get(&l->moved, old) == SIZE_MAX)
		index_put(&l->moved, &s->arena, old, i);
}

uint32_t
stack_moved(const struct stack *s, size_t layer, struct span path)
{
	size_t i = s->layers[layer].moved.used == 0 ? SIZE_MAX : index_get(&s->layers[layer].moved, path);

	return i == SIZE_MAX ? TREE_NONE : (uint32_t)i;
}

/* Counts what is in a layer, and puts its names in order. */
static void
settle(struct stack *s, struct layer *l, uint32_t begin)
{
	for (uint32_t i = begin; i < s->tree.n; i++) {
		struct entry *e = entry_at(s, i);

		if (e->in.first != TREE_NONE)
			tree_sort(&s->tree, i, by_name);
		if (i == l->root || (e->flags & ENTRY_IMPLIED) != 0)
			continue;
		l->entries++;
		if (e->extra != NULL && e->extra->redirect.len > 0)
			note_moved(s, l, i);
		if (e->type == FILE_REGULAR && !entry_is_marker(e) && (e->flags & (ENTRY_HARDLINK | ENTRY_ARTEFACT)) == 0)
			l->size += e->size;
		if (entry_is_marker(e) && e->in.name.len > 1) {
			uint32_t same = tree_child(&s->tree, e->in.parent, span_sub(e->in.name, 1, SIZE_MAX));

			if (same != TREE_NONE)
				entry_at(s, same)->flags |= ENTRY_TWICE;
		}
	}
}

/* The layer of this stack that lies where L does, read already. */
static const struct layer *
same_place(const struct stack *s, const struct layer *l)
{
	for (const struct layer *m = s->layers; m < l; m++)
		if (!m->again && span_eq(m->ref.evidence_path, l->ref.evidence_path))
			return m;
	return NULL;
}

static void
load(struct stack *s, struct layer *l)
{
	const struct layer *same;
	uint32_t begin = s->tree.n;
	struct file file;
	struct fault f;

	if (l->ref.evidence_path.len == 0) {
		l->damaged = true;
		root_fault(s->root, (struct fault){ .kind = FAULT_PART, .what = "layer is not in this evidence:",
		    .item = l->ref.diff_id.len > 0 ? l->ref.diff_id : l->ref.digest });
		return;
	}
	same = same_place(s, l);
	if (same != NULL) {
		*l = (struct layer){ .ref = l->ref, .root = same->root, .folder = same->folder, .again = true, .codec = same->codec,
			.entries = same->entries, .size = same->size,
			.digest = same->digest, .diff_id = same->diff_id, .damaged = same->damaged };
		return;
	}
	f = root_stat(s->root, l->ref.evidence_path, &file);
	if (f.kind != FAULT_NONE) {
		l->damaged = true;
		root_fault(s->root, fault_as(f, FAULT_PART));
		return;
	}
	l->root = tree_root(&s->tree);
	if (l->root == TREE_NONE) {
		full(s, l);
		return;
	}
	entry_at(s, l->root)->layer = (uint16_t)(l - s->layers);
	entry_at(s, l->root)->type = FILE_DIRECTORY;
	entry_at(s, l->root)->mode = 0755;
	entry_at(s, l->root)->flags = ENTRY_IMPLIED | (l->ref.form == FORM_WHOLE ? ENTRY_OPAQUE : 0);
	entry_at(s, l->root)->to = TREE_NONE;
	l->folder = file.type == FILE_DIRECTORY;
	if (l->folder)
		stack_load_folder(s, l);
	else
		stack_load_tar(s, l);
	settle(s, l, begin);
}

void
stack_open(struct stack *s, struct root *root, const struct list *refs, unsigned want)
{
	const struct layer_ref *v = refs->v;
	uint64_t memory = root->arena.ceiling;

	*s = (struct stack){ .root = root, .want = want, .arena = arena_open(root->arena.ceiling),
		.scratch = arena_open(LIMIT_ROW) };
	s->tree = tree_open(&s->arena, sizeof(struct entry), memory);
	s->layers = calloc(refs->n == 0 ? 1 : refs->n, sizeof(*s->layers));
	if (s->layers == NULL) {
		memory_refuse();
		return;
	}
	for (s->n = 0; s->n < refs->n && s->n < UINT16_MAX; s->n++) {
		s->layers[s->n] = (struct layer){ .ref = v[s->n], .root = TREE_NONE };
		load(s, &s->layers[s->n]);
		arena_reset(&s->scratch);
	}
}

void
stack_close(struct stack *s)
{
	for (size_t i = 0; i < s->n; i++) {
		bytes_close(&s->layers[i].tar);
		bytes_close(&s->layers[i].blob);
	}
	free(s->layers);
	tree_close(&s->tree);
	arena_close(&s->scratch);
	arena_close(&s->arena);
	*s = (struct stack){ 0 };
}

/* The names that lead to an entry, from the root of its layer; the last is that of EACH. */
static struct span
path_from(const struct stack *s, uint32_t i, struct arena *a, struct span before)
{
	size_t len = before.len;
	struct span name;
	char *text;

	for (uint32_t at = i; entry_at(s, at)->in.parent != TREE_NONE; at = entry_at(s, at)->in.parent)
		len += 1 + entry_at(s, at)->in.name.len;
	text = arena_room(a, len + 1);
	if (text == NULL)
		return SPAN("");
	memcpy(text, before.ptr, before.len);
	for (size_t end = len; entry_at(s, i)->in.parent != TREE_NONE; i = entry_at(s, i)->in.parent) {
		name = entry_at(s, i)->in.name;
		if (name.len > 0)
			memcpy(text + end - name.len, name.ptr, name.len);
		end -= name.len + 1;
		text[end] = '/';
	}
	return (struct span){ text, len };
}

struct span
entry_path(const struct stack *s, uint32_t i, struct arena *a)
{
	const struct entry *e = entry_at(s, i);
	struct span path;

	if (!entry_is_marker(e)) {
		path = path_from(s, i, a, SPAN(""));
		return path.len == 0 ? SPAN("/") : path;
	}
	path = entry_path(s, e->in.parent, a);
	return e->in.name.len <= 1 ? path : path_join(a, path, span_sub(e->in.name, 1, SIZE_MAX));
}

struct span
entry_own_path(const struct stack *s, uint32_t i, struct arena *a)
{
	const struct entry *e = entry_at(s, i);
	struct span path;

	if (!entry_is_marker(e))
		return entry_path(s, i, a);
	path = entry_path(s, e->in.parent, a);
	return e->extra == NULL || e->extra->link.len == 0 ? path : path_join(a, path, e->extra->link);
}

struct span
entry_place(const struct stack *s, uint32_t i, struct arena *a)
{
	const struct layer *l = &s->layers[entry_at(s, i)->layer];
	struct span base = l->ref.evidence_path;

	struct span own = l->folder ? span_sub(entry_own_path(s, i, a), 1, SIZE_MAX) : SPAN("");

	return own.len == 0 ? base : path_join(a, base, own);
}

struct fault
entry_stat(const struct stack *s, uint32_t i, struct file *file)
{
	struct arena a = arena_open(LIMIT_ROW);
	struct fault f = root_lstat(s->root, entry_place(s, i, &a), file);

	root_fault(s->root, f);		/* what it names is on the arena */
	arena_close(&a);
	return f.kind == FAULT_NONE ? f : (struct fault){ .kind = f.kind, .what = f.what };
}
