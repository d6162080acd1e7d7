/* SPDX-License-Identifier: ISC */
/* What every main calls. */

#include <sys/ioctl.h>

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "base/limits.h"
#include "finding/finding.h"
#include "tool/internal.h"

static void
say_one(struct tool *t, struct fault f)
{
	if (f.kind != FAULT_NONE)
		say(t, &f);
}

void
tool_usage(struct tool *t, const char *what, struct span item)
{
	struct fault f = { .kind = FAULT_USAGE, .what = what, .item = item };
	struct out o = out_open(STDERR_FILENO);

	say(t, &f);
	out_text(&o, t->about->name);
	out_text(&o, ": see ");
	out_text(&o, t->about->name);
	out_text(&o, " --help\n");
	out_flush(&o);
	out_close(&o);
}

void
tool_faults(struct tool *t)
{
	struct faults *f = &t->evidence.faults;
	const struct fault *v = f->list.v;

	for (size_t i = 0; i < f->list.n; i++)
		say(t, &v[i]);
	faults_reset(f);
}

static struct timestamp
now(void)
{
	struct timespec ts;

	clock_gettime(CLOCK_MONOTONIC, &ts);
	return (struct timestamp){ ts.tv_sec, (uint32_t)ts.tv_nsec, true };
}

static bool
choose_show(struct tool *t)
{
	const struct show *s = t->about->shows;

	t->show = s + (t->about->show_of != NULL ? t->about->show_of(t->own, t->operands) : 0);
	if (t->shared.show == NULL)
		return true;
	for (size_t i = 0; i < SHOWS && s[i].name != NULL; i++)
		if (strcmp(s[i].name, t->shared.show) == 0) {
			t->show = &s[i];
			return true;
		}
	tool_usage(t, "--show of what this tool does not have:", span_of(t->shared.show));
	return false;
}

static enum format
format_of(const struct tool *t)
{
	return t->shared.jsonl ? FORMAT_JSONL : t->shared.format == 0 ? FORMAT_TABLE :
	    (enum format)(t->shared.format - 1);
}

/* The tests of -w, and the columns of -c for the first time: what is wrong is said before anything is read. */
static bool
check_columns(struct tool *t)
{
	struct emitter e;
	struct fault f;

	if (t->show->record == NULL)		/* the tool prints no rows */
		return true;
	f = emit_open(&e, t->show->record, FORMAT_TSV, SHOWN, t->shared.columns, &t->out);

	e.picks = (struct list){ 0 };
	e.header = false;
	emit_close(&e);
	for (size_t i = 0; f.kind == FAULT_NONE && i < t->shared.where.n; i++)
		f = test_parse(t->show->record, list_span(&t->shared.where, i),
		    list_add(&t->run, &t->tests, sizeof(struct test)));
	if (f.kind == FAULT_NONE)
		return true;
	say_one(t, f.kind == FAULT_ALL ? f : fault_as(f, FAULT_USAGE));
	return false;
}

/* What needs no evidence. */
static bool
answered(struct tool *t)
{
	if (t->shared.help)
		help_print(t->about, &t->out);
	else if (t->shared.mdoc)
		help_mdoc(t->about, &t->out);
	else if (t->shared.bash)
		help_bash(t->about, &t->out);
	else if (t->shared.zsh)
		help_zsh(t->about, &t->out);
	else if (t->shared.version)
		help_version(t->about, &t->out);
	else if (!choose_show(t))
		return true;
	else if (format_of(t) == FORMAT_TIMESKETCH && t->show->record == &finding_record)
		tool_usage(t, "no timeline of what has no time:", span_of(t->show->name));
	else if (format_of(t) == FORMAT_BODY && (t->show->record == NULL || !emit_has_body(t->show->record)))
		tool_usage(t, "no body file of what is no file:", span_of(t->show->name));
	else if (t->shared.list_columns)
		help_columns(t->show->record, &t->out);
	else
		return !check_columns(t);
	return true;
}

/* Between taking the evidence's descriptor and reading its first byte. */
static struct fault
sandbox(struct tool *t)
{
	enum { UNSAID, AUTO, REQUIRE, OFF };
	unsigned how = t->shared.sandbox;

#ifdef __SANITIZE_ADDRESS__
	if (how == UNSAID)		/* what looks for leaks at the end traces the program */
		how = OFF;
#endif
	if (how == OFF)
		return NO_FAULT;
	t->guard = guard_read(t->evidence.fd);
	if (how != REQUIRE || (t->guard.landlock > 0 && t->guard.seccomp))
		return NO_FAULT;
	return (struct fault){ .kind = FAULT_ALL, .what = "not read: --sandbox=require, and this system has no",
		.item = t->guard.seccomp ? SPAN("Landlock") : SPAN("seccomp") };
}

static bool
open_evidence(struct tool *t)
{
	struct root_options options = { .host = t->shared.host, .memory = t->shared.memory,
		.spool_limit = t->shared.spool_limit, .spool = t->shared.spool };
	const char *path = t->shared.root != NULL ? t->shared.root : getenv("CTR_ROOT");
	struct fault f;

	/* an empty name is a variable that was never set: the root of this machine is not what was meant */
	if (path != NULL && *path == '\0') {
		tool_usage(t, "no evidence is named by", t->shared.root != NULL ? SPAN("-r") : SPAN("CTR_ROOT"));
		return false;
	}
	f = root_open(&t->evidence, path == NULL ? "/" : path, &options);
	t->root = &t->evidence;
	if (f.kind == FAULT_NONE) {
		if (t->evidence.kind == &root_tar)
			t->total = t->evidence.bytes.size.n;
		progress_start(t);
		f = sandbox(t);
	}
	if (f.kind == FAULT_NONE)
		f = root_index(&t->evidence);
	t->total = 0;
	say_one(t, f);
	tool_faults(t);
	return f.kind == FAULT_NONE;
}

/* Where standard input, output or error are closed, the evidence would be opened in their place, and read or written as
 * them. A descriptor of nothing takes it: to read or write it fails, as it should. */
static void
hold_standard(void)
{
	for (int fd = STDIN_FILENO; fd <= STDERR_FILENO; fd++)
		if (fcntl(fd, F_GETFD) < 0 && errno == EBADF)
			open("/", O_PATH | O_CLOEXEC);
}

bool
tool_open(struct tool *t, const struct about *about, void *own, int argc, char **argv)
{
	*t = (struct tool){ .about = about, .own = own, .columns = SHOWN, .row = arena_open(LIMIT_ROW),
		.run = arena_open(LIMIT_ROW), .out = out_open(STDOUT_FILENO),
		.tty = isatty(STDOUT_FILENO) == 1, .began = now() };
	hold_standard();
	t->evidence = (struct root){ .fd = -1, .spool_fd = -1 };
	if (!options_read(t, own, argc, argv) || answered(t))
		return false;
	t->opened = open_evidence(t);
	return t->opened;
}

static bool
coloured(const struct tool *t)
{
	const char *no = getenv("NO_COLOR"), *term = getenv("TERM");

	if (t->shared.colour > 1)
		return t->shared.colour == 2;
	return t->tty && (no == NULL || *no == '\0') && term != NULL && strcmp(term, "dumb") != 0;
}

static void
start_emitting(struct tool *t)
{
	struct winsize size;

	if (t->emitting)
		return;
	t->emitting = true;
	if (t->shared.columns == NULL && format_of(t) == FORMAT_TABLE)
		t->shared.columns = t->adds;
	say_one(t, emit_open(&t->emitter, t->show->record, format_of(t), t->columns, t->shared.columns, &t->out));
	t->emitter.header = !t->shared.no_header;
	t->emitter.colour = coloured(t);
	if (t->tty && !t->unclipped && ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) == 0)
		t->emitter.columns = size.ws_col;
}

bool
tool_wants(const struct tool *t, const void *row)
{
	const struct test *tests = t->tests.v;

	for (size_t i = 0; i < t->tests.n; i++)
		if (!test_holds(&tests[i], row))
			return false;
	return true;
}

static void
print(struct tool *t, const void *row, bool last)
{
	if (!tool_wants(t, row))
		return;
	t->rows++;
	emit_row(&t->emitter, row, last);
}

/* The findings of a row, each a row of its own. */
static void
print_findings(struct tool *t, const struct record *record, const void *row)
{
	const struct list *findings = findings_of(record, row);
	const struct finding *v = findings == NULL ? NULL : findings->v;

	for (size_t i = 0; findings != NULL && i < findings->n; i++) {
		struct finding f = v[i];

		if (f.severity < t->least)
			continue;
		f.provenance = *(const struct provenance *)row;
		f.provenance.error = (struct span){ 0 };
		print(t, &f, false);
	}
}

static void
put(struct tool *t, const struct record *record, void *row, bool last)
{
	start_emitting(t);
	findings_fill(record, row, &t->row);
	if (t->show->record == &finding_record && record != &finding_record)
		print_findings(t, record, row);
	else
		print(t, row, last);
	tool_faults(t);
	arena_reset(&t->row);
	if (t->tty)
		out_flush(&t->out);
}

void
tool_row(struct tool *t, const struct record *record, void *row)
{
	put(t, record, row, false);
}

void
tool_row_last(struct tool *t, const struct record *record, void *row)
{
	put(t, record, row, true);
}

void
tool_refuted(struct tool *t)
{
	t->refuted = true;
}

static void
verbose(struct tool *t)
{
	struct timestamp end = now();
	struct out o = out_open(STDERR_FILENO);
	int64_t ms = (end.s - t->began.s) * 1000 + ((int64_t)end.ns - (int64_t)t->began.ns) / 1000000;

	out_text(&o, t->about->name);
	out_text(&o, ": ");
	out_write(&o, t->evidence.name);
	out_text(&o, t->evidence.kind == &root_tar ? " (a tar): " : " (a directory): ");
	out_u64(&o, t->rows);
	out_text(&o, " rows in ");
	out_i64(&o, ms);
	out_text(&o, " ms; sandbox: ");
	out_text(&o, t->guard.landlock > 0 ? "Landlock, " : "no Landlock, ");
	out_text(&o, t->guard.seccomp ? "seccomp\n" : "no seccomp\n");
	out_flush(&o);
	out_close(&o);
}

int
tool_close(struct tool *t)
{
	struct out o;

	progress_end();
	if (t->opened) {
		tool_faults(t);
		if (!t->raw && t->status < 2)
			start_emitting(t);
	}
	if (memory_refused())
		say_one(t, (struct fault){ .kind = FAULT_PART, .what = "not enough memory: the answer may lack something" });
	if (t->emitting)
		emit_close(&t->emitter);
	if (!out_flush(&t->out) && t->out.error != EPIPE) {
		o = out_open(STDERR_FILENO);
		out_text(&o, t->about->name);
		out_text(&o, ": cannot write: ");
		out_text(&o, strerror(t->out.error));
		out_text(&o, "\n");
		out_flush(&o);
		out_close(&o);
		if (t->status < 1)
			t->status = 1;
	}
	if (t->opened && t->verbose)
		verbose(t);
	root_close(&t->evidence);
	out_close(&t->out);
	arena_close(&t->row);
	arena_close(&t->run);
	return t->refuted ? 4 : t->status;
}
