/* SPDX-License-Identifier: ISC */
/* SHA-256 in a second thread: a ring of blocks between the two, of which one fills and the other hashes. */

#include <pthread.h>
#include <sched.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>

#include "base/hasher.h"
#include "base/sha256.h"

enum { BLOCKS = 8 };

struct hasher {
	struct sha256 sum;		/* the thread's as long as it runs */
	bool tried, running;		/* to make the thread; there is one */
	size_t n;			/* copied to the block that comes next */
	pthread_t thread;
	pthread_mutex_t lock;		/* of what follows, up to the blocks */
	pthread_cond_t filled, hashed;
	uint64_t made, taken;		/* blocks that were filled, and that were hashed */
	size_t len[BLOCKS];
	bool ending, given_up;		/* no more come; nobody wants the digest */
	char blocks[BLOCKS][HASHER_BLOCK];
};

struct hasher *
hasher_open(void)
{
	struct hasher *h = calloc(1, sizeof(*h));

	if (h == NULL)
		return NULL;
	h->sum = sha256_open();
	pthread_mutex_init(&h->lock, NULL);
	pthread_cond_init(&h->filled, NULL);
	pthread_cond_init(&h->hashed, NULL);
	return h;
}

static void *
work(void *hasher)
{
	struct hasher *h = hasher;
	size_t i;

	pthread_mutex_lock(&h->lock);
	for (;;) {
		while (h->made == h->taken && !h->ending)
			pthread_cond_wait(&h->filled, &h->lock);
		if (h->given_up || h->made == h->taken)
			break;
		i = h->taken % BLOCKS;
		pthread_mutex_unlock(&h->lock);
		sha256_add(&h->sum, (struct span){ h->blocks[i], h->len[i] });
		pthread_mutex_lock(&h->lock);
		h->taken++;
		pthread_cond_signal(&h->hashed);
	}
	pthread_mutex_unlock(&h->lock);
	return NULL;
}

static bool
alone(void)
{
	cpu_set_t set;

	return sched_getaffinity(0, sizeof(set), &set) == 0 && CPU_COUNT(&set) < 2;
}

/* Signals are for the thread that was there before. */
static void
start(struct hasher *h)
{
	sigset_t all, before;

	h->tried = true;
	if (alone())
		return;
	sigfillset(&all);
	pthread_sigmask(SIG_SETMASK, &all, &before);
	h->running = pthread_create(&h->thread, NULL, work, h) == 0;
	pthread_sigmask(SIG_SETMASK, &before, NULL);
}

/* The first block is hashed here: most streams are shorter. */
static void
publish(struct hasher *h, size_t n)
{
	if (n == 0)
		return;
	if (!h->tried && h->made > 0)
		start(h);
	if (!h->running) {
		sha256_add(&h->sum, (struct span){ h->blocks[h->made % BLOCKS], n });
		h->made++;
		h->taken++;
		return;
	}
	pthread_mutex_lock(&h->lock);
	h->len[h->made % BLOCKS] = n;
	h->made++;
	pthread_cond_signal(&h->filled);
	pthread_mutex_unlock(&h->lock);
}

/* The block that comes next, when it is free. */
static char *
next(struct hasher *h)
{
	if (h->running) {
		pthread_mutex_lock(&h->lock);
		while (h->made - h->taken == BLOCKS)
			pthread_cond_wait(&h->hashed, &h->lock);
		pthread_mutex_unlock(&h->lock);
	}
	return h->blocks[h->made % BLOCKS];
}

char *
hasher_room(struct hasher *h)
{
	publish(h, h->n);
	h->n = 0;
	return next(h);
}

void
hasher_filled(struct hasher *h, size_t n)
{
	publish(h, n);
}

void
hasher_add(struct hasher *h, struct span s)
{
	size_t n;

	for (; s.len > 0; s = span_sub(s, n, SIZE_MAX)) {
		n = s.len < HASHER_BLOCK - h->n ? s.len : HASHER_BLOCK - h->n;
		memcpy(next(h) + h->n, s.ptr, n);
		h->n += n;
		if (h->n == HASHER_BLOCK)
			hasher_room(h);
	}
}

static void
end(struct hasher *h, bool give_up)
{
	if (!h->running)
		return;
	pthread_mutex_lock(&h->lock);
	h->ending = true;
	h->given_up = give_up;
	pthread_cond_signal(&h->filled);
	pthread_mutex_unlock(&h->lock);
	pthread_join(h->thread, NULL);
	h->running = false;
}

void
hasher_hex(struct hasher *h, char out[64])
{
	hasher_room(h);
	end(h, false);
	sha256_hex(&h->sum, out);
}

void
hasher_close(struct hasher *h)
{
	if (h == NULL)
		return;
	end(h, true);
	pthread_cond_destroy(&h->filled);
	pthread_cond_destroy(&h->hashed);
	pthread_mutex_destroy(&h->lock);
	free(h);
}
