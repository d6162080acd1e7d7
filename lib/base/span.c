/* SPDX-License-Identifier: ISC */
/* Views of bytes. */

#include <string.h>

#include "base/scan.h"
#include "base/span.h"

struct span
span_of(const char *string)
{
	return (struct span){ string, string == NULL ? 0 : strlen(string) };
}

bool
span_eq(struct span a, struct span b)
{
	if (a.ptr == NULL || b.ptr == NULL)
		return a.ptr == b.ptr;
	return a.len == b.len && memcmp(a.ptr, b.ptr, a.len) == 0;
}

bool
span_is(struct span s, const char *string)
{
	return span_eq(s, span_of(string));
}

bool
span_starts(struct span s, const char *prefix)
{
	size_t n = strlen(prefix);

	return s.ptr != NULL && s.len >= n && memcmp(s.ptr, prefix, n) == 0;
}

bool
span_begins(struct span s, struct span prefix)
{
	return s.ptr != NULL && prefix.ptr != NULL && s.len >= prefix.len && memcmp(s.ptr, prefix.ptr, prefix.len) == 0;
}

bool
span_ends(struct span s, const char *suffix)
{
	size_t n = strlen(suffix);

	return s.ptr != NULL && s.len >= n && memcmp(s.ptr + s.len - n, suffix, n) == 0;
}

int
span_cmp(struct span a, struct span b)
{
	size_t n = a.len < b.len ? a.len : b.len;
	int order;

	if (a.ptr == NULL || b.ptr == NULL)
		return (a.ptr != NULL) - (b.ptr != NULL);
	order = memcmp(a.ptr, b.ptr, n);
	return order != 0 ? order : (a.len > b.len) - (a.len < b.len);
}

int
span_order(const void *a, const void *b)
{
	return span_cmp(*(const struct span *)a, *(const struct span *)b);
}

size_t
span_find(struct span s, struct span needle)
{
	return scan_find(s, needle);
}

bool
span_has(struct span s, const char *needle)
{
	return span_find(s, span_of(needle)) != SIZE_MAX;
}

bool
span_cut(struct span *rest, char separator, struct span *piece)
{
	const char *hit;

	if (rest->ptr == NULL)
		return false;
	hit = rest->len == 0 ? NULL : memchr(rest->ptr, separator, rest->len);
	if (hit == NULL) {
		*piece = *rest;
		*rest = (struct span){ 0 };
		return true;
	}
	*piece = span_sub(*rest, 0, (size_t)(hit - rest->ptr));
	*rest = span_sub(*rest, piece->len + 1, SIZE_MAX);
	return true;
}

struct span
span_base(struct span path)
{
	const char *hit = path.len == 0 ? NULL : memrchr(path.ptr, '/', path.len);

	return hit == NULL ? path : span_sub(path, (size_t)(hit - path.ptr) + 1, SIZE_MAX);
}
