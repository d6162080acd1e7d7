/* SPDX-License-Identifier: ISC */
/* Byte sinks. */

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/arena.h"
#include "base/copy.h"
#include "base/out.h"

enum { BUFFER = 64 * 1024 };

struct out
out_open(int fd)
{
	return (struct out){ .fd = fd };
}

struct out
out_memory(void)
{
	return (struct out){ .fd = -1 };
}

struct span
out_span(const struct out *o)
{
	return o->buf == NULL ? SPAN("") : (struct span){ o->buf, o->n };
}

void
out_reset(struct out *o)
{
	o->n = 0;
}

static bool
grow(struct out *o, size_t need)
{
	size_t room = o->room == 0 ? 1024 : o->room;
	char *p;

	while (room - o->n < need)
		if (__builtin_mul_overflow(room, 2, &room))
			return false;
	p = realloc(o->buf, room);
	if (p == NULL)
		return false;
	o->buf = p;
	o->room = room;
	return true;
}

static void
drain(struct out *o, struct span s)
{
	ssize_t n;

	while (s.len > 0 && o->error == 0) {
		n = write(o->fd, s.ptr, s.len);
		if (n >= 0)
			s = span_sub(s, (size_t)n, SIZE_MAX);
		else if (errno != EINTR)
			o->error = errno;
	}
}

bool
out_flush(struct out *o)
{
	if (o->fd >= 0) {
		drain(o, out_span(o));
		o->n = 0;
	}
	return o->error == 0;
}

void
out_write(struct out *o, struct span s)
{
	if (s.len == 0 || o->error != 0)
		return;
	if (o->room - o->n < s.len) {
		if (o->fd >= 0 && o->n > 0)
			out_flush(o);
		if (o->fd >= 0 && s.len >= BUFFER) {
			drain(o, s);
			return;
		}
		if (o->room - o->n < s.len && !grow(o, o->fd >= 0 ? BUFFER : s.len)) {
			if (o->fd >= 0) {		/* slow, but written */
				drain(o, s);
				return;
			}
			memory_refuse();
			o->error = ENOMEM;
			return;
		}
	}
	copy_short(o->buf + o->n, s.ptr, s.len);
	o->n += s.len;
}

void
out_u64(struct out *o, uint64_t n)
{
	char digits[20];
	size_t at = sizeof(digits);

	do
		digits[--at] = (char)('0' + n % 10);
	while ((n /= 10) != 0);
	out_write(o, (struct span){ digits + at, sizeof(digits) - at });
}

void
out_i64(struct out *o, int64_t n)
{
	if (n < 0)
		out_byte(o, '-');
	out_u64(o, n < 0 ? 0 - (uint64_t)n : (uint64_t)n);
}

void
out_repeat(struct out *o, char c, size_t n)
{
	while (n-- > 0)
		out_byte(o, c);
}

void
out_close(struct out *o)
{
	free(o->buf);
	*o = (struct out){ .fd = -1 };
}
