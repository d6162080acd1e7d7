/* SPDX-License-Identifier: ISC */
/* A bounds-checked cursor over a span. It latches its first error: reading past the end gives zero (or
 * an empty span), sets `bad`, and stays bad through seeks, so that a parser reads straight down and
 * asks once. bad_at never exceeds the span. */
#ifndef BASE_CUR_H
#define BASE_CUR_H

#include "base/span.h"

struct cur {
	struct span in;
	size_t at;
	bool bad;
	size_t bad_at;
};

struct cur cur_open(struct span);
void cur_seek(struct cur *, uint64_t at);
uint8_t cur_u8(struct cur *);
uint16_t cur_u16le(struct cur *);
uint32_t cur_u32le(struct cur *);
struct span cur_take(struct cur *, uint64_t len);

#endif
