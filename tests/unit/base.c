/* SPDX-License-Identifier: ISC */
/* The room base: vectors of the documents that its parts come from, and the edges of each. */

#include <fnmatch.h>
#include <string.h>
#include <time.h>

#include "base/bytes.h"
#include "base/fault.h"
#include "base/glob.h"
#include "base/hash.h"
#include "base/index.h"
#include "base/limits.h"
#include "base/num.h"
#include "base/text.h"
#include "base/time.h"
#include "tap.h"

static void
spans(void)
{
	struct span rest = SPAN("a,,b"), piece;
	unsigned n = 0;

	while (span_cut(&rest, ',', &piece))
		n++;
	OK(n == 3, "a list of three has three pieces, one empty");
	OK(!span_eq(SPAN(""), (struct span){ 0 }), "empty is not absent");
	OK(span_cmp(SPAN("ab"), SPAN("abc")) < 0 && span_cmp(SPAN("b"), SPAN("abc")) > 0, "a prefix comes first");
	OK(span_sub(SPAN("abc"), 5, 9).len == 0 && span_sub(SPAN("abc"), 1, SIZE_MAX).len == 2, "no piece leaves its span");
	OK(span_is(span_base(SPAN("/a/b")), "b") && span_is(span_base(SPAN("b")), "b"), "the last name of a path");
}

static size_t
any(size_t below)
{
	static uint64_t x = 88172645463325252;

	x ^= x << 13;
	x ^= x >> 7;
	x ^= x << 17;
	return (size_t)(x % below);
}

/* The twin is the C library's, in a locale of bytes; it takes a set that begins with ^ as POSIX leaves open. */
static void
globs(void)
{
	static const char pattern_bytes[] = "ab*?[]-!\\/*a", text_bytes[] = "ab-]/!";
	char p[12], t[16];
	size_t n, m, wrong = 0, hits = 0;

	for (unsigned i = 0; i < 300000; i++) {
		for (n = 0; n < any(sizeof(p) - 1); n++)
			p[n] = pattern_bytes[any(sizeof(pattern_bytes) - 1)];
		p[n] = '\0';
		for (m = 0; m < any(sizeof(t) - 1); m++)
			t[m] = text_bytes[any(sizeof(text_bytes) - 1)];
		t[m] = '\0';
		if (strchr(p, '[') != NULL && (strchr(p, '\\') != NULL || strchr(p, '/') != NULL || strstr(p, "[[") != NULL))
			continue;		/* a backslash or a slash in a set: libraries differ */
		if (n > 0 && p[n - 1] == '\\')
			continue;
		hits += fnmatch(p, t, 0) == 0;
		wrong += glob_match((struct span){ p, n }, (struct span){ t, m }) != (fnmatch(p, t, 0) == 0);
	}
	OK(hits > 3000 && wrong == 0, "a pattern matches what fnmatch(3) says");
	OK(glob_match(SPAN("*/a*b/*"), SPAN("/x/a/y/b/z")) && !glob_match(SPAN("*.php"), SPAN("/a.php5")), "* takes a slash");
}

static void
arenas(void)
{
	struct arena a = arena_open(100000);
	struct list l = { 0 };
	bool aligned = true, zeroed = true;
	char *p;

	for (size_t i = 1; i < 300; i++) {
		arena_room(&a, i % 7 + 1);
		p = arena_take(&a, i);
		aligned &= (uintptr_t)p % _Alignof(max_align_t) == 0;
		for (size_t k = 0; k < i; k++)
			zeroed &= p[k] == 0;
		memset(p, 0xff, i);
	}
	OK(aligned && zeroed && !a.full, "pieces are aligned and zeroed");
	while (!a.full)
		arena_take(&a, 1000);
	p = arena_take(&a, ARENA_SPARE);
	memset(p, 1, ARENA_SPARE);
	OK(arena_room(&a, 1) == NULL && arena_copy(&a, SPAN("x")).len == 0, "past its ceiling an arena gives nothing");
	list_add_span(&a, &l, SPAN("x"));
	OK(l.n == 0, "past the ceiling a list stays as it was");
	arena_reset(&a);
	OK(!a.full && span_is(arena_concat(&a, SPAN("a"), (struct span){ 0 }, SPAN("bc")), "abc"), "a reset begins anew");
	for (size_t i = 0; i < 1000; i++)
		*(struct u64 *)list_add(&a, &l, sizeof(struct u64)) = u64_of(i);
	OK(l.n == 1000 && ((struct u64 *)l.v)[777].n == 777, "a list grows");
	arena_close(&a);
}

static void
indexes(void)
{
	struct arena a = arena_open(10 << 20);
	struct index x = { 0 };
	bool there = true;

	OK(index_get(&x, SPAN("a")) == SIZE_MAX, "an empty index has nothing");
	for (uint32_t i = 0; i < 5000; i++)
		index_put(&x, &a, arena_copy(&a, (struct span){ (const char *)&i, sizeof(i) }), i);
	for (uint32_t i = 0; i < 5000; i++)
		there &= index_get(&x, (struct span){ (const char *)&i, sizeof(i) }) == i;
	OK(there && index_get(&x, SPAN("")) == SIZE_MAX && index_get(&x, SPAN("nope")) == SIZE_MAX,
	    "of 5,000 names each stands for its number, and no other does");
	arena_close(&a);
	a = arena_open(1000);
	x = (struct index){ 0 };
	index_put(&x, &a, SPAN("a"), 1);
	OK(index_get(&x, SPAN("a")) == SIZE_MAX, "what an arena has no room for is not kept");
	arena_close(&a);
}

static void
numbers(void)
{
	uint64_t u;
	int64_t i;

	OK(num_parse(SPAN("18446744073709551615"), &u) && u == UINT64_MAX, "the largest number");
	OK(!num_parse(SPAN("18446744073709551616"), &u) && !num_parse(SPAN(""), &u) && !num_parse(SPAN("1 "), &u) &&
	    !num_parse(SPAN("+1"), &u), "one more, none, and others are no number");
	OK(num_parse_signed(SPAN("-9223372036854775808"), &i) && i == INT64_MIN &&
	    !num_parse_signed(SPAN("-9223372036854775809"), &i) &&
	    !num_parse_signed(SPAN("9223372036854775808"), &i), "signed numbers to their ends");
	OK(num_parse_size(SPAN("3G"), &u) && u == 3ULL << 30 && !num_parse_size(SPAN("G"), &u) &&
	    !num_parse_size(SPAN("99999999999T"), &u), "sizes");
}

static bool
prints(struct timestamp t, const char *want)
{
	struct out o = out_memory();
	bool same;

	time_print(&o, t, TIME_EXACT);
	same = span_is(out_span(&o), want);
	out_close(&o);
	return same;
}

/* The quick way to read what engines write, against the careful one: the same with +00:00 for Z. */
static bool
same_time(unsigned n)
{
	char quick[64], careful[64];
	int len = snprintf(quick, sizeof(quick), "%04u-%02u-%02uT%02u:%02u:%02u", n % 137 == 0 ? n % 3000 : 1960 + n % 500,
	    n % 14, n % 33, n % 25, n % 61, n % 62);
	struct timestamp a = { 0 }, b = { 0 };
	bool good;

	if (n % 11 > 0)
		len += snprintf(quick + len, sizeof(quick) - (size_t)len, ".%0*u", (int)(n % 11), n * 7919 % 1000);
	if (n % 19 == 0)
		quick[n % (unsigned)len] = (char)('+' + n % 20);
	snprintf(careful, sizeof(careful), "%.*s+00:00", len, quick);
	snprintf(quick + len, sizeof(quick) - (size_t)len, "Z");
	good = time_parse(span_of(quick), &a);
	return time_parse(span_of(careful), &b) == good && (!good || time_cmp(a, b) == 0);
}

static void
times(void)
{
	bool same = true;

	static const char *const bad[] = { "", "2026-13-01T00:00:00Z", "2026-02-29T00:00:00Z", "2026-01-01T24:00:00Z",
		"2026-01-01T00:00:60Z", "2026-01-01T00:00:00", "2026-01-01T00:00:00.Z", "2026-01-01 00:00:00Z",
		"2026-01-01T00:00:00+24:00", "2026-01-01T00:00:00ZZ", "26-01-01T00:00:00Z", "2026-1-01T00:00:00Z",
		"2026-01-01T00:00:00.1234567891Z", "+999999999999-01-01T00:00:00Z", "+2026-01-01T00:00:00Z" };
	struct timestamp t;
	bool all = true;
	int64_t step;

	for (size_t i = 0; i < sizeof(bad) / sizeof(*bad); i++)
		all &= !time_parse(span_of(bad[i]), &t);
	for (unsigned n = 0; n < 300000; n++)
		same &= same_time(n);
	OK(same, "times as engines write them are read as others are");
	OK(all, "what is no time of RFC 3339 is refused");
	OK(time_parse(SPAN("2026-11-24T12:11:54.50001+01:30"), &t) && prints(t, "2026-11-24T10:41:54.50001Z"),
	    "an offset and a short fraction");
	OK(time_parse(SPAN("0001-01-01T00:00:00Z"), &t) && t.s == -62135596800 && prints(t, "0001-01-01T00:00:00Z"),
	    "the year 1");
	OK(prints((struct timestamp){ -1, 999999999, true }, "1969-12-31T23:59:59.999999999Z"), "before 1970");
	OK(prints((struct timestamp){ 253402300800, 0, true }, "+10000-01-01T00:00:00Z") &&
	    time_parse(SPAN("+10000-01-01T00:00:00Z"), &t) && t.s == 253402300800, "the year 10000, both ways");
	OK(prints((struct timestamp){ -62167219201, 0, true }, "-00001-12-31T23:59:59Z"), "before the year 0");
	/* every day of the C library's calendar for 800 years, by a step that is no multiple of a day */
	all = true;
	for (int64_t s = -12219292800; s < 13000000000; s += step) {
		struct out o = out_memory();
		char want[64];
		time_t seconds = s;
		struct tm tm;

		step = 86400 * 3 + 12345;
		strftime(want, sizeof(want), "%Y-%m-%dT%H:%M:%SZ", gmtime_r(&seconds, &tm));
		time_print(&o, (struct timestamp){ s, 0, true }, TIME_EXACT);
		all &= span_is(out_span(&o), want) && time_parse(out_span(&o), &t) && t.s == s;
		out_close(&o);
	}
	OK(all, "days agree with gmtime() for 800 years, both ways");
	OK(time_parse_loose(SPAN("2026-01-02"), &t) && t.s == 1767312000 &&
	    time_parse_loose(SPAN("2026-01-02 03:04"), &t) && t.s == 1767323040 &&
	    time_parse_loose(SPAN("@-5"), &t) && t.s == -5 && !time_parse_loose(SPAN("now"), &t), "what a user types");
}

static bool
escapes(struct span in, const char *want)
{
	struct out o = out_memory();
	bool same;

	text_escape(&o, in);
	same = span_is(out_span(&o), want);
	out_close(&o);
	return same;
}

static bool
jsons(struct span in, const char *want)
{
	struct out o = out_memory();
	bool same;

	text_json(&o, in);
	same = span_is(out_span(&o), want);
	out_close(&o);
	return same;
}

static void
text(void)
{
	static const char *const bad[] = { "\xc0\xaf", "\xc1\x81", "\xe0\x9f\xbf", "\xed\xa0\x80", "\xf0\x8f\xbf\xbf",
		"\xf4\x90\x80\x80", "\xf5\x80\x80\x80", "\x80", "\xff", "\xe2\x82", "\xc3" };
	static const char *const good[] = { "a", "\xc2\x80", "\xdf\xbf", "\xe0\xa0\x80", "\xed\x9f\xbf", "\xee\x80\x80",
		"\xef\xbf\xbf", "\xf0\x90\x80\x80", "\xf4\x8f\xbf\xbf" };
	static const char *const base64[][2] = { { "", "" }, { "f", "Zg==" }, { "fo", "Zm8=" }, { "foo", "Zm9v" },
		{ "foob", "Zm9vYg==" }, { "fooba", "Zm9vYmE=" }, { "foobar", "Zm9vYmFy" } };
	struct arena a = arena_open(1 << 20);
	bool all = true;
	char utf8[4];

	for (size_t i = 0; i < sizeof(bad) / sizeof(*bad); i++)
		all &= !text_valid(span_of(bad[i]));
	for (size_t i = 0; i < sizeof(good) / sizeof(*good); i++)
		all &= text_valid(span_of(good[i]));
	OK(all, "UTF-8 is strict at each border of RFC 3629");
	all = true;
	for (uint32_t c = 0; c < 0x110000; c++) {
		struct span s = { utf8, text_encode(c, utf8) };
		uint32_t back = 0;

		all &= c >= 0xd800 && c <= 0xdfff ? !text_valid(s) : text_next(&s, &back) && back == c && s.len == 0;
	}
	OK(all, "every character survives, and no surrogate");
	OK(escapes(SPAN("a\x1b[31m\n\t\r\\ \x7f\xc2\x9b\xe2\x80\xae\xff\xe2\x80\x8b\xc3\xa9"),
	    "a\\x1b[31m\\n\\t\\r\\\\ \\x7f\\u{9b}\\u{202e}\\xff\\u{200b}\xc3\xa9"), "what moves or hides is escaped");
	OK(escapes((struct span){ "\0", 1 }, "\\x00"), "NUL is escaped");
	OK(jsons(SPAN("a\"\\\n\x01\x7f\xc2\x9b\xe2\x80\xae\xff\xf3\xa0\x80\x81"),
	    "\"a\\\"\\\\\\n\\u0001\\u007f\\u009b\\u202e\xef\xbf\xbd\\udb40\\udc01\""), "JSON strings hide nothing either");
	OK(text_width(SPAN("ab\xc3\xa9")) == 3 && text_clip(SPAN("abc"), 2).len == 2 &&
	    text_clip(SPAN("a\xc3\xa9z"), 2).len == 3, "columns count characters");
	all = true;
	for (size_t i = 0; i < 7; i++) {
		struct out o = out_memory();

		text_base64(&o, span_of(base64[i][0]));
		all &= span_is(out_span(&o), base64[i][1]) && span_is(text_unbase64(&a, out_span(&o)), base64[i][0]);
		out_close(&o);
	}
	OK(all, "base64 as RFC 4648 has it, both ways");
	OK(text_unbase64(&a, SPAN("Zg=")).ptr == NULL && text_unbase64(&a, SPAN("Z*==")).ptr == NULL &&
	    text_unbase64(&a, SPAN("Zh==")).ptr == NULL && text_unbase64(&a, SPAN("Zm9=")).ptr == NULL, "what is no base64");
	arena_close(&a);
}

static void
hashes(void)
{
	static const uint64_t key[2] = { 0x0706050403020100, 0x0f0e0d0c0b0a0908 };
	char in[15];

	for (int i = 0; i < 15; i++)
		in[i] = (char)i;
	OK(hash_sip(key, (struct span){ in, 15 }) == 0xa129ca6149be45e5, "SipHash's own vector");
}

static void
windows(void)
{
	char data[1000];
	struct bytes whole, part;
	struct window w;
	bool same = true;
	struct span s;
	size_t got;

	for (size_t i = 0; i < sizeof(data); i++)
		data[i] = (char)(i * 7);
	whole = bytes_mem((struct span){ data, sizeof(data) });
	part = bytes_part(&whole, 100, 500);
	w = window_open(&part, 16);
	for (uint64_t at = 0; at < 520; at += 13) {
		s = window_at(&w, at, 40);
		same &= s.len == (at >= 500 ? 0 : at + 40 > 500 ? 500 - at : 40) &&
		    memcmp(s.ptr, data + 100 + at, s.len) == 0;
	}
	s = window_at(&w, 3, 5);	/* back again */
	OK(same && s.len == 5 && s.ptr[0] == data[103], "a window moves over a part, and back");
	window_close(&w);
	bytes_read(&part, UINT64_MAX - 1, data, 10, &got);
	OK(got == 0, "beyond the end there is nothing");
	OK(bytes_part(&whole, 2000, 10).size.n == 0 && bytes_part(&whole, 990, UINT64_MAX).size.n == 10, "a part is clipped");
}

static void
faults(void)
{
	struct faults f = faults_open();
	const struct fault *v;

	for (int i = 0; i < LIMIT_FAULTS + 50; i++)
		faults_add(&f, fault_item((uint64_t)i, "x", SPAN("item"), NULL));
	faults_add(&f, NO_FAULT);
	v = f.list.v;
	OK(f.list.n == LIMIT_FAULTS && v[LIMIT_FAULTS - 1].repeated == 50, "too many faults are counted, not kept");
	faults_close(&f);
	f.arena = arena_open(0);
	faults_add(&f, fault_at(0, "x", NULL));
	OK(f.list.n == 0, "a fault for which there is no memory at all is none");
	faults_close(&f);
}

int
main(void)
{
	spans();
	globs();
	arenas();
	indexes();
	numbers();
	times();
	text();
	hashes();
	windows();
	faults();
	return tap_done();
}
