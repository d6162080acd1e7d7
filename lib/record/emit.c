/* SPDX-License-Identifier: ISC */
/* The one emitter: which columns, and rows as JSON Lines and tsv; tables are in emit_table.c. */

#include <stdlib.h>

#include "base/text.h"
#include "record/emit_value.h"

static void
jsonl_pick(struct out *o, const struct pick *p, const void *row)
{
	bool many;
	struct values it;
	struct value v;
	const char *comma = "";

	if (pick_simple(p)) {
		emit_json_member(o, p->name, p->path[0], (const char *)row + p->base + p->path[0]->at);
		return;
	}
	many = pick_many(p);
	it = values_open(p, row, false);
	if (!many && p->key.ptr == NULL) {
		values_next(&it, &v);
		emit_json_member(o, p->name, v.column, v.at);
		return;
	}
	text_json(o, p->name);		/* a map's key may be any text */
	out_byte(o, ':');
	if (many)
		out_byte(o, '[');
	else if (!values_next(&it, &v))
		out_text(o, "null");
	else
		emit_json_scalar(o, v.column, v.column->of, v.at);
	while (many && values_next(&it, &v)) {
		out_text(o, comma);
		if (v.item)
			emit_json_scalar(o, v.column, v.column->of, v.at);
		else
			emit_json(o, v.column, v.at);
		comma = ",";
	}
	if (many)
		out_byte(o, ']');
}

static void
add_pick(struct emitter *e, struct pick p)
{
	*(struct pick *)list_add(&e->arena, &e->picks, sizeof(p)) = p;
}

static struct fault
choose(struct emitter *e, struct span chosen)
{
	struct span name;
	struct fault f;
	struct pick p;

	while (span_cut(&chosen, ',', &name)) {
		while (span_starts(name, " "))
			name = span_sub(name, 1, SIZE_MAX);
		f = pick_parse(e->record, name, &p);
		if (f.kind != FAULT_NONE)
			return f;
		add_pick(e, p);
	}
	return NO_FAULT;
}

static void
all_columns(struct emitter *e, unsigned show)
{
	const struct column *c;
	size_t base;

	for (size_t i = 0; (c = record_next(e->record, &i, &base)) != NULL;)
		if (e->format != FORMAT_TABLE || (c->show & show) != 0)
			add_pick(e, (struct pick){ .name = { c->name, c->len }, .depth = 1, .path = { c },
			    .base = base });
}

struct fault
emit_open(struct emitter *e, const struct record *record, enum format format, unsigned show,
    const char *chosen, struct out *out)
{
	struct span names = span_of(chosen);
	struct fault f = NO_FAULT;
	bool adds = span_starts(names, "+");

	*e = (struct emitter){ .record = record, .format = format, .out = out, .header = true,
		.arena = arena_open(SIZE_MAX), .scratch = out_memory() };
	if (names.ptr == NULL || adds)
		all_columns(e, show);
	if (e->picks.n == 0 && (names.ptr == NULL || adds))	/* a record that has none of that kind */
		all_columns(e, SHOWN);
	else
		e->provenance = true;
	if (names.ptr != NULL)
		f = choose(e, span_sub(names, adds, SIZE_MAX));
	e->widths = calloc(e->picks.n + 1, sizeof(*e->widths));
	if (e->widths == NULL || e->arena.full) {
		e->picks = (struct list){ 0 };
		return (struct fault){ .kind = FAULT_ALL, .what = "not enough memory" };
	}
	return f;
}

static void
jsonl_row(struct emitter *e, const void *row)
{
	struct out *o = e->out;
	struct pick evidence;

	out_text(o, "{\"record\":\"");
	out_text(o, e->record->name);
	out_byte(o, '"');
	if (e->provenance && pick_parse(e->record, SPAN("evidence"), &evidence).kind == FAULT_NONE) {
		bool chosen = false;

		for (size_t i = 0; i < e->picks.n; i++)
			chosen |= span_is(pick_at(e, i)->name, "evidence");
		if (!chosen) {
			out_byte(o, ',');
			jsonl_pick(o, &evidence, row);
		}
	}
	for (size_t i = 0; i < e->picks.n; i++) {
		out_byte(o, ',');
		jsonl_pick(o, pick_at(e, i), row);
	}
	out_text(o, "}\n");
}

static void
tsv_header(struct emitter *e)
{
	for (size_t i = 0; e->header && i < e->picks.n; i++) {
		text_escape(e->out, pick_at(e, i)->name);
		out_byte(e->out, i + 1 < e->picks.n ? '\t' : '\n');
	}
	e->header = false;
}

static void
tsv_row(struct emitter *e, const void *row)
{
	tsv_header(e);
	for (size_t i = 0; i < e->picks.n; i++) {
		emit_cell(e->out, pick_at(e, i), row, false);
		out_byte(e->out, i + 1 < e->picks.n ? '\t' : '\n');
	}
}

void
emit_row(struct emitter *e, const void *row, bool last)
{
	if (e->picks.n == 0)		/* opened without the memory for it */
		return;
	if (e->format == FORMAT_JSONL)
		jsonl_row(e, row);
	else if (e->format == FORMAT_TSV)
		tsv_row(e, row);
	else if (e->format == FORMAT_TIMESKETCH)
		emit_timesketch_row(e, row);
	else if (e->format == FORMAT_BODY)
		emit_body_row(e, row);
	else
		emit_table_row(e, row, last);
}

void
emit_close(struct emitter *e)
{
	if (e->format == FORMAT_TSV)
		tsv_header(e);
	else if (e->format == FORMAT_TABLE)
		emit_table_last(e);
	free(e->widths);
	out_close(&e->scratch);
	arena_close(&e->arena);
}

static void
list_columns(const struct record *r, struct out *o, const char *within)
{
	const struct column *c;
	size_t base;

	for (size_t i = 0; (c = record_next(r, &i, &base)) != NULL;) {
		out_text(o, within);
		out_text(o, c->name);
		out_byte(o, '\t');
		out_text(o, kind_word(c));
		out_byte(o, '\t');
		if (c->doc != NULL)
			out_text(o, c->doc);
		out_byte(o, '\n');
		if (c->kind == K_IN || c->kind == K_EACH) {
			struct out deeper = out_memory();

			out_text(&deeper, within);
			out_text(&deeper, c->name);
			out_write(&deeper, (struct span){ ".\0", 2 });
			list_columns(c->in, o, out_span(&deeper).ptr);
			out_close(&deeper);
		}
	}
}

void
emit_columns(const struct record *r, struct out *o)
{
	list_columns(r, o, "");
}
