/* SPDX-License-Identifier: ISC */
/* Looking for bytes, 16 at a time where the machine can (SSE2, NEON). Each function has a twin in plain C, which is what
 * other machines run and what a test compares on random input. Nothing is read outside of what is given. */
#ifndef BASE_SCAN_H
#define BASE_SCAN_H

#include "base/span.h"

/* The index of the first C, or N. */
size_t scan_byte(const char *p, size_t n, char c);
size_t scan_byte_plain(const char *p, size_t n, char c);

/* Copies the bytes before the first C of N, or all; returns how many. TO has room for N, and what lies there behind the copy
 * may be written too. */
size_t scan_copy(char *to, const char *p, size_t n, char c);
size_t scan_copy_plain(char *to, const char *p, size_t n, char c);

/* The index of the first byte that a JSON string cannot hold as it is (a quote, a backslash, below a blank), or N. */
size_t scan_string(const char *p, size_t n);
size_t scan_string_plain(const char *p, size_t n);

/* Where a JSON string ends whose text begins at P: the index of its quote, or of a byte below a blank, escaped or not, or N.
 * *CLEAN: the bytes before the first escape, at most what is returned. */
size_t scan_quoted(const char *p, size_t n, size_t *clean);
size_t scan_quoted_plain(const char *p, size_t n, size_t *clean);

/* The index of the first byte that is no ASCII from a blank to ~, or is a backslash, or is OTHER; or N. */
size_t scan_printable(const char *p, size_t n, char other);
size_t scan_printable_plain(const char *p, size_t n, char other);

/* The index of the first NEEDLE, or SIZE_MAX; an empty needle is at 0. Linear but for needles that are made for it: then
 * N times the needle's length. */
size_t scan_find(struct span, struct span needle);
size_t scan_find_plain(struct span, struct span needle);

#endif
