/* SPDX-License-Identifier: ISC */
/* Compressed bytes as bytes. Sources: RFC 1952, RFC 8878, zlib's and zstd's own headers. */

#include <stdlib.h>
#include <string.h>

#include <zlib.h>
#include <zstd.h>

#include "base/limits.h"
#include "format/codec.h"

enum { INPUT = 64 * 1024, ZSTD_WINDOW_LOG = 27 };	/* 128 MiB: what zstd itself takes unasked */

struct stream {
	struct bytes *in;
	enum codec codec;
	uint64_t limit;
	uint64_t in_at, out_at;		/* read of the input; given so far */
	size_t n, used;			/* of buf */
	uint64_t members;		/* that have ended */
	unsigned head;			/* bytes of the frame's head that were fed */
	bool open, between, done;	/* a decoder is made; it is between members; nothing follows */
	struct fault fault;		/* why it ended, for every later read */
	z_stream z;
	ZSTD_DStream *zstd;
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

static void
start(struct stream *s)
{
	if (s->codec == CODEC_GZIP) {
		if (s->open)
			inflateReset(&s->z);
		else if (inflateInit2(&s->z, 15 + 16) != Z_OK)
			s->fault = fault_at(0, "not enough memory to inflate", NULL);
	} else if (s->zstd == NULL) {
		s->zstd = ZSTD_createDStream();
		if (s->zstd == NULL)
			s->fault = fault_at(0, "not enough memory to inflate", NULL);
		else
			ZSTD_DCtx_setParameter(s->zstd, ZSTD_d_windowLogMax, ZSTD_WINDOW_LOG);
	} else {
		ZSTD_DCtx_reset(s->zstd, ZSTD_reset_session_only);
	}
	s->open = s->fault.kind == FAULT_NONE;
	s->between = true;
	s->head = 0;
}

/* After a member: another one, padding, or something that hides there. */
static void
next_member(struct stream *s)
{
	uint64_t at;
	enum codec c;
	size_t got;

	feed(s);
	if (s->n == s->used) {
		s->done = true;
		return;
	}
	if (s->n - s->used < 6) {	/* a magic cut by the buffer's end */
		memmove(s->buf, s->buf + s->used, s->n - s->used);
		s->n -= s->used;
		s->used = 0;
		bytes_read(s->in, s->in_at, s->buf + s->n, INPUT - s->n, &got);
		s->n += got;
		s->in_at += got;
	}
	c = codec_of((struct span){ s->buf + s->used, s->n - s->used });
	if (c == s->codec)
		return;
	at = input_at(s);
	while (s->used < s->n && s->buf[s->used] == 0) {
		s->used++;
		feed(s);
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
	else if (rc != Z_OK && rc != Z_BUF_ERROR)
		s->fault = fault_item(input_at(s), "damaged gzip data", span_of(s->z.msg), NULL);
	return len - s->z.avail_out;
}

static size_t
unzstd_some(struct stream *s, char *to, size_t len)
{
	enum { HEAD = 18 };		/* a frame's head at its longest */
	/* A frame that lies there whole is inflated at once, and none of it given when it is damaged: its head is fed byte
	 * by byte, so that zstd does not see that (zstd_decompress.c, "single pass"). */
	ZSTD_inBuffer in = { s->buf, s->head < HEAD && s->n > s->used ? s->used + 1 : s->n, s->used };
	ZSTD_outBuffer out = { to, len, 0 };
	size_t rc = ZSTD_decompressStream(s->zstd, &out, &in);

	s->head += s->head < HEAD ? (unsigned)(in.pos - s->used) : 0;
	s->used = in.pos;
	if (ZSTD_isError(rc))
		s->fault = fault_item(input_at(s), "damaged zstd data", span_of(ZSTD_getErrorName(rc)), NULL);
	else if (rc == 0)
		member_ends(s);
	return out.pos;
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
		got = s->codec == CODEC_GZIP ? inflate_some(s, to + n, len - n) :
		    unzstd_some(s, to + n, len - n);
		n += got;
		if (starved && got == 0 && !s->between && s->fault.kind == FAULT_NONE)
			s->fault = fault_at(input_at(s), "compressed data end early", "the rest of a member");
	}
	s->out_at += n;
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
	s->fault = NO_FAULT;
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
	free(s);
}

static const struct bytes_kind stream_kind = { stream_read, stream_close };

struct fault
codec_open(struct bytes *in, enum codec codec, uint64_t limit, struct bytes *out)
{
	struct stream *s;

	*out = (struct bytes){ 0 };
	if (codec != CODEC_GZIP && codec != CODEC_ZSTD)
		return fault_item(0, "compression that this build cannot inflate",
		    span_of(codec_name(codec)), "gzip or zstd");
	s = calloc(1, sizeof(*s));
	if (s == NULL)
		return fault_at(0, "not enough memory to inflate", NULL);
	s->in = in;
	s->codec = codec;
	s->limit = limit;
	start(s);
	*out = (struct bytes){ .kind = &stream_kind, .state = s };
	return s->fault;
}
