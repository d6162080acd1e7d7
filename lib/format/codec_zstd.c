/* SPDX-License-Identifier: ISC */
/* zstd, by its library. Sources: RFC 8878; zstd.h. */

#include <zstd.h>
#include <zstd_errors.h>

#include "format/codec_stream.h"

enum { WINDOW_LOG = 27 };	/* 128 MiB: what zstd itself takes unasked */

struct zstd {
	ZSTD_DStream *d;
	size_t wants;		/* what it would like to have next; never 0 within a frame */
};

static void
start(struct stream *s)
{
	struct zstd *z = s->state;

	if (z->d != NULL)
		ZSTD_DCtx_reset(z->d, ZSTD_reset_session_only);
	else if ((z->d = ZSTD_createDStream()) != NULL)
		ZSTD_DCtx_setParameter(z->d, ZSTD_d_windowLogMax, WINDOW_LOG);
	else
		s->fault = stream_no_memory(s);
	z->wants = 1;
}

static size_t
some(struct stream *s, char *to, size_t len)
{
	enum { BLOCK_HEAD = 3 };
	/* Of a call that meets damage zstd gives nothing: it gets one block a time, without the head of the next that it would
	 * like beside it, and the sum behind the last one alone (zstd_decompress.c, ZSTD_decompressStream()). */
	struct zstd *z = s->state;
	size_t there = s->n - s->used, wants = z->wants > BLOCK_HEAD ? z->wants - BLOCK_HEAD : z->wants;
	ZSTD_inBuffer in = { stream_input(s), there < wants ? there : wants, 0 };
	ZSTD_outBuffer out = { to, len, 0 };
	size_t rc = ZSTD_decompressStream(z->d, &out, &in);

	z->wants = rc;
	s->used += in.pos;
	if (ZSTD_getErrorCode(rc) == ZSTD_error_memory_allocation)
		s->fault = stream_no_memory(s);
	else if (ZSTD_getErrorCode(rc) == ZSTD_error_frameParameter_windowTooLarge)
		s->fault = fault_at(stream_at(s), "zstd data need too much memory to inflate", "a window of at most 128 MiB");
	else if (ZSTD_isError(rc))
		s->fault = fault_item(stream_at(s), "damaged zstd data", span_of(ZSTD_getErrorName(rc)), NULL);
	else if (rc == 0)
		stream_member_ends(s);
	return out.pos;
}

static void
end(struct stream *s)
{
	const struct zstd *z = s->state;

	ZSTD_freeDStream(z->d);
}

const struct decoder decode_zstd = { CODEC_ZSTD, sizeof(struct zstd), start, some, end };
