/* SPDX-License-Identifier: ISC */
/* ctr-whiteouts: what was deleted, when, and getting it back. */

#include "base/glob.h"
#include "base/limits.h"
#include "base/num.h"
#include "image/bundle.h"
#include "image/history.h"
#include "image/whiteout.h"
#include "select/layered.h"
#include "tool/tool.h"

struct query {
	const char *layer, *path, *platform;
	bool recover, below, hash;
};

static const struct opt options[] = {
	{ "recover", NULL, OPT_FLAG, offsetof(struct query, recover), .doc = "what is hidden, as a pax archive on stdout, exactly as the "
	    "layer beneath holds it; of one container or image" },
	{ "path", "GLOB", OPT_TEXT, offsetof(struct query, path), .doc = "deletions of these paths only; * matches / too" },
	{ "layer", "N|rw", OPT_TEXT, offsetof(struct query, layer), .doc = "deletions in this layer only: a number (1 is the base) or rw (the "
	    "container's own)" },
	{ "below", NULL, OPT_FLAG, offsetof(struct query, below), .doc = "of a deleted directory all that was in it, too" },
	{ "platform", "OS/ARCH", OPT_TEXT, offsetof(struct query, platform), .doc = "of an image for several: the one for this" },
	{ "hash", NULL, OPT_FLAG, offsetof(struct query, hash), .doc = "sha256 of what is hidden (column sha256)" },
	{ 0 },
};

static const struct about about = {
	.name = "ctr-whiteouts",
	.gist = "what was deleted in each layer, when, and what it held; --recover gets it back",
	.takes = "[CONTAINER | IMAGE | -]...",
	.options = options,
	.shows = {
		{ "whiteouts", &whiteout_record },
	},
};

struct answer {
	struct tool *t;
	const struct query *q;
	struct stack *stack;
	struct bundle *bundle;	/* with --recover */
	struct layered whose;
};

static bool
wanted(const struct query *q, struct span path)
{
	return q->path == NULL || glob_match(span_of(q->path), path);
}

static void
put(struct answer *of, const struct delta *d)
{
	struct tool *t = of->t;
	struct whiteout row = { 0 };
	const struct history *h = NULL;

	if (!wanted(of->q, d->path)) {
		arena_reset(&t->row);
		return;
	}
	row.provenance = *of->whose.provenance;
	row.provenance.error = (struct span){ 0 };
	row.container = of->whose.container;
	row.name = of->whose.name;
	row.image = of->whose.image;
	if (of->whose.made_of != NULL && of->stack->layers[d->layer].ref.kind <= LAYER_LAYER)
		h = history_of(of->whose.made_of, d->layer + 1);
	whiteout_fill(of->stack, d, h == NULL ? (struct timestamp){ 0 } : h->created, of->q->hash, &t->row, &row);
	if (!of->q->recover) {
		tool_row(t, &whiteout_record, &row);
		return;
	}
	if (d->below == TREE_NONE || !tool_wants(t, &row))
		;
	else if (!span_is(row.recoverable, "yes"))
		root_fault(t->root, (struct fault){ .kind = FAULT_PART, .what = "not recovered:", .item = d->path, .expected = row.recoverable.ptr });
	else if (!bundle_add(of->bundle, d->below, d->path))
		root_fault(t->root, (struct fault){ .kind = FAULT_PART, .item = d->path,
		    .what = "deleted in more than one layer; the topmost is recovered, --layer gives another:" });
	tool_faults(t);
	arena_reset(&t->row);
}

/* All that was in a directory which is hidden. */
static void
put_below(struct answer *of, const struct delta *d)
{
	struct arena kept = arena_open(LIMIT_ROW);
	struct delta inner = *d;
	struct seen w;
	const char *why;

	if (seen_open(&w, of->stack, d->layer, arena_copy(&kept, d->path), true, &why))
		while (seen_next(&w, &of->t->row, &inner.below, &inner.path))
			put(of, &inner);
	seen_close(&w);
	arena_close(&kept);
}

static void
layer(struct answer *of, size_t i)
{
	struct arena a = arena_open(LIMIT_ROW);
	struct changes c;
	struct delta d;

	whiteouts_open(&c, of->stack, i);
	while (whiteouts_next(&c, &a, &d)) {
		put(of, &d);
		if ((of->q->below || of->q->recover) && d.below != TREE_NONE &&
		    entry_at(of->stack, d.below)->type == FILE_DIRECTORY)
			put_below(of, &d);
		arena_reset(&a);
	}
	changes_close(&c);
	arena_close(&a);
}

/* Whether layer I is asked for. */
static bool
chosen(const struct answer *of, size_t i)
{
	const struct layer *l = &of->stack->layers[i];
	uint64_t n;

	if (of->q->layer == NULL)
		return true;
	if (span_is(span_of(of->q->layer), "rw"))
		return l->ref.kind == LAYER_RW;
	return num_parse(span_of(of->q->layer), &n) && n == i + 1;
}

static void
rows(struct tool *t, const struct query *q, struct selection *sel, struct selected *s)
{
	struct answer of = { .t = t, .q = q };
	struct bundle bundle;
	struct stack stack;

	layered_of(sel, s, &of.whose);
	stack_open(&stack, t->root, of.whose.layers, 0);
	bundle_open(&bundle, &stack);
	of.stack = &stack;
	of.bundle = &bundle;
	tool_faults(t);
	if (q->recover)				/* the topmost first: of several with one name it is the one that is kept */
		for (size_t i = stack.n; i-- > 0;) {
			if (chosen(&of, i))
				layer(&of, i);
		}
	else
		for (size_t i = 0; i < stack.n; i++)
			if (chosen(&of, i))
				layer(&of, i);
	if (q->recover)
		bundle_write(&bundle, &t->out);
	bundle_close(&bundle);
	stack_close(&stack);
	tool_faults(t);
}

static void
all(struct tool *t, const struct query *q)
{
	struct selection sel;
	struct selected s;

	select_open(&sel, t->root, t->operands, STACKS, WANT_LAYERS);
	layered_platform(&sel, q->platform);
	if (sel.chosen.n > 1)
		t->columns |= MANY;
	if (!q->recover || layered_one(&sel))
		while (select_next(&sel, &s))
			rows(t, q, &sel, &s);
	tool_faults(t);
	select_close(&sel);
}

int
main(int argc, char **argv)
{
	struct query q = { 0 };
	uint64_t n;
	struct tool t;

	if (tool_open(&t, &about, &q, argc, argv)) {
		t.raw = q.recover;
		if (q.layer != NULL && !span_is(span_of(q.layer), "rw") && (!num_parse(span_of(q.layer), &n) || n == 0))
			tool_usage(&t, "no layer is called", span_of(q.layer));
		else if (q.recover && t.tty)
			tool_usage(&t, "--recover gives an archive, not for a terminal; give it a pipe or a file", (struct span){ 0 });
		else
			all(&t, &q);
	}
	return tool_close(&t);
}
