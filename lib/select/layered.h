/* SPDX-License-Identifier: ISC */
/* What has layers, a container or an image, as one thing: for the tools that read them. */
#ifndef SELECT_LAYERED_H
#define SELECT_LAYERED_H

#include "select/select.h"

struct layered {
	const struct list *layers;		/* [layer_ref] */
	const struct provenance *provenance;
	struct span container;			/* full id; absent of an image */
	struct span name;			/* of the container; of an image its first name, or its id */
	struct span image;			/* the reference as given, or the id of an image */
	struct image own;			/* of a container: the one that it was made of */
	const struct image *made_of;		/* NULL: not in the evidence */
};

/* Fills OF from a selection of STACKS; it lies with S, and as long. */
void layered_of(struct selection *, struct selected *s, struct layered *of);

/* Of the images chosen, those of PLATFORM ("linux/arm64", or as many of its parts) alone; NULL: all. Containers stay. */
void layered_platform(struct selection *, const char *platform);

/* Whether one subject alone is chosen; else it is said which ones are (FAULT_USAGE). */
bool layered_one(struct selection *);

#endif
