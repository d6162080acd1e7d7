/* SPDX-License-Identifier: ISC */
/* Patterns: one star is gone back to, the last. */

#include <string.h>

#include "base/glob.h"

/* Whether C is in the set that begins behind the [ at AT; *END is what follows its ]. False in *SET: it is no set. */
static bool
in_set(struct span p, size_t at, unsigned char c, size_t *end, bool *set)
{
	size_t i = at + 1;
	bool inverted = i < p.len && (p.ptr[i] == '!' || p.ptr[i] == '^'), found = false;

	i += inverted;
	for (size_t first = i; i < p.len && (p.ptr[i] != ']' || i == first); i++) {
		unsigned char low = (unsigned char)p.ptr[i], high = low;

		if (i + 2 < p.len && p.ptr[i + 1] == '-' && p.ptr[i + 2] != ']') {
			high = (unsigned char)p.ptr[i + 2];
			i += 2;
		}
		found |= c >= low && c <= high;
	}
	*set = i < p.len;
	*end = i + 1;
	return found != inverted;
}

/* Whether the pattern at AT takes C; *NEXT is what follows. */
static bool
one(struct span p, size_t at, char c, size_t *next)
{
	bool set, in;

	*next = at + 1;
	switch (p.ptr[at]) {
	case '?':
		return true;
	case '[':
		in = in_set(p, at, (unsigned char)c, next, &set);
		if (set)
			return in;
		*next = at + 1;
		return c == '[';
	case '\\':
		if (at + 1 < p.len) {
			*next = at + 2;
			return p.ptr[at + 1] == c;
		}
	}
	return p.ptr[at] == c;
}

bool
glob_match(struct span p, struct span t)
{
	size_t i = 0, k = 0, next, star = SIZE_MAX, mark = 0;

	while (k < t.len) {
		if (i < p.len && p.ptr[i] == '*') {
			star = i++;
			mark = k;
		} else if (i < p.len && one(p, i, t.ptr[k], &next)) {
			i = next;
			k++;
		} else if (star != SIZE_MAX) {
			/* what follows the star begins later: with a byte of its own, at the next one */
			const char *found = t.ptr + ++mark;

			i = star + 1;
			if (i < p.len && mark < t.len && strchr("*?[\\", p.ptr[i]) == NULL) {
				found = memchr(found, p.ptr[i], t.len - mark);
				if (found == NULL)
					return false;
			}
			k = mark = (size_t)(found - t.ptr);
		} else {
			return false;
		}
	}
	while (i < p.len && p.ptr[i] == '*')
		i++;
	return i == p.len;
}
