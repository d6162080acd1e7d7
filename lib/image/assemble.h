/* SPDX-License-Identifier: ISC */
/* The tar that a layer came as, put together again from tar-split's record and the files of the layer's folder: entry by
 * entry, with what its headers say, how the engine named it, and whether the file is still what was summed.
 *
 * An entry's headers lie in the segments before its file; nothing else of the tar is asked for. What the engine's own
 * assembler cannot do is done: sparse files (pax 0.0, 0.1; of 1.0 the map, which nobody kept, is made anew as GNU tar makes it),
 * headers with a size that counts no bytes. */
#ifndef IMAGE_ASSEMBLE_H
#define IMAGE_ASSEMBLE_H

#include "base/sha256.h"
#include "evidence/root.h"
#include "format/tar.h"
#include "format/tarsplit.h"

enum content {
	CONTENT_NONE,		/* its header is all of it */
	CONTENT_SAME,		/* size and sum are the recorded ones */
	CONTENT_OTHER,		/* the sum is another */
	CONTENT_SIZE,		/* the size is; the sum was not asked for */
	CONTENT_GONE,		/* no regular file is there */
	CONTENT_UNREAD,		/* it could not be read: a fault was added to the root's */
	CONTENT_INSIDE,		/* in the record itself, or without a header: no engine writes that */
};

struct assembled {
	struct tar_entry entry;		/* what its headers say; name and link as they are */
	bool headers;			/* they could be read; else only name and content are known */
	struct span name;		/* within the layer as an engine takes it: "etc/passwd"; of the root "" */
	bool global;			/* no file, but a pax header for all that follow, which engines pass over */
	bool renamed;			/* the record calls it otherwise than its header does */
	struct span path;		/* within the evidence */
	struct file file;		/* what is there, a last link not followed */
	enum fault_kind found;		/* FAULT_NONE, FAULT_ABSENT, or why that is not known */
	enum content content;
	uint64_t size;			/* that the record has */
};

/* Ways in which the map of a sparse file may have been made: assemble_sparse.c. */
enum { ASSEMBLE_WAYS = 8 };

struct assembly {
	struct root *root;
	struct span folder, record;
	struct bytes file, inflated;
	struct tarsplit split;
	struct sha256 sha256[ASSEMBLE_WAYS];	/* of the tar by each way that is left; until one is asked for by the first */
	unsigned ways;			/* a bit of each: whoever makes a tar makes all its maps in one way */
	unsigned only;			/* the bit of assemble_only(); 0: none was named */
	uint64_t at;			/* so much of the tar is put together */
	bool broken;			/* a part of it is not to be had: there is no digest */
	bool damaged;			/* the record is not whole */
	bool guessed;			/* the map of a sparse file was made anew, by all ways that it can be */
	uint64_t unread;		/* files that could not be read */
	/* Where the bytes of the tar go too; NULL: nowhere. Nothing goes there once it is broken. Where a map is made anew they are
	 * those of the first way that is left: assemble_only() before, for another. */
	void (*put)(void *state, struct span);
	void *state;
	char *segments;			/* since the last file: headers are in them */
	size_t n, room;
	bool lost;			/* they are more than LIMIT_HEADERS */
	uint64_t segments_at;		/* of the tar */
	struct tarsplit_entry next;	/* the file behind them */
	bool pending, ended;
	struct bytes headers;
	struct tar tar;			/* over headers */
	bool open;			/* its entries are being given */
	char *chunk;
	struct arena arena;		/* of a line */
};

/* The layer whose files are in FOLDER, by RECORD: paths within the evidence, which live as long as the assembly. A fault: there
 * is no record, or it cannot be read. */
struct fault assemble_open(struct assembly *, struct root *, struct span folder, struct span record);

/* The next entry, on ARENA; false at the end. Damage of the record is added to the root's faults, and of headers, whose offset then
 * counts within the tar. Files are
 * read once, a sparse one of pax 1.0 twice. Memory: LIMIT_HEADERS, a line of the record, the map of a sparse file. */
bool assemble_next(struct assembly *, struct arena *, struct assembled *);

/* "sha256:" and the digest of the tar, at the end, once; absent where it is broken. Of several ways to make maps that which
 * gives EXPECTED, else the first; *WAY is its number. */
struct span assemble_digest(struct assembly *, struct span expected, struct arena *, unsigned *way);

/* Maps will be made by one way alone, which assemble_digest() found. */
void assemble_only(struct assembly *, unsigned way);
void assemble_close(struct assembly *);

/* A name of a tar as an engine takes it: no "." and no empty part, ".." taken with what is before it. */
struct span assemble_name(struct arena *, struct span name);

/* assemble_sparse.c: the pieces of a file by one way, and their map as it stands in the tar, padded. False: with that they do not
 * take STORED bytes. */
bool assemble_map(struct bytes *, unsigned way, uint64_t size, uint64_t stored, struct arena *, struct list *pieces,
    struct span *map);

#endif
