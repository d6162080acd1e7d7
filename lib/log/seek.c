/* SPDX-License-Identifier: ISC */
/* How much of a part of a log has to be read, by the times in it: a gigabyte is in their order, but for a little. Pieces of
 * one line have the time of the first, the streams are written by two threads, and clocks are set: so whole blocks are
 * compared, with a margin, and what is to be left out is looked at in SAMPLES places first. Where one of them contradicts,
 * or has no time, nothing is left out. */

#include "log/log.h"

enum { PROBE = 64 * 1024, SAMPLES = 16 };

static struct timestamp
later(struct timestamp t, int64_t seconds)
{
	if (__builtin_add_overflow(t.s, seconds, &t.s))
		t.s = seconds < 0 ? INT64_MIN : INT64_MAX;
	return t;
}

struct log_times
log_times(struct log_source *s, uint64_t at, size_t len)
{
	struct window w = window_open(s->window.in, len);	/* what the source has in view stays */
	struct log_times t = s->driver->times(window_at(&w, at, len));

	window_close(&w);
	return t;
}

static bool
is_before(const struct log_times *t, struct timestamp limit)
{
	return t->latest.known && time_cmp(t->latest, limit) < 0;
}

static bool
is_after(const struct log_times *t, struct timestamp limit)
{
	return t->earliest.known && time_cmp(t->earliest, limit) > 0;
}

/* Whether all samples between FROM and TO lie on one side of LIMIT; of less than a block nothing is known. */
static bool
all_are(struct log_source *s, uint64_t from, uint64_t to, bool (*test)(const struct log_times *, struct timestamp),
    struct timestamp limit)
{
	uint64_t step;

	if (to < from || to - from < PROBE)
		return false;
	step = (to - from - PROBE) / SAMPLES;
	for (uint64_t i = 0; i <= SAMPLES; i++) {
		struct log_times t = log_times(s, from + i * step, PROBE);

		if (!test(&t, limit))
			return false;
	}
	return true;
}

bool
log_is_past(struct log_source *s, struct timestamp t, struct u64 size)
{
	struct timestamp limit = later(s->until, LOG_MARGIN);

	if (s->unsorted || s->reads_on || !s->until.known || !t.known || time_cmp(t, limit) <= 0)
		return false;
	s->reads_on = !size.known || !all_are(s, s->at, size.n, is_after, limit);
	return !s->reads_on;
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
	struct timestamp wanted = later(s->since, -LOG_MARGIN);
	uint64_t low = 0, high = size, middle;

	if (s->unsorted || !s->since.known)
		return 0;
	while (high - low > 2 * PROBE) {
		struct log_times t;

		middle = low + (high - low) / 2;
		t = log_times(s, middle, PROBE);
		if (is_before(&t, wanted))
			low = middle;
		else
			high = middle;
	}
	if (low <= PROBE || !all_are(s, 0, low, is_before, wanted))
		return 0;
	return line_behind(s, low - PROBE);
}
