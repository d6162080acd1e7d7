/* SPDX-License-Identifier: ISC */
/* Values as cells, and rows as a table: the first rows settle the widths, then it streams. */

#include <stdlib.h>

#include "base/text.h"
#include "base/time.h"
#include "record/emit_value.h"

enum { HELD_ROWS = 256, ID_BRIEF = 12, WIDEST = 40 };	/* a longer cell moves its own row, not all */

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
		emit_json_scalar(o, c, kind, at);
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
			cell_scalar(o, c, c->of, (const char *)l->v + i * value_item_size(c), table);
		}
	else if (c->kind == K_MAP || c->kind == K_EACH || c->kind == K_IN)
		emit_json(o, c, v->at);
	else
		cell_scalar(o, c, c->kind, v->at, table);
}

void
emit_cell(struct out *o, const struct pick *p, const void *row, bool table)
{
	struct values it;
	struct value v;
	const char *comma = "";

	if (pick_simple(p)) {
		v = (struct value){ p->path[0], (const char *)row + p->base + p->path[0]->at, false };
		cell_value(o, &v, table);
		return;
	}
	it = values_open(p, row, false);
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
heading(struct out *o, struct span name)
{
	for (size_t i = 0; i < name.len; i++)
		out_byte(o, name.ptr[i] >= 'a' && name.ptr[i] <= 'z' ? (char)(name.ptr[i] - 32) : name.ptr[i]);
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

/* One cell, and what parts it from the next; *USED: the columns before it. */
static void
table_cell(struct emitter *e, size_t i, struct span s, size_t *used)
{
	bool last = i + 1 == e->picks.n;
	const char *colour;
	size_t width;

	if (last && e->columns > 0)
		s = text_clip(s, e->columns > *used ? e->columns - *used : 0);
	colour = colour_of(e, i, s);
	if (colour != NULL)
		out_text(e->out, colour);
	out_write(e->out, s);
	if (colour != NULL)
		out_text(e->out, "\x1b[0m");
	if (last) {
		out_byte(e->out, '\n');
		return;
	}
	width = text_width(s);
	if (width < e->widths[i])
		out_repeat(e->out, ' ', e->widths[i] - width);
	out_text(e->out, "  ");
	*used += (width < e->widths[i] ? e->widths[i] : width) + 2;
}

static void
table_cells(struct emitter *e, const struct span *cells)
{
	size_t used = 0;

	for (size_t i = 0; i < e->picks.n; i++)
		table_cell(e, i, cells[i], &used);
}

/* Prints what was held; from here on rows stream. */
void
emit_table_settle(struct emitter *e)
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
	for (size_t i = 0; i + n <= e->held.n; i += n)	/* a row that memory had no room for is not whole */
		table_cells(e, cells + i);
	e->held = (struct list){ 0 };
}

static void
stream_row(struct emitter *e, const void *row)
{
	size_t used = 0;

	for (size_t i = 0; i < e->picks.n; i++) {
		if (i + 1 == e->picks.n && e->columns == 0 && !e->colour) {	/* nothing is asked of its text */
			emit_cell(e->out, pick_at(e, i), row, true);
			out_byte(e->out, '\n');
			break;
		}
		out_reset(&e->scratch);
		emit_cell(&e->scratch, pick_at(e, i), row, true);
		table_cell(e, i, out_span(&e->scratch), &used);
	}
}

void
emit_table_row(struct emitter *e, const void *row, bool last)
{
	size_t width;
	struct span s;

	if (e->streaming && !last) {
		stream_row(e, row);
		return;
	}
	for (size_t i = 0; i < e->picks.n; i++) {
		out_reset(&e->scratch);
		emit_cell(&e->scratch, pick_at(e, i), row, true);
		s = arena_copy(&e->arena, out_span(&e->scratch));
		list_add_span(&e->arena, last ? &e->last : &e->held, s);
		width = text_width(s);
		if (!e->streaming && width > e->widths[i] && width <= WIDEST)
			e->widths[i] = width;
	}
	if (!last && e->held.n >= HELD_ROWS * e->picks.n)
		emit_table_settle(e);
}

void
emit_table_last(struct emitter *e)
{
	const struct span *cells = e->last.v;

	if (e->picks.n == 0)
		return;
	emit_table_settle(e);
	for (size_t i = 0; i + e->picks.n <= e->last.n; i += e->picks.n)
		table_cells(e, cells + i);
}
