/* SPDX-License-Identifier: ISC */
/* What every main calls: options as a table, the evidence, rows out, faults said, exit status. */
#ifndef TOOL_TOOL_H
#define TOOL_TOOL_H

#include "evidence/root.h"
#include "record/emit.h"
#include "record/finding.h"
#include "tool/guard.h"

enum opt_type {
	OPT_FLAG,	/* bool */
	OPT_TEXT,	/* const char * */
	OPT_LIST,	/* struct list of spans: may be given again */
	OPT_NUMBER,	/* struct u64 */
	OPT_SIZE,	/* uint64_t: 64K, 1G */
	OPT_WHEN,	/* struct when */
	OPT_WORD,	/* unsigned: index of one of words[], whose first is NULL */
};

struct opt {
	const char *name;		/* long */
	const char *arg;		/* what the value is called; "[=LEVEL]": may be left out; NULL: has none */
	enum opt_type type;
	size_t at;			/* offset within what the tool gave to tool_open() */
	const char *doc;		/* one line */
	const char *const *words;	/* of OPT_WORD */
	unsigned otherwise;		/* of OPT_WORD: what it means without a value */
	char letter;			/* the shared options have one */
	bool of_rows;			/* the same: only where the tool prints rows */
};

enum { SHOWS = 8 };

struct show {
	const char *name;		/* of --show */
	const struct record *record;
};

struct about {
	const char *name;
	const char *gist;		/* "list containers, images and volumes" */
	const char *takes;		/* "[CONTAINER | IMAGE]..." */
	const struct opt *options;	/* ended by one without a name */
	size_t (*show_of)(const void *own, char *const *operands);	/* which show is meant without --show; NULL: the first */
	struct show shows[SHOWS];	/* none: the tool hands out bytes and prints no rows */
};

struct tool {
	const struct about *about;
	struct root *root;
	char *const *operands;		/* ended by NULL */
	const struct show *show;	/* what --show chose */
	struct arena row;		/* of a row; reset after each */
	struct arena run;		/* options that are lists */
	struct out out;
	unsigned columns;		/* which columns the default table has: SHOWN, RISK, MANY */
	enum severity least;		/* findings below it are not shown, each a row */
	const char *adds;		/* "+column": what the default table has besides, or all that it has; NULL: nothing */
	uint64_t total;			/* bytes that are to be read in all, for progress; 0: not known */
	const void *own;
	bool raw;			/* the tool writes to `out` by itself: no table, no header */
	bool unclipped;			/* a terminal's width does not cut the last column */
	bool quiet, verbose, refuted;
	/* the tool's own */
	struct root evidence;
	struct emitter emitter;
	bool opened, emitting, tty;
	struct guard guard;		/* the sandbox that is on */
	int status;
	struct list tests;		/* [test] */
	struct shared {
		const char *root, *columns, *show, *host, *spool;
		struct list where;
		uint64_t memory, spool_limit;
		unsigned format, colour, sandbox;
		bool jsonl, list_columns, no_header, quiet, verbose, help, version, mdoc, bash, zsh;
	} shared;
	uint64_t rows, said[1024];	/* said: hashes of messages, so that none is repeated */
	struct timestamp began;
};

/* Reads the options into OWN and the tool, and opens the evidence. False when there is nothing more to do (help,
 * a wrong option, evidence that cannot be read): then tool_close() returns the status. */
bool tool_open(struct tool *, const struct about *, void *own, int argc, char **argv);

/* A row: rules, then -w, then out; then its faults are said and t->row is reset. */
void tool_row(struct tool *, const struct record *, void *row);

/* The same, of a table among the last. */
void tool_row_last(struct tool *, const struct record *, void *row);

/* Whether a row of --show's record passes the tests of -w. */
bool tool_wants(const struct tool *, const void *row);

/* Says what is wrong with the question: status 2. */
void tool_usage(struct tool *, const char *what, struct span item);

/* A verification said no: status 4, above all others. */
void tool_refuted(struct tool *);

/* Says the faults that the evidence has gathered. */
void tool_faults(struct tool *);

/* The last faults, the last of stdout. Returns the exit status: 0 1 2 3 4. */
int tool_close(struct tool *);

#endif
