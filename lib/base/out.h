/* SPDX-License-Identifier: ISC */
/* A byte sink: a descriptor or memory. It latches its first error, which is asked for at the end. */
#ifndef BASE_OUT_H
#define BASE_OUT_H

#include <string.h>

#include "base/fault.h"

struct out {
	int fd;			/* -1: memory */
	int error;		/* errno of the first write that failed; ENOMEM for memory */
	char *buf;
	size_t n, room;
};

/* Buffered writing to FD, which stays the caller's. */
struct out out_open(int fd);

/* Grows in memory; out_span() views what was written since the last out_reset(). */
struct out out_memory(void);
struct span out_span(const struct out *);
void out_reset(struct out *);

/* Bytes as they are. Where the buffer is full it goes to the descriptor, or grows; after an error nothing happens. */
void out_write(struct out *, struct span);

static inline void
out_byte(struct out *o, char c)
{
	if (o->n < o->room)
		o->buf[o->n++] = c;
	else
		out_write(o, (struct span){ &c, 1 });
}

static inline void
out_text(struct out *o, const char *s)
{
	out_write(o, (struct span){ s, strlen(s) });
}

/* Numbers in decimal, and a byte N times. */
void out_u64(struct out *, uint64_t);
void out_i64(struct out *, int64_t);
void out_repeat(struct out *, char, size_t n);

/* Everything buffered goes to the descriptor. False when something failed since it was opened. */
bool out_flush(struct out *);

/* Releases the buffer (unflushed bytes are lost); the descriptor stays open. */
void out_close(struct out *);

#endif
