/* SPDX-License-Identifier: ISC */
/* Rows as lines of a body file, which mactime sorts by time:
 * MD5|name|inode|mode|UID|GID|size|atime|mtime|ctime|crtime, what is not known 0. Source: The Sleuth Kit's wiki, "Body file". */

#include "base/text.h"
#include "record/emit_value.h"

/* The columns that make a line of a record: a deletion gives two, of what it hides and of its marker. */
static const struct line {
	const char *record, *path, *mark, *ino, *atime, *mtime, *ctime, *birth;
	bool owned;			/* mode, owner and size are of this path */
} lines[] = {
	{ "change", "path", "", "ino", "atime", "mtime", "ctime", "birth", true },
	{ "whiteout", "path", " (deleted)", NULL, NULL, "mtime", NULL, NULL, true },
	{ "whiteout", "marker_path", " (whiteout)", "marker_ino", NULL, "marker_mtime", "marker_ctime", NULL, false },
};

enum { N_LINES = sizeof(lines) / sizeof(*lines) };

bool
emit_has_body(const struct record *r)
{
	for (size_t i = 0; i < N_LINES; i++)
		if (span_is(span_of(r->name), lines[i].record))
			return true;
	return false;
}

/* The value of a column, or NULL where it is absent. */
static const void *
value(struct emitter *e, const void *row, const char *name, const struct column **c)
{
	const char *at;
	size_t base;

	*c = name == NULL ? NULL : record_column(e->record, span_of(name), &base);
	if (*c == NULL)
		return NULL;
	at = (const char *)row + base + (*c)->at;
	return value_absent(*c, at) ? NULL : at;
}

/* Text within a field: nothing in it ends the field, the line, or steers a terminal. */
static void
field(struct emitter *e, struct span text)
{
	struct span rest = text, part;

	while (span_cut(&rest, '|', &part)) {
		text_escape(e->out, part);
		if (rest.ptr != NULL)
			out_text(e->out, "\\x7c");
	}
}

static void
text(struct emitter *e, const void *row, const char *name)
{
	const struct column *c;
	const struct span *s = value(e, row, name, &c);

	if (s != NULL)
		field(e, *s);
}

static void
number(struct emitter *e, const void *row, const char *name)
{
	const struct column *c;
	const struct u64 *n = value(e, row, name, &c);

	out_byte(e->out, '|');
	out_u64(e->out, n == NULL ? 0 : n->n);
}

static void
seconds(struct emitter *e, const void *row, const char *name)
{
	const struct column *c;
	const struct timestamp *t = value(e, row, name, &c);

	out_byte(e->out, '|');
	out_i64(e->out, t == NULL ? 0 : t->s);
}

/* As fls prints it: the letter of the type twice, a slash between, and the permissions. */
static void
mode(struct emitter *e, const void *row, bool owned)
{
	const struct column *c;
	const struct span *s = owned ? value(e, row, "mode", &c) : NULL;
	char letter = s == NULL || s->len == 0 ? '-' : s->ptr[0] == '-' ? 'r' : s->ptr[0];

	out_byte(e->out, '|');
	out_byte(e->out, letter);
	out_byte(e->out, '/');
	out_byte(e->out, letter);
	out_write(e->out, s == NULL ? SPAN("---------") : span_sub(*s, 1, SIZE_MAX));
}

static bool
is_deletion(struct emitter *e, const void *row)
{
	const struct column *c;
	const unsigned *change = value(e, row, "change", &c);

	return change != NULL && c->words != NULL && span_is(span_of(c->words[*change]), "D");
}

void
emit_body_row(struct emitter *e, const void *row)
{
	const struct column *c;

	for (const struct line *l = lines; l < lines + N_LINES; l++) {
		if (!span_is(span_of(e->record->name), l->record) || value(e, row, l->path, &c) == NULL)
			continue;
		out_text(e->out, "0|");
		text(e, row, value(e, row, "container", &c) != NULL ? "container" : "image");
		out_byte(e->out, '/');
		if (value(e, row, "n", &c) != NULL)
			out_u64(e->out, ((const struct u64 *)value(e, row, "n", &c))->n);
		out_byte(e->out, ':');
		text(e, row, l->path);
		out_text(e->out, is_deletion(e, row) ? " (deleted)" : l->mark);
		number(e, row, l->ino);
		mode(e, row, l->owned);
		number(e, row, l->owned ? "uid" : NULL);
		number(e, row, l->owned ? "gid" : NULL);
		number(e, row, l->owned ? "size" : NULL);
		seconds(e, row, l->atime);
		seconds(e, row, l->mtime);
		seconds(e, row, l->ctime);
		seconds(e, row, l->birth);
		out_byte(e->out, '\n');
	}
}
