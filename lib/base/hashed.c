/* SPDX-License-Identifier: ISC */
/* Bytes that are hashed on their way. They are read into the hasher's own blocks, so that what is passed over is never copied. */

#include <stdlib.h>
#include <string.h>

#include "base/hashed.h"
#include "base/hasher.h"

struct hashed {
	struct bytes *in;
	struct hasher *hasher;
	const char *block;		/* the last that was read: n bytes, which begin at AT */
	size_t n;
	uint64_t at;
	bool ended;
	struct fault fault;		/* with which IN ended */
	bool finished;
	char hex[64];
};

static uint64_t
passed(const struct hashed *h)
{
	return h->at + h->n;
}

/* The next block. */
static void
advance(struct hashed *h)
{
	char *room = hasher_room(h->hasher);

	h->at += h->n;
	h->fault = bytes_read(h->in, h->at, room, HASHER_BLOCK, &h->n);
	h->ended = h->n < HASHER_BLOCK || h->fault.kind != FAULT_NONE;
	h->block = room;
	hasher_filled(h->hasher, h->n);
}

static struct fault
hashed_read(struct bytes *b, uint64_t at, char *buf, size_t len, size_t *got)
{
	struct hashed *h = b->state;
	struct fault f = NO_FAULT;
	size_t n;

	if (at < h->at) {		/* read again */
		n = len < h->at - at ? len : (size_t)(h->at - at);
		f = bytes_read(h->in, at, buf, n, got);
		if (f.kind != FAULT_NONE || *got < n)
			return f;
	}
	while (*got < len) {
		while (at + *got >= passed(h) && !h->ended)
			advance(h);
		if (at + *got >= passed(h))
			return h->fault;
		n = (size_t)(passed(h) - (at + *got));
		if (n > len - *got)
			n = len - *got;
		memcpy(buf + *got, h->block + (at + *got - h->at), n);
		*got += n;
	}
	return f;
}

static void
hashed_close(struct bytes *b)
{
	struct hashed *h = b->state;

	hasher_close(h->hasher);
	free(h);
}

static const struct bytes_kind hashed_kind = { hashed_read, hashed_close };

struct fault
bytes_hashed(struct bytes *in, struct bytes *out)
{
	struct hashed *h = calloc(1, sizeof(*h));

	*out = (struct bytes){ 0 };
	if (h == NULL || (h->hasher = hasher_open()) == NULL) {
		free(h);
		return fault_at(0, "not enough memory to hash", NULL);
	}
	h->in = in;
	*out = (struct bytes){ .kind = &hashed_kind, .size = in->size, .state = h };
	return NO_FAULT;
}

struct fault
bytes_hashed_finish(struct bytes *hashed, char hex[64], uint64_t *len)
{
	struct hashed *h = hashed->state;

	while (!h->ended)
		advance(h);
	if (!h->finished)
		hasher_hex(h->hasher, h->hex);
	h->finished = true;
	memcpy(hex, h->hex, 64);
	*len = passed(h);
	return h->fault;
}
