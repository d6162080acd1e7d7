/* SPDX-License-Identifier: ISC */
/* Compressed bytes: read in large and in small pieces they are the same, within the limit; of damaged ones one reading may
 * come further than the other, but not elsewhere. A fault's place exists. What zlib makes of a gzip member, ours makes too. */

#include <zlib.h>

#include "format/codec.h"
#include "fuzz.h"

enum { LIMIT = 1 << 20 };

static size_t
inflate_all(struct span in, size_t piece, char *to, struct fault *f)
{
	struct bytes b = bytes_mem(in), out;
	size_t n = 0, got = 1;

	*f = codec_open(&b, codec_of(in), LIMIT, &out);
	while (f->kind == FAULT_NONE && got > 0 && n < LIMIT) {
		*f = bytes_read(&out, n, to + n, piece < LIMIT - n ? piece : LIMIT - n, &got);
		n += got;
	}
	bytes_close(&out);
	return n;
}

/* Of what is sound zlib and ours have the same bytes; of what is not the same before the damage. */
static void
as_zlib(const uint8_t *data, size_t size, const char *ours, size_t n, bool sound)
{
	static unsigned char theirs[LIMIT];
	z_stream z = { .next_in = (Bytef *)(uintptr_t)data, .avail_in = (uInt)size, .next_out = theirs, .avail_out = LIMIT };
	size_t m;
	int rc;

	if (inflateInit2(&z, 15 + 16) != Z_OK)
		return;
	rc = inflate(&z, Z_FINISH);
	m = LIMIT - z.avail_out;
	MUST(memcmp(ours, theirs, n < m ? n : m) == 0);
	MUST(rc != Z_STREAM_END || n >= m);
	MUST(!sound || rc == Z_STREAM_END || n == LIMIT);
	MUST(z.msg == NULL || strcmp(z.msg, "invalid distance too far back") != 0 || n == m);
	inflateEnd(&z);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static char large[LIMIT], small[LIMIT];
	struct span in = input(data, size);
	struct fault f, g;
	size_t n, m;

	if (codec_of(in) == CODEC_NONE)
		return 0;
	n = inflate_all(in, LIMIT, large, &f);
	m = inflate_all(in, 997, small, &g);
	MUST(n <= LIMIT && (n == m || f.kind == FAULT_PART) && memcmp(large, small, n < m ? n : m) == 0);
	MUST(f.offset.n <= size && g.offset.n <= size && f.kind == g.kind);
	if (codec_of(in) == CODEC_GZIP)
		as_zlib(data, size, large, n, f.kind == FAULT_NONE);
	return 0;
}
