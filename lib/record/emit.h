/* SPDX-License-Identifier: ISC */
/* The one emitter: any record in any format. */
#ifndef RECORD_EMIT_H
#define RECORD_EMIT_H

#include "base/out.h"
#include "record/pick.h"

enum format { FORMAT_TABLE, FORMAT_JSONL, FORMAT_TSV, FORMAT_TIMESKETCH, FORMAT_BODY };

/* Whether rows of a record make lines of a body file. */
bool emit_has_body(const struct record *);

struct emitter {
	const struct record *record;
	enum format format;
	struct out *out;
	bool header;			/* of table and tsv: still to be printed */
	size_t columns;			/* of the terminal; 0: clip nothing */
	bool colour;
	struct list picks;		/* [pick] */
	bool provenance;		/* jsonl with chosen columns: evidence stays */
	struct arena arena;	/* held cells and those of rows that come last; cells of a row that streams */
	struct list held, last;		/* [span]: picks.n cells a row */
	size_t *widths;
	bool streaming;			/* widths are settled */
	struct out scratch;
};

/* Which columns: those chosen with -c (NULL: the record's own, of a table those with one of the flags
 * SHOW; of the other formats all of them); "+a,b" adds to these. Borrows OUT and CHOSEN. */
struct fault emit_open(struct emitter *, const struct record *, enum format, unsigned show,
    const char *chosen, struct out *out);

/* Prints a row. Of a table the first 256 rows are held to settle the widths, and rows with LAST until
 * emit_close(). ROW is borrowed for the call. */
void emit_row(struct emitter *, const void *row, bool last);
void emit_close(struct emitter *);

/* --list-columns: name, kind and words of a record's columns, those within records dotted, as a table. */
void emit_columns(const struct record *, struct out *);

/* A value as JSON, a row of a record as a JSON object without its name. */
void emit_json(struct out *, const struct column *, const void *at);

#endif
