/* SPDX-License-Identifier: ISC */
/* All memory of a row, or of a run: taken piece by piece, given back at once.
 *
 * An arena has a ceiling and latches: past it, `full` is set and arena_take() hands out one zeroed
 * spare page again and again, so that code reads straight down and asks `full` once a row. What lies
 * on the spare page means nothing; whoever builds linked structures asks after each piece. */
#ifndef BASE_ARENA_H
#define BASE_ARENA_H

#include "base/span.h"

enum { ARENA_SPARE = 4096 };	/* the largest piece that arena_take() always has */

struct arena_block;

struct arena {
	struct arena_block *blocks;	/* the newest first */
	size_t used, ceiling;		/* bytes handed out; the most that may be */
	bool full;
	max_align_t *spare;
};

/* Whether the system refused memory at any time, to an arena or to whoever says so by memory_refuse(): an answer may lack
 * something, and nobody else may have had the memory to say it. */
bool memory_refused(void);
void memory_refuse(void);

/* An empty arena that will hand out at most CEILING bytes. Nothing is taken from the system yet. */
struct arena arena_open(size_t ceiling);

/* LEN <= ARENA_SPARE bytes, zeroed, aligned for anything; never NULL. They live until the arena is
 * reset or closed. */
void *arena_take(struct arena *, size_t len);

/* LEN bytes, not zeroed, not aligned, or NULL (and `full`) past the ceiling. */
char *arena_room(struct arena *, size_t len);

/* A copy with a NUL behind it; absent stays absent. Empty past the ceiling. */
struct span arena_copy(struct arena *, struct span);

/* The N pieces after each other, as one span; absent pieces count as empty. */
struct span arena_join(struct arena *, size_t n, const struct span *pieces);
#define arena_concat(a, ...)                                                                       \
	arena_join((a), sizeof((struct span[]){ __VA_ARGS__ }) / sizeof(struct span),             \
	    (struct span[]){ __VA_ARGS__ })

/* Everything handed out is gone; one block is kept for what comes next. */
void arena_reset(struct arena *);
void arena_close(struct arena *);

#endif
