/* SPDX-License-Identifier: ISC */
/* Archives that are given out: pax tars, written by libarchive. Names are written as the bytes that they are. */
#ifndef FORMAT_PACK_H
#define FORMAT_PACK_H

#include "base/out.h"
#include "format/tar.h"

struct pack {
	void *archive, *entry;		/* libarchive's own */
	struct out *out;
};

/* Begins an archive on OUT, which is borrowed. False: there is no memory. */
bool pack_open(struct pack *, struct out *);

/* An entry's header; of E are used name, link, type, mode, uid, gid, size, mtime, major, minor and xattrs. False where the
 * writer refuses it: what it says is in *why, valid until the next call. */
bool pack_entry(struct pack *, const struct tar_entry *, const char **why);

/* The next bytes of the entry's file; what it lacks at the next entry is zeros. */
void pack_data(struct pack *, struct span);

/* The end of the archive; everything of it is on OUT then. */
void pack_close(struct pack *);

#endif
