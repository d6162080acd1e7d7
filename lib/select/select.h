/* SPDX-License-Identifier: ISC */
/* A selection: what the user named, and records on stdin, as records. */
#ifndef SELECT_SELECT_H
#define SELECT_SELECT_H

#include "engine/engine.h"

struct selected {
	enum subject kind;		/* CONTAINERS or IMAGES of STACKS, else what was asked for */
	struct span path;		/* NAME:/path, where the selection takes it; absent: none was given */
	struct engine *engine;		/* whose record it is; NULL: it was handed in */
	struct container container;	/* of CONTAINERS */
	struct image image;
	struct volume volume;
	struct arena *arena;		/* where it lies; reset at the next one */
};

struct selection {
	struct root *root;
	enum subject kind;
	enum want want;
	struct engines engines;
	bool searched;			/* the engines were looked for */
	struct list chosen;		/* [choice], in the order of ids */
	struct list images;		/* [item], once select_image() needs them */
	size_t next;
	struct arena arena, row;
	struct fault fault;		/* why there is no selection */
};

/* Chooses subjects of a kind, of which WANT is read. OPERANDS, ended by NULL: none means all. An exact name beats a prefix of the id
 * beats a substring of the image (of an image or a volume: of its names); pod:NAME, id:HEX and image:NAME force what they
 * say; "-" is ids, names or JSON Lines on stdin, where no input selects nothing. A container record that names
 * files is handed on as it is; one of another root is refused.
 * STACKS: a name that means a container and an image equally well is the container; image:NAME is an image; NAME:/path names a
 * path too, split at the first ":/"; without an operand it is all containers, and all images where there are none.
 * Faults: FAULT_ALL when no engine is found, FAULT_USAGE when an operand means nothing: `fault`, and
 * select_next() then gives what the others meant. Memory: about 100 bytes a container, and the records of stdin. */
void select_open(struct selection *, struct root *, char *const *operands, enum subject, enum want);
bool select_next(struct selection *, struct selected *);

/* Puts choice FROM in the place of choice TO, which is not after it. */
void select_keep(struct selection *, size_t from, size_t to);

/* The image that a container was made of, as its engine knows it, on the arena; false where there is no such record. */
bool select_image(struct selection *, const struct selected *, struct arena *, struct image *);
void select_close(struct selection *);

#endif
