/* SPDX-License-Identifier: ISC */
/* Memory that is given back at once. */

#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/copy.h"

enum { BLOCK = 64 * 1024, ALIGN = _Alignof(max_align_t) };

struct arena_block {
	struct arena_block *next;
	size_t used, room;
	_Alignas(max_align_t) char bytes[];
};

/* Handed out when the system has not even a page left: the answer is a fault all the same. */
static max_align_t last_resort[ARENA_SPARE / sizeof(max_align_t)];

static bool refused;

bool
memory_refused(void)
{
	return refused;
}

void
memory_refuse(void)
{
	refused = true;
}

struct arena
arena_open(size_t ceiling)
{
	return (struct arena){ .ceiling = ceiling };
}

static char *
piece(struct arena *a, size_t len, size_t align)
{
	struct arena_block *b = a->blocks;
	size_t at = b == NULL ? 0 : (b->used + align - 1) & ~(align - 1);
	size_t room;

	if (a->full || len > a->ceiling - a->used) {
		a->full = true;
		return NULL;
	}
	if (b == NULL || at > b->room || len > b->room - at) {
		room = len > BLOCK / 4 ? len : BLOCK;
		b = malloc(sizeof(*b) + room);
		if (b == NULL) {
			memory_refuse();
			a->full = true;
			return NULL;
		}
		b->room = room;
		b->used = at = 0;
		b->next = a->blocks;
		a->blocks = b;
	}
	b->used = at + len;
	a->used += len;
	return b->bytes + at;
}

void *
arena_take(struct arena *a, size_t len)
{
	char *p = piece(a, len, ALIGN);

	if (p == NULL) {
		if (a->spare == NULL)
			a->spare = malloc(ARENA_SPARE);
		p = a->spare == NULL ? (char *)last_resort : (char *)a->spare;
		len = ARENA_SPARE;
	}
	return memset(p, 0, len);
}

char *
arena_room(struct arena *a, size_t len)
{
	return piece(a, len, 1);
}

struct span
arena_copy(struct arena *a, struct span s)
{
	return s.ptr == NULL ? s : arena_join(a, 1, &s);
}

struct span
arena_join(struct arena *a, size_t n, const struct span *pieces)
{
	size_t len = 0, at = 0;
	char *p;

	for (size_t i = 0; i < n; i++)
		len += pieces[i].len;
	p = arena_room(a, len + 1);
	if (p == NULL)
		return SPAN("");
	for (size_t i = 0; i < n; i++) {
		if (pieces[i].len > 0)
			copy_short(p + at, pieces[i].ptr, pieces[i].len);
		at += pieces[i].len;
	}
	p[len] = '\0';
	return (struct span){ p, len };
}

static void
release(struct arena_block *b, struct arena_block *keep)
{
	struct arena_block *next;

	for (; b != NULL; b = next) {
		next = b->next;
		if (b != keep)
			free(b);
	}
}

void
arena_reset(struct arena *a)
{
	struct arena_block *b = a->blocks;

	while (b != NULL && b->room != BLOCK)
		b = b->next;
	release(a->blocks, b);
	if (b != NULL) {
		b->next = NULL;
		b->used = 0;
	}
	a->blocks = b;
	a->used = 0;
	a->full = false;
}

void
arena_close(struct arena *a)
{
	release(a->blocks, NULL);
	free(a->spare);
	*a = (struct arena){ 0 };
}
