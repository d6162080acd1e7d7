/* SPDX-License-Identifier: ISC */
/* Where bytes are read from: a descriptor, memory, a part of either; format/codec makes one that is
 * inflated. And a window that moves over one. */
#ifndef BASE_BYTES_H
#define BASE_BYTES_H

#include "base/fault.h"

struct bytes;

struct bytes_kind {
	/* LEN bytes at offset AT; *got is fewer only at the end or with a fault, and what was got is good
	 * in either case. */
	struct fault (*read)(struct bytes *, uint64_t at, char *buf, size_t len, size_t *got);
	void (*close)(struct bytes *);
};

struct bytes {
	const struct bytes_kind *kind;	/* NULL: closed, reads nothing */
	struct u64 size;		/* not known of a stream that is inflated */
	int fd;
	uint64_t base;			/* where a part begins in what it is a part of */
	struct bytes *in;		/* the same, borrowed */
	struct span mem;		/* borrowed */
	void *state;			/* the kind's own */
};

/* All of a file of SIZE bytes. FD is the bytes' from now on. */
struct bytes bytes_file(int fd, uint64_t size);

/* Bytes in memory; a part of others, clipped to their size. Both borrow. */
struct bytes bytes_mem(struct span);
struct bytes bytes_part(struct bytes *in, uint64_t at, uint64_t len);

/* Bytes that this process has read from descriptors, for whoever shows progress; a signal handler may ask. */
uint64_t bytes_count(void);

/* LEN bytes at offset AT into BUF; *got is fewer at the end, and with a fault: then they are good. Of what is closed
 * nothing is read. Where this is a stream that is inflated, a lower offset than before begins it anew. */
struct fault bytes_read(struct bytes *, uint64_t at, char *buf, size_t len, size_t *got);

/* All of it on the arena, with a NUL behind it. FAULT_PART when it is larger than LIMIT (what fits is
 * not read) or a read fails; then *out is absent. */
struct fault bytes_all(struct bytes *, struct arena *, size_t limit, struct span *out);

/* Gives back the descriptor or what the kind holds, not what is borrowed. What is closed already may be closed again. */
void bytes_close(struct bytes *);

/* A moving view. Memory: what was asked for at once, BLOCK bytes at least. */
struct window {
	struct bytes *in;
	char *buf;
	size_t block, room, n;
	size_t least, ahead;	/* least: not 0: after a leap so much is read and no more, then ever more up to a block */
	uint64_t at;		/* of buf within in */
	struct fault fault;	/* the first read that failed; kept */
};

/* A view over IN, which is borrowed until it is closed; BLOCK bytes, at least 1, are read at once. Nothing is read yet. */
struct window window_open(struct bytes *in, size_t block);

/* The bytes at AT, WANT of them or as many as there are; valid until the next call. */
struct span window_at(struct window *, uint64_t at, size_t want);
void window_close(struct window *);

#endif
