/* SPDX-License-Identifier: ISC */
/* gzip, by isa-l. Sources: RFC 1951, RFC 1952; isa-l's igzip_lib.h and igzip_inflate.c (2.30). */

#include <string.h>

#include <isa-l/igzip_lib.h>

#include "base/upper.h"
#include "format/codec_stream.h"

struct gzip {
	bool headed;				/* the member's header has been read */
	const char *damage;			/* what was met, said when all before it has been given */
	struct isal_gzip_header header;		/* how far it has */
	struct inflate_state z, before;		/* as it was before the last call */
};

static void
start(struct stream *s)
{
	struct gzip *g = s->state;

	isal_inflate_init(&g->z);
	g->z.crc_flag = ISAL_GZIP_NO_HDR_VER;
	isal_gzip_header_init(&g->header);
	g->headed = false;
	g->damage = NULL;
}

static void
damaged(struct stream *s, const char *why)
{
	/* eight bytes at most have been taken ahead of what they stand for */
	const struct gzip *g = s->state;
	uint64_t ahead = g->z.read_in_length > 0 ? (uint64_t)g->z.read_in_length / 8 : 0, at = stream_at(s);

	s->fault = fault_item(at > ahead ? at - ahead : 0, "damaged gzip data", span_of(why), NULL);
}

/* isa-l does not tell a wrong sum from a wrong length; the trailer is the input that was used last. */
static const char *
wrong_trailer(const struct stream *s)
{
	const struct gzip *g = s->state;
	const unsigned char *sum = (const unsigned char *)stream_input(s) - 8;
	uint32_t said = sum[0] | (uint32_t)sum[1] << 8 | (uint32_t)sum[2] << 16 | (uint32_t)sum[3] << 24;

	return said == g->z.crc ? "incorrect length check" : "incorrect data check";
}

/* Given a header in pieces, isal_inflate() would forget what the first said. Flags that mean nothing yet, isa-l would pass over
 * with all that they may stand for; the RFC (2.3.1.2) wants them refused. */
static void
read_header(struct stream *s)
{
	enum { RESERVED = 0xe0 };
	struct gzip *g = s->state;
	int rc;

	g->z.next_in = (uint8_t *)(uintptr_t)stream_input(s);	/* not written to */
	g->z.avail_in = (uint32_t)(s->n - s->used);
	rc = isal_read_gzip_header(&g->z, &g->header);
	s->used = s->n - g->z.avail_in;
	if (rc == ISAL_INVALID_WRAPPER)
		damaged(s, "incorrect header check");
	else if (rc == ISAL_UNSUPPORTED_METHOD)
		damaged(s, "unknown compression method");
	else if (rc < 0)
		damaged(s, "header crc mismatch");
	else if (rc == ISAL_DECOMP_OK && (g->header.flags & RESERVED) != 0)
		damaged(s, "unknown header flags set");
	else
		g->headed = rc == ISAL_DECOMP_OK;
}

/* What isa-l had inflated before it met damage, and no room to give; then the damage. */
static size_t
give_rest(struct stream *s, char *to, size_t len)
{
	struct gzip *g = s->state;
	size_t n = (size_t)(g->z.tmp_out_valid - g->z.tmp_out_processed);

	if (n > len)
		n = len;
	memcpy(to, g->z.tmp_out_buffer + g->z.tmp_out_processed, n);
	g->z.tmp_out_processed += (int32_t)n;
	if (g->z.tmp_out_processed == g->z.tmp_out_valid)
		damaged(s, g->damage);
	return n;
}

/* Inflates what is in view, at most MOST bytes of it; how many bytes that gave. */
static size_t
inflate_at_most(struct stream *s, size_t most, char *to, size_t len, int *rc)
{
	struct gzip *g = s->state;
	size_t n = s->n - s->used;

	g->z.next_in = (uint8_t *)(uintptr_t)stream_input(s);	/* not written to */
	g->z.avail_in = (uint32_t)(n < most ? n : most);
	g->z.next_out = (uint8_t *)to;
	g->z.avail_out = (uint32_t)len;
	n = g->z.avail_in;
	*rc = isal_inflate(&g->z);
	upper_clear();
	s->used += n - g->z.avail_in;
	return len - g->z.avail_out;
}

/* Where damage ends it, isa-l's quick loop says that it had written the copy which it could not make, and that it had used
 * 8 bytes of input more (igzip_decode_block_stateless.asm, invalid_look_back_distance). Of less input than those 8 the careful
 * loop is taken, which says what is. */
static size_t
inflate_carefully(struct stream *s, char *to, size_t len, int *rc)
{
	enum { FEW = 7 };
	struct gzip *g = s->state;
	size_t n = 0, at;

	g->z = g->before;
	do {
		at = s->used;
		n += inflate_at_most(s, FEW, to + n, len - n, rc);
	} while (*rc >= 0 && n < len && s->used > at && s->used < s->n && g->z.block_state != ISAL_BLOCK_FINISH);
	return n;
}

static const char *
damage(int rc)
{
	return rc == ISAL_INVALID_LOOKBACK ? "invalid distance too far back" : rc == ISAL_INVALID_SYMBOL ? "invalid code" :
	    "invalid block";
}

static size_t
inflate_body(struct stream *s, char *to, size_t len)
{
	struct gzip *g = s->state;
	size_t n, at = s->used;
	int rc;

	if (g->damage != NULL)
		return give_rest(s, to, len);
	g->before = g->z;
	n = inflate_at_most(s, SIZE_MAX, to, len, &rc);
	if (rc == ISAL_INVALID_LOOKBACK || rc == ISAL_INVALID_SYMBOL) {
		s->used = at;
		n = inflate_carefully(s, to, len, &rc);
	}
	if (rc == ISAL_INCORRECT_CHECKSUM) {
		damaged(s, wrong_trailer(s));
	} else if (rc < 0) {
		g->damage = damage(rc);
		n += give_rest(s, to + n, len - n);
	} else if (g->z.block_state == ISAL_BLOCK_FINISH) {
		stream_member_ends(s);
	}
	return n;
}

static size_t
some(struct stream *s, char *to, size_t len)
{
	const struct gzip *g = s->state;

	if (g->headed)
		return inflate_body(s, to, len > INT32_MAX ? INT32_MAX : len);
	read_header(s);
	return 0;
}

static void
nothing(struct stream *s)
{
	(void)s;
}

const struct decoder decode_gzip = { CODEC_GZIP, sizeof(struct gzip), start, some, nothing };
