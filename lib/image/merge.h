/* SPDX-License-Identifier: ISC */
/* What is seen through a stack: the one place where layers are merged. A directory that is seen is a list of entries, the
 * topmost first, whose children shine through each other. Source: Linux fs/overlayfs/namei.c (ovl_lookup), 6.7; OCI
 * image-spec layer.md, "Applying Changesets".
 *
 * Where engines on overlay depart from the specification: a whiteout of a directory that the same layer has anew is lost
 * (what is beneath shines through again), and an opaque root hides nothing. stack.engine says which is asked for; layers
 * that are whole, or are overlayfs' own, know no such case. */
#ifndef IMAGE_MERGE_H
#define IMAGE_MERGE_H

#include "image/stack.h"

/* Entries one above the other. Grows; what was put on it first is at the bottom. */
struct dirs {
	uint32_t *v;
	size_t n, room;
};

/* One more on top; not added, and noted (memory_refuse), where there is no memory. dirs_close() gives all back. */
void dirs_add(struct dirs *, uint32_t);
void dirs_close(struct dirs *);

/* Puts the roots of the layers beneath LAYER on OUT, as far down as they shine through. */
void merge_root(const struct stack *, size_t layer, struct dirs *out);

/* NAME in the directory of the N entries at V: what is seen, or TREE_NONE. Where it is a directory, the entries that are merged
 * there go on OUT. V may be part of OUT. */
uint32_t merge_child(const struct stack *, const struct dirs *in, size_t at, size_t n, struct span name, struct dirs *out);

/* The names that are seen there, sorted, each once, on the arena. */
void merge_names(const struct stack *, const struct dirs *in, size_t at, size_t n, struct arena *, struct list *names);

/* What is seen at PATH through the layers beneath LAYER; links that lead there are followed within, the last one too where
 * FOLLOW says so. TREE_NONE: nothing, with *why a literal. OUT: the entries merged there, of a directory. REAL: the path
 * without links, on the arena. */
uint32_t merge_find(const struct stack *, size_t layer, struct span path, bool follow, struct dirs *out, struct arena *,
    struct span *real, const char **why);

#endif
