/* SPDX-License-Identifier: ISC */
/* Times as text, both ways. UTC and nothing else. */
#ifndef BASE_TIME_H
#define BASE_TIME_H

#include "base/out.h"

/* RFC 3339 with 0 to 9 digits of a second's fraction and Z or an offset, and years beyond four digits as
 * time_print() writes them (+10000-...). False when it is not that, or no such day exists. */
bool time_parse(struct span, struct timestamp *);

/* What a user may write too: a date alone, seconds or the zone left out (UTC), a blank for the T, or
 * seconds since 1970 after an @. */
bool time_parse_loose(struct span, struct timestamp *);

/* A time as a user may write it, or so long before the last line: "-10m", of s, m, h, d. */
struct when {
	struct timestamp time;		/* relative: the seconds before it */
	bool relative;
};
bool time_parse_when(struct span, struct when *);

/* RFC 3339, Z, zeros at the end of the fraction left out; DIGITS: at most so many of them. Years outside
 * 0 to 9999 with a sign and five digits or more (ISO 8601). Prints nothing for an unknown time. */
enum { TIME_SECONDS = 0, TIME_EXACT = 9 };
void time_print(struct out *, struct timestamp, unsigned digits);

#endif
