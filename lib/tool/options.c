/* SPDX-License-Identifier: ISC */
/* Options as tables: what every tool has, and reading a command line by them. */

#include <string.h>

#include "base/num.h"
#include "base/time.h"
#include "tool/internal.h"

static const char *const formats[] = { NULL, "table", "jsonl", "tsv", "timesketch", "body", NULL };
static const char *const colours[] = { NULL, "auto", "always", "never", NULL };

static const char *const sandboxes[] = { NULL, "auto", "require", "off", NULL };

#define AT(m) offsetof(struct tool, shared.m)

const struct opt tool_options[] = {
	{ "root", "EVIDENCE", OPT_TEXT, AT(root), "the evidence: a host's root, an engine's folder, a tar of either "
	    "($CTR_ROOT, else /)", .letter = 'r' },
	{ "output", "FORMAT", OPT_WORD, AT(format), "table, jsonl, tsv, timesketch (a line for each time) or body (of files alone, for mactime)", formats, .letter = 'o', .of_rows = true },
	{ "json", NULL, OPT_FLAG, AT(jsonl), "the same as -o jsonl", .letter = 'j', .of_rows = true },
	{ "columns", "LIST", OPT_TEXT, AT(columns), "these columns; +LIST: these too", .letter = 'c', .of_rows = true },
	{ "list-columns", NULL, OPT_FLAG, AT(list_columns), .doc = "what the columns are", .of_rows = true },
	{ "where", "TEST", OPT_LIST, AT(where), "rows for which COLUMN=VALUE, ~TEXT, >, >=, <, <= holds; !TEST",
	    .letter = 'w', .of_rows = true },
	{ "show", "WHAT", OPT_TEXT, AT(show), .doc = "another of the tool's records", .of_rows = true },
	{ "host", "NAME", OPT_TEXT, AT(host), .doc = "whose evidence it is (else its etc/hostname)" },
	{ "memory", "SIZE", OPT_SIZE, AT(memory), .doc = "the most memory that an index may take (1G)" },
	{ "spool-limit", "SIZE", OPT_SIZE, AT(spool_limit), .doc = "the most that a compressed tar may inflate to (4G)" },
	{ "spool", "DIR", OPT_TEXT, AT(spool), .doc = "inflate it to a nameless file there, not to memory" },
	{ "sandbox", "HOW", OPT_WORD, AT(sandbox), .doc = "auto (as much as this kernel gives), require (all of it, or "
	    "nothing is read) or off", .words = sandboxes },
	{ "color", "WHEN", OPT_WORD, AT(colour), "auto, always or never", .words = colours },
	{ "no-header", NULL, OPT_FLAG, AT(no_header), "no line of column names", .letter = 'n', .of_rows = true },
	{ "quiet", NULL, OPT_FLAG, AT(quiet), "say nothing of what could not be read; the status tells", .letter = 'q' },
	{ "verbose", NULL, OPT_FLAG, AT(verbose), "say what was read and how long it took", .letter = 'v' },
	{ "help", NULL, OPT_FLAG, AT(help), "this text", .letter = 'h' },
	{ "version", NULL, OPT_FLAG, AT(version), "the version, and those of the libraries", .letter = 'V' },
	{ 0 },
};

/* What other programs than the user's eyes read; --help does not list them. */
static const struct opt hidden_options[] = {
	{ "help-mdoc", NULL, OPT_FLAG, AT(mdoc), .doc = "" },
	{ "help-bash", NULL, OPT_FLAG, AT(bash), .doc = "" },
	{ "help-zsh", NULL, OPT_FLAG, AT(zsh), .doc = "" },
	{ 0 },
};

static const struct opt *
by_name(const struct opt *table, struct span name)
{
	for (; table != NULL && table->name != NULL; table++)
		if (span_is(name, table->name))
			return table;
	return NULL;
}

static const struct opt *
by_letter(char letter)
{
	for (const struct opt *o = tool_options; o->name != NULL; o++)
		if (o->letter == letter)
			return o;
	return NULL;
}

bool
option_applies(const struct about *a, const struct opt *o)
{
	return !o->of_rows || a->shows[0].name != NULL;
}

static bool
word(const struct opt *o, struct span value, unsigned *out)
{
	for (unsigned w = 1; o->words[w] != NULL; w++)
		if (span_is(value, o->words[w])) {
			*out = w;
			return true;
		}
	return false;
}

/* Puts a value where the table says; an absent one stands for an option without. */
static bool
set(struct tool *t, const struct opt *o, void *base, const char *value)
{
	void *at = (char *)base + o->at;
	struct span text = span_of(value);
	struct u64 *number = at;

	switch (o->type) {
	case OPT_FLAG:
		*(bool *)at = true;
		return true;
	case OPT_TEXT:
		*(const char **)at = value;
		return true;
	case OPT_LIST:
		list_add_span(&t->run, at, text);
		return true;
	case OPT_NUMBER:
		number->known = num_parse(text, &number->n);
		return number->known;
	case OPT_SIZE:
		return num_parse_size(text, at) && *(uint64_t *)at > 0;
	case OPT_WHEN:
		return time_parse_when(text, at);
	case OPT_WORD:
		if (value == NULL) {
			*(unsigned *)at = o->otherwise;
			return true;
		}
		return word(o, text, at);
	}
	return false;
}

static bool
optional(const struct opt *o)
{
	return o->arg != NULL && o->arg[0] == '[';
}

static bool
bad(struct tool *t, const char *what, const char *arg)
{
	tool_usage(t, what, span_of(arg));
	return false;
}

static bool
apply(struct tool *t, const struct opt *o, void *own, const char *value, const char *arg)
{
	struct span name = span_of(o->name);
	void *base = by_name(tool_options, name) == o || by_name(hidden_options, name) == o ? (void *)t : own;

	return set(t, o, base, value) || bad(t, "option with a value that it cannot have:", arg);
}

static bool
long_option(struct tool *t, void *own, char **argv, int *i)
{
	struct span rest = span_of(argv[*i] + 2), name = SPAN("");
	const char *value = NULL;
	const struct opt *o;

	span_cut(&rest, '=', &name);
	if (rest.ptr != NULL)
		value = rest.ptr;
	o = by_name(t->about->options, name);
	if (o == NULL)
		o = by_name(tool_options, name);
	if (o == NULL)
		o = by_name(hidden_options, name);
	if (o == NULL || !option_applies(t->about, o))
		return bad(t, "no such option:", argv[*i]);
	if (o->arg == NULL && value != NULL)
		return bad(t, "option takes no value:", argv[*i]);
	if (o->arg != NULL && value == NULL && !optional(o)) {
		value = argv[*i + 1];
		if (value == NULL)
			return bad(t, "option needs a value:", argv[*i]);
		(*i)++;
	}
	return apply(t, o, own, value, argv[*i]);
}

static bool
letters(struct tool *t, void *own, char **argv, int *i)
{
	const char *arg = argv[*i];

	for (const char *p = arg + 1; *p != '\0'; p++) {
		const struct opt *o = by_letter(*p);
		const char *value;

		if (o == NULL || !option_applies(t->about, o))
			return bad(t, "no such option:", arg);
		if (o->arg == NULL) {
			if (!apply(t, o, own, NULL, arg))
				return false;
			continue;
		}
		value = p[1] != '\0' ? p + 1 : argv[++*i];
		if (value == NULL)
			return bad(t, "option needs a value:", arg);
		return apply(t, o, own, value, arg);
	}
	return true;
}

bool
options_read(struct tool *t, void *own, int argc, char **argv)
{
	int operands = 0;
	bool only_operands = false;

	for (int i = 1; i < argc; i++) {
		char *arg = argv[i];

		if (only_operands || arg[0] != '-' || arg[1] == '\0') {
			argv[operands++] = arg;		/* never ahead of what is still to be read */
			continue;
		}
		if (strcmp(arg, "--") == 0)
			only_operands = true;
		else if (arg[1] == '-' ? !long_option(t, own, argv, &i) : !letters(t, own, argv, &i))
			return false;
	}
	argv[operands] = NULL;
	t->operands = argv;
	t->quiet = t->shared.quiet;
	t->verbose = t->shared.verbose;
	return true;
}
