/* SPDX-License-Identifier: ISC */
/* The byte scans against their twins in plain C: random bytes of few kinds, every length and place around a block, and
 * nothing read outside (each text ends where its memory does). */

#include <stdlib.h>
#include <string.h>

#include "base/scan.h"
#include "tap.h"

enum { ROUNDS = 40000, LONGEST = 70 };

static uint64_t
any(uint64_t below)
{
	static uint64_t state = 0x9e3779b97f4a7c15;	/* xorshift: the same run each time */

	state ^= state << 13;
	state ^= state >> 7;
	state ^= state << 17;
	return state % below;
}

/* N bytes at the very end of their memory, of an alphabet that has few hits or many. */
static char *
text(size_t n, const char *kinds, size_t n_kinds)
{
	char *p = malloc(n);

	for (size_t i = 0; i < n; i++)
		p[i] = any(3) == 0 ? kinds[any(n_kinds)] : any(8) == 0 ? (char)any(256) : 'x';
	return p;
}

static bool
same(const char *p, size_t n)
{
	char c = (char)any(256);
	size_t clean = 99, plain = 98, copied;
	char *a = malloc(n), *b = malloc(n);

	copied = scan_copy(a, p, n, '\\');
	if (copied != scan_copy_plain(b, p, n, '\\') || (copied > 0 && memcmp(a, b, copied) != 0))
		return false;
	free(a);
	free(b);

	if (scan_quoted(p, n, &clean) != scan_quoted_plain(p, n, &plain) || clean != plain)
		return false;
	return scan_byte(p, n, 'x') == scan_byte_plain(p, n, 'x') && scan_byte(p, n, c) == scan_byte_plain(p, n, c) &&
	    scan_string(p, n) == scan_string_plain(p, n) &&
	    scan_printable(p, n, '"') == scan_printable_plain(p, n, '"') &&
	    scan_printable(p, n, c) == scan_printable_plain(p, n, c);
}

static bool
finds_same(struct span hay, struct span needle)
{
	return scan_find(hay, needle) == scan_find_plain(hay, needle);
}

int
main(void)
{
	static const char some[] = { '\\', '\\', '\\', 'n', '"' }, rare[] = { '"', '\\', 0x1f, 0x7f, (char)0x80, (char)0xff, 0 }, dull[] = { 'y' }, two[] = { 'a', 'b' };
	bool alike = true, found = true, ends = true;

	for (unsigned i = 0; i < ROUNDS; i++) {
		size_t n = any(LONGEST);
		char *p = i % 4 == 0 ? text(n, rare, sizeof(rare)) : text(n, dull, sizeof(dull));

		alike &= same(p, n);
		free(p);
		p = text(n, some, i % 2 == 0 ? 4 : 5);
		alike &= same(p, n);
		free(p);
	}
	OK(alike, "a block at a time and a byte at a time agree, over random texts of 0 to 69 bytes");
	for (unsigned i = 0; i < ROUNDS; i++) {
		size_t n = any(LONGEST), m = any(6);
		char *hay = text(n, two, sizeof(two)), *needle = text(m, two, sizeof(two));
		size_t at = any(n + 1);

		found &= finds_same((struct span){ hay, n }, (struct span){ needle, m });
		found &= finds_same((struct span){ hay, n }, span_sub((struct span){ hay, n }, at, any(40)));
		free(hay);
		free(needle);
	}
	OK(found, "needles are found where memmem() finds them");
	for (size_t n = 0; n < LONGEST; n++) {
		char *p = malloc(n + 1);

		memset(p, 'x', n);
		p[n] = '"';
		ends &= scan_byte(p, n, '"') == n && scan_byte(p, n + 1, '"') == n && scan_string(p, n) == n &&
		    scan_string(p, n + 1) == n && scan_printable(p, n, '"') == n;
		free(p);
	}
	OK(ends, "the last byte counts and the one behind it does not, at every length");
	{
		size_t clean;

		OK(scan_byte(NULL, 0, 'x') == 0 && scan_string(NULL, 0) == 0 && scan_quoted(NULL, 0, &clean) == 0 && clean == 0 &&
		    scan_printable(NULL, 0, 'x') == 0 && scan_copy(NULL, NULL, 0, 'x') == 0, "nothing has nothing in it");
	}
	OK(scan_find(SPAN("abc"), SPAN("")) == 0 && scan_find((struct span){ 0 }, SPAN("a")) == SIZE_MAX &&
	    scan_find(SPAN("ab"), SPAN("abc")) == SIZE_MAX && scan_find(SPAN("abc"), SPAN("abc")) == 0,
	    "needles that are empty, longer, or all there is");
	return tap_done();
}
