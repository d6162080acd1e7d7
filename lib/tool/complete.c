/* SPDX-License-Identifier: ISC */
/* Completion for shells: the scripts beside this file, which work for any tool, with what is this tool's own put in. */

#include <string.h>

#include "tool/internal.h"

/* A script stays a file that a shell can read and check. ctr-X and ctr_X stand for the tool's name in it, the line
 * "# TABLES" for the tables. */
#define SCRIPT(name)                                                                                                   \
	__asm__(".pushsection .rodata\n.hidden complete_" name "\n.globl complete_" name "\ncomplete_" name ":\n"      \
	    ".incbin \"lib/tool/complete." name "\"\n.byte 0\n.popsection\n")

SCRIPT("bash");
SCRIPT("zsh");
extern const char complete_bash[] __attribute__((visibility("hidden")));
extern const char complete_zsh[] __attribute__((visibility("hidden")));

/* What a value is, by what it is called. Anything else is the user's own. */
static const struct meaning {
	const char *arg, *bash, *zsh;
} meanings[] = {
	{ "EVIDENCE", "files", "_files" },
	{ "DIR", "folders", "_files -/" },
	{ "LIST", "columns", "_ctr_X_list" },
	{ "TEST", "tests", "_ctr_X_test" },
	{ NULL, "text", " " },
};

static const struct meaning *
meaning_of(const struct opt *p)
{
	const struct meaning *m = meanings;

	while (m->arg != NULL && strcmp(m->arg, p->arg) != 0)
		m++;
	return m;
}

static bool
optional(const struct opt *p)
{
	return p->arg != NULL && p->arg[0] == '[';
}

/* The words that a value must be one of, with BETWEEN between them; false: it is none of a few. */
static bool
words(struct out *o, const struct about *a, const struct opt *p, char between)
{
	bool show = strcmp(p->name, "show") == 0;

	if (p->type != OPT_WORD && !show)
		return false;
	for (size_t i = 0; show && i < SHOWS && a->shows[i].name != NULL; i++) {
		out_text(o, i > 0 ? (char[]){ between, 0 } : "");
		out_text(o, a->shows[i].name);
	}
	for (size_t i = 1; !show && p->words[i] != NULL; i++) {
		out_text(o, i > 1 ? (char[]){ between, 0 } : "");
		out_text(o, p->words[i]);
	}
	return true;
}

static void
column_words(struct out *o, const struct column *c)
{
	if (c->kind == K_BOOL)
		out_text(o, "true,false");
	for (size_t i = 1; c->words != NULL && c->words[i] != NULL; i++) {
		out_text(o, i > 1 ? "," : "");
		out_text(o, c->words[i]);
	}
}

/* Text within single quotes, each of ESCAPED behind a backslash. */
static void
quoted(struct out *o, const char *text, const char *escaped)
{
	for (; *text != '\0'; text++) {
		if (*text == '\'')
			out_text(o, "'\\'");
		else if (strchr(escaped, *text) != NULL)
			out_byte(o, '\\');
		out_byte(o, *text);
	}
}

static void set_subjects(struct out *, const struct record *);

/* A function of the script that sets variables by its first argument, a record of --show. */
static void
by_show(struct out *o, const struct about *a, const char *name, void (*set)(struct out *, const struct record *))
{
	out_text(o, "\n_ctr_X_");
	out_text(o, name);
	out_text(o, "()\n{\n\tcase $1 in\n");
	for (size_t i = 0; i < SHOWS && a->shows[i].name != NULL; i++) {
		out_byte(o, '\t');
		out_text(o, a->shows[i].name);
		out_text(o, ")\n");
		set(o, a->shows[i].record);
		out_text(o, "\t\t;;\n");
	}
	if (a->shows[0].name == NULL) {
		out_text(o, "\tbytes)\n");
		if (set == set_subjects)
			set(o, NULL);
		out_text(o, "\t\t;;\n");
	}
	out_text(o, "\tesac\n}\n");
}

/* How ctr-ls lists what an operand can name; nothing where no operand is taken. */
static void
set_subjects(struct out *o, const struct record *r)
{
	out_text(o, "\t\tsubjects='");
	if (r == NULL)
		out_text(o, "-c name");
	else if (strcmp(r->name, "image") == 0)
		out_text(o, "--show images -c names");
	else if (strcmp(r->name, "volume") == 0)
		out_text(o, "--show volumes -c volume");
	else if (strcmp(r->name, "root") != 0 && strcmp(r->name, "host") != 0)
		out_text(o, "-c name");
	out_text(o, "'\n");
}

/* Calls EACH for every column, those of records within too, whose names begin with that of the record and a dot. */
static void
walk(struct out *o, const struct record *r, const char *within, void (*each)(struct out *, const struct column *, const char *))
{
	const struct column *c;
	size_t base;

	for (size_t i = 0; (c = record_next(r, &i, &base)) != NULL;) {
		struct out name = out_memory();

		out_text(&name, within);
		out_text(&name, c->name);
		out_write(&name, (struct span){ ".\0", 2 });
		each(o, c, out_span(&name).ptr);
		if (c->in != NULL)
			walk(o, c->in, out_span(&name).ptr, each);
		out_close(&name);
	}
}

static void
bash_column(struct out *o, const struct column *c, const char *dotted)
{
	out_text(o, "\n\t\t\t");
	out_write(o, span_sub(span_of(dotted), 0, strlen(dotted) - (c->in == NULL)));
	if (c->words != NULL || c->kind == K_BOOL) {
		out_byte(o, '=');
		column_words(o, c);
	}
}

static void
bash_columns(struct out *o, const struct record *r)
{
	out_text(o, "\t\tcolumns='");
	walk(o, r, "", bash_column);
	out_text(o, "'\n");
}

static void
bash_names(struct out *o, const struct about *a, const struct opt *p)
{
	for (; p != NULL && p->name != NULL; p++) {
		if (!option_applies(a, p))
			continue;
		if (p->letter != 0) {
			out_text(o, " -");
			out_byte(o, p->letter);
		}
		out_text(o, " --");
		out_text(o, p->name);
		if (optional(p)) {
			out_text(o, " --");
			out_text(o, p->name);
			out_byte(o, '=');
		}
	}
}

static void
bash_takes(struct out *o, const struct about *a, const struct opt *p)
{
	for (; p != NULL && p->name != NULL; p++) {
		if (!option_applies(a, p))
			continue;
		struct out list = out_memory();
		bool few = words(&list, a, p, ' ');

		if (p->arg != NULL) {
			out_byte(o, '\t');
			if (p->letter != 0) {
				out_byte(o, '-');
				out_byte(o, p->letter);
				out_text(o, " | ");
			}
			out_text(o, "--");
			out_text(o, p->name);
			out_text(o, ") takes=");
			out_text(o, optional(p) ? "perhaps" : few ? "words" : meaning_of(p)->bash);
			out_text(o, few ? " words='" : "");
			out_write(o, out_span(&list));
			out_text(o, few ? "' ;;\n" : " ;;\n");
		}
		out_close(&list);
	}
}

static void
bash_tables(struct out *o, const struct about *a)
{
	out_text(o, "_ctr_X_options='");
	bash_names(o, a, a->options);
	bash_names(o, a, tool_options);
	out_text(o, "'\n\n_ctr_X_takes()\n{\n\ttakes=''\n\tcase $1 in\n");
	bash_takes(o, a, a->options);
	bash_takes(o, a, tool_options);
	out_text(o, "\tesac\n}\n");
	by_show(o, a, "columns", bash_columns);
	by_show(o, a, "subjects", set_subjects);
}

static void
zsh_column(struct out *o, const struct column *c, const char *dotted)
{
	out_text(o, "\n\t\t\t'");
	out_write(o, span_sub(span_of(dotted), 0, strlen(dotted) - 1));
	out_byte(o, ':');
	quoted(o, c->doc == NULL ? "" : c->doc, "\\");
	out_byte(o, '\'');
}

static void
zsh_record(struct out *o, const struct column *c, const char *dotted)
{
	if (c->in == NULL)
		return;
	out_byte(o, ' ');
	out_write(o, span_sub(span_of(dotted), 0, strlen(dotted) - 1));
}

static void
zsh_words(struct out *o, const struct column *c, const char *dotted)
{
	if (c->words == NULL && c->kind != K_BOOL)
		return;
	out_text(o, "\n\t\t\t");
	out_write(o, span_sub(span_of(dotted), 0, strlen(dotted) - 1));
	out_byte(o, ' ');
	column_words(o, c);
}

static void
zsh_columns(struct out *o, const struct record *r)
{
	out_text(o, "\t\tcolumns=(");
	walk(o, r, "", zsh_column);
	out_text(o, ")\n\t\trecords=(");
	walk(o, r, "", zsh_record);
	out_text(o, ")\n\t\tchoices=(");
	walk(o, r, "", zsh_words);
	out_text(o, ")\n");
}

/* '(-o --output)'{-o+,--output=}'[doc]:FORMAT:(table jsonl)', as zshcompsys(1) has it under _arguments. */
static void
zsh_names(struct out *o, const struct opt *p)
{
	const char *letter = p->arg == NULL ? "," : "+,", *value = p->arg == NULL ? "" : optional(p) ? "=-" : "=";

	if (p->type == OPT_LIST) {
		out_text(o, "'*'");
	} else if (p->letter != 0) {
		out_text(o, "'(-");
		out_byte(o, p->letter);
		out_text(o, " --");
		out_text(o, p->name);
		out_text(o, ")'");
	}
	if (p->letter != 0) {
		out_text(o, "{-");
		out_byte(o, p->letter);
		out_text(o, letter);
	}
	out_text(o, "--");
	out_text(o, p->name);
	out_text(o, value);
	out_text(o, p->letter != 0 ? "}" : "");
}

static void
zsh_options(struct out *o, const struct about *a, const struct opt *p)
{
	for (; p != NULL && p->name != NULL; p++) {
		if (!option_applies(a, p))
			continue;
		struct out list = out_memory();
		bool few = words(&list, a, p, ' ');

		out_byte(o, '\t');
		zsh_names(o, p);
		out_text(o, "'[");
		quoted(o, p->doc, "[]\\");
		out_byte(o, ']');
		if (p->arg != NULL) {
			out_text(o, optional(p) ? "::" : ":");
			out_write(o, optional(p) ? span_sub(span_of(p->arg), 2, strlen(p->arg) - 3) : span_of(p->arg));
			out_byte(o, ':');
			out_text(o, few ? "(" : meaning_of(p)->zsh);
			out_write(o, out_span(&list));
			out_text(o, few ? ")" : "");
		}
		out_text(o, "'\n");
		out_close(&list);
	}
}

static void
zsh_tables(struct out *o, const struct about *a)
{
	out_text(o, "_ctr_X_options=(\n");
	zsh_options(o, a, a->options);
	zsh_options(o, a, tool_options);
	out_text(o, ")\n");
	by_show(o, a, "columns", zsh_columns);
	by_show(o, a, "subjects", set_subjects);
}

/* TEXT with the tool's name in the place of ctr-X, and in that of ctr_X as a shell's function can have it. */
static void
named(struct out *o, const struct about *a, struct span text)
{
	for (size_t i = 0; i < text.len; i++) {
		struct span here = span_sub(text, i, 5);
		bool function = span_is(here, "ctr_X");

		if (!function && !span_is(here, "ctr-X")) {
			out_byte(o, text.ptr[i]);
			continue;
		}
		for (const char *p = a->name; *p != '\0'; p++)
			out_byte(o, function && *p == '-' ? '_' : *p);
		i += 4;
	}
}

static void
script(struct out *o, const struct about *a, const char *text, void (*tables)(struct out *, const struct about *))
{
	struct span rest = span_of(text), line;
	struct out filled = out_memory();

	while (span_cut(&rest, '\n', &line) && rest.ptr != NULL) {
		if (span_is(line, "# TABLES")) {
			out_text(&filled, "_ctr_X_show=");
			out_text(&filled, a->shows[0].name != NULL ? a->shows[0].name : "bytes");
			out_byte(&filled, '\n');
			tables(&filled, a);
		} else {
			out_write(&filled, line);
			out_byte(&filled, '\n');
		}
	}
	named(o, a, out_span(&filled));
	out_close(&filled);
}

void
help_bash(const struct about *a, struct out *o)
{
	script(o, a, complete_bash, bash_tables);
}

void
help_zsh(const struct about *a, struct out *o)
{
	script(o, a, complete_zsh, zsh_tables);
}
