/* SPDX-License-Identifier: ISC */
/* Tar archives: the walk from header to header. What a header says is read in tar_header.c. */

#include <string.h>

#include "base/limits.h"
#include "base/num.h"
#include "format/tar.h"
#include "format/tar_header.h"

enum { BLOCK = 512, WINDOW = 64 * 1024 };

static const char globals_too_large[] = "global headers too large";

bool
tar_here(struct span head)
{
	return head.len >= BLOCK && tar_sum_right(head);
}

struct tar
tar_open(struct bytes *in)
{
	struct tar t = { .window = window_open(in, WINDOW), .arena = arena_open(4 * LIMIT_PAX) };

	if (in->size.known)		/* what is inflated has to be read anyway */
		t.window.least = BLOCK;
	return t;
}

struct span
tar_bytes(struct tar *t, uint64_t at, size_t want)
{
	return window_at(&t->window, at, want);
}

void
tar_close(struct tar *t)
{
	window_close(&t->window);
	arena_close(&t->arena);
}

static bool
zeros(struct span s)
{
	for (size_t i = 0; i < s.len; i++)
		if (s.ptr[i] != 0)
			return false;
	return true;
}

static void
note(struct fault *f, struct fault g)
{
	if (f->kind < g.kind)
		*f = g;
}

/* The end of the archive, where a header or its end mark should be: entries may be padded beyond it. */
static struct fault
at_end(const struct tar *t, const char *what, const char *expected)
{
	struct u64 size = t->window.in->size;

	return fault_at(size.known && size.n < t->at ? size.n : t->at, what, expected);
}

/* What no reader shows: bytes, or a whole archive, behind the end mark and the zeros that fill its last record. */
static void
look_behind(struct tar *t, struct fault *f)
{
	uint64_t at = t->at + BLOCK, end = at + LIMIT_BEHIND;
	struct span s;

	while ((s = window_at(&t->window, at, BLOCK)).len > 0 && zeros(s) && at < end)
		at += s.len;
	note(f, t->window.fault);		/* a sum at the end of what is inflated */
	if (s.len > 0 && at < end)
		note(f, fault_as(fault_at(at, "bytes behind the end of the archive", "nothing, or zeros"), FAULT_ODD));
}

/* The next block that is a header, at t->at. Two blocks of zeros end the archive; one alone does not, nor
 * does what a reader of damaged tapes would call the end. */
static bool
find_header(struct tar *t, struct span *head, struct fault *f)
{
	uint64_t lost_at = 0;
	bool lost = false, was_zero = false;

	for (;; t->at += BLOCK) {
		*head = window_at(&t->window, t->at, BLOCK);
		note(f, t->window.fault);
		if (head->len < BLOCK) {
			t->ended = true;
			if (lost)
				note(f, fault_at(lost_at, "not a tar header, and none follows", "a header"));
			else if (head->len > 0 && !zeros(*head))
				note(f, at_end(t, "archive ends within a header", "512 bytes"));
			else if (!was_zero)
				note(f, at_end(t, "archive ends without its end mark", "two blocks of zeros"));
			return false;
		}
		if (!lost && zeros(*head)) {
			if (was_zero) {
				t->ended = true;
				look_behind(t, f);
				return false;
			}
			was_zero = true;
			continue;
		}
		if (tar_sum_right(*head))
			break;
		if (!lost)
			lost_at = t->at;
		lost = true;
	}
	if (lost)
		note(f, fault_at(lost_at, "not a tar header", "a header; reading on at the next one"));
	return true;
}

/* The bytes of an entry that extends the next one (pax records, a long name), copied to the arena. */
static bool
extension(struct tar *t, struct arena *a, const struct tar_entry *e, struct span *out, struct fault *f)
{
	struct span s;

	if (e->stored > LIMIT_PAX) {
		note(f, fault_at(e->at, "extended header too large", "at most 1 MiB"));
		return false;
	}
	s = window_at(&t->window, e->data, (size_t)e->stored);
	if (s.len < e->stored) {
		note(f, fault_at(e->at, "archive ends within an extended header", "the rest of it"));
		return false;
	}
	*out = arena_copy(a, s);
	if (a->full && a == &t->arena)
		note(f, fault_at(e->at, globals_too_large, "at most 4 MiB in all"));
	else if (a->full)
		note(f, fault_at(e->at, "extended headers need more memory than they may take; left out", NULL));
	return !a->full;
}

/* Records for all entries that follow. Their attributes are decoded once, here: they can be thousands. */
static struct fault
add_globals(struct tar *t, struct span text, struct arena *a, const struct tar_entry *e)
{
	struct list records = { 0 };
	struct fault f = tar_read_pax(text, e->data, a, &records);

	note(&f, tar_apply_xattrs(&records, e->at, &t->arena, &t->xattrs));
	note(&f, tar_keep_globals(&records, e->at, &t->arena, &t->globals));
	if (t->arena.full)
		note(&f, fault_at(e->at, globals_too_large, "at most 4 MiB in all"));
	return f;
}

static bool
skip_data(struct tar *t, const struct tar_entry *e, struct fault *f)
{
	uint64_t end;

	if (!num_add(e->data, e->stored, &end) || !num_add(end, BLOCK - 1, &end)) {
		note(f, fault_at(e->at, "impossible size of an entry", "one within the archive"));
		t->ended = true;
		return false;
	}
	t->at = end / BLOCK * BLOCK;
	if (t->window.in->size.known && e->data + e->stored > t->window.in->size.n) {
		note(f, fault_at(e->at, "archive ends within an entry", "all bytes of the entry"));
		t->ended = true;
	}
	return true;
}

bool
tar_next(struct tar *t, struct arena *a, struct tar_entry *e, struct fault *f)
{
	struct list records = { 0 };
	struct span head, long_name = { 0 }, long_link = { 0 }, text;

	*f = NO_FAULT;
	while (!t->ended && find_header(t, &head, f)) {
		note(f, tar_read_header(head, t->at, a, e));
		e->data = t->at + BLOCK;
		switch (e->flag) {
		case 'x': case 'X':
			if (records.n > 0)	/* others take the last, or neither: they may see another name */
				note(f, fault_as(fault_at(e->at, "two extended headers of one entry", "one; both are taken"),
				    FAULT_ODD));
			if (skip_data(t, e, f) && extension(t, a, e, &text, f))
				note(f, tar_read_pax(text, e->data, a, &records));
			continue;
		case 'g':
			if (skip_data(t, e, f) && extension(t, &t->arena, e, &text, f))
				note(f, add_globals(t, text, a, e));
			continue;
		case 'L':
			if (skip_data(t, e, f) && extension(t, a, e, &text, f))
				long_name = text;
			continue;
		case 'K':
			if (skip_data(t, e, f) && extension(t, a, e, &text, f))
				long_link = text;
			continue;
		}
		if (long_name.ptr != NULL)
			e->name = tar_until_nul(long_name);
		if (long_link.ptr != NULL)
			e->link = tar_until_nul(long_link);
		note(f, tar_apply_pax(&t->globals, a, e));
		note(f, tar_apply_pax(&records, a, e));
		note(f, tar_settle(e));
		e->xattrs = t->xattrs;
		note(f, tar_apply_xattrs(&records, e->at, a, &e->xattrs));
		note(f, tar_read_sparse(&t->window, head, a, e));
		skip_data(t, e, f);
		if (a->full)
			note(f, fault_at(e->at, "entry whose headers need more memory than they may take", NULL));
		return true;
	}
	if (long_name.ptr != NULL || long_link.ptr != NULL || records.n > 0)
		note(f, fault_at(t->at, "archive ends behind an extended header", "the entry that it is of"));
	return false;
}

struct fault
tar_sparse_read(struct bytes *in, uint64_t data, uint64_t size, const struct tar_piece *pieces, size_t n, uint64_t at,
    char *buf, size_t len, size_t *got)
{
	uint64_t from, to;
	struct fault f;
	size_t had;

	*got = 0;
	if (at >= size)
		return NO_FAULT;
	if (len > size - at)
		len = (size_t)(size - at);
	memset(buf, 0, len);
	for (size_t i = 0; i < n && pieces[i].at < at + len; data += pieces[i++].len) {
		from = pieces[i].at > at ? pieces[i].at : at;
		to = pieces[i].at + pieces[i].len;
		if (to > at + len)
			to = at + len;
		if (from >= to)
			continue;
		f = bytes_read(in, data + (from - pieces[i].at), buf + (from - at), (size_t)(to - from), &had);
		if (f.kind != FAULT_NONE || had < to - from) {
			*got = (size_t)(from - at) + had;
			return f;
		}
	}
	*got = len;
	return NO_FAULT;
}
