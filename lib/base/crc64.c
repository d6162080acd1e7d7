/* SPDX-License-Identifier: ISC */
/* CRC-64/ISO. Sources: isa-l's crc64.h; slicing: Kounavis and Berry, A Systematic Approach to Building High Performance
 * Software-Based CRC Generators (2005). */

#include <pthread.h>

#include <isa-l/crc64.h>

#include "base/crc64.h"

#if defined(__x86_64__)
#include <cpuid.h>
#endif

enum { SLICES = 8 };

/* [n][b]: what the byte B leaves behind with N bytes of zeros after it. */
static uint64_t slices[SLICES][256];

static void
fill(void)
{
	const uint64_t polynomial = 0xd800000000000000;
	uint64_t c;

	for (unsigned b = 0; b < 256; b++) {
		c = b;
		for (unsigned bit = 0; bit < 8; bit++)
			c = c >> 1 ^ (polynomial & (0 - (c & 1)));
		slices[0][b] = c;
	}
	for (unsigned n = 1; n < SLICES; n++)
		for (unsigned b = 0; b < 256; b++)
			slices[n][b] = slices[n - 1][b] >> 8 ^ slices[0][slices[n - 1][b] & 0xff];
}

static uint64_t
word(const unsigned char *p)
{
	uint64_t w = 0;

	for (unsigned i = 0; i < 8; i++)
		w |= (uint64_t)p[i] << (8 * i);
	return w;
}

uint64_t
crc64_iso_plain(uint64_t crc, struct span s)
{
	static pthread_once_t once = PTHREAD_ONCE_INIT;
	const unsigned char *p = (const unsigned char *)s.ptr;
	uint64_t c = ~crc;

	pthread_once(&once, fill);
	for (; s.len >= SLICES; s.len -= SLICES, p += SLICES) {
		c ^= word(p);
		c = slices[7][c & 0xff] ^ slices[6][c >> 8 & 0xff] ^ slices[5][c >> 16 & 0xff] ^ slices[4][c >> 24 & 0xff] ^
		    slices[3][c >> 32 & 0xff] ^ slices[2][c >> 40 & 0xff] ^ slices[1][c >> 48 & 0xff] ^ slices[0][c >> 56];
	}
	for (; s.len > 0; s.len--)
		c = c >> 8 ^ slices[0][(c ^ *p++) & 0xff];
	return ~c;
}

/* isa-l 2.30 takes carry-less multiplication from any processor with SSE4 (crc64_multibinary.asm), and dies on one of 2009. */
static bool
multiplies(void)
{
#if defined(__x86_64__)
	enum { PCLMULQDQ = 1 << 1 };	/* leaf 1, ECX */
	unsigned a, b, c, d;

	return __get_cpuid(1, &a, &b, &c, &d) && (c & PCLMULQDQ);
#else
	return true;
#endif
}

uint64_t
crc64_iso(uint64_t crc, struct span s)
{
	enum { UNKNOWN_YET, QUICK, PLAIN };
	static _Atomic int chosen;
	int way = chosen;

	if (way == UNKNOWN_YET)
		chosen = way = multiplies() ? QUICK : PLAIN;
	return way == PLAIN ? crc64_iso_plain(crc, s) : crc64_iso_refl(crc, (const unsigned char *)s.ptr, s.len);
}
