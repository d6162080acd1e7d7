/* SPDX-License-Identifier: ISC */
/* The bytes and the attributes of one entry of a stack. */
#ifndef IMAGE_CONTENT_H
#define IMAGE_CONTENT_H

#include "image/stack.h"

/* The entry that holds the bytes of I: a hard link's target, and beneath a copy of metadata alone the file that it is of.
 * TREE_NONE: there is none. */
uint32_t content_entry(const struct stack *, uint32_t i);

/* The bytes of a regular file. Of a compressed layer they are read forwards best: in the order of entry.data. OUT borrows
 * the stack until bytes_close(). A fault names the file. */
struct fault content_open(struct stack *, uint32_t i, struct bytes *out);

/* SHA-256 of it in hexadecimal, on the arena; absent, with a fault that is added, where it cannot be read whole. */
struct span content_sha256(struct stack *, uint32_t i, struct arena *);

/* Its first bytes, at most 64 KiB, on the arena; of a compressed layer only what STACK_HEADS kept. */
struct span content_head(struct stack *, uint32_t i, size_t want, struct arena *);

/* Whether two files hold the same bytes. UNKNOWN: they would have to be inflated, and no digest is known. */
enum tri content_same(struct stack *, uint32_t a, uint32_t b);

/* The extended attributes as pairs on the arena, sorted; those of overlayfs' own left out. */
void content_xattrs(const struct stack *, uint32_t i, struct arena *, struct list *pairs);

/* What a file is by its first bytes: "elf", "script:/bin/sh" ...; absent where they say nothing. */
struct span content_magic(struct span head, struct arena *);

#endif
