/* SPDX-License-Identifier: ISC */
/* The one emitter: values as JSON and as cells, rows as JSON Lines, tsv and tables. */

#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "base/time.h"
#include "record/emit.h"

enum { HELD_ROWS = 256, ID_BRIEF = 12, WIDEST = 40 };	/* a longer cell moves its own row, not all */

static size_t
item_size(const struct column *c)
{
	return c->of == K_U64 ? sizeof(struct u64) : c->of == K_I64 ? sizeof(struct i64) : sizeof(struct span);
}

static void
json_scalar(struct out *o, const struct column *c, enum kind kind, const void *at)
{
	const struct timestamp *t = at;

	switch (kind) {
	case K_TIME:
		out_byte(o, '"');
		time_print(o, *t, TIME_EXACT);
		out_byte(o, '"');
		break;
	case K_U64:
		out_u64(o, ((const struct u64 *)at)->n);
		break;
	case K_I64:
		out_i64(o, ((const struct i64 *)at)->n);
		break;
	case K_BOOL:
		out_text(o, *(const unsigned *)at == YES ? "true" : "false");
		break;
	case K_ENUM:
		text_json(o, span_of(c->words[*(const unsigned *)at]));
		break;
	default:
		text_json(o, *(const struct span *)at);
	}
}

static void
base64(struct out *o, struct span s)
{
	out_byte(o, '"');
	text_base64(o, s);
	out_byte(o, '"');
}

static bool
exact(const struct column *c, const void *at)
{
	const struct list *l = at;

	switch (c->kind) {
	case K_TEXT: case K_ID: case K_DIGEST: case K_PATH: case K_ANY:
		return text_valid(*(const struct span *)at);
	case K_LIST:
		for (size_t i = 0; c->of <= K_ANY && i < l->n; i++)
			if (!text_valid(list_span(l, i)))
				return false;
		return true;
	case K_MAP:
		for (size_t i = 0; i < l->n; i++)
			if (!text_valid(list_pair(l, i)->key) || !text_valid(list_pair(l, i)->value))
				return false;
		return true;
	default:
		return true;
	}
}

/* The whole value beside one that JSON cannot hold: a text, a list item by item, a map as pairs. */
static void
json_exactly(struct out *o, const struct column *c, const void *at)
{
	const struct list *l = at;

	if (c->kind <= K_ANY) {
		base64(o, *(const struct span *)at);
		return;
	}
	out_byte(o, '[');
	for (size_t i = 0; i < l->n; i++) {
		out_text(o, i > 0 ? "," : "");
		if (c->kind == K_LIST) {
			base64(o, list_span(l, i));
			continue;
		}
		out_byte(o, '[');
		base64(o, list_pair(l, i)->key);
		out_byte(o, ',');
		base64(o, list_pair(l, i)->value);
		out_byte(o, ']');
	}
	out_byte(o, ']');
}

static void
json_key(struct out *o, struct span name, const char *suffix)
{
	out_byte(o, '"');
	out_write(o, name);
	out_text(o, suffix);
	out_text(o, "\":");
}

static void
json_member(struct out *o, struct span name, const struct column *c, const void *at)
{
	json_key(o, name, "");
	emit_json(o, c, at);
	if (!exact(c, at)) {
		out_byte(o, ',');
		json_key(o, name, "_b64");
		json_exactly(o, c, at);
	}
}

static void
json_record(struct out *o, const struct record *r, const void *row)
{
	const struct column *c;
	const char *comma = "";
	size_t base;

	out_byte(o, '{');
	for (size_t i = 0; (c = record_next(r, &i, &base)) != NULL; comma = ",") {
		out_text(o, comma);
		json_member(o, span_of(c->name), c, (const char *)row + base + c->at);
	}
	out_byte(o, '}');
}

static void
json_list(struct out *o, const struct column *c, const struct list *l)
{
	out_byte(o, c->kind == K_MAP ? '{' : '[');
	for (size_t i = 0; i < l->n; i++) {
		out_text(o, i > 0 ? "," : "");
		if (c->kind == K_MAP) {
			text_json(o, list_pair(l, i)->key);
			out_byte(o, ':');
			text_json(o, list_pair(l, i)->value);
		} else if (c->kind == K_EACH) {
			json_record(o, c->in, (const char *)l->v + i * c->in->size);
		} else {
			json_scalar(o, c, c->of, (const char *)l->v + i * item_size(c));
		}
	}
	out_byte(o, c->kind == K_MAP ? '}' : ']');
}

void
emit_json(struct out *o, const struct column *c, const void *at)
{
	if (value_absent(c, at))
		out_text(o, "null");
	else if (c->kind == K_LIST || c->kind == K_MAP || c->kind == K_EACH)
		json_list(o, c, at);
	else if (c->kind == K_IN)
		json_record(o, c->in, at);
	else
		json_scalar(o, c, c->kind, at);
}

/* A cell: scalars as text that is safe on a terminal, scalar lists by comma, maps and records as JSON. */
static void
cell_scalar(struct out *o, const struct column *c, enum kind kind, const void *at, bool table)
{
	struct span s;

	switch (kind) {
	case K_TEXT: case K_ID: case K_DIGEST: case K_PATH: case K_ANY:
		s = *(const struct span *)at;
		if (table && (c->show & BRIEF) != 0) {
			if (kind == K_DIGEST && span_starts(s, "sha256:"))
				s = span_sub(s, 7, SIZE_MAX);
			s = span_sub(s, 0, ID_BRIEF);
		}
		text_escape(o, s);
		break;
	case K_TIME:
		time_print(o, *(const struct timestamp *)at,
		    table && (c->show & SECONDS) != 0 ? TIME_SECONDS : TIME_EXACT);
		break;
	case K_ENUM:
		out_text(o, c->words[*(const unsigned *)at]);
		break;
	default:
		json_scalar(o, c, kind, at);
	}
}

static void
cell_value(struct out *o, const struct value *v, bool table)
{
	const struct column *c = v->column;
	const struct list *l = v->at;

	if (v->item)
		cell_scalar(o, c, c->of, v->at, table);
	else if (value_absent(c, v->at))
		out_byte(o, '-');
	else if (c->kind == K_LIST)
		for (size_t i = 0; i < l->n; i++) {
			out_text(o, i > 0 ? "," : "");
			cell_scalar(o, c, c->of, (const char *)l->v + i * item_size(c), table);
		}
	else if (c->kind == K_MAP || c->kind == K_EACH || c->kind == K_IN)
		emit_json(o, c, v->at);
	else
		cell_scalar(o, c, c->kind, v->at, table);
}

static void
cell(struct out *o, const struct pick *p, const void *row, bool table)
{
	struct values it = values_open(p, row, false);
	struct value v;
	const char *comma = "";

	if (!values_next(&it, &v)) {
		out_byte(o, '-');
		return;
	}
	do {
		out_text(o, comma);
		cell_value(o, &v, table);
		comma = ",";
	} while (values_next(&it, &v));
}

static void
jsonl_pick(struct out *o, const struct pick *p, const void *row)
{
	bool many = pick_many(p);
	struct values it = values_open(p, row, false);
	struct value v;
	const char *comma = "";

	if (!many && p->key.ptr == NULL) {
		values_next(&it, &v);
		json_member(o, p->name, v.column, v.at);
		return;
	}
	text_json(o, p->name);		/* a map's key may be any text */
	out_byte(o, ':');
	if (many)
		out_byte(o, '[');
	else if (!values_next(&it, &v))
		out_text(o, "null");
	else
		json_scalar(o, v.column, v.column->of, v.at);
	while (many && values_next(&it, &v)) {
		out_text(o, comma);
		if (v.item)
			json_scalar(o, v.column, v.column->of, v.at);
		else
			emit_json(o, v.column, v.at);
		comma = ",";
	}
	if (many)
		out_byte(o, ']');
}

static const struct pick *
pick_at(const struct emitter *e, size_t i)
{
	return &((const struct pick *)e->picks.v)[i];
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
			add_pick(e, (struct pick){ .name = span_of(c->name), .depth = 1, .path = { c },
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
		.arena = arena_open(SIZE_MAX), .row = arena_open(SIZE_MAX), .scratch = out_memory() };
	if (names.ptr == NULL || adds)
		all_columns(e, show);
	else
		e->provenance = true;
	if (names.ptr != NULL)
		f = choose(e, span_sub(names, adds, SIZE_MAX));
	e->widths = calloc(e->picks.n + 1, sizeof(*e->widths));
	if (e->widths == NULL)
		return (struct fault){ .kind = FAULT_ALL, .what = "not enough memory" };
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
heading(struct out *o, struct span name)
{
	for (size_t i = 0; i < name.len; i++)
		out_byte(o, name.ptr[i] >= 'a' && name.ptr[i] <= 'z' ? (char)(name.ptr[i] - 32) : name.ptr[i]);
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
		cell(e->out, pick_at(e, i), row, false);
		out_byte(e->out, i + 1 < e->picks.n ? '\t' : '\n');
	}
}

/* Severity alone is coloured, by its word. */
static const char *
colour_of(const struct emitter *e, size_t i, struct span text)
{
	const struct column *c = pick_at(e, i)->path[0];

	if (!e->colour || c->kind != K_ENUM || pick_at(e, i)->depth != 1)
		return NULL;
	return span_is(text, "critical") ? "\x1b[1;31m" : span_is(text, "warning") ? "\x1b[33m" : NULL;
}

static void
table_cells(struct emitter *e, const struct span *cells)
{
	const char *colour;
	size_t used = 0, width;
	struct span s;

	for (size_t i = 0; i < e->picks.n; i++) {
		bool last = i + 1 == e->picks.n;

		s = cells[i];
		if (last && e->columns > 0)
			s = text_clip(s, e->columns > used ? e->columns - used : 0);
		colour = colour_of(e, i, s);
		out_text(e->out, colour == NULL ? "" : colour);
		out_write(e->out, s);
		out_text(e->out, colour == NULL ? "" : "\x1b[0m");
		if (last)
			break;
		width = text_width(s);
		if (width < e->widths[i])
			out_repeat(e->out, ' ', e->widths[i] - width);
		out_text(e->out, "  ");
		used += (width < e->widths[i] ? e->widths[i] : width) + 2;
	}
	out_byte(e->out, '\n');
}

/* Prints what was held; from here on rows stream. */
static void
settle(struct emitter *e)
{
	const struct span *cells = e->held.v;
	struct span *names;
	size_t n = e->picks.n;

	if (e->streaming)
		return;
	e->streaming = true;
	if (e->header && (names = calloc(n, sizeof(*names))) != NULL) {
		for (size_t i = 0; i < n; i++) {
			out_reset(&e->scratch);
			heading(&e->scratch, pick_at(e, i)->name);
			names[i] = arena_copy(&e->arena, out_span(&e->scratch));
			if (e->widths[i] < names[i].len)
				e->widths[i] = names[i].len;
		}
		table_cells(e, names);
		free(names);
	}
	for (size_t i = 0; i < e->held.n; i += n)
		table_cells(e, cells + i);
	e->held = (struct list){ 0 };
}

static void
table_row(struct emitter *e, const void *row, bool last)
{
	struct list *to = last ? &e->last : &e->held;
	struct list cells = { 0 };
	bool streams = e->streaming && !last;
	struct arena *a = streams ? &e->row : &e->arena;
	size_t width;
	struct span s;

	for (size_t i = 0; i < e->picks.n; i++) {
		out_reset(&e->scratch);
		cell(&e->scratch, pick_at(e, i), row, true);
		s = arena_copy(a, out_span(&e->scratch));
		list_add_span(a, streams ? &cells : to, s);
		width = text_width(s);
		if (!e->streaming && width > e->widths[i] && width <= WIDEST)
			e->widths[i] = width;
	}
	if (streams)
		table_cells(e, cells.v);
	else if (!last && e->held.n / e->picks.n == HELD_ROWS)
		settle(e);
	arena_reset(&e->row);
}

void
emit_row(struct emitter *e, const void *row, bool last)
{
	if (e->format == FORMAT_JSONL)
		jsonl_row(e, row);
	else if (e->format == FORMAT_TSV)
		tsv_row(e, row);
	else
		table_row(e, row, last);
}

void
emit_close(struct emitter *e)
{
	const struct span *cells = e->last.v;

	if (e->format == FORMAT_TSV)
		tsv_header(e);
	if (e->format == FORMAT_TABLE && e->picks.n > 0) {
		settle(e);
		for (size_t i = 0; i < e->last.n; i += e->picks.n)
			table_cells(e, cells + i);
	}
	free(e->widths);
	out_close(&e->scratch);
	arena_close(&e->row);
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
