/* SPDX-License-Identifier: ISC */
/* A view of bytes: never owned, never NUL-terminated. ptr NULL is absent, len 0 is empty. */
#ifndef BASE_SPAN_H
#define BASE_SPAN_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct span {
	const char *ptr;
	size_t len;
};

#define SPAN(literal) ((struct span){ (literal), sizeof(literal) - 1 })

/* For printf's "%.*s" with our own words; bytes from evidence never go through printf. */
#define SPAN_ARG(s) (int)(s).len, (s).ptr

/* The bytes of a C string without its NUL; absent for NULL. */
struct span span_of(const char *string);

/* Bytewise; an absent span equals nothing but an absent one. */
bool span_eq(struct span, struct span);
bool span_is(struct span, const char *string);
bool span_starts(struct span, const char *prefix);
bool span_ends(struct span, const char *suffix);

/* Whether S begins as PREFIX does; neither is absent. */
bool span_begins(struct span s, struct span prefix);

/* Bytewise order, a prefix before what it begins; absent before all. For qsort: span_order. */
int span_cmp(struct span, struct span);
int span_order(const void *, const void *);

/* The bytes from AT, at most LEN; empty past the end. Never leaves the span. */
static inline struct span
span_sub(struct span s, size_t at, size_t len)
{
	if (at > s.len)
		at = s.len;
	if (len > s.len - at)
		len = s.len - at;
	return (struct span){ s.ptr == NULL ? NULL : s.ptr + at, len };
}

/* Where NEEDLE begins, or SIZE_MAX. An empty needle is found at 0. */
size_t span_find(struct span, struct span needle);
bool span_has(struct span, const char *needle);

/* Takes the bytes before the first SEPARATOR off REST, the separator too. False when REST is used
 * up; the last piece is what follows the last separator. */
bool span_cut(struct span *rest, char separator, struct span *piece);

/* What follows the last '/', or all of it. */
struct span span_base(struct span path);

#endif
