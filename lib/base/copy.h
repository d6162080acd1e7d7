/* SPDX-License-Identifier: ISC */
/* memcpy() for what is mostly a few words: musl's takes longer to start than such a copy takes to end. */
#ifndef BASE_COPY_H
#define BASE_COPY_H

#include <string.h>

/* N bytes; the two may not overlap. */
static inline void
copy_short(char *to, const char *from, size_t n)
{
	enum { STEP = 16, LONG = 512 };

	if (n > LONG) {
		memcpy(to, from, n);
	} else if (n >= STEP) {
		for (size_t i = 0; i < n - STEP; i += STEP)
			memcpy(to + i, from + i, STEP);
		memcpy(to + n - STEP, from + n - STEP, STEP);	/* the last 16, some of them again */
	} else if (n >= 8) {
		memcpy(to, from, 8);
		memcpy(to + n - 8, from + n - 8, 8);
	} else {
		for (size_t i = 0; i < n; i++)
			to[i] = from[i];
	}
}

#endif
