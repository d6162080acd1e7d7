/* SPDX-License-Identifier: ISC */
/* SHA-256 of a stream beside what else is done with it: in a thread of its own from the second block on. Where there is one
 * processor, or none can be made (limits, a filter), it hashes in the caller, with the same answers. One caller at a time. */
#ifndef BASE_HASHER_H
#define BASE_HASHER_H

#include "base/span.h"

enum { HASHER_BLOCK = 256 * 1024 };

struct hasher;

/* Of no bytes so far; whoever opens it closes it. NULL: no memory (2 MiB, of which a short stream takes what it is long). */
struct hasher *hasher_open(void);

/* Copies what is added. */
void hasher_add(struct hasher *, struct span);

/* Without a copy: HASHER_BLOCK bytes to be filled from their beginning, then how many were (0 to all). What was filled may be
 * read until the room after the next is asked for. */
char *hasher_room(struct hasher *);
void hasher_filled(struct hasher *, size_t n);

/* Waits for what is not hashed yet; the digest in lower-case hexadecimal. Then it can only be closed. */
void hasher_hex(struct hasher *, char out[64]);

/* Also of NULL, and of one that is not finished. */
void hasher_close(struct hasher *);

#endif
