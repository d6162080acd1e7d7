/* SPDX-License-Identifier: ISC */
/* Between the files of the emitter: values as JSON and as cells, rows as a table. */
#ifndef RECORD_EMIT_VALUE_H
#define RECORD_EMIT_VALUE_H

#include "record/emit.h"

static inline const struct pick *
pick_at(const struct emitter *e, size_t i)
{
	return &((const struct pick *)e->picks.v)[i];
}

/* Bytes of an item of a scalar list. */
size_t value_item_size(const struct column *);

/* emit_json.c: a value of a kind; a member with its name, and NAME_b64 where JSON cannot hold it. */
void emit_json_scalar(struct out *, const struct column *, enum kind, const void *at);
void emit_json_member(struct out *, struct span name, const struct column *, const void *at);

/* emit_timesketch.c: a line for each time that the row holds. */
void emit_timesketch_row(struct emitter *, const void *row);

/* emit_body.c: a line, or a line for each path that the row is about. */
void emit_body_row(struct emitter *, const void *row);

/* emit_table.c: what a pick means in a row, safe on a terminal; TABLE: briefly. */
void emit_cell(struct out *, const struct pick *, const void *row, bool table);
void emit_table_row(struct emitter *, const void *row, bool last);

/* Prints what was held for the widths; then the rows that come last. */
void emit_table_settle(struct emitter *);
void emit_table_last(struct emitter *);

#endif
