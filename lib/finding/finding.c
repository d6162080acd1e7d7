/* SPDX-License-Identifier: ISC */
/* Looking at a row with the rules of its kind. */

#include <stdlib.h>

#include "finding/finding.h"
#include "record/change.h"
#include "record/layer.h"

static struct span
command(struct arena *a, const char *check, struct span whose)
{
	struct span rest = span_of(check), before;

	if (!span_has(rest, "@"))
		return rest;
	span_cut(&rest, '@', &before);
	return arena_concat(a, before, whose, rest);
}

void
fact_add(struct facts *f, struct span path, struct span evidence_path, size_t n, const struct span *pieces)
{
	struct finding *to = list_add(f->arena, f->to, sizeof(*to));

	*to = (struct finding){ .severity = f->rule->severity, .rule = span_of(f->rule->name),
		.container = f->container, .image = f->image, .path = path, .evidence_path = evidence_path,
		.technique = span_of(f->rule->technique), .why = span_of(f->rule->why) };
	to->fact = arena_join(f->arena, n, pieces);
	to->check = command(f->arena, f->rule->check, f->container.len > 0 ? span_sub(f->container, 0, 12) : f->image);
}

/* Gravest first; of one gravity in the order of the table. */
static void
sort(struct list *findings)
{
	struct finding *v = findings->v;

	for (size_t i = 1; i < findings->n; i++) {
		struct finding moved = v[i];
		size_t at = i;

		for (; at > 0 && v[at - 1].severity < moved.severity; at--)
			v[at] = v[at - 1];
		v[at] = moved;
	}
}

static void
look(const struct rule *rules, const void *row, struct facts *f, struct list *names, enum severity *risk,
    bool damaged)
{
	const struct finding *v;

	*f->to = list_none();
	for (f->rule = rules; f->rule->name != NULL; f->rule++)
		f->rule->look(row, f);
	sort(f->to);
	*names = list_none();
	v = f->to->v;
	for (size_t i = 0; i < f->to->n; i++)
		if (!list_has(names, v[i].rule))
			list_add_span(f->arena, names, v[i].rule);
	*risk = f->to->n > 0 ? v[0].severity : damaged ? SEVERITY_UNKNOWN : SEVERITY_NONE;
}

/* What a base image brings is what it is: there nothing is graver than for information, but for what a layer hides. */
static void
change(struct change *c, struct facts *f)
{
	struct finding *v;

	f->to = &c->findings;
	f->container = c->container;
	f->image = c->image;
	if (c->findings.v != NULL)
		return;
	look(change_rules, c, f, &c->rules, &c->risk, c->provenance.error.ptr != NULL);
	v = c->findings.v;
	for (size_t i = 0; i < c->findings.n; i++)
		if (c->by_hand != YES && v[i].severity > INFO && !span_is(v[i].rule, "secret-hidden"))
			v[i].severity = INFO;
	sort(f->to);
	if (c->findings.n > 0)
		c->risk = v[0].severity;
}

void
findings_fill(const struct record *record, void *row, struct arena *a)
{
	struct facts f = { .arena = a };

	if (record == &container_record) {
		struct container *c = row;

		f.to = &c->findings;
		f.container = c->container;
		f.image = c->image;
		if (c->findings.v == NULL)
			look(container_rules, row, &f, &c->rules, &c->risk, c->provenance.error.ptr != NULL);
	} else if (record == &image_record) {
		struct image *i = row;

		f.to = &i->findings;
		f.image = i->image_id;
		if (i->findings.v == NULL)
			look(image_rules, row, &f, &i->rules, &i->risk, i->provenance.error.ptr != NULL);
	} else if (record == &change_record) {
		change(row, &f);
	} else if (record == &layer_record) {
		struct layer_row *l = row;

		f.to = &l->findings;
		f.container = l->container;
		f.image = l->image;
		if (l->findings.v == NULL)
			look(layer_rules, row, &f, &l->rules, &l->risk, l->verify == VERDICT_UNKNOWN || l->provenance.error.ptr != NULL);
	} else if (record == &history_record) {
		struct history_row *h = row;

		f.to = &h->findings;
		f.container = h->container;
		f.image = h->image;
		if (h->findings.v == NULL)
			look(history_rules, row, &f, &h->rules, &h->risk, false);
	}
}

const struct list *
findings_of(const struct record *record, const void *row)
{
	if (record == &container_record)
		return &((const struct container *)row)->findings;
	if (record == &image_record)
		return &((const struct image *)row)->findings;
	if (record == &change_record)
		return &((const struct change *)row)->findings;
	if (record == &layer_record)
		return &((const struct layer_row *)row)->findings;
	if (record == &history_record)
		return &((const struct history_row *)row)->findings;
	return NULL;
}
