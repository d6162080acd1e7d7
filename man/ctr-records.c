/* SPDX-License-Identifier: ISC */
/* Prints ctr-records.7: every record and its columns, from the tables. */

#include <stdio.h>
#include <string.h>

#include "base/out.h"
#include "record/change.h"
#include "record/container.h"
#include "record/entry.h"
#include "record/finding.h"
#include "record/host.h"
#include "record/image.h"
#include "record/layer.h"
#include "record/volume.h"
#include "record/whiteout.h"

static const struct record *const records[] = { &container_record, &image_record, &volume_record,
	&layer_record, &history_record, &change_record, &whiteout_record, &log_record, &finding_record, &root_record, &host_record };

enum { N_RECORDS = sizeof(records) / sizeof(*records) };

static const char head[] =
    ".\\\" SPDX-License-Identifier: ISC\n"
    ".\\\" Made by man/ctr-records.c from the tables of lib/record.\n"
    ".Dd November 24, 2026\n"
    ".Dt CTR-RECORDS 7\n"
    ".Os\n"
    ".Sh NAME\n"
    ".Nm ctr-records\n"
    ".Nd what the tools print: records and their columns\n"
    ".Sh DESCRIPTION\n"
    "Every row that a tool of\n"
    ".Xr ctr-tools 7\n"
    "prints is a record of one of the kinds below.\n"
    "In JSON Lines\n"
    ".Pq Fl j\n"
    "a record has all its columns as keys, in this order, behind the key\n"
    ".Cm record ,\n"
    "which holds its kind.\n"
    "Those marked with an asterisk are in the table that is printed by default.\n"
    "Other columns are taken by\n"
    ".Fl c .\n"
    ".Pp\n"
    "Null, in a table\n"
    ".Ql - ,\n"
    "means not known, or does not apply; an empty list, map or text is known to be empty.\n"
    "A record within another of which nothing is known is null.\n"
    "Keys may be added in later versions.\n"
    ".Ss Kinds of values\n"
    ".Bl -tag -width \"list of records\" -compact\n"
    ".It text\n"
    "as it was recorded; where it is no UTF-8, a key\n"
    ".Cm NAME_b64\n"
    "beside it holds the bytes in base64\n"
    ".It id\n"
    "hexadecimal\n"
    ".It digest\n"
    "the name of an algorithm, a colon, hexadecimal\n"
    ".It path\n"
    "within the container where the column is called path, within the evidence where it is\n"
    "called evidence_path\n"
    ".It time\n"
    "RFC 3339, UTC\n"
    ".It int\n"
    "a whole number\n"
    ".It bool\n"
    "true or false\n"
    ".It word\n"
    "one of the words that are named\n"
    ".It map\n"
    "names and values\n"
    ".It record\n"
    "columns of its own, with a dot before their names\n"
    ".It list\n"
    "of any of these; the columns of a list of records are those of each\n"
    ".El\n";

static const char tail[] =
    ".Sh SEE ALSO\n"
    ".Xr ctr-logcat 1 ,\n"
    ".Xr ctr-ls 1 ,\n"
    ".Xr ctr-tools 7\n";

/* A text that nothing of mdoc can be read into: no control line, no escape, no hyphen for a minus. */
static void
text(struct out *o, const char *s)
{
	if (*s == '.' || *s == '\'')
		out_text(o, "\\&");
	for (; *s != '\0'; s++)
		if (*s == '\\')
			out_text(o, "\\e");
		else if (*s == '-')
			out_text(o, "\\-");
		else
			out_byte(o, *s);
}

/* The words that a column can hold; the first is none. */
static void
words(struct out *o, const struct column *c)
{
	out_text(o, c->doc[0] != '\0' ? "; one of " : "one of ");
	for (size_t i = 1; c->words[i] != NULL; i++) {
		out_text(o, i > 1 ? ", " : "");
		text(o, c->words[i]);
	}
}

static void
column(struct out *o, const struct column *c, const char *within)
{
	out_text(o, ".It Cm ");
	text(o, within);
	text(o, c->name);
	out_text(o, c->show & SHOWN ? " No * Pq " : " Pq ");
	out_text(o, kind_word(c));
	out_byte(o, '\n');
	text(o, c->doc);
	if (c->words != NULL)
		words(o, c);
	if (c->doc[0] != '\0' || c->words != NULL)
		out_byte(o, '\n');
}

/* The columns, and beneath each that is a record the columns of that. */
static void
columns(struct out *o, const struct record *r, const char *within)
{
	const struct column *c;
	size_t base;

	for (size_t i = 0; (c = record_next(r, &i, &base)) != NULL;) {
		char name[256];

		column(o, c, within);
		if (c->in == NULL)
			continue;
		snprintf(name, sizeof(name), "%s%s.", within, c->name);
		columns(o, c->in, name);
	}
}

static void
record(struct out *o, const struct record *r)
{
	out_text(o, ".Sh ");
	for (const char *p = r->name; *p != '\0'; p++)
		out_byte(o, *p >= 'a' && *p <= 'z' ? (char)(*p - 32) : *p);
	out_text(o, " RECORD\nPrinted by\n.Ql ");
	text(o, r->by);
	out_text(o, " .\n.Pp\n.Bl -tag -width Ds -compact\n");
	columns(o, r, "");
	out_text(o, ".El\n");
}

int
main(void)
{
	struct out o = out_open(1);
	bool written;

	out_text(&o, head);
	for (size_t i = 0; i < N_RECORDS; i++)
		record(&o, records[i]);
	out_text(&o, tail);
	written = out_flush(&o);
	out_close(&o);
	return written ? 0 : 1;
}
