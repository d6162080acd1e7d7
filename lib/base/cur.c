/* SPDX-License-Identifier: ISC */
/* Reading a span field by field. */

#include "base/cur.h"

struct cur
cur_open(struct span in)
{
	return (struct cur){ .in = in };
}

static bool
has(struct cur *c, uint64_t len)
{
	if (c->bad)
		return false;
	if (len <= c->in.len - c->at)
		return true;
	c->bad = true;
	c->bad_at = c->at;
	return false;
}

void
cur_seek(struct cur *c, uint64_t at)
{
	if (c->bad)
		return;
	if (at > c->in.len) {
		c->bad = true;
		c->bad_at = c->in.len;
		return;
	}
	c->at = (size_t)at;
}

struct span
cur_take(struct cur *c, uint64_t len)
{
	struct span s = SPAN("");

	if (!has(c, len))
		return s;
	s = span_sub(c->in, c->at, (size_t)len);
	c->at += (size_t)len;
	return s;
}

static uint32_t
little(struct cur *c, unsigned len)
{
	struct span s = cur_take(c, len);
	uint32_t n = 0;

	for (unsigned i = 0; i < s.len; i++)
		n |= (uint32_t)(unsigned char)s.ptr[i] << (8 * i);
	return n;
}

uint8_t
cur_u8(struct cur *c)
{
	return (uint8_t)little(c, 1);
}

uint16_t
cur_u16le(struct cur *c)
{
	return (uint16_t)little(c, 2);
}

uint32_t
cur_u32le(struct cur *c)
{
	return little(c, 4);
}
