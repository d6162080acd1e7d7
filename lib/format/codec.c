/* SPDX-License-Identifier: ISC */
/* Compressed bytes as bytes: which compression it is, members after each other, limits. The decoders are codec_*.c. */

#include <stdlib.h>
#include <string.h>

#include "format/codec_stream.h"

/* Inflated at once for who passes over bytes or reads little pieces: so much stays near the processor. */
enum { AHEAD = 256 * 1024, AHEAD_LITTLE = 64 * 1024 };

static const struct decoder *const decoders[] = { &decode_gzip, &decode_zstd, &decode_xz, &decode_bzip2 };

/* "BZh" alone could begin a name: a digit follows, and what begins a block or ends the member, as far as HEAD goes. */
static bool
is_bzip2(struct span head)
{
	struct span next = span_sub(head, 4, 2);

	return head.len >= 4 && span_starts(head, "BZh") && head.ptr[3] >= '1' && head.ptr[3] <= '9' &&
	    (span_begins(SPAN("1A"), next) || span_begins(SPAN("\x17r"), next));
}

enum codec
codec_of(struct span head)
{
	static const struct {
		enum codec codec;
		struct span magic;
	} known[] = {
		{ CODEC_GZIP, { "\x1f\x8b\x08", 3 } }, { CODEC_ZSTD, { "\x28\xb5\x2f\xfd", 4 } },
		{ CODEC_XZ, { "\xfd" "7zXZ", 6 } },
	};

	for (size_t i = 0; i < sizeof(known) / sizeof(*known); i++)
		if (span_eq(span_sub(head, 0, known[i].magic.len), known[i].magic))
			return known[i].codec;
	/* a skippable frame may stand first: 0x184D2A50 to 5F, little-endian */
	if (head.len >= 4 && ((unsigned char)head.ptr[0] & 0xf0) == 0x50 &&
	    memcmp(head.ptr + 1, "\x2a\x4d\x18", 3) == 0)
		return CODEC_ZSTD;
	return is_bzip2(head) ? CODEC_BZIP2 : CODEC_NONE;
}

const char *
codec_name(enum codec c)
{
	static const char *const names[] = { "none", "gzip", "zstd", "xz", "bzip2" };

	return names[c];
}

struct fault
stream_no_memory(const struct stream *s)
{
	return fault_at(stream_at(s), "not enough memory to inflate", NULL);
}

/* Makes room behind what is there; what was used last stays before it. */
static void
shift(struct stream *s)
{
	memmove(s->buf, s->buf + s->used, KEPT + s->n - s->used);
	s->n -= s->used;
	s->used = 0;
}

/* More input when there is none left; what could not be read is the stream's fault. */
static void
feed(struct stream *s)
{
	if (s->used < s->n)
		return;
	shift(s);
	s->fault = bytes_read(s->in, s->in_at, s->buf + KEPT, s->much ? INPUT_MUCH : INPUT_LITTLE, &s->n);
	s->in_at += s->n;
	if (s->n > 0)
		s->fault = NO_FAULT;
}

void
stream_have(struct stream *s, size_t n)
{
	size_t got = 1;

	if (s->n - s->used >= n)
		return;
	shift(s);
	while (s->n < n && got > 0) {
		bytes_read(s->in, s->in_at, s->buf + KEPT + s->n, INPUT_LITTLE - s->n, &got);
		s->n += got;
		s->in_at += got;
	}
}

static void
start(struct stream *s)
{
	s->between = true;
	s->decoder->start(s);
}

static bool
another(struct stream *s)
{
	stream_have(s, MEMBER_HEAD);
	return codec_of((struct span){ stream_input(s), s->n - s->used }) == s->decoder->codec;
}

/* After a member: another one, padding, or something that hides there. */
static void
next_member(struct stream *s)
{
	uint64_t at;

	if (another(s))
		return;
	at = stream_at(s);
	feed(s);
	while (s->used < s->n && *stream_input(s) == 0) {
		s->used++;
		feed(s);
	}
	if (s->decoder->codec == CODEC_XZ && another(s)) {
		if ((stream_at(s) - at) % 4 != 0)	/* which xz itself refuses */
			s->odd = fault_as(fault_at(at, "padding between xz streams", "a multiple of 4 bytes"), FAULT_ODD);
		return;
	}
	s->done = true;
	if (s->n > s->used)
		s->fault = fault_as(fault_at(at, "bytes behind the end of the compressed data",
		    "nothing, zeros or another member"), FAULT_ODD);
}

/* The next bytes of the inflated stream, until LEN, its end or its fault. */
static size_t
some(struct stream *s, char *to, size_t len)
{
	size_t n = 0, got;
	bool starved;

	while (n < len && !s->done && s->fault.kind == FAULT_NONE) {
		if (s->between && s->members > 0) {
			next_member(s);
			if (!s->done)
				start(s);
		}
		feed(s);
		starved = s->n == s->used;
		if (s->done || s->fault.kind != FAULT_NONE)
			break;
		if (starved && s->between) {	/* an empty file, or nothing but its magic */
			s->done = true;
			break;
		}
		s->between = false;
		got = s->decoder->some(s, to + n, len - n);
		n += got;
		if (starved && got == 0 && !s->between && s->fault.kind == FAULT_NONE)
			s->fault = fault_at(stream_at(s), "compressed data end early", "the rest of a member");
	}
	s->out_at += n;
	if (s->done && s->fault.kind == FAULT_NONE)
		s->fault = s->odd;
	if (s->out_at > s->limit) {		/* which stands before damage behind it */
		n -= (size_t)(s->out_at - s->limit);
		s->out_at = s->limit;
		s->fault = fault_at(stream_at(s), "inflates to more than the limit", "less than the limit");
	}
	return n;
}

static void
rewind_stream(struct stream *s)
{
	s->in_at = s->out_at = 0;
	s->n = s->used = 0;
	s->ahead_n = s->ahead_given = 0;
	s->members = 0;
	s->done = false;
	s->fault = s->odd = NO_FAULT;
	start(s);
}

/* Where the reader is. */
static uint64_t
given(const struct stream *s)
{
	return s->out_at - (s->ahead_n - s->ahead_given);
}

/* More ahead when none is left. False: nothing more comes. */
static bool
go_ahead(struct stream *s)
{
	if (s->ahead_given < s->ahead_n)
		return true;
	s->ahead_given = 0;
	s->ahead_n = some(s, s->ahead, s->much ? AHEAD : AHEAD_LITTLE);
	return s->ahead_n > 0;
}

/* Up to LEN bytes of what is ahead, to TO if that is wanted. */
static size_t
take(struct stream *s, char *to, uint64_t len)
{
	size_t n = s->ahead_n - s->ahead_given;

	if (n > len)
		n = (size_t)len;
	if (to != NULL)
		memcpy(to, s->ahead + s->ahead_given, n);
	s->ahead_given += n;
	return n;
}

static struct fault
stream_read(struct bytes *b, uint64_t at, char *buf, size_t len, size_t *got)
{
	struct stream *s = b->state;

	if (at < given(s))
		rewind_stream(s);
	s->much |= len > AHEAD_LITTLE || at - given(s) > AHEAD_LITTLE;
	while (at > given(s)) {
		if (!go_ahead(s))
			return s->fault;
		take(s, NULL, at - given(s));
	}
	*got = take(s, buf, len);
	if (len - *got >= AHEAD)
		*got += some(s, buf + *got, len - *got);
	while (*got < len && go_ahead(s))
		*got += take(s, buf + *got, len - *got);
	return *got < len ? s->fault : NO_FAULT;
}

static void
stream_close(struct bytes *b)
{
	struct stream *s = b->state;

	s->decoder->close(s);
	free(s->state);
	free(s->ahead);
	free(s);
}

static const struct bytes_kind stream_kind = { stream_read, stream_close };

static struct stream *
make(const struct decoder *d)
{
	struct stream *s = calloc(1, sizeof(*s));

	if (s == NULL)
		return NULL;
	s->state = calloc(1, d->size);
	s->ahead = malloc(AHEAD);
	if (s->state != NULL && s->ahead != NULL)
		return s;
	free(s->state);
	free(s->ahead);
	free(s);
	return NULL;
}

struct fault
codec_open(struct bytes *in, enum codec codec, uint64_t limit, struct bytes *out)
{
	const struct decoder *d = codec == CODEC_NONE ? NULL : decoders[codec - CODEC_GZIP];
	struct stream *s;

	*out = (struct bytes){ 0 };
	if (d == NULL)
		return fault_at(0, "compression that is not known", "gzip, zstd, xz or bzip2");
	s = make(d);
	if (s == NULL)
		return fault_at(0, "not enough memory to inflate", NULL);
	s->in = in;
	s->decoder = d;
	s->limit = limit;
	start(s);
	*out = (struct bytes){ .kind = &stream_kind, .state = s };
	return s->fault;
}
