/* SPDX-License-Identifier: ISC */
/* A stack of three layers, whose tars are the input, parted in three: every layer's changes, deletions and what is seen in the
 * end, as the specification has it and as engines do. Walks end, say paths that are clean, and agree with each other. */

#include "base/limits.h"
#include "fuzz.h"
#include "image/change.h"
#include "image/content.h"
#include "image/whiteout.h"

static bool
is_clean(struct span path)
{
	struct span rest = span_sub(path, 1, SIZE_MAX), name;

	if (path.len < 2 || *path.ptr != '/')
		return false;
	while (span_cut(&rest, '/', &name))
		if (name.len == 0 || span_is(name, ".") || span_is(name, ".."))
			return false;
	return true;
}

/* What is seen: each path once, in order, and found by itself. */
static void
seen(struct stack *s, struct arena *a)
{
	struct arena kept = arena_open(LIMIT_MEMORY);
	struct span path, real, last = { 0 }, hidden;
	struct dirs dirs = { 0 };
	const char *why;
	uint32_t entry;
	uint64_t n = 0;
	struct seen w;

	MUST(seen_open(&w, s, s->n, SPAN("/"), true, &why));
	while (seen_next(&w, a, &entry, &path)) {
		MUST(++n <= s->tree.n);		/* without renames, of which a tar has none, each name is one entry */
		MUST(is_clean(path));
		MUST(!span_eq(path, last));
		last = arena_copy(&kept, path);
		MUST(!entry_is_marker(entry_at(s, entry)) && wh_of(span_base(path), &hidden) != WH_ARTEFACT);
		dirs.n = 0;
		if (path.len < 4096)
			MUST(merge_find(s, s->n, path, false, &dirs, a, &real, &why) == entry);
		content_entry(s, entry);
		arena_reset(a);
	}
	seen_close(&w);
	dirs_close(&dirs);
	arena_close(&kept);
}

static void
layer(struct stack *s, size_t i, struct arena *a)
{
	uint64_t n[CHANGE_SAME + 1] = { 0 }, deleted = 0;
	struct whiteout row = { 0 };
	struct changes c;
	struct delta d;

	changes_open(&c, s, i, true);
	while (changes_next(&c, a, &d)) {
		MUST(is_clean(d.path));
		MUST(d.change != CHANGE_DELETED || d.below != TREE_NONE);
		MUST(d.change == CHANGE_DELETED || d.entry != TREE_NONE);
		n[d.change]++;
		arena_reset(a);
	}
	changes_close(&c);
	MUST(n[CHANGE_ADDED] + n[CHANGE_MODIFIED] + n[CHANGE_SAME] <= s->layers[i].entries);
	whiteouts_open(&c, s, i);
	while (whiteouts_next(&c, a, &d)) {
		MUST(is_clean(d.path));
		whiteout_fill(s, &d, (struct timestamp){ 0 }, true, a, &row);
		touch(row.marker_path);
		deleted += d.below != TREE_NONE;
		arena_reset(a);
	}
	changes_close(&c);
	MUST(deleted >= n[CHANGE_DELETED]);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static const char *const names[] = { "1", "2", "3" };
	struct span paths[] = { SPAN("/1"), SPAN("/2"), SPAN("/3") };
	struct arena a = arena_open(LIMIT_ROW), kept = arena_open(LIMIT_ROW);
	struct list refs = { 0 };
	struct made m = { 0 };
	struct stack s;
	size_t blocks = size / 512, at = 0;

	for (size_t i = 0; i < 3; i++) {	/* a layer ends where a block begins that is zeros, or with a third of them all */
		size_t end = at;

		while (end < blocks && i < 2 && data[end * 512] + data[end * 512 + 156] != 0)
			end++;
		end = i == 2 ? blocks : end;
		made_file(&m, names[i], span_sub(input(data, size), at * 512, (end - at) * 512));
		at = end < blocks ? end + 1 : end;
		*(struct layer_ref *)list_add(&kept, &refs, sizeof(struct layer_ref)) = (struct layer_ref){ .kind = LAYER_LAYER,
			.form = FORM_OCI, .evidence_path = paths[i] };
	}
	made_open(&m);
	stack_open(&s, &m.root, &refs, STACK_HASH | STACK_HEADS | STACK_DIGESTS);
	for (int engine = 0; engine < 2; engine++) {
		s.engine = engine == 1;
		for (size_t i = 0; i < s.n; i++)
			layer(&s, i, &a);
		seen(&s, &a);
	}
	stack_close(&s);
	made_close(&m);
	arena_close(&kept);
	arena_close(&a);
	return 0;
}
