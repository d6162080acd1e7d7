/* SPDX-License-Identifier: ISC */
/* SHA-256: pieces to blocks, and blocks in plain C. Source: FIPS 180-4. */

#include <string.h>

#include "base/sha256.h"
#include "base/sha256_k.h"

static uint32_t
rotate(uint32_t x, unsigned by)
{
	return x >> by | x << (32 - by);
}

static uint32_t
word(const unsigned char *p)
{
	return (uint32_t)p[0] << 24 | (uint32_t)p[1] << 16 | (uint32_t)p[2] << 8 | p[3];
}

/* One round: what it makes goes where D and H were, so that eight of them are back where they began. */
#define ROUND(a, b, c, d, e, f, g, h, i) do { \
	uint32_t t = (h) + (rotate(e, 6) ^ rotate(e, 11) ^ rotate(e, 25)) + (((e) & (f)) ^ (~(e) & (g))) + sha256_k[i] + w[i]; \
	(d) += t; \
	(h) = t + (rotate(a, 2) ^ rotate(a, 13) ^ rotate(a, 22)) + (((a) & (b)) ^ ((a) & (c)) ^ ((b) & (c))); \
} while (0)

static void
block(uint32_t h[8], const unsigned char *p)
{
	uint32_t w[64], x, y, s[8];

	for (unsigned i = 0; i < 16; i++)
		w[i] = word(p + 4 * i);
	for (unsigned i = 16; i < 64; i++) {
		x = rotate(w[i - 15], 7) ^ rotate(w[i - 15], 18) ^ w[i - 15] >> 3;
		y = rotate(w[i - 2], 17) ^ rotate(w[i - 2], 19) ^ w[i - 2] >> 10;
		w[i] = w[i - 16] + x + w[i - 7] + y;
	}
	memcpy(s, h, sizeof(s));
	for (unsigned i = 0; i < 64; i += 8) {
		ROUND(s[0], s[1], s[2], s[3], s[4], s[5], s[6], s[7], i);
		ROUND(s[7], s[0], s[1], s[2], s[3], s[4], s[5], s[6], i + 1);
		ROUND(s[6], s[7], s[0], s[1], s[2], s[3], s[4], s[5], i + 2);
		ROUND(s[5], s[6], s[7], s[0], s[1], s[2], s[3], s[4], i + 3);
		ROUND(s[4], s[5], s[6], s[7], s[0], s[1], s[2], s[3], i + 4);
		ROUND(s[3], s[4], s[5], s[6], s[7], s[0], s[1], s[2], i + 5);
		ROUND(s[2], s[3], s[4], s[5], s[6], s[7], s[0], s[1], i + 6);
		ROUND(s[1], s[2], s[3], s[4], s[5], s[6], s[7], s[0], i + 7);
	}
	for (unsigned i = 0; i < 8; i++)
		h[i] += s[i];
}

void
sha256_plain(uint32_t h[8], const unsigned char *p, size_t n)
{
	for (; n > 0; n--, p += 64)
		block(h, p);
}

/* Asked once: on a virtual machine the answer takes its time. */
static sha256_blocks *
best(void)
{
	static sha256_blocks *_Atomic chosen;
	sha256_blocks *quick = chosen;

	if (quick == NULL) {
		quick = sha256_quick();
		chosen = quick = quick != NULL ? quick : sha256_plain;
	}
	return quick;
}

struct sha256
sha256_open(void)
{
	return (struct sha256){ .h = { 0x6a09e667, 0xbb67ae85, 0x3c6ef372, 0xa54ff53a, 0x510e527f,
	    0x9b05688c, 0x1f83d9ab, 0x5be0cd19 }, .blocks = best() };
}

/* Up to a whole block of what does not come as one. */
static struct span
fill(struct sha256 *s, struct span in)
{
	size_t at = s->len % 64, n = in.len < 64 - at ? in.len : 64 - at;

	if (n > 0)
		memcpy(s->block + at, in.ptr, n);
	s->len += n;
	if (at + n == 64)
		s->blocks(s->h, s->block, 1);
	return span_sub(in, n, SIZE_MAX);
}

void
sha256_add(struct sha256 *s, struct span in)
{
	size_t whole;

	if (s->len % 64 != 0)
		in = fill(s, in);
	whole = in.len / 64;
	if (whole > 0)
		s->blocks(s->h, (const unsigned char *)in.ptr, whole);
	s->len += whole * 64;
	fill(s, span_sub(in, whole * 64, SIZE_MAX));
}

void
sha256_hex(struct sha256 *s, char out[64])
{
	static const char digits[] = "0123456789abcdef";
	uint64_t bits = s->len * 8;
	char end[8];

	sha256_add(s, (struct span){ "\x80", 1 });
	while (s->len % 64 != 56)
		sha256_add(s, (struct span){ "", 1 });
	for (unsigned i = 0; i < 8; i++)
		end[i] = (char)(bits >> (56 - 8 * i));
	sha256_add(s, (struct span){ end, 8 });
	for (unsigned i = 0; i < 64; i++)
		out[i] = digits[s->h[i / 8] >> (28 - 4 * (i % 8)) & 15];
}
