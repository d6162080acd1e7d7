/* SPDX-License-Identifier: ISC */
/* tar-split's lines, and the sums of files in them; the vectors are of an engine, or of Go's own hash/crc64. */

#include <stdlib.h>
#include <string.h>

#include "base/crc64.h"
#include "base/limits.h"
#include "format/tarsplit.h"
#include "tap.h"

/* The Nth entry of TEXT; *f is the first fault up to it. */
static struct tarsplit_entry
nth(struct span text, int n, struct arena *a, struct fault *f)
{
	struct bytes in = bytes_mem(text);
	struct tarsplit t = tarsplit_open(&in);
	struct tarsplit_entry e = { 0 };
	struct fault g;

	*f = NO_FAULT;
	for (; n >= 0; n--) {
		if (!tarsplit_next(&t, a, &e, &g))
			e = (struct tarsplit_entry){ 0 };
		if (f->kind == FAULT_NONE)
			*f = g;
	}
	tarsplit_close(&t);
	return e;
}

static const struct span real = SPAN(
    "{\"type\":2,\"payload\":\"aGVhZA==\",\"position\":0}\n"
    "{\"type\":1,\"name\":\"etc/version\",\"size\":2,\"payload\":\"YTMgAAAAAAA=\",\"position\":1}\n"
    "{\"type\":2,\"payload\":\"AAAA\",\"position\":2}\n"
    "{\"type\":1,\"name\":\"./bin/\",\"payload\":null,\"position\":3}\n"
    "{\"type\":1,\"name\":\"a\\u003cb\\u003e\\u0026\\u2028\\\"\",\"size\":3,\"payload\":\"YTMUIAAAAAA=\",\"position\":4}\n"
    "{\"type\":1,\"name_raw\":\"/y9mbw==\",\"size\":7,\"payload\":\"AAAAAAAAAAA=\",\"position\":5}\n"
    "{\"type\":2,\"payload\":\"\",\"position\":6}\n");

static void
entries(struct arena *a)
{
	struct fault f;
	struct tarsplit_entry e = nth(real, 0, a, &f);

	OK(e.type == TARSPLIT_SEGMENT && span_is(e.bytes, "head") && e.at == 0 && e.line == 1, "a segment");
	e = nth(real, 1, a, &f);
	OK(e.type == TARSPLIT_FILE && span_is(e.name, "etc/version") && e.size == 2 && e.sum == 0x6133200000000000 && e.line == 2,
	    "a file, its size and its sum");
	e = nth(real, 3, a, &f);
	OK(e.type == TARSPLIT_FILE && span_is(e.name, "./bin/") && e.size == 0 && e.sum == 0, "a directory has no size, its sum is null");
	e = nth(real, 4, a, &f);
	OK(span_is(e.name, "a<b>&\xe2\x80\xa8\"") && e.sum == 0x6133142000000000, "a name with Go's escapes");
	e = nth(real, 5, a, &f);
	OK(span_is(e.name, "\xff/fo") && e.size == 7 && e.sum == 0, "a name that is no UTF-8");
	e = nth(real, 6, a, &f);
	OK(e.type == TARSPLIT_SEGMENT && e.bytes.ptr != NULL && e.bytes.len == 0 && f.kind == FAULT_NONE, "an empty segment");
	e = nth(real, 7, a, &f);
	OK(e.type == 0 && f.kind == FAULT_NONE, "the end");
	e = nth(span_sub(real, 0, real.len - 1), 6, a, &f);
	OK(e.type == TARSPLIT_SEGMENT && f.kind == FAULT_NONE, "without a newline at the end");
	e = nth(SPAN(""), 0, a, &f);
	OK(e.type == 0 && f.kind == FAULT_NONE, "a record of nothing");
}

/* TEXT stands on the second line, and is said with its place. */
static bool
damage(const char *text, const char *what, struct arena *a)
{
	struct span in = arena_concat(a, SPAN("{\"type\":2,\"payload\":\"\",\"position\":0}\n"), span_of(text),
	    SPAN("\n{\"type\":2,\"payload\":\"AAAA\",\"position\":2}\n"));
	struct fault f;
	struct tarsplit_entry e = nth(in, 1, a, &f);

	if (f.kind != FAULT_PART || !span_is(span_of(f.what), what))
		printf("# %s: %s\n", text, f.what == NULL ? "nothing" : f.what);
	return e.type == TARSPLIT_SEGMENT && e.bytes.len == 3 && f.kind == FAULT_PART && f.offset.n == 37 && span_is(f.item, "line 2") &&
	    span_is(span_of(f.what), what);
}

static void
damaged(struct arena *a)
{
	struct fault f;
	struct tarsplit_entry e;

	OK(damage("[]", "line of tar-split is no entry", a), "another value than an object");
	OK(damage("{\"payload\":\"\",\"position\":1}", "line of tar-split is no entry", a), "no type");
	OK(damage("{\"type\":3,\"position\":1}", "entry of tar-split of an unknown type", a), "an unknown type");
	OK(damage("{\"type\":2,\"payload\":\"AA\",\"position\":1}", "payload of a segment is no base64", a), "a segment cut short");
	OK(damage("{\"type\":2,\"payload\":5,\"position\":1}", "payload of a segment is no base64", a), "a segment that is a number");
	OK(damage("{\"type\":1,\"position\":1}", "file without a name", a), "no name");
	OK(damage("{\"type\":1,\"name_raw\":\"*\",\"position\":1}", "name_raw of a file is no base64", a), "a bad raw name");
	OK(damage("{\"type\":1,\"name\":\"a\",\"size\":-1,\"position\":1}", "size of a file is no number", a), "a size below 0");
	OK(damage("{\"type\":1,\"name\":\"a\",\"size\":1e3,\"position\":1}", "size of a file is no number", a), "a size that is no integer");
	OK(damage("{\"type\":1,\"name\":\"a\",\"size\":1,\"payload\":\"AAAA\",\"position\":1}", "sum of a file is no base64 of 8 bytes", a),
	    "a short sum");
	OK(damage("{\"type\":1,\"name\":\"a\",\"size\":1,\"payload\":null,\"position\":1}", "sum of a file is no base64 of 8 bytes", a),
	    "no sum of bytes that there are");
	OK(damage("{\"type\":2,\"payload\":\"\",\"position\":1", "input ends early", a), "an object cut short");
	e = nth(SPAN("{\"type\":2,\"payload\":\"\",\"position\":0}\n{\"type\":2,\"payload\":\"AAAA\",\"position\":2}\n"), 1, a, &f);
	OK(e.bytes.len == 3 && f.kind == FAULT_PART && f.offset.n == 37 && span_is(f.item, "line 2"), "a line that is missing");
	e = nth(SPAN("{\"type\":2,\"payload\":\"AAAA\"}"), 0, a, &f);
	OK(e.bytes.len == 3 && f.kind == FAULT_PART, "a line without a position");
}

static void
too_long(struct arena *a)
{
	static const char head[] = "{\"type\":2,\"payload\":\"", tail[] = "\",\"position\":0}\n";
	size_t n = (size_t)LIMIT_SEGMENT + 100;
	char *text = malloc(n);
	struct tarsplit_entry e;
	struct fault f;

	if (text == NULL)
		abort();
	memset(text, 'A', n);
	e = nth((struct span){ text, n }, 0, a, &f);
	OK(e.type == 0 && f.kind == FAULT_PART && span_is(f.item, "line 1"), "a line longer than the limit ends it");
	n = (size_t)8 << 20;
	memcpy(text, head, sizeof(head) - 1);
	memcpy(text + sizeof(head) - 1 + n, tail, sizeof(tail) - 1);
	e = nth((struct span){ text, n + sizeof(head) + sizeof(tail) - 2 }, 0, a, &f);
	OK(e.bytes.len == n / 4 * 3 && f.kind == FAULT_NONE, "a long line");
	free(text);
}

/* Bit by bit, from the polynomial as it is printed in books. */
static uint64_t
slow(struct span s)
{
	uint64_t crc = UINT64_MAX;

	for (size_t i = 0; i < s.len; i++) {
		crc ^= (unsigned char)s.ptr[i];
		for (int bit = 0; bit < 8; bit++)
			crc = (crc & 1) != 0 ? crc >> 1 ^ 0xd800000000000000 : crc >> 1;
	}
	return ~crc;
}

static void
sums(void)
{
	char text[300];
	uint32_t random = 1;
	bool same = true;

	for (size_t i = 0; i < sizeof(text); i++) {
		random = random * 1664525 + 1013904223;
		text[i] = (char)(random >> 24);
	}
	for (size_t n = 0; n <= sizeof(text); n++)
		for (size_t cut = 0; cut <= n; cut += 7) {
			struct span s = { text, n };

			same &= crc64_iso(crc64_iso(0, span_sub(s, 0, cut)), span_sub(s, cut, n)) == slow(s);
		}
	OK(same, "sums of random bytes, in two pieces, are those of the plain way");
	OK(crc64_iso(0, SPAN("a1\n")) == 0x6133142000000000, "the sum that an engine stored of a1 and a newline");
}

int
main(void)
{
	struct arena a = arena_open(LIMIT_ROW);

	entries(&a);
	damaged(&a);
	too_long(&a);
	sums();
	arena_close(&a);
	return tap_done();
}
