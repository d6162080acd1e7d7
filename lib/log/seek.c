/* SPDX-License-Identifier: ISC */
/* Where a part of a log has to be read from, by halving: a gigabyte is in the order of its times, but for a little. Pieces
 * of one line have the time of the first, the streams are written by two threads, and clocks are set: so what counts is the
 * latest time of a whole block, with a margin. A part in which two blocks contradict each other is read from its beginning. */

#include "log/log.h"

enum { PROBE = 64 * 1024 };

static struct timestamp
later(struct timestamp t, int64_t seconds)
{
	if (__builtin_add_overflow(t.s, seconds, &t.s))
		t.s = seconds < 0 ? INT64_MIN : INT64_MAX;
	return t;
}

bool
log_is_past(const struct log_source *s, struct timestamp t)
{
	return !s->unsorted && s->until.known && t.known && time_cmp(t, later(s->until, LOG_MARGIN)) > 0;
}

struct timestamp
log_latest(struct log_source *s, uint64_t at, size_t len)
{
	return s->driver->latest(window_at(&s->window, at, len));
}

/* The line that begins behind AT, or 0 where none does for a block. */
static uint64_t
line_behind(struct log_source *s, uint64_t at)
{
	struct span block = window_at(&s->window, at, PROBE);
	size_t n = span_find(block, SPAN("\n"));

	return n == SIZE_MAX ? 0 : at + n + 1;
}

uint64_t
log_seek(struct log_source *s, uint64_t size)
{
	struct timestamp wanted = later(s->since, -LOG_MARGIN), at_low = { 0 }, at_high = { 0 }, t;
	uint64_t low = 0, high = size, middle;

	if (s->unsorted || !s->since.known)
		return 0;
	while (high - low > 2 * PROBE) {
		middle = low + (high - low) / 2;
		t = log_latest(s, middle, PROBE);
		if (t.known && ((at_low.known && time_cmp(t, later(at_low, -LOG_MARGIN)) < 0) ||
		    (at_high.known && time_cmp(t, later(at_high, LOG_MARGIN)) > 0)))
			return 0;
		if (t.known && time_cmp(t, wanted) < 0) {
			low = middle;
			at_low = t;
		} else {
			high = middle;
			at_high = t.known ? t : at_high;
		}
	}
	return low <= PROBE ? 0 : line_behind(s, low - PROBE);
}
