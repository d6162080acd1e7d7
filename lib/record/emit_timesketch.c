/* SPDX-License-Identifier: ISC */
/* Rows as a timeline, JSON Lines that Timesketch imports: a line for each time that a row holds, with the keys that it asks
 * for (message, datetime, timestamp in microseconds, timestamp_desc) and the row's scalar columns. Source: Timesketch,
 * docs/guides/user/import-from-json-csv.md; fields of 32,766 bytes and more are refused by the store behind it. */

#include "base/text.h"
#include "base/time.h"
#include "record/emit_value.h"

enum { MOST = 32765 };

/* A field as JSON, cut at a character so that its bytes stay below the limit. */
static void
field(struct out *o, struct span text)
{
	size_t n = text.len < MOST ? text.len : MOST;

	while (n < text.len && n > 0 && ((unsigned char)text.ptr[n] & 0xc0) == 0x80)
		n--;
	text_json(o, span_sub(text, 0, n));
}

static void
headline(struct emitter *e, const void *row)
{
	const char *blank = "";

	out_text(&e->scratch, e->record->name);
	blank = " ";
	for (size_t i = 0; i < e->picks.n; i++) {
		const struct column *c = pick_at(e, i)->path[0];

		if (pick_at(e, i)->depth > 1 || (c->show & HEADLINE) == 0 ||
		    value_absent(c, (const char *)row + pick_at(e, i)->base + c->at))
			continue;
		out_text(&e->scratch, blank);
		emit_cell(&e->scratch, pick_at(e, i), row, true);
	}
}

/* The columns that are one value: what a search of the timeline can ask for. */
static void
scalars(struct emitter *e, const void *row)
{
	struct out text = out_memory();

	for (size_t i = 0; i < e->picks.n; i++) {
		const struct pick *p = pick_at(e, i);
		const struct column *c = p->path[p->depth - 1];
		const char *at = (const char *)row + p->base + p->path[0]->at;

		if (p->depth > 1 || p->key.ptr != NULL || c->kind > K_ENUM || value_absent(c, at))
			continue;
		if (span_is(p->name, "message"))	/* the headline has it */
			continue;
		out_byte(e->out, ',');
		text_json(e->out, p->name);
		out_byte(e->out, ':');
		if (c->kind >= K_U64) {
			emit_json_scalar(e->out, c, c->kind, at);
			continue;
		}
		out_reset(&text);
		if (c->kind == K_TIME)
			time_print(&text, *(const struct timestamp *)(const void *)at, TIME_EXACT);
		else
			out_write(&text, *(const struct span *)(const void *)at);
		field(e->out, out_span(&text));
	}
	out_close(&text);
}

static void
line(struct emitter *e, const void *row, const struct column *c, struct timestamp t)
{
	struct out *o = e->out;
	int64_t us;

	if (__builtin_mul_overflow(t.s, 1000000, &us))
		return;				/* a year that no timeline holds */
	out_reset(&e->scratch);
	headline(e, row);
	out_text(o, "{\"message\":");
	field(o, out_span(&e->scratch));
	out_text(o, ",\"datetime\":\"");
	out_reset(&e->scratch);
	time_print(&e->scratch, t, TIME_EXACT);
	out_write(o, span_sub(out_span(&e->scratch), 0, out_span(&e->scratch).len - 1));
	out_text(o, "+00:00\",\"timestamp\":");
	out_i64(o, us + t.ns / 1000);
	out_text(o, ",\"timestamp_desc\":\"");
	out_text(o, e->record->name);
	out_byte(o, ' ');
	out_text(o, c->name);
	out_text(o, "\",\"record\":\"");
	out_text(o, e->record->name);
	out_byte(o, '"');
	scalars(e, row);
	out_text(o, "}\n");
}

void
emit_timesketch_row(struct emitter *e, const void *row)
{
	const struct column *c;
	size_t base;

	for (size_t i = 0; (c = record_next(e->record, &i, &base)) != NULL;) {
		struct timestamp t = { 0 };

		if (c->kind == K_TIME)
			t = *(const struct timestamp *)(const void *)((const char *)row + base + c->at);
		if (t.known)
			line(e, row, c, t);
	}
}
