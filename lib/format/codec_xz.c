/* SPDX-License-Identifier: ISC */
/* xz, by liblzma. Sources: The .xz File Format 1.1.0; liblzma's headers. */

#include <lzma.h>

#include "format/codec_stream.h"

enum { MEMORY = 130 << 20 };	/* a dictionary of 128 MiB and what the decoder needs beside it; xz -9 has 64 */

struct xz {
	lzma_stream z;		/* all zeros is LZMA_STREAM_INIT */
	bool looked;		/* at the head of the member */
	bool filtered;		/* whose bytes go through a second filter */
};

static void
start(struct stream *s)
{
	struct xz *x = s->state;

	if (lzma_stream_decoder(&x->z, MEMORY, LZMA_TELL_UNSUPPORTED_CHECK) != LZMA_OK)
		s->fault = stream_no_memory(s);
	x->looked = false;
}

static struct fault
damaged(const struct stream *s, lzma_ret rc)
{
	uint64_t at = stream_at(s);
	const char *why = rc == LZMA_DATA_ERROR ? "corrupt data or incorrect check" :
	    rc == LZMA_OPTIONS_ERROR ? "unknown filter or flag" : "incorrect header";

	if (rc == LZMA_MEMLIMIT_ERROR)
		return fault_at(at, "xz data need too much memory to inflate", "a dictionary of at most 128 MiB");
	if (rc == LZMA_MEM_ERROR)
		return stream_no_memory(s);
	return fault_item(at, "damaged xz data", span_of(why), NULL);
}

/* A second filter (x86, ARM and others) leaves bytes of the call that meets damage as they were before it
 * (simple_coder.c): of such a member that call is short, and its bytes are not given. Told by the first block's header;
 * xz gives all blocks the same filters. */
static size_t
some(struct stream *s, char *to, size_t len)
{
	enum { SHORT = 4096, FLAGS = 13 };	/* of a block; behind the 12 bytes of the stream's header, and a size */
	struct xz *x = s->state;
	lzma_ret rc;

	if (!x->looked) {
		stream_have(s, MEMBER_HEAD);
		x->filtered = s->n - s->used > FLAGS && (stream_input(s)[FLAGS] & 3) != 0;
		x->looked = true;
	}
	if (x->filtered && len > SHORT)
		len = SHORT;
	x->z.next_in = (const uint8_t *)stream_input(s);
	x->z.avail_in = s->n - s->used;
	x->z.next_out = (uint8_t *)to;
	x->z.avail_out = len;
	rc = lzma_code(&x->z, LZMA_RUN);
	s->used = s->n - x->z.avail_in;
	if (rc == LZMA_STREAM_END)
		stream_member_ends(s);
	else if (rc == LZMA_UNSUPPORTED_CHECK)
		s->odd = fault_as(fault_at(stream_at(s), "xz data with a check that is not known, not tested",
		    "none, CRC32, CRC64 or SHA-256"), FAULT_ODD);
	else if (rc != LZMA_OK && rc != LZMA_BUF_ERROR)
		s->fault = damaged(s, rc);
	if (s->fault.kind != FAULT_NONE && x->filtered)
		return 0;
	return len - x->z.avail_out;
}

static void
end(struct stream *s)
{
	struct xz *x = s->state;

	lzma_end(&x->z);
}

const struct decoder decode_xz = { CODEC_XZ, sizeof(struct xz), start, some, end };
