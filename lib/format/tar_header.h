/* SPDX-License-Identifier: ISC */
/* What the blocks before an entry's bytes say. For tar.c alone. */
#ifndef FORMAT_TAR_HEADER_H
#define FORMAT_TAR_HEADER_H

#include "format/tar.h"

/* Whether the checksum of a 512 byte block is that of its bytes, signed or unsigned. */
bool tar_sum_right(struct span block);

/* The fields of a block into E; name and link on the arena. A number that is none is a fault and reads as
 * 0, except that of the size: then the entry has no bytes. */
struct fault tar_read_header(struct span block, uint64_t at, struct arena *, struct tar_entry *e);

/* Pax records ("LEN KEY=VALUE\n") appended to RECORDS, as views of TEXT. AT: offset of TEXT. */
struct fault tar_read_pax(struct span text, uint64_t at, struct arena *, struct list *records);

/* What the records say of E, over what its header said; but for extended attributes. */
struct fault tar_apply_pax(const struct list *records, struct arena *, struct tar_entry *e);

/* Those of the records of a global header that hold for entries to come, onto KEPT, each key once. They are applied to every
 * entry, so only what costs little: numbers, times and names of users of at most 255 bytes. A name, a link or the map of one
 * file is not of all: FAULT_PART. AT: offset for faults. */
struct fault tar_keep_globals(const struct list *records, uint64_t at, struct arena *, struct list *kept);

/* Of old tars, and of some that are broken, a / at the end of the name is the only mark of a directory. To be asked when
 * the name is known: that of the header may be cut. */
struct fault tar_settle(struct tar_entry *e);

/* tar_xattr.c: the extended attributes that the records hold, put on XATTRS, which are then sorted, each name once: of
 * several values the last record's, and one of SCHILY.xattr rather than of LIBARCHIVE.xattr. A name that cannot be one
 * (empty, longer than 255, a NUL, a % that is no %XX) is kept as it is stored; a value whose base64 is damaged is absent;
 * both are FAULT_PART, as is more than LIMIT_XATTRS. Two values of one name are FAULT_ODD. AT: offset for faults. */
struct fault tar_apply_xattrs(const struct list *records, uint64_t at, struct arena *, struct list *xattrs);

/* The map of a sparse file: GNU's old form goes on in blocks after the header, pax 1.0's lies before the
 * data; e->data and e->stored move past it. */
struct fault tar_read_sparse(struct window *, struct span block, struct arena *, struct tar_entry *e);

/* The bytes of a field before its first NUL, or all: a view of FIELD. */
struct span tar_until_nul(struct span field);

#endif
