/* SPDX-License-Identifier: ISC */
/* The steps that made an image, and which layer each of them made. Source: OCI image-spec config.md, "history"; moby
 * builder/dockerfile and daemon/commit.go for what they write. */
#ifndef IMAGE_HISTORY_H
#define IMAGE_HISTORY_H

#include "record/image.h"
#include "record/layer.h"

/* The layer, counted from 1, that step I of the history made; absent: none, or nobody knows which. Histories are often
 * shorter than the list of layers: what is there is of the topmost. */
struct u64 history_layer(const struct image *, size_t i);

/* The step that made layer N, or NULL. */
const struct history *history_of(const struct image *, uint64_t n);

/* A step as it stood in a Dockerfile, on the arena. */
struct span history_instruction(const struct history *, struct arena *);

/* Whether a step was made by hand from a container, and not by a builder: what says so, as texts on the arena; none. */
void history_traces(const struct image *, size_t i, struct arena *, struct list *traces);

/* Whether layer N was made so; UNKNOWN: no step is known to have made it. */
enum tri history_by_hand(const struct image *, uint64_t n);

/* The row of step I, but for what it is of. */
void history_fill(const struct image *, size_t i, struct arena *, struct history_row *);

#endif
