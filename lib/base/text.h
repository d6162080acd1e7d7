/* SPDX-License-Identifier: ISC */
/* Bytes as text: strict UTF-8 (RFC 3629), and the ways in which text leaves safely. */
#ifndef BASE_TEXT_H
#define BASE_TEXT_H

#include "base/out.h"

/* Takes one character off S. True and its code point, or false and the offending byte: where a sequence
 * is cut, overlong, a surrogate or above U+10FFFF, its first byte alone is taken. S must not be empty. */
bool text_next(struct span *s, uint32_t *code);

/* Appends a code point as UTF-8; a surrogate as the three bytes it would have. */
size_t text_encode(uint32_t code, char out[4]);

/* Whether all of it is UTF-8 (RFC 3629); nothing is. */
bool text_valid(struct span);

/* For a terminal: what could move the cursor, hide or reorder leaves as an escape that loses nothing:
 * \n \r \t \x1b (control bytes and bytes that are no UTF-8), \u{202e} (C1, bidi, invisible and
 * separator characters), and a backslash as two. */
void text_escape(struct out *, struct span);

/* The same of what has lines: newlines and tabs stay, and a backslash is one. For reading, not for getting it back. */
void text_lines(struct out *, struct span);

/* The text without what steers a terminal: ECMA-48 control sequences and strings (colours, titles, links), whole. */
void text_strip(struct out *, struct span);

/* The columns that the escaped text takes on a terminal, and the longest prefix of S that takes at
 * most COLUMNS. Both are about text that text_escape() wrote. */
size_t text_width(struct span escaped);
struct span text_clip(struct span escaped, size_t columns);

/* The text as a JSON string with its quotes; bytes that are no UTF-8 leave as U+FFFD. What a terminal must
 * not see leaves as \uXXXX, which is the same string to a reader. */
void text_json(struct out *, struct span);

/* RFC 4648 with padding. Decoding takes exactly what encoding gives; absent when it is not that. */
void text_base64(struct out *, struct span);
struct span text_unbase64(struct arena *, struct span);

/* Whether all LEN bytes are 0-9a-f. */
bool text_hex(struct span, size_t len);

#endif
