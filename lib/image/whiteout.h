/* SPDX-License-Identifier: ISC */
/* Deletions: every marker of a layer, what it hides, and when that was.
 *
 * When: all plain deletions of one mount of an overlay share one inode. Its mtime is the first of them, its ctime the last
 * time that a name was added or taken, so each lies between; equal, it is the moment itself (as of a rename, which makes an inode
 * of its own). That holds for a container's own layer alone: the markers of an image's layer were made when it was unpacked.
 * In an archive that Docker's builder or commit wrote (mode 0600) the time is that first deletion, and the layer was made
 * after all of them. All else proves nothing. Source: Linux fs/overlayfs/dir.c, ovl_whiteout(), 5.8 and later; moby
 * pkg/archive. */
#ifndef IMAGE_WHITEOUT_H
#define IMAGE_WHITEOUT_H

#include "image/change.h"

/* The deletions of LAYER, counted from 0, in the order of paths: those too whose name the same layer has anew, and those that
 * hide nothing (delta.below is TREE_NONE). A layer that is whole has no markers: what it lacks was deleted. */
void whiteouts_open(struct changes *, struct stack *, size_t layer);
bool whiteouts_next(struct changes *, struct arena *, struct delta *);

/* The row, but for what it is of. CREATED: when the layer was made, as its image's history claims. */
void whiteout_fill(struct stack *, const struct delta *, struct timestamp created, bool hash, struct arena *, struct whiteout *);

#endif
