/* SPDX-License-Identifier: ISC */
/* Compressed bytes: read in large and in small pieces they are the same, within the limit; of damaged ones one reading may
 * come further than the other, but not elsewhere. A fault's place exists. */

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

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static char large[LIMIT], small[LIMIT];
	struct span in = input(data, size);
	struct fault f, g;
	size_t n, m;

	if (codec_of(in) == CODEC_NONE || codec_of(in) == CODEC_BZIP2)
		return 0;
	n = inflate_all(in, LIMIT, large, &f);
	m = inflate_all(in, 997, small, &g);
	MUST(n <= LIMIT && (n == m || f.kind == FAULT_PART) && memcmp(large, small, n < m ? n : m) == 0);
	MUST(f.offset.n <= size && g.offset.n <= size && f.kind == g.kind);
	return 0;
}
