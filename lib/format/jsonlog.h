/* SPDX-License-Identifier: ISC */
/* One record of Docker's json-file log, without a tree. Sources: moby
 * daemon/logger/jsonfilelog/jsonlog/jsonlogbytes.go (20.10 to 29), RFC 8259. */
#ifndef FORMAT_JSONLOG_H
#define FORMAT_JSONLOG_H

#include "base/fault.h"

struct jsonlog {
	struct span log;	/* still escaped; empty where the key is left out */
	size_t clean;		/* so many bytes of it hold no escape */
	struct span stream, time;
	struct span attrs;	/* a value, as it was written; absent where the key is */
	size_t len;		/* of the record, from { to } */
};

/* The record at the head of BYTES, which may go on behind it. Views into it. Keys may stand in any order; others are passed
 * over, to a depth of JSONLOG_DEPTH. A control byte is a fault: the engine writes none, and so no record goes on behind a
 * newline. A fault's offset counts within BYTES, and is BYTES.len where they end before the record does. */
enum { JSONLOG_DEPTH = 8 };
struct fault jsonlog_parse(struct span bytes, struct jsonlog *out);

/* Unescapes at most ROOM bytes of TEXT into TO, which may not overlap. *used is what was read of TEXT: less than
 * all of it where the room is used up, or where TEXT ends within an escape (unless LAST). Returns the bytes
 * written. *lossy grows by the number of \ufffd escapes: each stands for a byte that the engine destroyed, since
 * a U+FFFD that was printed is written raw. */
size_t jsonlog_text(struct span text, bool last, char *to, size_t room, size_t *used, uint64_t *lossy);

/* The longest part of NEEDLE that stands within a record as it does in its text, as far as engines escape: for
 * jsonlog_may_hold(). Empty where each of its bytes may be escaped. */
struct span jsonlog_literal(struct span needle);

/* Whether the text of a record may hold LITERAL, also where somebody escaped what engines do not. False is certain. */
bool jsonlog_may_hold(const struct jsonlog *, struct span literal);

/* Where the next record seems to begin at or after FROM in damaged bytes, or their newline, whichever is first, or SIZE_MAX:
 * a record's first key can not stand within another, whose quotes are escaped. One pass, whatever the bytes are. */
size_t jsonlog_resync(struct span bytes, size_t from);

enum { JSONLOG_MARK = 11 };	/* the most bytes by which the beginning of a record is known: {"stream":" */

#endif
