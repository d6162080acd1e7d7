/* SPDX-License-Identifier: ISC */
/* Looking through a stack of layers. */

#include <stdlib.h>
#include <string.h>

#include "base/limits.h"
#include "image/merge.h"

void
dirs_add(struct dirs *d, uint32_t i)
{
	uint32_t *v;
	size_t room = d->room == 0 ? 64 : d->room * 2;

	if (d->n == d->room) {
		v = realloc(d->v, room * sizeof(*v));
		if (v == NULL) {
			memory_refuse();
			return;
		}
		d->v = v;
		d->room = room;
	}
	d->v[d->n++] = i;
}

void
dirs_close(struct dirs *d)
{
	free(d->v);
	*d = (struct dirs){ 0 };
}

static bool
is_whole(const struct stack *s, uint32_t i)
{
	return s->layers[entry_at(s, i)->layer].ref.form == FORM_WHOLE;
}

/* Whether nothing shines through a directory from beneath. */
static bool
covers(const struct stack *s, uint32_t i)
{
	const struct entry *e = entry_at(s, i);

	if ((e->flags & ENTRY_TWICE) != 0 && !s->engine)
		return true;
	if ((e->flags & ENTRY_OPAQUE) == 0)
		return false;
	return e->in.parent != TREE_NONE || is_whole(s, i) || !s->engine;
}

void
merge_root(const struct stack *s, size_t layer, struct dirs *out)
{
	while (layer-- > 0) {
		uint32_t root = s->layers[layer].root;

		if (root == TREE_NONE)
			continue;
		dirs_add(out, root);
		if (covers(s, root))
			break;
	}
}

/* The marker of a name in one directory of one layer. */
static uint32_t
marker_of(const struct stack *s, uint32_t directory, struct span name)
{
	char text[512];
	struct arena a;
	uint32_t i;

	if ((entry_at(s, directory)->flags & ENTRY_MARKED) == 0)
		return TREE_NONE;
	if (name.len < sizeof(text)) {
		text[0] = '/';
		memcpy(text + 1, name.ptr, name.len);
		return tree_child(&s->tree, directory, (struct span){ text, name.len + 1 });
	}
	a = arena_open(2 * LIMIT_PATH);		/* longer than a file system takes: of a tar */
	i = tree_child(&s->tree, directory, arena_concat(&a, SPAN("/"), name));
	arena_close(&a);
	return i;
}

/* Where the layers beneath have what lies at REST within a directory that was renamed: BEFORE is the path of what it is in. */
static struct span
old_path(struct arena *a, struct span before, struct span redirect, struct span rest)
{
	struct span path = span_starts(redirect, "/") ? redirect : path_join(a, before, redirect);

	return rest.ptr == NULL ? path : path_join(a, path, rest);
}

/* What one layer has at PATH, which is where the next one is to be asked, too: directories on the way may have been renamed, and
 * so may the last. STOP: nothing shines through from beneath. */
static uint32_t
find_old(const struct stack *s, uint32_t at, struct span *path, struct arena *a, bool *stop)
{
	struct span rest = *path, before = SPAN("/"), name;
	const struct entry *e;

	while (at != TREE_NONE && span_cut(&rest, '/', &name)) {
		if (name.len == 0)
			continue;
		*stop |= marker_of(s, at, name) != TREE_NONE;
		at = tree_child(&s->tree, at, name);
		if (at == TREE_NONE)
			break;
		e = entry_at(s, at);
		if (e->type != FILE_DIRECTORY) {
			*stop = true;
			return TREE_NONE;
		}
		*stop |= covers(s, at);
		if (!*stop && e->extra != NULL && e->extra->redirect.len > 0) {
			*path = old_path(a, before, e->extra->redirect, rest);
			before = old_path(a, before, e->extra->redirect, (struct span){ 0 });
		} else {
			before = path_join(a, before, name);
		}
	}
	return at;
}

/* A directory that was renamed as a whole goes on beneath under its old path: in every layer beneath that of I. */
static void
redirected(const struct stack *s, uint32_t i, struct span path, struct dirs *out)
{
	struct arena a = arena_open(LIMIT_ROW);
	size_t layer = entry_at(s, i)->layer;
	bool stop = false;

	while (layer-- > 0 && !stop) {
		uint32_t root = s->layers[layer].root, at;

		if (root == TREE_NONE)
			continue;
		stop = covers(s, root);
		at = find_old(s, root, &path, &a, &stop);
		if (at != TREE_NONE)
			dirs_add(out, at);
	}
	arena_close(&a);
}

static bool
is_seen(const struct entry *e)
{
	return !entry_is_marker(e) && (e->flags & ENTRY_ARTEFACT) == 0;
}

uint32_t
merge_child(const struct stack *s, const struct dirs *in, size_t at, size_t n, struct span name, struct dirs *out)
{
	uint32_t top = TREE_NONE, implied = TREE_NONE, i, m;
	const struct entry *e;
	struct span redirect;

	for (size_t k = 0; k < n; k++) {
		i = tree_child(&s->tree, in->v[at + k], name);
		m = marker_of(s, in->v[at + k], name);
		if (i != TREE_NONE && is_seen(entry_at(s, i))) {
			e = entry_at(s, i);
			if (e->type != FILE_DIRECTORY) {
				if (top == TREE_NONE && implied == TREE_NONE)
					top = i;
				break;
			}
			if (top == TREE_NONE && (e->flags & ENTRY_IMPLIED) == 0)
				top = i;
			if (implied == TREE_NONE)
				implied = i;
			dirs_add(out, i);
			if (covers(s, i))
				break;
			redirect = e->extra == NULL ? (struct span){ 0 } : e->extra->redirect;
			if (span_starts(redirect, "/")) {
				redirected(s, i, redirect, out);
				break;
			}
			if (redirect.len > 0)
				name = redirect;
			if (m != TREE_NONE && s->engine)
				continue;		/* the directory took the place of its own whiteout */
		}
		if (m != TREE_NONE)
			break;
	}
	return top != TREE_NONE ? top : implied;
}

void
merge_names(const struct stack *s, const struct dirs *in, size_t at, size_t n, struct arena *a, struct list *names)
{
	struct dirs ignored = { 0 };
	struct span *v;
	size_t kept = 0;

	*names = list_none();
	for (size_t k = 0; k < n; k++)
		for (uint32_t i = entry_at(s, in->v[at + k])->in.first; i != TREE_NONE; i = entry_at(s, i)->in.next)
			if (is_seen(entry_at(s, i)))
				list_add_span(a, names, entry_at(s, i)->in.name);
	if (n > 1)
		list_sort_once(names);
	v = names->v;
	for (size_t k = 0; k < names->n && n > 1; k++) {
		ignored.n = 0;
		if (merge_child(s, in, at, n, v[k], &ignored) != TREE_NONE)
			v[kept++] = v[k];
	}
	if (n > 1)
		names->n = kept;
	dirs_close(&ignored);
}

uint32_t
merge_find(const struct stack *s, size_t layer, struct span path, bool follow, struct dirs *out, struct arena *a,
    struct span *real, const char **why)
{
	struct dirs d = { 0 };
	struct list marks = { 0 };		/* [size_t] where each directory on the way begins in d */
	struct span rest = path, name, names = SPAN("");
	uint32_t at = TREE_NONE;
	size_t begin = 0;
	unsigned links = 0;

	*why = "no such file or directory";
	merge_root(s, layer, &d);
	if (d.n > 0)
		at = d.v[0];
	*(size_t *)list_add(a, &marks, sizeof(size_t)) = 0;
	while (at != TREE_NONE && span_cut(&rest, '/', &name)) {
		size_t n = d.n;

		if (name.len == 0)
			continue;
		if (entry_at(s, at)->type != FILE_DIRECTORY) {
			*why = "not a directory";
			at = TREE_NONE;
			break;
		}
		if (span_is(name, "."))
			continue;
		if (span_is(name, "..")) {
			if (marks.n > 1) {
				d.n = ((size_t *)marks.v)[--marks.n];
				begin = ((size_t *)marks.v)[marks.n - 1];
				while (names.len > 0 && names.ptr[--names.len] != '/')
					;
			}
			at = d.v[begin];
			continue;
		}
		at = merge_child(s, &d, begin, n - begin, name, &d);
		if (at == TREE_NONE)
			break;
		if (entry_of(s, at)->type == FILE_LINK && (follow || rest.ptr != NULL)) {
			struct span link = entry_of(s, at)->extra->link;

			d.n = n;
			if (++links > LIMIT_LINKS || link.len + rest.len > LIMIT_PATH) {
				*why = "too many levels of symbolic links";
				at = TREE_NONE;
				break;
			}
			rest = rest.ptr == NULL ? link : arena_concat(a, link, SPAN("/"), rest);
			if (span_starts(link, "/")) {
				names.len = begin = d.n = 0;
				marks.n = 1;
				merge_root(s, layer, &d);
			}
			at = d.v[begin];
			continue;
		}
		names = arena_concat(a, names, SPAN("/"), name);
		if (entry_at(s, at)->type == FILE_DIRECTORY) {
			begin = n;
			*(size_t *)list_add(a, &marks, sizeof(size_t)) = n;
		}
	}
	*real = names.len == 0 ? SPAN("/") : names;
	for (size_t k = begin; at != TREE_NONE && entry_at(s, at)->type == FILE_DIRECTORY && k < d.n; k++)
		dirs_add(out, d.v[k]);
	dirs_close(&d);
	return at;
}
