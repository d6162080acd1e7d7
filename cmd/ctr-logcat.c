/* SPDX-License-Identifier: ISC */
/* ctr-logcat: what containers printed, in one stream by time. */

#include <stdlib.h>

#include "log/log.h"
#include "select/select.h"
#include "tool/tool.h"

struct query {
	struct log_query log;
	const char *grep, *regex;
	unsigned ansi;
	bool raw;
};

enum { ANSI_SHOW = 1, ANSI_STRIP };
static const char *const ansi_words[] = { NULL, "show", "strip", NULL };

static const struct opt options[] = {
	{ "since", "TIME", OPT_WHEN, offsetof(struct query, log.since), .doc = "lines of TIME or later (RFC 3339; a date "
	    "alone, without a zone is UTC; @SECONDS; -10m: before the last line, of s m h d)" },
	{ "until", "TIME", OPT_WHEN, offsetof(struct query, log.until), .doc = "lines of TIME or earlier" },
	{ "unsorted", NULL, OPT_FLAG, offsetof(struct query, log.unsorted), .doc = "read all of every log for --since and "
	    "--until: the times may stand in any order, not only within a minute" },
	{ "tail", "N", OPT_NUMBER, offsetof(struct query, log.tail), .doc = "of each container the last N of the lines asked "
	    "for" },
	{ "grep", "TEXT", OPT_TEXT, offsetof(struct query, grep), .doc = "lines that hold TEXT" },
	{ "regex", "RE", OPT_TEXT, offsetof(struct query, regex), .doc = "lines that match the POSIX extended regular "
	    "expression RE" },
	{ "ansi", "HOW", OPT_WORD, offsetof(struct query, ansi), .doc = "show what steers a terminal as escapes, or strip it; "
	    "not with --raw", .words = ansi_words },
	{ "raw", NULL, OPT_FLAG, offsetof(struct query, raw), .doc = "the bytes as they were printed, one container after "
	    "another: nothing escaped, sorted or cut; refuses a terminal" },
	{ 0 },
};

static const struct about about = {
	.name = "ctr-logcat",
	.gist = "print what containers printed, in one stream by time, from their log files",
	.takes = "[CONTAINER | -]...",
	.options = options,
	.shows = { { "logs", &log_record } },
};

static bool
wanted(const void *tool, const struct entry *e)
{
	return tool_wants(tool, e);
}

static void
rows(struct tool *t, struct log_merge *m)
{
	struct entry e;
	bool newline;

	t->columns = m->feeds.n > 1 ? SHOWN | MANY : SHOWN;
	while (merge_next(m, &t->row, &e, &newline))
		tool_row(t, &log_record, &e);
}

static void
raw(struct tool *t, struct log_merge *m)
{
	const struct log_query *q = m->query;
	struct span message;
	bool newline;

	if (!q->since.time.known && !q->until.time.known && !q->tail.known && q->grep.ptr == NULL &&
	    q->regex == NULL && q->wanted == NULL) {
		merge_bytes(m, &t->out);
		return;
	}
	while (t->out.error == 0 && merge_next_raw(m, &message, &newline)) {
		out_write(&t->out, message);
		if (newline)
			out_byte(&t->out, '\n');
		tool_faults(t);
	}
}

/* Fills the query from the options that are not that themselves; false when one cannot be. */
static bool
prepare(struct tool *t, struct query *q, regex_t *compiled)
{
	q->log.grep = span_of(q->grep);
	q->log.strip = q->ansi == ANSI_STRIP;
	for (size_t i = 0; i < t->tests.n; i++) {
		q->log.wanted = wanted;
		q->log.context = t;
		q->log.wanted_message |= span_is(((const struct test *)t->tests.v)[i].pick.name, "message");
	}
	if (q->regex == NULL)
		return true;
	if (regcomp(compiled, q->regex, REG_EXTENDED | REG_NOSUB) != 0) {
		tool_usage(t, "no regular expression:", span_of(q->regex));
		return false;
	}
	q->log.regex = compiled;
	return true;
}

static void
print(struct tool *t, struct query *q)
{
	struct selection sel;
	struct selected s;
	struct log_merge m;

	merge_open(&m, t->root, &q->log);
	select_open(&sel, t->root, t->operands, CONTAINERS, WANT_LOG);
	while (select_next(&sel, &s))
		merge_add(&m, &s.container);
	tool_faults(t);
	if (!q->log.since.time.known && !q->log.until.time.known)	/* else nobody knows how much has to be read */
		t->total = bytes_count() + merge_size(&m);
	if (q->raw)
		raw(t, &m);
	else
		rows(t, &m);
	merge_close(&m);
	select_close(&sel);
}

int
main(int argc, char **argv)
{
	struct query q = { 0 };
	regex_t compiled;
	struct tool t;

	if (tool_open(&t, &about, &q, argc, argv)) {
		t.raw = q.raw;
		t.unclipped = true;	/* the end of a line may be what was looked for */
		if (q.raw && q.ansi == ANSI_STRIP)
			tool_usage(&t, "--raw strips nothing; leave out one of", SPAN("--raw, --ansi"));
		else if (q.raw && t.tty)
			tool_usage(&t, "--raw to a terminal: the bytes could take it over; give it a pipe or a file",
			    (struct span){ 0 });
		else if (prepare(&t, &q, &compiled))
			print(&t, &q);
		if (q.log.regex != NULL)
			regfree(&compiled);
	}
	return tool_close(&t);
}
