/* SPDX-License-Identifier: ISC */
/* What one layer does to what is beneath it, and what is seen in the end: walks in the order of paths, a directory before
 * what is in it and the bytes of names within one. */
#ifndef IMAGE_CHANGE_H
#define IMAGE_CHANGE_H

#include "image/merge.h"
#include "record/change.h"

enum differs {
	DIFFERS_CONTENT = 1, DIFFERS_CONTENT_MAYBE = 2, DIFFERS_MODE = 4, DIFFERS_OWNER = 8, DIFFERS_MTIME = 16,
	DIFFERS_XATTR = 32, DIFFERS_TYPE = 64, DIFFERS_LINK = 128,
};

/* One path in one layer. */
struct delta {
	enum change_kind change;
	unsigned differs;
	uint32_t entry;		/* what is there now; of a deletion TREE_NONE */
	uint32_t below;		/* what was there beneath; TREE_NONE: nothing */
	uint32_t marker;	/* of a deletion; TREE_NONE: a layer that is whole lacks it */
	size_t layer;		/* that does it, counted from 0 */
	struct span path;	/* on the arena given */
};

struct frame;

struct changes {
	struct stack *stack;
	size_t layer;
	bool content;			/* files are compared byte by byte where that needs no inflating */
	bool markers;			/* every marker is a deletion, whatever it hides and whatever is there anew */
	struct frame *frames;
	size_t n, room;
	struct dirs dirs;
};

/* The changes of LAYER, counted from 0: A, M, D and =. CONTENT: files of equal size are compared where they lie in folders or
 * in plain archives; those of a container's own layer always are. Memory: what the directories on the way to a path hold. */
void changes_open(struct changes *, struct stack *, size_t layer, bool content);
bool changes_next(struct changes *, struct arena *, struct delta *);
void changes_close(struct changes *);

struct seen {
	struct stack *stack;
	size_t layer;
	bool deep;
	struct frame *frames;
	size_t n, room;
	struct dirs dirs;
	uint64_t left;			/* so many names may come yet */
};

/* What is seen beneath FOLDER through the layers below LAYER (their number: all); false where FOLDER is no directory there.
 * With DEEP what its directories hold, too. Where renames lead to one directory by many ways there is no end to it: then it
 * ends, and is said, with four times as many names as all layers have, and 100,000. */
bool seen_open(struct seen *, struct stack *, size_t layer, struct span folder, bool deep, const char **why);
bool seen_next(struct seen *, struct arena *, uint32_t *entry, struct span *path);
void seen_close(struct seen *);

/* How A differs from B, which is not TREE_NONE. */
unsigned change_differs(struct stack *, uint32_t a, uint32_t b, bool content);

/* The layer above, counted from 0, that hides or replaces what a layer has at PATH; SIZE_MAX: none. */
size_t change_hidden_by(const struct stack *, uint32_t entry, struct span path);

/* The row of a delta, but for what it is of (name, image, provenance). WANT: STACK_HASH, STACK_HEADS. */
void change_fill(struct stack *, const struct delta *, unsigned want, struct arena *, struct change *);

/* "-rwsr-xr-x" */
struct span mode_text(enum file_type, unsigned mode, struct arena *);
enum content_type content_type_of(const struct entry *);

#endif
