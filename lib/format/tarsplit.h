/* SPDX-License-Identifier: ISC */
/* tar-split's record of a tar: all of it but the bytes of its files, so that it can be put together again from them.
 *
 * One JSON object a line, in the order of the tar, "position" counted from 0:
 *
 *	{"type":2,"payload":BASE64,"position":0}			bytes of the tar as they are: headers, padding, the end
 *	{"type":1,"name":NAME,"size":N,"payload":SUM,"position":1}	here stand the N bytes of a file
 *
 * NAME is that of the header as Go's archive/tar reads it ("bin/", "./x"); one that is no UTF-8 is "name_raw" instead, in
 * base64. SUM is the CRC-64/ISO of the bytes, big end first, in base64. size is left out and SUM null where there are none.
 * Of a sparse file both are those of the file with its holes. Engines keep it gzipped.
 * Source: vbatts/tar-split 0.11, tar/storage/entry.go, packer.go, tar/asm/disassemble.go. */
#ifndef FORMAT_TARSPLIT_H
#define FORMAT_TARSPLIT_H

#include "base/bytes.h"

enum tarsplit_type { TARSPLIT_FILE = 1, TARSPLIT_SEGMENT = 2 };

struct tarsplit_entry {
	enum tarsplit_type type;
	uint64_t at, line;		/* of its line: offset, and number from 1 */
	struct span bytes;		/* of a segment; may be empty */
	struct span name;		/* of a file, raw: may begin with "./" or "/", may end with "/" */
	uint64_t size, sum;		/* of a file */
};

struct tarsplit {
	struct window window;
	uint64_t at, line;		/* of the next line */
	uint64_t position;		/* that it should have */
	bool ended;
};

/* IN, inflated, is borrowed until tarsplit_close(). Memory: a line, at most LIMIT_SEGMENT, and what it means, on the
 * arenas that are given. */
struct tarsplit tarsplit_open(struct bytes *in);

/* The next entry, on ARENA. False at the end. Damage is *f, FAULT_PART with the offset of the line and its number as item: a
 * line that is not understood is passed over, one that stands at another position than its own is given. A line that is
 * longer than LIMIT_SEGMENT ends it. */
bool tarsplit_next(struct tarsplit *, struct arena *, struct tarsplit_entry *, struct fault *f);
void tarsplit_close(struct tarsplit *);

#endif
