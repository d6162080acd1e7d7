/* SPDX-License-Identifier: ISC */
/* Where bytes are read from. */

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/bytes.h"
#include "base/num.h"

static volatile uint64_t count;		/* one for the process: it is shown, and decides nothing */

uint64_t
bytes_count(void)
{
	return count;
}

static struct fault
file_read(struct bytes *b, uint64_t at, char *buf, size_t len, size_t *got)
{
	ssize_t n;

	while (*got < len) {
		n = pread(b->fd, buf + *got, len - *got, (off_t)(at + *got));
		if (n == 0)
			break;
		if (n < 0 && errno == EINTR)
			continue;
		if (n < 0)
			return (struct fault){ .kind = FAULT_PART, .offset = u64_of(at + *got),
			    .what = "cannot read:", .item = span_of(strerror(errno)) };
		*got += (size_t)n;
		count += (uint64_t)n;
	}
	return NO_FAULT;
}

static void
file_close(struct bytes *b)
{
	close(b->fd);
}

static struct fault
mem_read(struct bytes *b, uint64_t at, char *buf, size_t len, size_t *got)
{
	if (at < b->mem.len) {
		*got = len < b->mem.len - at ? len : b->mem.len - (size_t)at;
		memcpy(buf, b->mem.ptr + at, *got);
	}
	return NO_FAULT;
}

static struct fault
part_read(struct bytes *b, uint64_t at, char *buf, size_t len, size_t *got)
{
	if (at >= b->size.n)
		return NO_FAULT;
	if (len > b->size.n - at)
		len = (size_t)(b->size.n - at);
	return bytes_read(b->in, b->base + at, buf, len, got);
}

static void
nothing(struct bytes *b)
{
	(void)b;
}

static const struct bytes_kind file_kind = { file_read, file_close };
static const struct bytes_kind mem_kind = { mem_read, nothing };
static const struct bytes_kind part_kind = { part_read, nothing };

struct bytes
bytes_file(int fd, uint64_t size)
{
	return (struct bytes){ .kind = &file_kind, .size = u64_of(size), .fd = fd };
}

struct bytes
bytes_mem(struct span mem)
{
	return (struct bytes){ .kind = &mem_kind, .size = u64_of(mem.len), .mem = mem };
}

struct bytes
bytes_part(struct bytes *in, uint64_t at, uint64_t len)
{
	if (in->size.known && at > in->size.n)
		at = in->size.n;
	if (in->size.known && len > in->size.n - at)
		len = in->size.n - at;
	return (struct bytes){ .kind = &part_kind, .size = u64_of(len), .in = in, .base = at };
}

struct fault
bytes_read(struct bytes *b, uint64_t at, char *buf, size_t len, size_t *got)
{
	*got = 0;
	return b->kind == NULL ? NO_FAULT : b->kind->read(b, at, buf, len, got);
}

struct fault
bytes_all(struct bytes *b, struct arena *a, size_t limit, struct span *out)
{
	struct fault f;
	size_t len, got;
	char *p;

	*out = (struct span){ 0 };
	if (!b->size.known || !num_size(b->size.n, &len) || len > limit)
		return fault_at(limit, "file too large to be what it should be", NULL);
	p = arena_room(a, len + 1);
	if (p == NULL)
		return fault_at(0, "file needs more memory than a row may take", NULL);
	f = bytes_read(b, 0, p, len, &got);
	if (f.kind != FAULT_NONE)
		return f;
	p[got] = '\0';
	*out = (struct span){ p, got };
	return NO_FAULT;
}

void
bytes_close(struct bytes *b)
{
	if (b->kind != NULL)
		b->kind->close(b);
	*b = (struct bytes){ 0 };
}

struct window
window_open(struct bytes *in, size_t block)
{
	return (struct window){ .in = in, .block = block };
}

static bool
make_room(struct window *w, size_t want)
{
	size_t room = w->room == 0 ? w->block : w->room;
	char *p;

	while (room < want)
		room *= 2;
	if (room == w->room)
		return true;
	p = realloc(w->buf, room);
	if (p == NULL)
		return false;
	w->buf = p;
	w->room = room;
	return true;
}

/* How much to have in view from AT on, of which KEEP bytes are there: whoever leaps from header to header needs little of
 * what lies between, who goes on from where he is needs all. */
static size_t
view(struct window *w, uint64_t at, size_t want)
{
	if (w->least == 0)
		return w->room;
	if (w->n == 0 || at < w->at || at - w->at > w->n)
		w->ahead = w->least;
	else if (w->ahead < w->block)
		w->ahead *= 2;
	return w->ahead < want ? want : w->ahead;
}

struct span
window_at(struct window *w, uint64_t at, size_t want)
{
	struct fault f;
	size_t got, len, keep = 0;

	if (!make_room(w, want)) {
		if (w->fault.kind == FAULT_NONE)
			w->fault = fault_at(at, "not enough memory", NULL);
		return SPAN("");
	}
	if (at >= w->at && at - w->at <= w->n)
		keep = w->n - (size_t)(at - w->at);
	if (keep < want) {
		len = view(w, at, want);
		if (keep > 0)
			memmove(w->buf, w->buf + (at - w->at), keep);
		w->at = at;
		f = bytes_read(w->in, at + keep, w->buf + keep, len - keep, &got);
		w->n = keep + got;
		if (w->fault.kind == FAULT_NONE)
			w->fault = f;
	}
	return span_sub((struct span){ w->buf, w->n }, (size_t)(at - w->at), want);
}

void
window_close(struct window *w)
{
	free(w->buf);
	*w = (struct window){ 0 };
}
