/* SPDX-License-Identifier: ISC */
/* A stack of layers, taken from a container or image record: what each holds, as trees of names. Knows no engine and no
 * archive form. Everything else in this room reads it.
 *
 * Memory: 96 bytes for each entry of a layer, 4 to find it, and its name; the tree doubles as it grows. Content is read
 * when it is asked for, and never held. */
#ifndef IMAGE_STACK_H
#define IMAGE_STACK_H

#include "base/index.h"
#include "base/tree.h"
#include "evidence/root.h"
#include "format/codec.h"
#include "record/container.h"
#include "record/whiteout.h"

enum entry_flag {
	ENTRY_IMPLIED = 1,	/* a directory that has no entry of its own here: what is beneath says what it is */
	ENTRY_OPAQUE = 2,	/* a directory that hides all that is beneath it */
	ENTRY_MARKED = 4,	/* it has markers among its children */
	ENTRY_ARTEFACT = 8,	/* of AUFS, of eStargz: never seen by a container */
	ENTRY_METACOPY = 16,	/* of overlayfs: its bytes lie beneath */
	ENTRY_HARDLINK = 32,	/* another name of `to`, in a tar */
	ENTRY_UNREAD = 64,	/* where its bytes lie is not known */
	ENTRY_TWICE = 128,	/* its name is there with a whiteout of the same name */
};

/* What few entries have. */
struct extra {
	struct span link;			/* of a link, as it is written; of a marker its own name, none where a directory is its own */
	struct span redirect;			/* of overlayfs: where the rest of it lies beneath */
	const struct tar_piece *pieces;		/* of a sparse file */
	const struct pair *xattrs;
	size_t n_pieces, n_xattrs;
	uint32_t major, minor;
	char sha256[64];			/* STACK_HASH; [0] NUL: not known */
	char head[64];				/* STACK_HEADS: how it begins */
	uint8_t n_head;
};

/* One name in one layer. A marker is an entry too: its name begins with '/', which no other can; the rest is what it hides,
 * and nothing of a directory that is opaque. */
struct entry {
	struct tree_node in;
	const struct extra *extra;		/* or NULL */
	uint64_t size, data;			/* data: where its bytes begin in an archive */
	struct timestamp mtime;
	uint32_t uid, gid, to;
	uint16_t mode, layer;
	uint8_t type;				/* enum file_type */
	uint8_t dialect;			/* enum dialect, of a marker; of others 0 */
	uint8_t flags;
	bool sparse;
};

struct layer {
	struct layer_ref ref;
	uint32_t root;				/* its entry; TREE_NONE: it could not be read */
	bool folder, again;			/* again: an earlier one of this stack lies there too */
	enum codec codec;
	struct bytes blob, tar;			/* of an archive, open while the stack is */
	uint64_t entries, size;			/* names in it; bytes of its files */
	struct span digest, diff_id;		/* STACK_DIGESTS: as they were found */
	struct index moved;			/* paths beneath that it has under another name -> its entry */
	bool damaged;				/* something of it could not be read */
};

enum { STACK_DIGESTS = 1, STACK_HASH = 2, STACK_HEADS = 4 };

struct stack {
	struct root *root;
	struct layer *layers;			/* the base first */
	size_t n;
	unsigned want;
	bool engine;				/* as overlay engines apply them, where they depart from the specification */
	bool full;				/* there was no memory for all of them */
	struct tree tree;
	struct arena arena, scratch;
	struct index inodes;			/* of folders' files, as 4 bytes -> entry: fill.c, once it is asked for */
	size_t inodes_seen;			/* so many entries are in it */
};

/* Reads the layers of REFS, [layer_ref]. One that cannot be read is said, and the others stand. WANT: what is found on
 * the way, for which an archive is inflated once. REFS must outlive the stack. */
void stack_open(struct stack *, struct root *, const struct list *refs, unsigned want);
void stack_close(struct stack *);

static inline struct entry *
entry_at(const struct stack *s, uint32_t i)
{
	return tree_at(&s->tree, i);
}

/* What a hard link means; itself otherwise. */
static inline const struct entry *
entry_of(const struct stack *s, uint32_t i)
{
	const struct entry *e = entry_at(s, i);

	return (e->flags & ENTRY_HARDLINK) != 0 && e->to != TREE_NONE ? entry_at(s, e->to) : e;
}

static inline bool
entry_is_marker(const struct entry *e)
{
	return e->dialect != DIALECT_UNKNOWN;
}

/* The path of an entry within the container, on the arena; that of a marker is what it hides. */
struct span entry_path(const struct stack *, uint32_t, struct arena *);

/* The same of what stands there: of a marker its own. */
struct span entry_own_path(const struct stack *, uint32_t, struct arena *);

/* Where it lies within the evidence: a file of a folder, else the archive. */
struct span entry_place(const struct stack *, uint32_t, struct arena *);

/* What its file system says of it now; of a folder alone. */
struct fault entry_stat(const struct stack *, uint32_t, struct file *);

/* Where LAYER, counted from 0, has what lay at PATH beneath it and was renamed as a whole; TREE_NONE: it was not. */
uint32_t stack_moved(const struct stack *, size_t layer, struct span path);

/* load_tar.c, load_folder.c: fill a layer. */
void stack_load_tar(struct stack *, struct layer *);
void stack_load_folder(struct stack *, struct layer *);

/* Between them: an entry of a name, new or the one that is there; TREE_NONE: said, and it does not fit. */
uint32_t stack_add(struct stack *, struct layer *, uint32_t parent, struct span name);
uint32_t stack_mark(struct stack *, struct layer *, uint32_t parent, struct span hidden, struct span own, enum dialect);
struct extra *stack_extra(struct stack *, uint32_t);

/* What a name that begins with .wh. says. Source: OCI image-spec layer.md, "Whiteouts"; aufs(5). */
enum wh { WH_NONE, WH_HIDES, WH_OPAQUE, WH_ARTEFACT, WH_BARE };
enum wh wh_of(struct span name, struct span *hidden);

#endif
