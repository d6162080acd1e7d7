/* SPDX-License-Identifier: ISC */
/* SipHash-2-4. Source: Aumasson and Bernstein, SipHash: a fast short-input PRF, 2012. */

#include <sys/random.h>

#include <string.h>
#include <time.h>

#include "base/hash.h"

static uint64_t
rotate(uint64_t x, unsigned by)
{
	return x << by | x >> (64 - by);
}

static void
rounds(uint64_t v[4], unsigned n)
{
	while (n-- > 0) {
		v[0] += v[1];
		v[2] += v[3];
		v[1] = rotate(v[1], 13) ^ v[0];
		v[3] = rotate(v[3], 16) ^ v[2];
		v[0] = rotate(v[0], 32) + v[3];
		v[2] += v[1];
		v[3] = rotate(v[3], 21) ^ v[0];
		v[1] = rotate(v[1], 17) ^ v[2];
		v[2] = rotate(v[2], 32);
	}
}

uint64_t
hash_sip(const uint64_t key[2], struct span s)
{
	uint64_t v[4] = { key[0] ^ 0x736f6d6570736575, key[1] ^ 0x646f72616e646f6d,
		key[0] ^ 0x6c7967656e657261, key[1] ^ 0x7465646279746573 };
	uint64_t m, last = (uint64_t)s.len << 56;
	size_t i;

	for (i = 0; s.len - i >= 8; i += 8) {
		m = 0;
		for (unsigned j = 0; j < 8; j++)
			m |= (uint64_t)(unsigned char)s.ptr[i + j] << (8 * j);
		v[3] ^= m;
		rounds(v, 2);
		v[0] ^= m;
	}
	for (unsigned j = 0; i + j < s.len; j++)
		last |= (uint64_t)(unsigned char)s.ptr[i + j] << (8 * j);
	v[3] ^= last;
	rounds(v, 2);
	v[0] ^= last;
	v[2] ^= 0xff;
	rounds(v, 4);
	return v[0] ^ v[1] ^ v[2] ^ v[3];
}

void
hash_key(uint64_t key[2])
{
	struct timespec now;

	if (getrandom(key, 2 * sizeof(*key), GRND_NONBLOCK) == 2 * (ssize_t)sizeof(*key))
		return;
	clock_gettime(CLOCK_MONOTONIC, &now);
	key[0] = (uint64_t)(uintptr_t)&now ^ (uint64_t)now.tv_nsec << 32;
	key[1] = (uint64_t)now.tv_sec ^ (uint64_t)(uintptr_t)key << 16;
}
