/* SPDX-License-Identifier: ISC */
/* SHA-256. Source: FIPS 180-4. */
#ifndef BASE_SHA256_H
#define BASE_SHA256_H

#include "base/span.h"

struct sha256 {
	uint32_t h[8];
	uint64_t len;		/* bytes so far */
	unsigned char block[64];
};

/* Of no bytes so far; nothing is held that must be given back. Source: FIPS 180-4. */
struct sha256 sha256_open(void);
void sha256_add(struct sha256 *, struct span);

/* The digest in lower-case hexadecimal; the state is used up. */
void sha256_hex(struct sha256 *, char out[64]);

#endif
