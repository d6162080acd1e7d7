/* SPDX-License-Identifier: ISC */
/* ctr-layers: what each layer of an image or of a container did. */

#include "base/glob.h"
#include "base/limits.h"
#include "base/num.h"
#include "finding/finding.h"
#include "image/change.h"
#include "image/content.h"
#include "image/history.h"
#include "image/same.h"
#include "image/verify.h"
#include "select/layered.h"
#include "tool/tool.h"

struct query {
	const char *layer, *path, *expect, *platform;
	bool hash, verify, equal, orphans;
	unsigned view;
};

enum { VIEW_SPEC = 1, VIEW_ENGINE };

static const char *const view_words[] = { NULL, "spec", "engine", NULL };

static const struct opt options[] = {
	{ "layer", "N|rw|merged|all", OPT_TEXT, offsetof(struct query, layer), .doc = "a number (1 is the base), rw (a container's own, the "
	    "default of its changes), merged (what is seen in the end) or all" },
	{ "path", "GLOB", OPT_TEXT, offsetof(struct query, path), .doc = "changes of these paths only; * matches / too" },
	{ "hash", NULL, OPT_FLAG, offsetof(struct query, hash), .doc = "sha256 of files, by which they are compared" },
	{ "verify", NULL, OPT_FLAG, offsetof(struct query, verify), .doc = "hold an image's layers and configuration against what is recorded "
	    "of them" },
	{ "expect", "DIGEST", OPT_TEXT, offsetof(struct query, expect), .doc = "with --verify: what the image, its manifest or a layer must have" },
	{ "orphans", NULL, OPT_FLAG, offsetof(struct query, orphans), .doc = "folders of layers that nothing refers to" },
	{ "equal", NULL, OPT_FLAG, offsetof(struct query, equal), .doc = "names that a layer has and that do not differ, too" },
	{ "platform", "OS/ARCH", OPT_TEXT, offsetof(struct query, platform), .doc = "of an image for several: the one for this" },
	{ "view", "spec|engine", OPT_WORD, offsetof(struct query, view), "where they disagree: what the specification says (default), or what "
	    "engines do", .words = view_words },
	{ 0 },
};

enum { SHOW_LAYERS, SHOW_HISTORY, SHOW_CHANGES, SHOW_FINDINGS };

/* NAME:/path and what is seen in the end are a question for changes. */
static size_t
show_of(const void *own, char *const *operands)
{
	const struct query *q = own;

	if (q->layer != NULL && span_is(span_of(q->layer), "merged"))
		return SHOW_CHANGES;
	for (; *operands != NULL; operands++)
		if (span_has(span_of(*operands), ":/"))
			return SHOW_CHANGES;
	return SHOW_LAYERS;
}

static const struct about about = {
	.name = "ctr-layers",
	.gist = "what each layer of an image or a container did, and how it was made",
	.takes = "[CONTAINER[:/PATH] | IMAGE[:/PATH] | -]...",
	.options = options,
	.show_of = show_of,
	.shows = {
		{ "layers", &layer_record },
		{ "history", &history_record },
		{ "changes", &change_record },
		{ "findings", &finding_record },
	},
};

/* What the rows are of. */
struct answer {
	const struct query *q;
	struct selected *s;
	struct layered whose;
	enum { LAYER_ALL, LAYER_ONE, LAYER_MERGED } which;
	uint64_t n;
	struct same same;
	bool unverified, met;		/* a layer that nothing is recorded of; what --expect asks for was found, and is so */
};

/* The provenance of a row: where the record is from; what was read beside it is in its own columns. */
#define PUT(of, row)                                                                              \
	((row)->provenance = *(of)->whose.provenance, (row)->provenance.error = (struct span){ 0 }, \
	    (row)->container = (of)->whose.container, (row)->name = (of)->whose.name,         \
	    (row)->image = (of)->whose.image)

static const struct layer_ref *
ref_at(const struct answer *of, size_t i)
{
	return (const struct layer_ref *)of->whose.layers->v + i;
}

/* Which layers are asked for; false with a fault where that is none. */
static bool
choose(struct tool *t, struct answer *of)
{
	const char *layer = of->q->layer;
	uint64_t n;

	of->which = LAYER_ALL;
	if (of->s->path.ptr != NULL || (layer != NULL && span_is(span_of(layer), "merged"))) {
		of->which = LAYER_MERGED;
		return true;
	}
	if (layer != NULL && span_is(span_of(layer), "all"))
		return true;
	if (layer == NULL && (of->whose.container.ptr == NULL || t->show - about.shows == SHOW_LAYERS || of->q->verify))
		return true;
	of->which = LAYER_ONE;
	if (layer == NULL || span_is(span_of(layer), "rw")) {
		for (of->n = of->whose.layers->n; of->n > 0 && ref_at(of, of->n - 1)->kind != LAYER_RW; of->n--)
			;
		if (of->n == 0)
			root_fault(t->root, (struct fault){ .kind = FAULT_PART, .what = "has no layer of its own in this evidence:", .item = of->whose.name });
		return of->n > 0;
	}
	if (!num_parse(span_of(layer), &n) || n == 0) {
		tool_usage(t, "no layer is called", span_of(layer));
		return false;
	}
	of->n = n;
	if (n > of->whose.layers->n)
		root_fault(t->root, (struct fault){ .kind = FAULT_PART, .what = "has not that many layers:", .item = of->whose.name });
	return n <= of->whose.layers->n;
}

static bool
chosen(const struct answer *of, size_t i)
{
	return of->which != LAYER_ONE || of->n == i + 1;
}

static void
count(struct stack *s, size_t i, struct arena *a, struct layer_row *row)
{
	struct changes c;
	struct delta d;

	row->added = row->modified = row->deleted = u64_of(0);
	changes_open(&c, s, i, false);
	while (changes_next(&c, a, &d)) {
		row->added.n += d.change == CHANGE_ADDED;
		row->modified.n += d.change == CHANGE_MODIFIED;
		row->deleted.n += d.change == CHANGE_DELETED;
		arena_reset(a);
	}
	changes_close(&c);
}

/* What differs from the record, each a finding. */
static void
differences(const struct verified *v, struct arena *a, struct layer_row *row)
{
	const struct difference *d = v->differences.v;

	for (size_t i = 0; i < v->differences.n; i++)
		*(struct difference_row *)list_add(a, &row->differences, sizeof(struct difference_row)) =
		    (struct difference_row){ d[i].path, d[i].what };
}

static void
judge(struct tool *t, struct answer *of, const struct verified *v, struct layer_row *row)
{
	row->verify = v->verdict;
	row->verify_why = v->why;
	differences(v, &t->row, row);
	if (v->verdict == VERDICT_MISMATCH || v->verdict == VERDICT_MISSING)
		tool_refuted(t);
	of->unverified |= v->verdict == VERDICT_UNVERIFIABLE && row->kind <= LAYER_LAYER;
	if (of->q->expect != NULL && v->verdict == VERDICT_OK)
		of->met |= span_is(row->digest, of->q->expect) || span_is(row->diff_id, of->q->expect) ||
		    span_is(row->chain_id, of->q->expect);
}

/* The image's configuration, of which the digest is the image's id. */
static void
config_row(struct tool *t, struct answer *of)
{
	const struct image *m = of->whose.made_of;
	struct layer_row row = { 0 };
	struct verified v = { 0 };

	if (m == NULL || m->image_config.len == 0 || m->image_id.len == 0)
		return;
	PUT(of, &row);
	row.digest = m->image_id;
	row.evidence_path = m->image_config;
	row.created = m->created;
	row.created_by = SPAN("(the image's configuration)");
	config_verify(t->root, m->image_id, m->image_config, &t->row, &v);
	judge(t, of, &v, &row);
	/* a manifest's digest is good where the engine that read it found it so, and said nothing */
	if (of->q->expect != NULL && v.verdict == VERDICT_OK)
		of->met |= span_is(m->image_id, of->q->expect) || span_is(m->manifest, of->q->expect);
	tool_row(t, &layer_record, &row);
}

static void
layer_rows(struct tool *t, struct answer *of)
{
	struct arena scratch = arena_open(t->root->arena.ceiling);
	const struct history *h;
	struct stack s;

	if (of->q->verify)
		config_row(t, of);
	stack_open(&s, t->root, of->whose.layers, of->q->verify ? STACK_DIGESTS : 0);
	tool_faults(t);
	for (size_t i = 0; i < s.n; i++) {
		const struct layer *l = &s.layers[i];
		struct layer_row row = { 0 };
		struct verified v;

		if (!chosen(of, i))
			continue;
		PUT(of, &row);
		row.n = l->ref.n.known ? l->ref.n : u64_of(i + 1);
		row.kind = l->ref.kind;
		row.form = l->ref.form;
		row.digest = l->ref.digest;
		row.diff_id = l->ref.diff_id;
		row.chain_id = l->ref.chain_id;
		row.media_type = l->ref.media_type;
		row.compression = l->ref.compression;
		row.evidence_path = l->ref.evidence_path;
		h = of->whose.made_of == NULL || l->ref.kind > LAYER_LAYER ? NULL : history_of(of->whose.made_of, i + 1);
		if (h != NULL) {
			row.created = h->created;
			row.created_by = h->created_by;
			row.comment = h->comment;
		}
		if (l->root != TREE_NONE) {
			row.size = u64_of(l->size);
			row.entries = u64_of(l->entries);
			count(&s, i, &scratch, &row);
		}
		if (l->codec != CODEC_NONE)
			row.size_compressed = l->ref.size;
		if (l->damaged)
			row.provenance.error = SPAN("not all of this layer could be read");
		if (of->q->verify) {
			layer_verify(&s, i, &t->row, &v);
			judge(t, of, &v, &row);
		}
		tool_row(t, &layer_record, &row);
	}
	stack_close(&s);
	arena_close(&scratch);
}

static void
history_rows(struct tool *t, struct answer *of)
{
	if (of->whose.made_of == NULL) {
		root_fault(t->root, (struct fault){ .kind = FAULT_PART, .what = "the image that this was made of is not in the evidence:",
		    .item = of->whose.name });
		return;
	}
	for (size_t i = 0; i < of->whose.made_of->history.n; i++) {
		struct history_row row = { 0 };

		PUT(of, &row);
		history_fill(of->whose.made_of, i, &t->row, &row);
		tool_row(t, &history_record, &row);
	}
}

static bool
path_wanted(const struct query *q, struct span path)
{
	return q->path == NULL || glob_match(span_of(q->path), path);
}

/* The first of two walks with --hash: what has the same content as what. */
static void
note_change(struct tool *t, struct answer *of, struct stack *s, const struct delta *d)
{
	if (d->entry != TREE_NONE && entry_of(s, d->entry)->type == FILE_REGULAR && entry_of(s, d->entry)->size > 0)
		same_add(&of->same, content_sha256(s, d->entry, &t->row), d->path);
	arena_reset(&t->row);
}

static void
put_change(struct tool *t, struct answer *of, struct stack *s, const struct delta *d)
{
	struct change row = { 0 };
	const struct history *h = NULL;
	size_t above;

	PUT(of, &row);
	change_fill(s, d, STACK_HEADS | (of->q->hash ? STACK_HASH : 0), &t->row, &row);
	if (of->q->hash)
		same_list(&of->same, row.sha256, row.path, &t->row, &row.same_as);
	above = d->entry == TREE_NONE ? SIZE_MAX : change_hidden_by(s, d->entry, d->path);
	if (above != SIZE_MAX)
		row.hidden_by = s->layers[above].ref.n.known ? s->layers[above].ref.n : u64_of(above + 1);
	if (of->whose.made_of != NULL && row.kind <= LAYER_LAYER)
		h = history_of(of->whose.made_of, row.n.n);
	if (h != NULL)
		row.layer_created = h->created;
	row.by_hand = row.kind == LAYER_RW ? YES : h == NULL ? UNKNOWN : history_by_hand(of->whose.made_of, row.n.n);
	tool_row(t, &change_record, &row);
}

typedef void each_fn(struct tool *, struct answer *, struct stack *, const struct delta *);

static void
changed(struct tool *t, struct answer *of, struct stack *s, size_t layer, each_fn *each)
{
	struct changes c;
	struct delta d;

	changes_open(&c, s, layer, of->q->hash || s->layers[layer].folder);
	while (changes_next(&c, &t->row, &d)) {
		if ((d.change != CHANGE_SAME || of->q->equal) && path_wanted(of->q, d.path))
			each(t, of, s, &d);
		else
			arena_reset(&t->row);
	}
	changes_close(&c);
}

/* What is seen in the end: of each path the layer that it comes from, and what that did to it. */
static void
merged(struct tool *t, struct answer *of, struct stack *s, each_fn *each)
{
	struct span folder = of->s->path.ptr != NULL ? of->s->path : SPAN("/");
	struct dirs ignored = { 0 };
	const char *why, *unused;
	struct seen w;
	struct delta d;
	struct span real;

	if (!seen_open(&w, s, s->n, folder, of->s->path.ptr == NULL, &why))
		root_fault(t->root, (struct fault){ .kind = FAULT_PART, .what = "cannot be listed:", .item = folder, .expected = why });
	while (seen_next(&w, &t->row, &d.entry, &d.path)) {
		if (!path_wanted(of->q, d.path)) {
			arena_reset(&t->row);
			continue;
		}
		ignored.n = 0;
		d.below = merge_find(s, entry_at(s, d.entry)->layer, d.path, false, &ignored, &t->row, &real, &unused);
		d.marker = TREE_NONE;
		d.layer = entry_at(s, d.entry)->layer;
		d.differs = d.below == TREE_NONE ? 0 : change_differs(s, d.entry, d.below, of->q->hash);
		d.change = d.below == TREE_NONE ? CHANGE_ADDED :
		    (d.differs & ~(unsigned)DIFFERS_CONTENT_MAYBE) != 0 ? CHANGE_MODIFIED : CHANGE_SAME;
		each(t, of, s, &d);
	}
	dirs_close(&ignored);
	seen_close(&w);
}

static void
walk(struct tool *t, struct answer *of, struct stack *s, each_fn *each)
{
	if (of->which == LAYER_MERGED)
		merged(t, of, s, each);
	else
		for (size_t i = 0; i < s->n; i++)
			if (chosen(of, i))
				changed(t, of, s, i, each);
}

static void
change_rows(struct tool *t, struct answer *of)
{
	struct stack s;

	if (!choose(t, of))
		return;
	stack_open(&s, t->root, of->whose.layers, STACK_HEADS | (of->q->hash ? STACK_HASH : 0));
	s.engine = of->q->view == VIEW_ENGINE;
	tool_faults(t);
	same_open(&of->same, t->root->arena.ceiling);
	if (of->q->hash)
		walk(t, of, &s, note_change);
	walk(t, of, &s, put_change);
	same_close(&of->same);
	stack_close(&s);
}

static void
put_answer(struct tool *t, struct answer *of, int show, bool image)
{
	switch (show) {
	case SHOW_LAYERS:
		if (choose(t, of))
			layer_rows(t, of);
		break;
	case SHOW_HISTORY:
		history_rows(t, of);
		break;
	case SHOW_FINDINGS:
		if (of->q->verify) {
			if (choose(t, of))
				layer_rows(t, of);
			break;
		}
		if (image)
			history_rows(t, of);
		change_rows(t, of);
		break;
	default:
		change_rows(t, of);
	}
	tool_faults(t);
}

/* Each of them by itself: what it lay upon, nothing says. */
static void
orphans(struct tool *t, const struct query *q, struct selection *sel)
{
	struct arena a = arena_open(LIMIT_ROW);
	struct provenance p = { .host = t->root->host, .evidence = t->root->name };
	struct list refs = list_none();
	struct selected none = { 0 };

	for (size_t i = 0; i < sel->engines.list.n; i++) {
		struct engine *e = ((struct engine **)sel->engines.list.v)[i];

		if (e->kind->orphans != NULL)
			e->kind->orphans(e, &a, &refs);
	}
	tool_faults(t);
	for (size_t i = 0; i < refs.n; i++) {
		struct layer_ref *r = (struct layer_ref *)refs.v + i;
		struct list one = { r, 1, 1 };
		struct answer of = { .q = q, .s = &none, .whose = { .layers = &one, .provenance = &p } };

		put_answer(t, &of, (int)(t->show - about.shows), false);
	}
	arena_close(&a);
}

static void
rows(struct tool *t, const struct query *q)
{
	struct selection sel;
	struct answer of = { .q = q };
	struct selected s;

	select_open(&sel, t->root, t->operands, STACKS, WANT_LAYERS);
	layered_platform(&sel, q->platform);
	if (sel.chosen.n > 1)
		t->columns |= MANY;
	if (q->orphans)
		orphans(t, q, &sel);
	while (!q->orphans && select_next(&sel, &s)) {
		of = (struct answer){ .q = q, .s = &s, .unverified = of.unverified, .met = of.met };
		layered_of(&sel, &s, &of.whose);
		put_answer(t, &of, s.path.ptr != NULL ? SHOW_CHANGES : (int)(t->show - about.shows), s.kind == IMAGES);
	}
	if (of.unverified)
		root_fault(t->root, (struct fault){ .kind = FAULT_PART, .what = "not every layer could be verified; the column verify_why says why" });
	if (q->expect != NULL && !of.met) {
		root_fault(t->root, (struct fault){ .kind = FAULT_PART, .what = "nothing here has the digest that was expected, or it is not so:",
		    .item = span_of(q->expect) });
		tool_refuted(t);
	}
	tool_faults(t);
	select_close(&sel);
}

int
main(int argc, char **argv)
{
	struct query q = { 0 };
	struct tool t;

	if (tool_open(&t, &about, &q, argc, argv)) {
		if (t.show - about.shows == SHOW_FINDINGS)
			t.adds = "severity,rule,container,path,fact";
		else if (q.orphans && t.show - about.shows == SHOW_LAYERS)
			t.adds = "+evidence_path";
		else if (q.verify)
			t.adds = "+verify,verify_why";
		if (q.expect != NULL && !q.verify)
			tool_usage(&t, "--expect needs", SPAN("--verify"));
		else if (q.verify && t.show - about.shows != SHOW_LAYERS && t.show - about.shows != SHOW_FINDINGS)
			tool_usage(&t, "--verify is about layers, and their findings; not about", span_of(t.show->name));
		else
			rows(&t, &q);
	}
	return tool_close(&t);
}
