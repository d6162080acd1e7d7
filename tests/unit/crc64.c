/* SPDX-License-Identifier: ISC */
/* CRC-64/ISO: the catalogue's vector, a sum that an engine wrote, and the two ways against each other on random bytes, whole
 * and in pieces. */

#include <string.h>

#include "base/crc64.h"
#include "tap.h"

static uint64_t
any(uint64_t below)
{
	static uint64_t state = 0x9e3779b97f4a7c15;	/* xorshift: the same run each time */

	state ^= state << 13;
	state ^= state >> 7;
	state ^= state << 17;
	return (state >> 8) % below;
}

static bool
both(struct span s, uint64_t want)
{
	return crc64_iso(0, s) == want && crc64_iso_plain(0, s) == want;
}

/* By the definition, a bit at a time. */
static uint64_t
by_bits(const char *p, size_t n)
{
	uint64_t c = UINT64_MAX;

	while (n-- > 0) {
		c ^= (unsigned char)*p++;
		for (int bit = 0; bit < 8; bit++)
			c = c & 1 ? c >> 1 ^ 0xd800000000000000 : c >> 1;
	}
	return ~c;
}

int
main(void)
{
	static char text[3000];
	bool whole = true, pieces = true;
	uint64_t want, a, b;
	size_t from, n, at, len;

	OK(both(SPAN("123456789"), 0xb90956c775a41001), "CRC-64/GO-ISO of the catalogue of parametrised CRC algorithms");
	OK(both(SPAN("a1\n"), 0x6133142000000000), "what dockerd's tar-split has for a1: YTMUIAAAAAA=");
	OK(both(SPAN(""), 0) && both((struct span){ 0 }, 0), "of nothing it is 0: AAAAAAAAAAA=");
	for (size_t i = 0; i < sizeof(text); i++)
		text[i] = (char)any(256);
	for (unsigned i = 0; i < 4000; i++) {
		from = any(64);
		n = i < 600 ? i : any(sizeof(text) - from);
		want = by_bits(text + from, n);
		whole &= both((struct span){ text + from, n }, want);
		a = b = 0;
		for (at = 0; at < n; at += len) {
			len = 1 + any(any(4) == 0 ? n - at : n - at < 20 ? n - at : 20);
			a = crc64_iso(a, (struct span){ text + from + at, len });
			b = crc64_iso_plain(b, (struct span){ text + from + at, len });
		}
		pieces &= a == want && b == want;
	}
	OK(whole, "both ways are the definition, at every length");
	OK(pieces, "piece by piece it is the same");
	return tap_done();
}
