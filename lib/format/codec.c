/* SPDX-License-Identifier: ISC */
/* Compressed bytes as bytes. Sources: RFC 1952, RFC 8878, The .xz File Format 1.1.0; zlib's, zstd's and liblzma's headers. */

#include <stdlib.h>
#include <string.h>

#include <lzma.h>
#include <zlib.h>
#include <zstd.h>
#include <zstd_errors.h>

#include "base/limits.h"
#include "format/codec.h"

enum {
	INPUT = 64 * 1024,
	ZSTD_WINDOW_LOG = 27,		/* 128 MiB: what zstd itself takes unasked */
	XZ_MEMORY = 130 << 20,		/* a dictionary of 128 MiB and what the decoder needs beside it; xz -9 has 64 */
	MEMBER_HEAD = 14,		/* of a member, looked at before it is inflated */
};

static const char NO_MEMORY[] = "not enough memory to inflate";

struct stream {
	struct bytes *in;
	enum codec codec;
	uint64_t limit;
	uint64_t in_at, out_at;		/* read of the input; given so far */
	size_t n, used;			/* of buf */
	uint64_t members;		/* that have ended */
	size_t wants;			/* what zstd would like to have next; never 0 within a frame */
	bool open, between, done;	/* a decoder is made; it is between members; nothing follows */
	bool looked;			/* at the head of an xz member */
	bool filtered;			/* whose bytes go through a second filter */
	struct fault fault;		/* why it ended, for every later read */
	struct fault odd;		/* said at the end: nothing was lost by it */
	z_stream z;
	ZSTD_DStream *zstd;
	lzma_stream xz;			/* all zeros is LZMA_STREAM_INIT */
	char buf[INPUT];
};

enum codec
codec_of(struct span head)
{
	static const struct {
		enum codec codec;
		struct span magic;
	} known[] = {
		{ CODEC_GZIP, { "\x1f\x8b\x08", 3 } }, { CODEC_ZSTD, { "\x28\xb5\x2f\xfd", 4 } },
		{ CODEC_XZ, { "\xfd" "7zXZ", 6 } }, { CODEC_BZIP2, { "BZh", 3 } },
	};

	for (size_t i = 0; i < sizeof(known) / sizeof(*known); i++)
		if (span_eq(span_sub(head, 0, known[i].magic.len), known[i].magic))
			return known[i].codec;
	/* a skippable frame may stand first: 0x184D2A50 to 5F, little-endian */
	if (head.len >= 4 && ((unsigned char)head.ptr[0] & 0xf0) == 0x50 &&
	    memcmp(head.ptr + 1, "\x2a\x4d\x18", 3) == 0)
		return CODEC_ZSTD;
	return CODEC_NONE;
}

const char *
codec_name(enum codec c)
{
	static const char *const names[] = { "none", "gzip", "zstd", "xz", "bzip2" };

	return names[c];
}

/* More input when there is none left; what could not be read is the stream's fault. */
static void
feed(struct stream *s)
{
	if (s->used < s->n)
		return;
	s->used = 0;
	s->fault = bytes_read(s->in, s->in_at, s->buf, INPUT, &s->n);
	s->in_at += s->n;
	if (s->n > 0)
		s->fault = NO_FAULT;
}

static uint64_t
input_at(const struct stream *s)
{
	return s->in_at - (s->n - s->used);
}

/* N bytes in the buffer, or as many as there are. */
static void
have(struct stream *s, size_t n)
{
	size_t got = 1;

	if (s->n - s->used >= n)
		return;
	memmove(s->buf, s->buf + s->used, s->n - s->used);
	s->n -= s->used;
	s->used = 0;
	while (s->n < n && got > 0) {
		bytes_read(s->in, s->in_at, s->buf + s->n, INPUT - s->n, &got);
		s->n += got;
		s->in_at += got;
	}
}

static void
start(struct stream *s)
{
	if (s->codec == CODEC_XZ) {
		if (lzma_stream_decoder(&s->xz, XZ_MEMORY, LZMA_TELL_UNSUPPORTED_CHECK) != LZMA_OK)
			s->fault = fault_at(0, "not enough memory to inflate", NULL);
	} else if (s->codec == CODEC_GZIP) {
		if (s->open)
			inflateReset(&s->z);
		else if (inflateInit2(&s->z, 15 + 16) != Z_OK)
			s->fault = fault_at(0, NO_MEMORY, NULL);
	} else if (s->zstd == NULL) {
		s->zstd = ZSTD_createDStream();
		if (s->zstd == NULL)
			s->fault = fault_at(0, NO_MEMORY, NULL);
		else
			ZSTD_DCtx_setParameter(s->zstd, ZSTD_d_windowLogMax, ZSTD_WINDOW_LOG);
	} else {
		ZSTD_DCtx_reset(s->zstd, ZSTD_reset_session_only);
	}
	s->open = s->fault.kind == FAULT_NONE;
	s->between = true;
	s->wants = 1;
	s->looked = false;
}

static bool
another(struct stream *s)
{
	have(s, MEMBER_HEAD);
	return codec_of((struct span){ s->buf + s->used, s->n - s->used }) == s->codec;
}

/* After a member: another one, padding, or something that hides there. */
static void
next_member(struct stream *s)
{
	uint64_t at;

	if (another(s))
		return;
	at = input_at(s);
	feed(s);
	while (s->used < s->n && s->buf[s->used] == 0) {
		s->used++;
		feed(s);
	}
	if (s->codec == CODEC_XZ && another(s)) {
		if ((input_at(s) - at) % 4 != 0)	/* which xz itself refuses */
			s->odd = fault_as(fault_at(at, "padding between xz streams", "a multiple of 4 bytes"), FAULT_ODD);
		return;
	}
	s->done = true;
	if (s->n > s->used)
		s->fault = fault_as(fault_at(at, "bytes behind the end of the compressed data",
		    "nothing, zeros or another member"), FAULT_ODD);
}

static void
member_ends(struct stream *s)
{
	s->between = true;
	s->members++;
}

static size_t
inflate_some(struct stream *s, char *to, size_t len)
{
	int rc;

	s->z.next_in = (Bytef *)s->buf + s->used;
	s->z.avail_in = (uInt)(s->n - s->used);
	s->z.next_out = (Bytef *)to;
	s->z.avail_out = len > UINT32_MAX ? UINT32_MAX : (uInt)len;
	len = s->z.avail_out;
	rc = inflate(&s->z, Z_NO_FLUSH);
	s->used = s->n - s->z.avail_in;
	if (rc == Z_STREAM_END)
		member_ends(s);
	else if (rc == Z_MEM_ERROR)
		s->fault = fault_at(input_at(s), NO_MEMORY, NULL);
	else if (rc != Z_OK && rc != Z_BUF_ERROR)
		s->fault = fault_item(input_at(s), "damaged gzip data", span_of(s->z.msg), NULL);
	return len - s->z.avail_out;
}

static size_t
unzstd_some(struct stream *s, char *to, size_t len)
{
	enum { BLOCK_HEAD = 3 };
	/* Of a call that meets damage zstd gives nothing: it gets one block a time, without the head of the next that it would
	 * like beside it, and the sum behind the last one alone (zstd_decompress.c, ZSTD_decompressStream()). */
	size_t there = s->n - s->used, wants = s->wants > BLOCK_HEAD ? s->wants - BLOCK_HEAD : s->wants;
	ZSTD_inBuffer in = { s->buf, s->used + (there < wants ? there : wants), s->used };
	ZSTD_outBuffer out = { to, len, 0 };
	size_t rc = ZSTD_decompressStream(s->zstd, &out, &in);

	s->wants = rc;
	s->used = in.pos;
	if (ZSTD_getErrorCode(rc) == ZSTD_error_memory_allocation)
		s->fault = fault_at(input_at(s), NO_MEMORY, NULL);
	else if (ZSTD_getErrorCode(rc) == ZSTD_error_frameParameter_windowTooLarge)
		s->fault = fault_at(input_at(s), "zstd data need too much memory to inflate", "a window of at most 128 MiB");
	else if (ZSTD_isError(rc))
		s->fault = fault_item(input_at(s), "damaged zstd data", span_of(ZSTD_getErrorName(rc)), NULL);
	else if (rc == 0)
		member_ends(s);
	return out.pos;
}

static struct fault
xz_fault(uint64_t at, lzma_ret rc)
{
	const char *why = rc == LZMA_DATA_ERROR ? "corrupt data or incorrect check" :
	    rc == LZMA_OPTIONS_ERROR ? "unknown filter or flag" : "incorrect header";

	if (rc == LZMA_MEMLIMIT_ERROR)
		return fault_at(at, "xz data need too much memory to inflate", "a dictionary of at most 128 MiB");
	if (rc == LZMA_MEM_ERROR)
		return fault_at(at, "not enough memory to inflate", NULL);
	return fault_item(at, "damaged xz data", span_of(why), NULL);
}

/* A second filter (x86, ARM and others) leaves bytes of the call that meets damage as they were before it
 * (simple_coder.c): of such a member that call is short, and its bytes are not given. Told by the first block's header;
 * xz gives all blocks the same filters. */
static size_t
unxz_some(struct stream *s, char *to, size_t len)
{
	enum { SHORT = 4096, FLAGS = 13 };	/* of a block; behind the 12 bytes of the stream's header, and a size */
	lzma_ret rc;

	if (!s->looked) {
		have(s, MEMBER_HEAD);
		s->filtered = s->n - s->used > FLAGS && (s->buf[s->used + FLAGS] & 3) != 0;
		s->looked = true;
	}
	if (s->filtered && len > SHORT)
		len = SHORT;
	s->xz.next_in = (const uint8_t *)s->buf + s->used;
	s->xz.avail_in = s->n - s->used;
	s->xz.next_out = (uint8_t *)to;
	s->xz.avail_out = len;
	rc = lzma_code(&s->xz, LZMA_RUN);
	s->used = s->n - s->xz.avail_in;
	if (rc == LZMA_STREAM_END)
		member_ends(s);
	else if (rc == LZMA_UNSUPPORTED_CHECK)
		s->odd = fault_as(fault_at(input_at(s), "xz data with a check that is not known, not tested",
		    "none, CRC32, CRC64 or SHA-256"), FAULT_ODD);
	else if (rc != LZMA_OK && rc != LZMA_BUF_ERROR)
		s->fault = xz_fault(input_at(s), rc);
	if (s->fault.kind != FAULT_NONE && s->filtered)
		return 0;
	return len - s->xz.avail_out;
}

static size_t
decode_some(struct stream *s, char *to, size_t len)
{
	if (s->codec == CODEC_GZIP)
		return inflate_some(s, to, len);
	return s->codec == CODEC_ZSTD ? unzstd_some(s, to, len) : unxz_some(s, to, len);
}

/* The next bytes of the inflated stream, until LEN, its end or its fault. */
static size_t
some(struct stream *s, char *to, size_t len)
{
	size_t n = 0, got;
	bool starved;

	while (n < len && !s->done && s->fault.kind == FAULT_NONE) {
		if (s->between && s->members > 0)
			next_member(s);
		if (s->between && !s->done)
			start(s);
		feed(s);
		starved = s->n == s->used;
		if (s->done || s->fault.kind != FAULT_NONE)
			break;
		if (starved && s->between) {	/* an empty file, or nothing but its magic */
			s->done = true;
			break;
		}
		s->between = false;
		got = decode_some(s, to + n, len - n);
		n += got;
		if (starved && got == 0 && !s->between && s->fault.kind == FAULT_NONE)
			s->fault = fault_at(input_at(s), "compressed data end early", "the rest of a member");
	}
	s->out_at += n;
	if (s->done && s->fault.kind == FAULT_NONE)
		s->fault = s->odd;
	if (s->out_at > s->limit && s->fault.kind == FAULT_NONE) {
		n -= (size_t)(s->out_at - s->limit);
		s->fault = fault_at(input_at(s), "inflates to more than the limit", "less than the limit");
	}
	return n;
}

static void
rewind_stream(struct stream *s)
{
	s->in_at = s->out_at = 0;
	s->n = s->used = 0;
	s->members = 0;
	s->done = false;
	s->fault = s->odd = NO_FAULT;
	start(s);
}

static struct fault
stream_read(struct bytes *b, uint64_t at, char *buf, size_t len, size_t *got)
{
	struct stream *s = b->state;
	char skipped[4096];
	uint64_t gap;

	if (at < s->out_at)
		rewind_stream(s);
	while ((gap = at - s->out_at) > 0)
		if (some(s, skipped, gap < sizeof(skipped) ? (size_t)gap : sizeof(skipped)) == 0)
			return s->fault;
	*got = some(s, buf, len);
	return *got < len ? s->fault : NO_FAULT;
}

static void
stream_close(struct bytes *b)
{
	struct stream *s = b->state;

	inflateEnd(&s->z);
	ZSTD_freeDStream(s->zstd);
	lzma_end(&s->xz);
	free(s);
}

static const struct bytes_kind stream_kind = { stream_read, stream_close };

struct fault
codec_open(struct bytes *in, enum codec codec, uint64_t limit, struct bytes *out)
{
	struct stream *s;

	*out = (struct bytes){ 0 };
	if (codec != CODEC_GZIP && codec != CODEC_ZSTD && codec != CODEC_XZ)
		return fault_item(0, "compression that this build cannot inflate",
		    span_of(codec_name(codec)), "gzip, zstd or xz");
	s = calloc(1, sizeof(*s));
	if (s == NULL)
		return fault_at(0, NO_MEMORY, NULL);
	s->in = in;
	s->codec = codec;
	s->limit = limit;
	start(s);
	*out = (struct bytes){ .kind = &stream_kind, .state = s };
	return s->fault;
}
