/* SPDX-License-Identifier: ISC */
/* Checked arithmetic on what files claim: true and the result, or false. */
#ifndef BASE_NUM_H
#define BASE_NUM_H

#include "base/span.h"

static inline bool
num_add(uint64_t a, uint64_t b, uint64_t *sum)
{
	return !__builtin_add_overflow(a, b, sum);
}

static inline bool
num_mul(uint64_t a, uint64_t b, uint64_t *product)
{
	return !__builtin_mul_overflow(a, b, product);
}

/* A file's size as one of memory. */
static inline bool
num_size(uint64_t n, size_t *out)
{
	*out = (size_t)n;
	return *out == n && *out <= PTRDIFF_MAX;
}

/* Decimal digits and nothing else; signed: one '-' before them. */
bool num_parse(struct span digits, uint64_t *out);
bool num_parse_signed(struct span digits, int64_t *out);

/* A size as a user writes it: digits and K, M, G or T (powers of 1024). */
bool num_parse_size(struct span text, uint64_t *out);

/* Orders two numbers as qsort wants it. */
static inline int
num_cmp(uint64_t a, uint64_t b)
{
	return (a > b) - (a < b);
}

#endif
