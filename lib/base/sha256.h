/* SPDX-License-Identifier: ISC */
/* SHA-256, by the instructions that this machine has for it (x86: SHA, ARMv8: SHA2), else in plain C. Source: FIPS 180-4. */
#ifndef BASE_SHA256_H
#define BASE_SHA256_H

#include "base/span.h"

/* N blocks of 64 bytes into H. */
typedef void sha256_blocks(uint32_t h[8], const unsigned char *p, size_t n);

struct sha256 {
	uint32_t h[8];
	uint64_t len;		/* bytes so far */
	sha256_blocks *blocks;	/* which way; all give the same */
	unsigned char block[64];
};

/* Of no bytes so far; nothing is held that must be given back. */
struct sha256 sha256_open(void);
void sha256_add(struct sha256 *, struct span);

/* The digest in lower-case hexadecimal; the state is used up. */
void sha256_hex(struct sha256 *, char out[64]);

/* The two ways, for tests: what instructions do (NULL where this processor has none), and plain C. */
sha256_blocks *sha256_quick(void);
void sha256_plain(uint32_t h[8], const unsigned char *p, size_t n);

#endif
