/* SPDX-License-Identifier: ISC */
/* bzip2, by its library. Sources: bzlib.h and decompress.c (1.0.8); the format has no other description. */

#include <bzlib.h>

#include "format/codec_stream.h"

struct bzip2 {
	bz_stream z;
	bool open;
};

static void
end(struct stream *s)
{
	struct bzip2 *b = s->state;

	if (b->open)
		BZ2_bzDecompressEnd(&b->z);
	b->open = false;
}

/* It has no reset. What it takes is 100 KB to 3.7 MB, by what the member says of its blocks, and nothing says more. */
static void
start(struct stream *s)
{
	struct bzip2 *b = s->state;

	end(s);
	b->z = (bz_stream){ 0 };
	b->open = BZ2_bzDecompressInit(&b->z, 0, 0) == BZ_OK;
	if (!b->open)
		s->fault = stream_no_memory(s);
}

static size_t
some(struct stream *s, char *to, size_t len)
{
	struct bzip2 *b = s->state;
	int rc;

	if (len > UINT32_MAX)
		len = UINT32_MAX;
	b->z.next_in = (char *)(uintptr_t)stream_input(s);	/* not written to */
	b->z.avail_in = (unsigned)(s->n - s->used);
	b->z.next_out = to;
	b->z.avail_out = (unsigned)len;
	rc = BZ2_bzDecompress(&b->z);
	s->used = s->n - b->z.avail_in;
	if (rc == BZ_STREAM_END)
		stream_member_ends(s);
	else if (rc == BZ_MEM_ERROR)
		s->fault = stream_no_memory(s);
	else if (rc != BZ_OK)
		s->fault = fault_item(stream_at(s), "damaged bzip2 data", span_of(rc == BZ_DATA_ERROR_MAGIC ?
		    "incorrect header" : "corrupt data or incorrect check"), NULL);
	return len - b->z.avail_out;
}

const struct decoder decode_bzip2 = { CODEC_BZIP2, sizeof(struct bzip2), start, some, end };
