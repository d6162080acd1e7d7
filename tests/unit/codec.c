/* SPDX-License-Identifier: ISC */
/* Compressed bytes, for tests/hostile/codec.bats, which damages what other programs compressed.
 * usage: codec --inflate FILE [LIMIT]	its bytes on stdout, its fault on stderr; status 1 when something was lost
 *        codec				the cases below */

#include <sys/stat.h>

#include <fcntl.h>
#include <stdlib.h>
#include <string.h>

#include "base/limits.h"
#include "base/out.h"
#include "base/text.h"
#include "format/codec.h"
#include "tap.h"

static void
say(const struct fault *f)
{
	struct out o = out_open(2);

	out_text(&o, "offset ");
	out_u64(&o, f->offset.n);
	out_text(&o, ": ");
	out_text(&o, f->what);
	if (f->item.len > 0) {
		out_byte(&o, ' ');
		text_escape(&o, f->item);
	}
	out_byte(&o, '\n');
	out_flush(&o);
	out_close(&o);
}

static int
inflate_file(const char *path, uint64_t limit)
{
	static char chunk[100000];
	struct out o = out_open(1);
	struct bytes file, inflated;
	struct stat st;
	struct fault f;
	uint64_t at = 0;
	size_t got;
	int fd = open(path, O_RDONLY);

	if (fd < 0 || fstat(fd, &st) != 0)
		return 3;
	file = bytes_file(fd, (uint64_t)st.st_size);
	f = bytes_read(&file, 0, chunk, 512, &got);
	f = codec_open(&file, codec_of((struct span){ chunk, got }), limit, &inflated);
	for (got = 1; f.kind == FAULT_NONE && got > 0; at += got) {
		f = bytes_read(&inflated, at, chunk, sizeof(chunk), &got);
		out_write(&o, (struct span){ chunk, got });
	}
	out_flush(&o);
	out_close(&o);
	if (f.kind != FAULT_NONE)
		say(&f);
	bytes_close(&inflated);
	bytes_close(&file);
	return f.kind > FAULT_ODD;
}

/* "hello, hello, hello\n" as xz 5.4 packs it, in one block with a CRC64. */
static const char xz[] =
    "\xfd\x37\x7a\x58\x5a\x00\x00\x04\xe6\xd6\xb4\x46\x02\x00\x21\x01\x16\x00\x00\x00\x74\x2f\xe5\xa3"
    "\xe0\x00\x13\x00\x0e\x5d\x00\x34\x19\x49\xee\x8d\xef\x8c\x87\x31\xf5\x2f\x64\x00\x00\x00\x00\x00"
    "\xb0\x48\x85\x59\xd7\xa9\xae\x4b\x00\x01\x2a\x14\x7e\xad\x37\x55\x1f\xb6\xf3\x7d\x01\x00\x00\x00"
    "\x00\x04\x59\x5a";

enum { XZ = sizeof(xz) - 1 };

/* The same as bzip2 1.0.8 packs it, in one block. */
static const char bz2[] =
    "\x42\x5a\x68\x39\x31\x41\x59\x26\x53\x59\xcb\x52\xe5\x67\x00\x00\x05\x51\x00\x00\x10\x40\x04\x02"
    "\x44\xa0\x00\x21\x24\x31\x08\x60\x2f\x18\x44\xc7\x15\x17\x8b\xb9\x22\x9c\x28\x48\x65\xa9\x72\xb3"
    "\x80";

enum { BZ2 = sizeof(bz2) - 1 };
static const struct span plain = { "hello, hello, hello\n", 20 };

/* All that inflates of N bytes, at most 100; the fault in *f. */
static struct span
inflated(const char *packed, size_t n, uint64_t limit, struct fault *f)
{
	static char text[100];
	struct bytes in = bytes_mem((struct span){ packed, n }), out;
	size_t got = 0;

	*f = codec_open(&in, *packed == 'B' ? CODEC_BZIP2 : CODEC_XZ, limit, &out);
	if (f->kind == FAULT_NONE)
		*f = bytes_read(&out, 0, text, sizeof(text), &got);
	bytes_close(&out);
	return (struct span){ text, got };
}

static bool
begins(struct span s)
{
	return span_eq(s, span_sub(plain, 0, s.len));
}

static bool
cut_anywhere(const char *packed, size_t whole)
{
	struct fault f;
	bool good = true;

	for (size_t n = 1; n < whole; n++)
		good &= begins(inflated(packed, n, 100, &f)) && f.kind == FAULT_PART && f.offset.n == n &&
		    span_is(span_of(f.what), "compressed data end early");
	return good;
}

/* Every byte of .xz is under some checksum. */
static bool
changed_anywhere(void)
{
	char bad[XZ];
	struct fault f;
	bool good = true;

	for (size_t i = 0; i < XZ; i++)
		for (unsigned bit = 0; bit < 8; bit++) {
			memcpy(bad, xz, XZ);
			bad[i] ^= (char)(1 << bit);
			inflated(bad, XZ, 100, &f);
			good &= f.kind == FAULT_PART && f.offset.n <= XZ;
		}
	return good;
}

static void
streams(void)
{
	char two[2 * XZ + 8] = { 0 };
	struct fault f;

	memcpy(two, xz, XZ);
	memcpy(two + XZ, xz, XZ);
	OK(inflated(two, 2 * XZ, 100, &f).len == 40 && f.kind == FAULT_NONE, "streams after each other are one");
	OK(inflated(two, 2 * XZ + 5, 100, &f).len == 40 && f.kind == FAULT_NONE, "zeros behind are padding");
	two[2 * XZ + 4] = 'x';
	OK(inflated(two, 2 * XZ + 5, 100, &f).len == 40 && f.kind == FAULT_ODD && f.offset.n == 2 * XZ, "what hides behind is said");
	memset(two + XZ, 0, 8);
	memcpy(two + XZ + 8, xz, XZ);
	OK(inflated(two, 2 * XZ + 8, 100, &f).len == 40 && f.kind == FAULT_NONE, "zeros between streams, as xz has them");
	memcpy(two + XZ + 3, xz, XZ);
	OK(inflated(two, 2 * XZ + 3, 100, &f).len == 40 && f.kind == FAULT_ODD && f.offset.n == XZ,
	    "zeros that xz would not have are read over, and said");
	memcpy(two + XZ, xz, XZ);
	two[XZ + 8] ^= 1;
	OK(inflated(two, 2 * XZ, 100, &f).len == 20 && f.kind == FAULT_PART && f.offset.n >= XZ, "a second stream that is damaged");
}

/* Some bits mean nothing: of a length of blocks that is not reached, of tables that are not used, and those that fill the end. */
static void
bzip2_changed(void)
{
	char bad[BZ2];
	struct fault f;
	bool good = true;
	size_t said = 0;

	for (size_t i = 1; i < BZ2; i++)
		for (unsigned bit = 0; bit < 8; bit++) {
			memcpy(bad, bz2, BZ2);
			bad[i] ^= (char)(1 << bit);
			good &= span_eq(inflated(bad, BZ2, 99, &f), plain) || f.kind == FAULT_PART;
			good &= f.kind == FAULT_NONE || (f.kind == FAULT_PART && f.offset.n <= BZ2);
			said += f.kind != FAULT_NONE;
		}
	OK(good && said > BZ2 * 7, "a bit changed anywhere in bzip2 is said, or changes nothing");
}

static void
bzip2(void)
{
	char two[2 * BZ2 + 8] = { 0 };
	struct fault f;

	OK(codec_of((struct span){ bz2, 6 }) == CODEC_BZIP2 && codec_of((struct span){ bz2 + BZ2 - 10, 6 }) == CODEC_NONE &&
	    codec_of(SPAN("BZh9\x17rE8P\x90")) == CODEC_BZIP2 && codec_of(SPAN("BZh9 is a name")) == CODEC_NONE &&
	    codec_of(SPAN("BZh0AY&SY")) == CODEC_NONE, "bzip2 is told by its magic and what follows it");
	OK(span_eq(inflated(bz2, BZ2, 20, &f), plain) && f.kind == FAULT_NONE, "bzip2, as much as the limit");
	memcpy(two, bz2, BZ2);
	memcpy(two + BZ2, bz2, BZ2);
	OK(inflated(two, 2 * BZ2, 100, &f).len == 40 && f.kind == FAULT_NONE, "two members of bzip2 are one");
	OK(inflated(two, 2 * BZ2 + 5, 100, &f).len == 40 && f.kind == FAULT_NONE, "zeros behind them are padding");
	two[2 * BZ2 + 4] = 'x';
	OK(inflated(two, 2 * BZ2 + 5, 100, &f).len == 40 && f.kind == FAULT_ODD && f.offset.n == 2 * BZ2, "what hides behind them is said");
	two[BZ2 + 11] ^= 1;
	OK(inflated(two, 2 * BZ2, 100, &f).len >= 20 && f.kind == FAULT_PART && f.offset.n > BZ2, "a second member that is damaged");
	bzip2_changed();
}

static void
again(void)
{
	struct bytes in = bytes_mem((struct span){ xz, XZ }), out;
	char a[8], b[8];
	size_t n, m;

	codec_open(&in, CODEC_XZ, 100, &out);
	bytes_read(&out, 7, a, 5, &n);
	bytes_read(&out, 0, b, 5, &m);
	OK(n == 5 && m == 5 && memcmp(a, "hello", 5) == 0 && memcmp(b, a, 5) == 0, "reading back begins anew");
	bytes_close(&out);
}

static void
cases(void)
{
	struct fault f;

	OK(codec_of((struct span){ xz, 6 }) == CODEC_XZ && codec_of((struct span){ xz, 5 }) == CODEC_NONE, "told by its magic");
	OK(codec_of((struct span){ "\x5d\0\0\x80\0\xff\xff", 7 }) == CODEC_NONE, "the older .lzma has none, and is not told");
	OK(span_eq(inflated(xz, XZ, 100, &f), plain) && f.kind == FAULT_NONE, "whole");
	OK(inflated(xz, XZ, 20, &f).len == 20 && f.kind == FAULT_NONE, "as much as the limit");
	OK(inflated(xz, XZ, 19, &f).len == 19 && f.kind == FAULT_PART, "one more than the limit");
	OK(cut_anywhere(xz, XZ) && cut_anywhere(bz2, BZ2), "cut anywhere: what is before, and where it ends");
	OK(changed_anywhere(), "a bit changed anywhere is said");
	streams();
	bzip2();
	again();
}

int
main(int argc, char **argv)
{
	if (argc >= 3 && strcmp(argv[1], "--inflate") == 0)
		return inflate_file(argv[2], argc > 3 ? strtoull(argv[3], NULL, 10) : LIMIT_INFLATED);
	cases();
	return tap_done();
}
