/* SPDX-License-Identifier: ISC */
/* Bytes that are hashed on their way: one pass gives what is read of them and the SHA-256 of all. */
#ifndef BASE_HASHED_H
#define BASE_HASHED_H

#include "base/bytes.h"

/* IN, which is borrowed until bytes_close(OUT), as it is; what passes, or is passed over, is hashed in order, by a second thread
 * where there can be one (base/hasher.h). IN is read forwards, each byte once, HASHER_BLOCK bytes at a time: a little ahead of
 * the reader. What lies behind that and is read again is asked of IN, and not hashed again.
 * Faults: those of IN, at their place; no memory (FAULT_PART), OUT reads nothing then. Memory: 2 MiB. */
struct fault bytes_hashed(struct bytes *in, struct bytes *out);

/* Reads on to the end: the digest of all of HASHED, which bytes_hashed() made, in lower-case hexadecimal, and how many bytes
 * that is. The fault that ended IN, said to its reader or not: more than FAULT_ODD, then they are of what could be read.
 * Asked again it answers the same. Then HASHED can still be read back, and is closed as others are. */
struct fault bytes_hashed_finish(struct bytes *hashed, char hex[64], uint64_t *len);

#endif
