/* SPDX-License-Identifier: ISC */
/* Entries of a stack given out as one pax archive: content, mode, owner, times and attributes as the layer has them. */
#ifndef IMAGE_ARCHIVE_H
#define IMAGE_ARCHIVE_H

#include "base/out.h"
#include "image/stack.h"

struct archive_of {
	struct stack *stack;
	struct arena arena;
	struct list wanted;		/* [item] */
	struct index names;
	uint64_t bytes;			/* of all files in it */
};

void archive_open(struct archive_of *, struct stack *);

/* ENTRY is to stand in it at PATH (without the slash that it begins with). False: another one stands there already. Memory:
 * 40 bytes and the path each, and what finds it. */
bool archive_add(struct archive_of *, uint32_t entry, struct span path);

/* Writes it: directories first, then what is in them, of each layer in the order in which its archive has it, so that no layer
 * is inflated twice. A file that cannot be read whole is said, and what is missing of it is zeros. */
void archive_write(struct archive_of *, struct out *);
void archive_close(struct archive_of *);

#endif
