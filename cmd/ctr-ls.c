/* SPDX-License-Identifier: ISC */
/* ctr-ls: which containers, images and volumes are here, and which of them are dangerous. */

#include "engine/engine.h"
#include "finding/finding.h"
#include "select/select.h"
#include "tool/tool.h"

struct query {
	unsigned risk;			/* the least severity; 0: all rows */
	bool size;
};

static const struct opt options[] = {
	{ "risk", "[=LEVEL]", OPT_WORD, offsetof(struct query, risk),
	    "only what has findings of LEVEL or graver (info, notice, warning, critical; warning), or could "
	    "not be judged; with the rules that fired", .words = severity_words, .otherwise = WARNING },
	{ "size", NULL, OPT_FLAG, offsetof(struct query, size), .doc = "walk volumes, and what containers wrote, for their size in "
	    "bytes (columns size, storage.size_rw)" },
	{ 0 },
};

enum { SHOW_CONTAINERS, SHOW_IMAGES, SHOW_VOLUMES, SHOW_FINDINGS, SHOW_ROOTS, SHOW_HOST };

static const struct about about = {
	.name = "ctr-ls",
	.gist = "list containers, images and volumes on a disk, and what is dangerous about them",
	.takes = "[CONTAINER | IMAGE | VOLUME | -]...",
	.options = options,
	.shows = {
		{ "containers", &container_record },
		{ "images", &image_record },
		{ "volumes", &volume_record },
		{ "findings", &finding_record },
		{ "roots", &root_record },
		{ "host", &host_record },
	},
};

static bool
wanted(const struct query *q, enum severity risk)
{
	return q->risk == 0 || risk == SEVERITY_UNKNOWN || risk >= q->risk;
}

static void
container(struct tool *t, const struct query *q, struct selected *s)
{
	struct container *c = &s->container;

	findings_fill(&container_record, c, s->arena);
	if (!wanted(q, c->risk))
		return;
	/* a node is full of infrastructure: of a table it comes last */
	if (c->role == ROLE_SANDBOX || c->role == ROLE_SYSTEM)
		tool_row_last(t, &container_record, c);
	else
		tool_row(t, &container_record, c);
}

static void
image(struct tool *t, const struct query *q, struct selected *s)
{
	struct image *i = &s->image;

	findings_fill(&image_record, i, s->arena);
	if (!wanted(q, i->risk))
		return;
	/* the steps of a build, which the engine's own list leaves out */
	if (i->names.n == 0 && i->dangling == NO)
		tool_row_last(t, &image_record, i);
	else
		tool_row(t, &image_record, i);
}

static void
roots(struct tool *t)
{
	struct engines all;
	struct data_root row;
	struct fault f = engines_open(&all, t->root);

	if (f.kind != FAULT_NONE)
		faults_add(&t->root->faults, f);
	for (size_t i = 0; engines_row(&all, i, &t->row, &row); i++)
		tool_row(t, &root_record, &row);
	tool_faults(t);
	engines_close(&all);
}

static void
host(struct tool *t)
{
	struct host h = { 0 };

	engine_host(t->root, &t->row, &h);
	tool_row(t, &host_record, &h);
}

static void
subjects(struct tool *t, const struct query *q, enum subject kind)
{
	struct selection sel;
	struct selected s;

	if (q->size)
		t->adds = kind == CONTAINERS ? "+storage.size_rw" : kind == VOLUMES ? "+size" : NULL;
	if (t->show->record == &finding_record)
		t->adds = NULL;
	select_open(&sel, t->root, t->operands, kind, q->size ? WANT_SIZES : WANT_ALL);
	while (select_next(&sel, &s)) {
		if (s.kind == CONTAINERS)
			container(t, q, &s);
		else if (s.kind == IMAGES)
			image(t, q, &s);
		else
			tool_row(t, &volume_record, &s.volume);
	}
	tool_faults(t);
	select_close(&sel);
}

int
main(int argc, char **argv)
{
	static const enum subject kinds[] = { CONTAINERS, IMAGES, VOLUMES, CONTAINERS };
	struct query q = { 0 };
	struct tool t;

	if (tool_open(&t, &about, &q, argc, argv)) {
		t.columns = q.risk > 0 ? RISK : SHOWN;
		t.least = q.risk;
		if (t.show - about.shows >= SHOW_ROOTS && *t.operands != NULL) {
			tool_usage(&t, "that is shown whole; no operand is taken:", span_of(*t.operands));
			return tool_close(&t);
		}
		switch (t.show - about.shows) {
		case SHOW_ROOTS:
			roots(&t);
			break;
		case SHOW_HOST:
			host(&t);
			break;
		default:
			subjects(&t, &q, kinds[t.show - about.shows]);
		}
	}
	return tool_close(&t);
}
