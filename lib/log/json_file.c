/* SPDX-License-Identifier: ISC */
/* Docker's json-file driver: a record a line. Torn lines, holes of zeros and records glued together are said
 * with their place, and reading goes on at the next record. Sources: moby daemon/logger/jsonfilelog, and what
 * power cuts and hand-made truncation leave. */

#include <stdlib.h>
#include <string.h>

#include "base/limits.h"
#include "base/scan.h"
#include "base/time.h"
#include "format/jsonlog.h"
#include "log/log.h"

enum {
	FULL = 16384,		/* what the engine takes of a line at once (moby copier.go) */
	TAIL = 64 * 1024,	/* stream, attributes and time of a record lie within so much of its end */
	SHOWN_DAMAGE = 80,
};

static void
take(struct log_source *s, size_t n)
{
	s->view = span_sub(s->view, n, SIZE_MAX);
	s->at += n;
}

/* More of the part behind what is in view; false when there is no more. */
static bool
fill(struct log_source *s)
{
	size_t had = s->view.len;

	s->view = window_at(&s->window, s->at, had < s->block ? s->block : had * 2);
	return s->view.len > had;
}

static void
say(struct log_source *s, const struct log_piece *p, uint64_t at, const char *what, struct span item)
{
	struct fault f = fault_item(at, what, span_sub(item, 0, SHOWN_DAMAGE), NULL);

	root_fault(s->root, fault_in(f, p->file));
}

/* A file that was truncated while the engine wrote on, or that a power cut left: zeros, and then records. */
static void
skip_zeros(struct log_source *s, const struct log_piece *p)
{
	uint64_t from = s->at;
	size_t n;

	do {
		for (n = 0; n < s->view.len && s->view.ptr[n] == 0; n++)
			;
		take(s, n);
	} while (s->view.len == 0 && fill(s));
	if (s->at > from)
		say(s, p, from, "hole of zeros, read on behind it", (struct span){ 0 });
}

static bool
room(struct log_source *s, size_t want)
{
	char *p;

	if (want <= s->room)
		return true;
	p = realloc(s->text, want);
	if (p == NULL)
		return false;
	s->text = p;
	s->room = want;
	return true;
}

/* Whether the byte at AT is escaped: an odd number of backslashes stands before it. */
static bool
escapes(const char *bytes, size_t at)
{
	size_t n = 0;

	while (n < at && bytes[at - n - 1] == '\\')
		n++;
	return n % 2 == 1;
}

/* Whether a text, still escaped, ends with a newline. */
static bool
ends_line(struct span log)
{
	return span_ends(log, "n") && escapes(log.ptr, log.len - 1);
}

/* The text of a record: where it lies, if its newline is all that is escaped in it, else decoded. */
static bool
decode(struct log_source *s, const struct jsonlog *r, struct log_piece *p)
{
	uint64_t lossy = 0;
	size_t used;

	p->newline = r->clean + 2 == r->log.len && ends_line(r->log);
	p->text = span_sub(r->log, 0, r->clean);
	if (r->clean < r->log.len && !p->newline) {
		if (!room(s, r->log.len + 8))
			return false;
		p->text.ptr = s->text;
		p->text.len = jsonlog_text(r->log, true, s->text, r->log.len + 8, &used, &lossy);
		p->newline = p->text.len > 0 && p->text.ptr[p->text.len - 1] == '\n';
		p->text.len -= p->newline;
	}
	/* the engine counts what it read: a byte that it destroyed has become three */
	p->more = !p->newline && p->text.len - 2 * lossy >= FULL;
	s->lossy += lossy;
	return true;
}

/* What a parsed record says beside its text, into the piece. One whose time is none is said, and stands. TIMED: its time
 * could be read, or is not asked for. */
static void
describe(struct log_source *s, const struct jsonlog *r, struct log_piece *p, bool timed)
{
	if (r->time.ptr == NULL)
		say(s, p, p->offset, "log record without a time", (struct span){ 0 });
	else if (!timed)
		say(s, p, p->offset, "time of a log record is none:", r->time);
	p->stream = span_eq(r->stream, SPAN("stdout")) ? STDOUT : span_eq(r->stream, SPAN("stderr")) ? STDERR :
	    STREAM_UNKNOWN;
	p->attrs = r->attrs;
}

static bool
read_time(const struct log_source *s, const struct jsonlog *r, struct log_piece *p)
{
	return s->timeless || time_parse(r->time, &p->time);
}

/* What is kept of a line that is passed over: its last TAIL bytes. */
struct tail {
	char bytes[TAIL];
	size_t n;
};

static void
keep(struct tail *t, struct span s)
{
	if (s.len > TAIL)
		s = span_sub(s, s.len - TAIL, TAIL);
	if (t->n + s.len > TAIL) {
		memmove(t->bytes, t->bytes + (t->n + s.len - TAIL), TAIL - s.len);
		t->n = TAIL - s.len;
	}
	if (s.len > 0)
		memcpy(t->bytes + t->n, s.ptr, s.len);
	t->n += s.len;
}

/* Takes the rest of the line; its end is kept. */
static void
pass_over(struct log_source *s, struct tail *t)
{
	const char *nl;
	size_t len;

	do {
		nl = s->view.len == 0 ? NULL : memchr(s->view.ptr, '\n', s->view.len);
		len = nl == NULL ? s->view.len : (size_t)(nl - s->view.ptr);
		keep(t, span_sub(s->view, 0, len));
		take(s, len);
	} while (nl == NULL && fill(s));
}

/* Bytes that begin no record: on to the next record within the line, or past it. A record's beginning may lie across the
 * border of what is in view. */
static void
pass_damage(struct log_source *s, const struct log_piece *p)
{
	struct span shown = { 0 };
	size_t at, searched = 1;

	while ((at = jsonlog_resync(s->view, searched)) == SIZE_MAX && s->view.len <= LIMIT_LINE) {
		searched = s->view.len > JSONLOG_MARK ? s->view.len - JSONLOG_MARK : 1;
		if (!fill(s))
			break;
	}
	if (at != SIZE_MAX || s->view.len <= LIMIT_LINE) {
		shown = span_sub(s->view, 0, at);
		say(s, p, s->at, at == SIZE_MAX ? "torn log record:" : "damaged log record:", shown);
		take(s, shown.len);
		return;
	}
	say(s, p, s->at, "line without an end, and no log record, passed over", shown);
	do {
		take(s, s->view.len - JSONLOG_MARK);
	} while (fill(s) && (at = jsonlog_resync(s->view, 1)) == SIZE_MAX);
	take(s, at < s->view.len ? at : s->view.len);
}

/* The end of a record, from its stream on, read as if its text were empty. */
static bool
read_end(const struct tail *t, struct jsonlog *r, size_t *end_len, bool *newline, char whole[TAIL + 16])
{
	struct span head = SPAN("{\"log\":\""), mark = SPAN("\",\"stream\":\""), all = { t->bytes, t->n };
	struct span end = { 0 };
	size_t at, before;

	while ((at = span_find(all, mark)) != SIZE_MAX) {
		end = span_sub(all, at, SIZE_MAX);
		all = span_sub(end, 1, SIZE_MAX);
	}
	if (end.len == 0)
		return false;
	before = (size_t)(end.ptr - t->bytes);
	*newline = before >= 2 && end.ptr[-1] == 'n' && escapes(t->bytes, before - 1);
	*end_len = end.len;
	memcpy(whole, head.ptr, head.len);
	memcpy(whole + head.len, end.ptr, end.len);
	return jsonlog_parse((struct span){ whole, head.len + end.len }, r).kind == FAULT_NONE;
}

/* A record whose text goes on beyond LIMIT_LINE: its beginning and its end are read, its middle is passed over. The text
 * is cut; `extent` says where all of it lies. */
static bool
overlong(struct log_source *s, struct log_piece *p)
{
	struct span head = SPAN("{\"log\":\"");
	struct tail *t = calloc(1, sizeof(*t) + TAIL + 16);
	struct jsonlog r;
	size_t end_len, used;
	bool good;

	if (t == NULL || !room(s, LIMIT_MESSAGE + 4 + TAIL)) {
		free(t);
		pass_damage(s, p);
		return false;
	}
	/* the text that a message may have, before the window moves on */
	p->text.len = jsonlog_text(span_sub(s->view, head.len, SIZE_MAX), false, s->text, LIMIT_MESSAGE + 4, &used,
	    &s->lossy);
	p->text.ptr = s->text;
	pass_over(s, t);
	good = read_end(t, &r, &end_len, &p->newline, (char *)(t + 1));
	if (good) {
		describe(s, &r, p, read_time(s, &r, p));
		if (r.attrs.ptr != NULL)		/* behind the text: what it is a view of goes */
			p->attrs.ptr = memcpy(s->text + LIMIT_MESSAGE + 4, r.attrs.ptr, r.attrs.len);
		p->extent.from = p->offset + head.len;
		p->extent.to = s->at - end_len - (p->newline ? 2 : 0);
		p->cut = true;
	} else {
		say(s, p, p->offset, "line without an end, and no log record, passed over", (struct span){ 0 });
	}
	free(t);
	return good;
}

/* Whether a record is a line of its own and is not asked for: it cannot hold what is looked for, or is of before. */
static bool
passes_over(const struct log_source *s, const struct jsonlog *r, struct timestamp t)
{
	if ((s->literal.len == 0 && !s->since.known) || s->joining || !ends_line(r->log))
		return false;
	return (s->literal.len > 0 && !jsonlog_may_hold(r, s->literal)) ||
	    (s->since.known && t.known && time_cmp(t, s->since) < 0);
}

/* False: it is passed over, or a fault is said. */
static bool
give(struct log_source *s, const struct jsonlog *r, struct log_piece *p)
{
	bool timed = read_time(s, r, p);

	if (passes_over(s, r, p->time))
		return false;
	describe(s, r, p, timed);
	if (decode(s, r, p))
		return true;
	say(s, p, p->offset, "not enough memory for a record", (struct span){ 0 });
	return false;
}

static bool
next(struct log_source *s, struct log_piece *p)
{
	struct jsonlog r;
	struct fault f;

	for (;;) {
		if (s->view.len == 0 && !fill(s))
			return false;
		switch (s->view.ptr[0]) {
		case '\n':
		case '\r':
			take(s, 1);
			continue;
		case '\0':
			skip_zeros(s, p);
			continue;
		}
		p->offset = s->at;
		f = jsonlog_parse(s->view, &r);
		if (f.kind == FAULT_NONE) {
			take(s, r.len);
			if (give(s, &r, p))
				return true;
			p->time = (struct timestamp){ 0 };
		} else if (f.offset.n < s->view.len) {
			pass_damage(s, p);
		} else if (s->view.len > LIMIT_LINE && r.log.len == 0 && span_starts(s->view, "{\"log\":\"") &&
		    !span_starts(s->view, "{\"log\":\"\"")) {
			if (overlong(s, p))
				return true;
		} else if (s->view.len > LIMIT_LINE || !fill(s)) {
			pass_damage(s, p);
		}
	}
}

/* Decodes an extent of the part again, chunk by chunk. */
static void
whole_text(struct log_source *s, const struct log_piece *p, struct out *o)
{
	enum { CHUNK = 64 * 1024 };
	struct bytes *in = log_again(s);
	char *raw = malloc(2 * (size_t)CHUNK), *text = raw + CHUNK;
	uint64_t at = p->extent.from;
	size_t got, n, used;

	if (raw == NULL)
		memory_refuse();
	while (raw != NULL && at < p->extent.to) {
		uint64_t left = p->extent.to - at;
		size_t want = left < CHUNK ? (size_t)left : CHUNK;

		root_fault(s->root, fault_in(bytes_read(in, at, raw, want, &got), p->file));
		n = jsonlog_text((struct span){ raw, got }, got == left, text, CHUNK, &used, &s->lossy);
		if (got == 0 || used == 0)
			break;
		out_write(o, (struct span){ text, n });
		at += used;
	}
	if (p->newline)
		out_byte(o, '\n');
	free(raw);
}

static struct log_times
times(struct span bytes)
{
	struct log_times all = { 0 };
	struct timestamp t;
	struct jsonlog r;
	size_t at;

	while ((at = scan_byte(bytes.ptr, bytes.len, '\n')) < bytes.len) {
		bytes = span_sub(bytes, at + 1, SIZE_MAX);
		if (jsonlog_parse(bytes, &r).kind != FAULT_NONE || !time_parse(r.time, &t))
			continue;
		if (!all.latest.known || time_cmp(t, all.latest) > 0)
			all.latest = t;
		if (!all.earliest.known || time_cmp(t, all.earliest) < 0)
			all.earliest = t;
	}
	return all;
}

const struct log_driver log_json_file = { "json-file", next, whole_text, jsonlog_literal, times };
