/* SPDX-License-Identifier: ISC */
/* What codec.c and the decoders share: a compressed stream on its way. For these alone. */
#ifndef FORMAT_CODEC_STREAM_H
#define FORMAT_CODEC_STREAM_H

#include "format/codec.h"

enum {
	KEPT = 8,			/* input that was used last, for a decoder that would look at it again */
	INPUT_LITTLE = 64 * 1024,	/* the input read at once for who reads little, and for who reads much */
	INPUT_MUCH = 256 * 1024,
	MEMBER_HEAD = 14,		/* of a member, looked at before it is inflated */
};

struct stream;

/* One compression. What it needs to know lies at s->state, SIZE bytes that are zeros at first. */
struct decoder {
	enum codec codec;
	size_t size;

	/* Before each member; there is no memory: s->fault. */
	void (*start)(struct stream *);

	/* Inflates of the input, s->n - s->used bytes at stream_input(), what it can; takes off what it used. Returns how many of
	 * the LEN bytes (more than 0) at TO it gave. The member has ended: stream_member_ends(). Damage: s->fault. */
	size_t (*some)(struct stream *, char *to, size_t len);

	void (*close)(struct stream *);
};

extern const struct decoder decode_gzip, decode_zstd, decode_xz, decode_bzip2;

struct stream {
	struct bytes *in;
	const struct decoder *decoder;
	void *state;			/* the decoder's own */
	uint64_t limit;
	uint64_t in_at, out_at;		/* read of the input; inflated so far */
	size_t n, used;			/* of the input in buf */
	uint64_t members;		/* that have ended */
	bool much;			/* whoever reads takes much at once, or passes over it */
	bool between, done;		/* it is between members; nothing follows */
	struct fault fault;		/* why it ended, for every later read */
	struct fault odd;		/* said at the end: nothing was lost by it */
	char *ahead;			/* inflated and not given yet: ahead_n bytes, ahead_given of them given */
	size_t ahead_n, ahead_given;
	char buf[KEPT + INPUT_MUCH];	/* what was used last; then the input */
};

static inline const char *
stream_input(const struct stream *s)
{
	return s->buf + KEPT + s->used;
}

/* Where in the compressed bytes that is. */
static inline uint64_t
stream_at(const struct stream *s)
{
	return s->in_at - (s->n - s->used);
}

/* N bytes of input, at most INPUT_LITTLE, or as many as there are. */
void stream_have(struct stream *, size_t n);

static inline void
stream_member_ends(struct stream *s)
{
	s->between = true;
	s->members++;
}

/* What a decoder returns that was refused memory; at the offset of its input. */
struct fault stream_no_memory(const struct stream *);

#endif
