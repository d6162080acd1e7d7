/* SPDX-License-Identifier: ISC */
/* Tar archives: extents and raw names, walked from header to header. ustar, GNU (long names, base-256
 * numbers, sparse), pax (global and local records, xattrs, sparse 0.0, 0.1, 1.0), old v7.
 * Sources: POSIX.1-2017 pax; GNU tar manual, "Tar Internals"; libarchive's tar(5). */
#ifndef FORMAT_TAR_H
#define FORMAT_TAR_H

#include "base/bytes.h"

enum tar_type { TAR_FILE, TAR_HARDLINK, TAR_SYMLINK, TAR_CHAR, TAR_BLOCK, TAR_DIR, TAR_FIFO, TAR_OTHER };

struct tar_piece {		/* of a sparse file: LEN bytes at AT of the file are stored; the rest is zeros */
	uint64_t at, len;
};

struct tar_entry {
	struct span name, link;		/* raw, as stored: may begin with "./" or "/", may end with "/" */
	struct span user, group;
	enum tar_type type;
	char flag;			/* the header's own letter, for TAR_OTHER */
	uint32_t mode;			/* 12 permission bits */
	uint64_t uid, gid, size;	/* size: of the file, holes counted */
	struct timestamp mtime;
	uint32_t major, minor;
	uint64_t at;			/* offset of its first header block within the archive */
	uint64_t data, stored;		/* extent of its bytes within the archive */
	bool sparse;
	bool bad_map;			/* where the bytes of a sparse file lie is not known */
	struct list pieces;		/* [tar_piece], for sparse */
	struct list xattrs;		/* [pair], sorted, each name once, values raw; absent: it could not be decoded */
};

struct tar {
	struct window window;
	uint64_t at;			/* where the next header should be */
	struct list globals;		/* [pair] of pax global headers, each key once */
	struct list xattrs;		/* [pair] that they hold, as of an entry */
	struct arena arena;		/* of both, at most 4 MiB */
	bool ended;			/* its two blocks of zeros, or its end, were seen */
};

/* Whether HEAD, the first 512 bytes, is a tar header with a right checksum. */
bool tar_here(struct span head);

/* IN is borrowed until tar_close(). */
struct tar tar_open(struct bytes *in);

/* The next entry, on ARENA. False at the end. Damage is *f, with the offset of the header that is wrong: an
 * entry that was got beside a fault is good except for what the fault says. A header with a wrong checksum
 * is passed over, block by block, to the next right one, and said once. An entry whose bytes go past the
 * end is given, then the end is said to be missing. */
bool tar_next(struct tar *, struct arena *, struct tar_entry *, struct fault *f);

/* WANT bytes at AT of the archive, or as many as there are, through the walk's own window: those of the entry that
 * tar_next() gave last, read forwards. Valid until the next call of either. */
struct span tar_bytes(struct tar *, uint64_t at, size_t want);
void tar_close(struct tar *);

/* LEN bytes at AT of a sparse file of SIZE bytes, whose PIECES lie one behind the other from DATA on in IN; what lies between
 * them is zeros. As bytes_read(). */
struct fault tar_sparse_read(struct bytes *in, uint64_t data, uint64_t size, const struct tar_piece *pieces, size_t n,
    uint64_t at, char *buf, size_t len, size_t *got);

#endif
