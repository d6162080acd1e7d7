/* SPDX-License-Identifier: ISC */
/* Entries of a stack given out as one pax archive: content, mode, owner, times and attributes as the layer has them. */
#ifndef IMAGE_BUNDLE_H
#define IMAGE_BUNDLE_H

#include "base/out.h"
#include "image/stack.h"

struct bundle {
	struct stack *stack;
	struct arena arena;
	struct list wanted;		/* [item] */
	struct index names;
	uint64_t bytes;			/* of all files in it */
};

/* Nothing yet; STACK must outlive it. */
void bundle_open(struct bundle *, struct stack *);

/* ENTRY is to stand in it at PATH (without the slash that it begins with). False: another one stands there already. Memory:
 * 40 bytes and the path each, and what finds it. */
bool bundle_add(struct bundle *, uint32_t entry, struct span path);

/* Writes it: directories first, then what is in them, of each layer in the order in which its archive has it, so that no layer
 * is inflated twice. A file that cannot be read whole is said, and what is missing of it is zeros. */
void bundle_write(struct bundle *, struct out *);

/* Gives its memory back; what was written stays written. */
void bundle_close(struct bundle *);

#endif
