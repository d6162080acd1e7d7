/* SPDX-License-Identifier: ISC */
/* SHA-256 by instructions. Sources: Intel Architecture Instruction Set Extensions Programming Reference, chapter 8 (SHA);
 * Arm Architecture Reference Manual for A-profile, SHA256H, SHA256H2, SHA256SU0, SHA256SU1. */

#include "base/sha256.h"
#include "base/sha256_k.h"
#include "base/upper.h"

#if defined(__x86_64__)
#include <cpuid.h>
#include <immintrin.h>

/* Four rounds, of which one instruction does two. */
#define ROUNDS(w, i) do { \
	__m128i sum = _mm_add_epi32(w, _mm_loadu_si128((const __m128i *)(const void *)(sha256_k + 4 * (i)))); \
	cdgh = _mm_sha256rnds2_epu32(cdgh, abef, sum); \
	abef = _mm_sha256rnds2_epu32(abef, cdgh, _mm_shuffle_epi32(sum, 0x0e)); \
} while (0)

/* The next four words of the schedule, in the place of the oldest, A. */
#define WORDS(a, b, c, d) \
	(a) = _mm_sha256msg2_epu32(_mm_add_epi32(_mm_sha256msg1_epu32(a, b), _mm_alignr_epi8(d, c, 4)), d)

__attribute__((target("sha,sse4.1,ssse3")))
static void
by_sha(uint32_t h[8], const unsigned char *p, size_t n)
{
	const __m128i swap = _mm_set_epi64x(0x0c0d0e0f08090a0b, 0x0405060700010203);	/* the bytes of a word */
	__m128i *to = (__m128i *)(void *)h;
	__m128i dcba = _mm_shuffle_epi32(_mm_loadu_si128(to), 0xb1), hgfe = _mm_shuffle_epi32(_mm_loadu_si128(to + 1), 0x1b);
	__m128i abef = _mm_alignr_epi8(dcba, hgfe, 8), cdgh = _mm_blend_epi16(hgfe, dcba, 0xf0), was_abef, was_cdgh;
	__m128i w[4];

	upper_clear();
	for (; n > 0; n--, p += 64) {
		was_abef = abef;
		was_cdgh = cdgh;
		for (unsigned i = 0; i < 4; i++) {
			w[i] = _mm_shuffle_epi8(_mm_loadu_si128((const __m128i *)(const void *)p + i), swap);
			ROUNDS(w[i], i);
		}
		for (unsigned i = 4; i < 16; i += 4) {
			WORDS(w[0], w[1], w[2], w[3]);
			ROUNDS(w[0], i);
			WORDS(w[1], w[2], w[3], w[0]);
			ROUNDS(w[1], i + 1);
			WORDS(w[2], w[3], w[0], w[1]);
			ROUNDS(w[2], i + 2);
			WORDS(w[3], w[0], w[1], w[2]);
			ROUNDS(w[3], i + 3);
		}
		abef = _mm_add_epi32(abef, was_abef);
		cdgh = _mm_add_epi32(cdgh, was_cdgh);
	}
	dcba = _mm_shuffle_epi32(abef, 0x1b);
	hgfe = _mm_shuffle_epi32(cdgh, 0xb1);
	_mm_storeu_si128(to, _mm_blend_epi16(dcba, hgfe, 0xf0));
	_mm_storeu_si128(to + 1, _mm_alignr_epi8(hgfe, dcba, 8));
}

sha256_blocks *
sha256_quick(void)
{
	enum { SSSE3 = 1 << 9, SSE4_1 = 1 << 19, SHA = 1 << 29 };	/* leaf 1 ECX, leaf 7 EBX */
	unsigned a, b, c, d, c1;

	if (!__get_cpuid(1, &a, &b, &c1, &d) || !__get_cpuid_count(7, 0, &a, &b, &c, &d))
		return NULL;
	return (c1 & SSSE3) && (c1 & SSE4_1) && (b & SHA) ? by_sha : NULL;
}

#elif defined(__aarch64__)
#pragma GCC target("+crypto")
#include <arm_neon.h>
#include <sys/auxv.h>

static void
by_sha2(uint32_t h[8], const unsigned char *p, size_t n)
{
	uint32x4_t abcd = vld1q_u32(h), efgh = vld1q_u32(h + 4), was_abcd, was_efgh, sum, before, w[4];

	for (; n > 0; n--, p += 64) {
		was_abcd = abcd;
		was_efgh = efgh;
		for (unsigned i = 0; i < 4; i++)
			w[i] = vreinterpretq_u32_u8(vrev32q_u8(vld1q_u8(p + 16 * i)));
		for (unsigned i = 0; i < 16; i++) {
			sum = vaddq_u32(w[i % 4], vld1q_u32(sha256_k + 4 * i));
			before = abcd;
			abcd = vsha256hq_u32(abcd, efgh, sum);
			efgh = vsha256h2q_u32(efgh, before, sum);
			if (i < 12)	/* the word that round I + 4 wants */
				w[i % 4] = vsha256su1q_u32(vsha256su0q_u32(w[i % 4], w[(i + 1) % 4]),
				    w[(i + 2) % 4], w[(i + 3) % 4]);
		}
		abcd = vaddq_u32(abcd, was_abcd);
		efgh = vaddq_u32(efgh, was_efgh);
	}
	vst1q_u32(h, abcd);
	vst1q_u32(h + 4, efgh);
}

sha256_blocks *
sha256_quick(void)
{
	enum { SHA2 = 1 << 6 };		/* HWCAP_SHA2 */

	return getauxval(AT_HWCAP) & SHA2 ? by_sha2 : NULL;
}

#else

sha256_blocks *
sha256_quick(void)
{
	return NULL;
}

#endif
