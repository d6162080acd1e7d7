/* SPDX-License-Identifier: ISC */
/* Usage, --help, the option list of a man page, --version, --list-columns: all from the tables. */

#include <string.h>

#include <cjson/cJSON.h>
#include <lzma.h>
#include <zlib.h>
#include <zstd.h>

#include "tool/internal.h"

enum { HELP_COLUMN = 26, HELP_WIDTH = 79 };

static void
term(struct out *o, const struct opt *p)
{
	if (p->letter != 0) {
		out_byte(o, '-');
		out_byte(o, p->letter);
		out_text(o, ", ");
	} else {
		out_text(o, "    ");
	}
	out_text(o, "--");
	out_text(o, p->name);
	if (p->arg != NULL) {
		out_text(o, p->arg[0] == '[' ? "" : " ");
		out_text(o, p->arg);
	}
}

/* Words of DOC, wrapped behind the column of terms. */
static void
wrapped(struct out *o, const char *doc)
{
	struct span rest = span_of(doc), word;
	size_t at = HELP_COLUMN;

	while (span_cut(&rest, ' ', &word)) {
		if (at + 1 + word.len > HELP_WIDTH) {
			out_byte(o, '\n');
			out_repeat(o, ' ', HELP_COLUMN);
			at = HELP_COLUMN;
		} else if (at > HELP_COLUMN) {
			out_byte(o, ' ');
			at++;
		}
		out_write(o, word);
		at += word.len;
	}
	out_byte(o, '\n');
}

static void
options(struct out *o, const struct about *a, const struct opt *p)
{
	struct out line = out_memory();

	for (; p != NULL && p->name != NULL; p++) {
		if (!option_applies(a, p))
			continue;
		out_reset(&line);
		out_text(&line, "  ");
		term(&line, p);
		out_write(o, out_span(&line));
		if (out_span(&line).len + 2 > HELP_COLUMN) {
			out_byte(o, '\n');
			out_repeat(o, ' ', HELP_COLUMN);
		} else {
			out_repeat(o, ' ', HELP_COLUMN - out_span(&line).len);
		}
		wrapped(o, p->doc);
	}
	out_close(&line);
}

static void
shows(struct out *o, const struct about *a)
{
	for (size_t i = 0; i < SHOWS && a->shows[i].name != NULL; i++) {
		out_text(o, i > 0 ? ", " : "");
		out_text(o, a->shows[i].name);
	}
}

void
help_print(const struct about *a, struct out *o)
{
	out_text(o, "usage: ");
	out_text(o, a->name);
	out_text(o, " [options] ");
	out_text(o, a->takes);
	out_text(o, "\n");
	out_text(o, a->gist);
	out_text(o, "\n\n");
	options(o, a, a->options);
	out_text(o, a->options != NULL ? "\n" : "");
	options(o, a, tool_options);
	if (a->shows[0].name != NULL) {
		out_text(o, "\nWHAT: ");
		shows(o, a);
	}
	out_text(o, "\nstatus: 0 complete, 1 something could not be read, 2 usage, 3 no evidence,\n        4 a verification said no\n"
	    "man: ");
	out_text(o, a->name);
	out_text(o, "(1), ctr-tools(7), ctr-records(7)\n");
}

/* A capital makes a sentence of a line, but not of one that begins with a word to be typed. */
static void
sentence(struct out *o, const char *doc)
{
	size_t word = strcspn(doc, " ");
	bool typed = word > 0 && (doc[word - 1] == ',' || doc[word - 1] == ':');

	out_byte(o, !typed && doc[0] >= 'a' && doc[0] <= 'z' ? (char)(doc[0] - 32) : doc[0]);
	out_text(o, doc + 1);
}

static void
mdoc_options(struct out *o, const struct about *a, const struct opt *p)
{
	for (; p != NULL && p->name != NULL; p++) {
		if (!option_applies(a, p))
			continue;
		out_text(o, ".It ");
		if (p->letter != 0) {
			out_text(o, "Fl ");
			out_byte(o, p->letter);
			out_text(o, p->arg != NULL && p->arg[0] != '[' ? " Ar " : "");
			out_text(o, p->arg != NULL && p->arg[0] != '[' ? p->arg : "");
			out_text(o, " , ");
		}
		out_text(o, "Fl -");
		out_text(o, p->name);
		if (p->arg != NULL && p->arg[0] == '[') {
			out_text(o, " Ns Op = Ns Ar ");
			out_write(o, span_sub(span_of(p->arg), 2, strlen(p->arg) - 3));
		} else if (p->arg != NULL) {
			out_text(o, " Ar ");
			out_text(o, p->arg);
		}
		out_text(o, "\n");
		sentence(o, p->doc);
		if (strcmp(p->name, "show") == 0) {
			out_text(o, ":\n");
			shows(o, a);
		}
		out_text(o, ".\n");
	}
}

void
help_mdoc(const struct about *a, struct out *o)
{
	out_text(o, ".Bl -tag -width Ds\n");
	mdoc_options(o, a, a->options);
	mdoc_options(o, a, tool_options);
	out_text(o, ".El\n");
}

void
help_version(const struct about *a, struct out *o)
{
	struct guard k = guard_kernel();

	out_text(o, a->name);
	out_text(o, " ");
	out_text(o, version);
	out_text(o, "\ncJSON ");
	out_text(o, cJSON_Version());
	out_text(o, ", xz ");
	out_text(o, lzma_version_string());
	out_text(o, ", zlib ");
	out_text(o, zlibVersion());
	out_text(o, ", zstd ");
	out_text(o, ZSTD_versionString());
	out_text(o, "\nsandbox here: ");
	if (k.landlock > 0) {
		out_text(o, "Landlock ABI ");
		out_u64(o, (uint64_t)k.landlock);
	} else {
		out_text(o, "no Landlock");
	}
	out_text(o, k.seccomp ? ", seccomp\n" : ", no seccomp\n");
}

void
help_columns(const struct record *r, struct out *o)
{
	struct out all = out_memory();
	struct span rest, line, cell = SPAN("");
	size_t widths[2] = { 0 };

	emit_columns(r, &all);
	rest = out_span(&all);
	while (span_cut(&rest, '\n', &line))
		for (size_t i = 0; i < 2 && span_cut(&line, '\t', &cell); i++)
			widths[i] = cell.len > widths[i] ? cell.len : widths[i];
	rest = out_span(&all);
	while (span_cut(&rest, '\n', &line) && line.len > 0) {
		for (size_t i = 0; i < 2 && span_cut(&line, '\t', &cell); i++) {
			out_write(o, cell);
			out_repeat(o, ' ', line.len > 0 || i == 0 ? widths[i] - cell.len + 2 : 0);
		}
		out_write(o, line);
		out_byte(o, '\n');
	}
	out_close(&all);
}
