/* SPDX-License-Identifier: ISC */
/* Looking for bytes, 16 at a time where the machine can (SSE2, NEON). Each function has a twin in plain C, which is what
 * other machines run and what a test compares on random input. Nothing is read outside of what is given. */
#ifndef BASE_SCAN_H
#define BASE_SCAN_H

#include "base/span.h"

/* The index of the first C, or N. */
size_t scan_byte(const char *p, size_t n, char c);
size_t scan_byte_plain(const char *p, size_t n, char c);

/* The index of the first byte that a JSON string cannot hold as it is (a quote, a backslash, below a blank), or N. */
size_t scan_string(const char *p, size_t n);
size_t scan_string_plain(const char *p, size_t n);

/* The index of the first byte that is no ASCII from a blank to ~, or is a backslash, or is OTHER; or N. */
size_t scan_printable(const char *p, size_t n, char other);
size_t scan_printable_plain(const char *p, size_t n, char other);

/* The index of the first NEEDLE, or SIZE_MAX; an empty needle is at 0. Linear but for needles that are made for it: then
 * N times the needle's length. */
size_t scan_find(struct span, struct span needle);
size_t scan_find_plain(struct span, struct span needle);

#endif
