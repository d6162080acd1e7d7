/* SPDX-License-Identifier: ISC */
/* Looking for bytes, 16 at a time. What the two machines differ in is at the top: a block, its comparisons, and the hits
 * of one as bits, LANE of them a byte. */

#include <string.h>

#include "base/scan.h"

#if defined(__SSE2__)
#include <emmintrin.h>

typedef __m128i block;
enum { LANE = 1 };

static inline block load(const char *p) { return _mm_loadu_si128((const __m128i *)(const void *)p); }
static inline void store(char *p, block b) { _mm_storeu_si128((__m128i *)(void *)p, b); }
static inline block all(char c) { return _mm_set1_epi8(c); }
static inline block equal(block a, block b) { return _mm_cmpeq_epi8(a, b); }
static inline block less(block a, block b) { return _mm_cmplt_epi8(a, b); }		/* as signed bytes */
static inline block at_most(block a, block b) { return equal(_mm_min_epu8(a, b), a); }	/* as unsigned bytes */
static inline block either(block a, block b) { return _mm_or_si128(a, b); }
static inline block both(block a, block b) { return _mm_and_si128(a, b); }
static inline uint64_t bits(block hits) { return (uint64_t)(uint32_t)_mm_movemask_epi8(hits); }

#elif defined(__aarch64__)
#include <arm_neon.h>

typedef uint8x16_t block;
enum { LANE = 4 };

static inline block load(const char *p) { return vld1q_u8((const uint8_t *)p); }
static inline void store(char *p, block b) { vst1q_u8((uint8_t *)p, b); }
static inline block all(char c) { return vdupq_n_u8((uint8_t)c); }
static inline block equal(block a, block b) { return vceqq_u8(a, b); }
static inline block less(block a, block b) { return vcltq_s8(vreinterpretq_s8_u8(a), vreinterpretq_s8_u8(b)); }
static inline block at_most(block a, block b) { return vcleq_u8(a, b); }
static inline block either(block a, block b) { return vorrq_u8(a, b); }
static inline block both(block a, block b) { return vandq_u8(a, b); }

/* Four bits of each byte, the lowest of them alone: so that the next hit is one subtraction away. */
static inline uint64_t
bits(block hits)
{
	return vget_lane_u64(vreinterpret_u64_u8(vshrn_n_u16(vreinterpretq_u16_u8(hits), 4)), 0) & 0x1111111111111111U;
}

#else
#define SCAN_PLAIN
#endif

#ifdef SCAN_PLAIN

size_t scan_byte(const char *p, size_t n, char c) { return scan_byte_plain(p, n, c); }
size_t scan_copy(char *to, const char *p, size_t n, char c) { return scan_copy_plain(to, p, n, c); }
size_t scan_string(const char *p, size_t n) { return scan_string_plain(p, n); }
size_t scan_quoted(const char *p, size_t n, size_t *clean) { return scan_quoted_plain(p, n, clean); }
size_t scan_printable(const char *p, size_t n, char other) { return scan_printable_plain(p, n, other); }
size_t scan_find(struct span s, struct span needle) { return scan_find_plain(s, needle); }

#else

enum { BLOCK = sizeof(block) };

static inline size_t
first(uint64_t hits)
{
	return (size_t)__builtin_ctzll(hits) / LANE;
}

size_t
scan_byte(const char *p, size_t n, char c)
{
	block wanted = all(c);
	uint64_t hits;
	size_t i;

	for (i = 0; n - i >= BLOCK; i += BLOCK)
		if ((hits = bits(equal(load(p + i), wanted))) != 0)
			return i + first(hits);
	return i == n ? n : i + scan_byte_plain(p + i, n - i, c);
}

size_t
scan_copy(char *to, const char *p, size_t n, char c)
{
	block wanted = all(c), b;
	uint64_t hits;
	size_t i;

	for (i = 0; n - i >= BLOCK; i += BLOCK) {
		b = load(p + i);
		store(to + i, b);
		if ((hits = bits(equal(b, wanted))) != 0)
			return i + first(hits);
	}
	return i == n ? n : i + scan_copy_plain(to + i, p + i, n - i, c);
}

size_t
scan_string(const char *p, size_t n)
{
	block quote = all('"'), backslash = all('\\'), control = all(' ' - 1), b;
	uint64_t hits;
	size_t i;

	for (i = 0; n - i >= BLOCK; i += BLOCK) {
		b = load(p + i);
		hits = bits(either(either(equal(b, quote), equal(b, backslash)), at_most(b, control)));
		if (hits != 0)
			return i + first(hits);
	}
	return i == n ? n : i + scan_string_plain(p + i, n - i);
}

/* Hits are taken one by one from the bits of a block; a quote or a backslash behind a backslash is none. */
size_t
scan_quoted(const char *p, size_t n, size_t *clean)
{
	block quote = all('"'), backslash = all('\\'), control = all(' ' - 1), b;
	size_t from = SIZE_MAX, i, at, behind = SIZE_MAX;	/* behind: the byte that the last backslash escapes */
	uint64_t hits;

	for (i = 0; n - i >= BLOCK; i += BLOCK) {
		b = load(p + i);
		hits = bits(either(either(equal(b, quote), equal(b, backslash)), at_most(b, control)));
		for (; hits != 0; hits &= hits - 1) {
			at = i + first(hits);
			if (at == behind && (unsigned char)p[at] >= ' ')
				continue;
			if (p[at] != '\\') {
				*clean = from < at ? from : at;
				return at;
			}
			behind = at + 1;
			from = from < at ? from : at;
		}
	}
	if (i < n && behind == i && (unsigned char)p[i] >= ' ')
		i++;
	*clean = 0;
	at = i == n ? n : i + scan_quoted_plain(p + i, n - i, clean);
	*clean = from != SIZE_MAX ? from : i + *clean;
	return at;
}

size_t
scan_printable(const char *p, size_t n, char other)
{
	block blank = all(' '), del = all(0x7f), backslash = all('\\'), o = all(other), b;
	uint64_t hits;
	size_t i;

	for (i = 0; n - i >= BLOCK; i += BLOCK) {
		b = load(p + i);
		hits = bits(either(either(less(b, blank), equal(b, del)), either(equal(b, backslash), equal(b, o))));
		if (hits != 0)
			return i + first(hits);
	}
	return i == n ? n : i + scan_printable_plain(p + i, n - i, other);
}

/* Where the needle's first and last byte stand at their distance, the rest is compared. */
size_t
scan_find(struct span s, struct span needle)
{
	size_t i = 0, at, last = needle.len - 1;
	block head, tail;
	uint64_t hits;

	if (s.ptr == NULL || needle.len < 2 || s.len < needle.len)
		return scan_find_plain(s, needle);
	head = all(needle.ptr[0]);
	tail = all(needle.ptr[last]);
	if (s.len - last < BLOCK)
		return scan_find_plain(s, needle);
	for (;; i += BLOCK) {
		if (s.len - last - i < BLOCK)		/* the last block, some of it again */
			i = s.len - last - BLOCK;
		hits = bits(both(equal(load(s.ptr + i), head), equal(load(s.ptr + i + last), tail)));
		for (; hits != 0; hits &= hits - 1) {
			at = i + first(hits);
			if (memcmp(s.ptr + at + 1, needle.ptr + 1, last) == 0)
				return at;
		}
		if (i == s.len - last - BLOCK)
			return SIZE_MAX;
	}
}

#endif

size_t
scan_byte_plain(const char *p, size_t n, char c)
{
	size_t i = 0;

	while (i < n && p[i] != c)
		i++;
	return i;
}

size_t
scan_copy_plain(char *to, const char *p, size_t n, char c)
{
	size_t i = 0;

	for (; i < n && p[i] != c; i++)
		to[i] = p[i];
	return i;
}

size_t
scan_string_plain(const char *p, size_t n)
{
	size_t i = 0;

	while (i < n && (unsigned char)p[i] >= ' ' && p[i] != '"' && p[i] != '\\')
		i++;
	return i;
}

size_t
scan_quoted_plain(const char *p, size_t n, size_t *clean)
{
	size_t i = 0, from = SIZE_MAX;

	for (; i < n && (unsigned char)p[i] >= ' ' && p[i] != '"'; i++)
		if (p[i] == '\\') {
			from = from < i ? from : i;
			i += i + 1 < n && (unsigned char)p[i + 1] >= ' ';
		}
	*clean = from < i ? from : i;
	return i;
}

size_t
scan_printable_plain(const char *p, size_t n, char other)
{
	size_t i = 0;

	while (i < n && (unsigned char)p[i] >= ' ' && (unsigned char)p[i] < 0x7f && p[i] != '\\' && p[i] != other)
		i++;
	return i;
}

size_t
scan_find_plain(struct span s, struct span needle)
{
	const char *hit;

	if (s.ptr == NULL || needle.ptr == NULL)
		return SIZE_MAX;
	hit = memmem(s.ptr, s.len, needle.ptr, needle.len);
	return hit == NULL ? SIZE_MAX : (size_t)(hit - s.ptr);
}
