/* SPDX-License-Identifier: ISC */
/* gzip as zlib writes it, inflated by ours (isa-l) and held against what zlib makes of it: whole, damaged, cut, with every kind
 * of header, at every place of the block that input is read in; read and passed over in pieces of any size. What is given
 * ends where its memory does: isa-l is assembly, which no sanitizer sees. */

#include <sys/mman.h>

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <zlib.h>

#include "base/limits.h"
#include "format/codec.h"
#include "tap.h"

enum { ROUNDS = 400, LONGEST = 400000, MOST = 2 * LONGEST, INPUT = 64 * 1024 };

static unsigned char text[LONGEST], packed[MOST], theirs[LONGEST], ours[LONGEST], skipped[LONGEST];
static char *end;			/* of memory of LONGEST bytes, which a page that nobody may touch follows */

static uint64_t
any(uint64_t below)
{
	static uint64_t state = 0x9e3779b97f4a7c15;	/* xorshift: the same run each time */

	state ^= state << 13;
	state ^= state >> 7;
	state ^= state << 17;
	return state % below;
}

/* N bytes with something to find in them, near and far. */
static void
write_text(size_t n)
{
	uint64_t kinds = 1 + any(256), copied = any(20);
	size_t i = 0, from, len;

	while (i < n)
		if (i > 0 && any(20) < copied) {
			from = i - 1 - any(i < 32768 ? i : 32768);
			for (len = 3 + any(300); len > 0 && i < n; len--)
				text[i++] = text[from++];
		} else {
			text[i++] = (unsigned char)any(kinds);
		}
}

/* A member of N bytes of text behind AT in packed, with a header as FLAGS say; where it ends. */
static size_t
pack(size_t at, const unsigned char *from, size_t n, unsigned flags)
{
	gz_header head = { .time = 1, .hcrc = flags >> 3 & 1 };
	z_stream z = { 0 };
	size_t half = n / 2;

	if (flags & 1)
		head.name = (Bytef *)(uintptr_t)"a name";
	if (flags & 2)
		head.comment = (Bytef *)(uintptr_t)"a comment";
	if (flags & 4) {
		head.extra = (Bytef *)(uintptr_t)"SG\3\0abc";
		head.extra_len = 7;
	}
	deflateInit2(&z, (int)any(10), Z_DEFLATED, 15 + 16, 1 + (int)any(9), (int)any(5));
	deflateSetHeader(&z, &head);
	z.next_in = (Bytef *)(uintptr_t)from;
	z.avail_in = (uInt)half;
	z.next_out = packed + at;
	z.avail_out = (uInt)(MOST - at);
	deflate(&z, any(2) ? Z_NO_FLUSH : any(2) ? Z_FULL_FLUSH : Z_SYNC_FLUSH);
	z.avail_in += (uInt)(n - half);
	deflate(&z, Z_FINISH);
	at = MOST - z.avail_out;
	deflateEnd(&z);
	return at;
}

/* What zlib makes of one member: how many bytes; *whole: up to its end, and it is sound. *clear: it ends at a code that
 * every decoder must refuse. */
static size_t
by_zlib(const unsigned char *p, size_t n, bool *whole, bool *clear)
{
	z_stream z = { .next_in = (Bytef *)(uintptr_t)p, .avail_in = (uInt)n, .next_out = theirs, .avail_out = LONGEST };

	inflateInit2(&z, 15 + 16);
	*whole = inflate(&z, Z_FINISH) == Z_STREAM_END;
	*clear = span_is(span_of(z.msg), "invalid distance too far back") || span_is(span_of(z.msg), "invalid block type") ||
	    span_is(span_of(z.msg), "invalid stored block lengths") || span_is(span_of(z.msg), "incorrect data check");
	inflateEnd(&z);
	return LONGEST - z.avail_out;
}

/* What ours makes of it, in pieces of at most STEP bytes, each given to the very end of its memory; one in four is passed over
 * if SKIPS. Returns how far it came. */
static size_t
by_ours(const unsigned char *p, size_t n, size_t step, bool skips, struct fault *f)
{
	struct bytes in = bytes_mem((struct span){ (const char *)p, n }), out;
	size_t at = 0, got = 1, len;

	memset(skipped, 0, sizeof(skipped));
	*f = codec_open(&in, CODEC_GZIP, LIMIT_INFLATED, &out);
	while (f->kind == FAULT_NONE && got > 0 && at < LONGEST) {
		len = 1 + any(step);
		if (len > LONGEST - at)
			len = LONGEST - at;
		if (skips && at + len < LONGEST && any(4) == 0) {
			memset(skipped + at, 1, len);
			at += len;
			continue;
		}
		*f = bytes_read(&out, at, end - len, len, &got);
		memcpy(ours + at, end - len, got);
		at += got;
	}
	bytes_close(&out);
	return at;
}

/* N bytes are those of WANT, but for what was passed over. */
static bool
same(const unsigned char *want, size_t n)
{
	for (size_t i = 0; i < n; i++)
		if (!skipped[i] && ours[i] != want[i])
			return false;
	return true;
}

static size_t
a_step(void)
{
	static const size_t steps[] = { 1000, 40000, 70000, LONGEST };

	return steps[any(4)];
}

static void
whole(void)
{
	bool good = true;
	struct fault f;
	size_t n, len;

	for (unsigned i = 0; i < ROUNDS; i++) {
		n = any(8) == 0 ? any(100) : any(LONGEST - 1);
		write_text(n);
		len = pack(0, text, n, (unsigned)i % 16);
		good &= by_ours(packed, len, a_step(), false, &f) == n && f.kind == FAULT_NONE && same(text, n);
		by_ours(packed, len, a_step(), true, &f);
		good &= f.kind == FAULT_NONE && same(text, n);
	}
	OK(good, "what zlib packs, in pieces of any size, some of them passed over");
}

/* A first member that ends some bytes before the end of a block of input, a second one over its border. */
static void
borders(void)
{
	bool good = true;
	struct fault f;
	size_t first, len;

	for (size_t i = 0; i < LONGEST; i++)
		text[i] = (unsigned char)any(256);
	for (size_t before = 0; before < 90; before++) {
		first = INPUT - before - 28;
		do		/* random bytes pack to a few more: to these and no others */
			len = pack(0, text, first, 0);
		while (len < INPUT - before - 10 || len > INPUT - before + 40);
		len = pack(len, text + first, 3000, (unsigned)before % 16);
		good &= by_ours(packed, len, a_step(), false, &f) == first + 3000 && f.kind == FAULT_NONE && same(text, first + 3000);
	}
	OK(good, "headers, blocks and sums across the border of what is read at once");
}

static void
cut(void)
{
	bool good = true, sound, clear;
	struct fault f;
	size_t n, len, cut, got;

	for (unsigned i = 0; i < ROUNDS; i++) {
		n = any(LONGEST - 1);
		write_text(n);
		len = pack(0, text, n, (unsigned)any(16));
		cut = i < 40 ? 3 + i : 3 + any(len - 3);
		got = by_ours(packed, cut, a_step(), false, &f);
		good &= f.kind == FAULT_PART && f.offset.n == cut && span_is(span_of(f.what), "compressed data end early") &&
		    got <= n && same(text, got);
		good &= got + 3 > by_zlib(packed, cut, &sound, &clear) && !sound;	/* three literals may be one step */
	}
	OK(good, "cut anywhere: all that is before, and where it ends");
}

/* zlib refuses some codes that isa-l takes (such as leave bit patterns without a meaning): then the sum tells. */
static void
damaged(void)
{
	bool good = true, sound, clear;
	struct fault f;
	size_t n, len, theirs_n, ours_n, told = 0, told_clear = 0;

	for (unsigned i = 0; i < ROUNDS; i++) {
		n = any(LONGEST - 1);
		write_text(n);
		len = pack(0, text, n, (unsigned)any(16));
		for (unsigned k = 0; k < 1 + i % 3; k++)
			packed[3 + any(i % 2 ? len - 3 : len < 200 ? len - 3 : 200)] ^= (unsigned char)(1 << any(8));
		theirs_n = by_zlib(packed, len, &sound, &clear);
		ours_n = by_ours(packed, len, a_step(), false, &f);
		good &= f.offset.n <= len && (!sound || (f.kind == FAULT_NONE && ours_n == theirs_n));
		good &= f.kind != FAULT_NONE || sound;
		good &= ours_n >= theirs_n && (ours_n == theirs_n || !clear) && same(theirs, theirs_n);
		told += f.kind != FAULT_NONE;
		told_clear += clear;
	}
	OK(good && told > ROUNDS / 2 && told_clear > ROUNDS / 4, "damaged: sound to both or to none, and the same bytes before it");
}

static void
words(void)
{
	static const struct {
		size_t at;
		unsigned char bit;
		const char *say;
	} bad[] = {
		{ 2, 1, "unknown compression method" }, { 0, 1, "incorrect header check" }, { 3, 0x20, "unknown header flags set" },
	};
	bool good = true;
	struct fault f;
	size_t len;

	write_text(1000);
	len = pack(0, text, 1000, 7);
	for (size_t i = 0; i < sizeof(bad) / sizeof(*bad); i++) {
		packed[bad[i].at] ^= bad[i].bit;
		good &= by_ours(packed, len, 100, false, &f) == 0 && span_is(f.item, bad[i].say);
		packed[bad[i].at] ^= bad[i].bit;
	}
	len = pack(0, text, 1000, 15);
	packed[12] ^= 1;		/* of the extra field */
	good &= by_ours(packed, len, 100, false, &f) == 0 && span_is(f.item, "header crc mismatch");
	len = pack(0, text, 1000, 0);
	packed[len - 8] ^= 1;
	good &= by_ours(packed, len, 1000, false, &f) == 1000 && span_is(f.item, "incorrect data check") && f.offset.n == len;
	packed[len - 8] ^= 1;
	packed[len - 1] ^= 1;
	good &= by_ours(packed, len, 1000, false, &f) == 1000 && span_is(f.item, "incorrect length check") && f.offset.n == len;
	OK(good, "damage of the frame is told by name");
}

int
main(void)
{
	size_t page = (size_t)sysconf(_SC_PAGESIZE), room = (LONGEST + page - 1) / page * page;
	char *memory = mmap(NULL, room + page, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);

	if (memory == MAP_FAILED || mprotect(memory + room, page, PROT_NONE) != 0)
		return 1;
	end = memory + room;
	whole();
	borders();
	cut();
	damaged();
	words();
	munmap(memory, room + page);
	return tap_done();
}
