/* SPDX-License-Identifier: ISC */
/* Errors as values. */

#include <errno.h>
#include <string.h>

#include "base/fault.h"
#include "base/limits.h"

struct fault
fault_at(uint64_t offset, const char *what, const char *expected)
{
	return (struct fault){ .kind = FAULT_PART, .offset = u64_of(offset), .what = what,
	    .expected = expected };
}

struct fault
fault_item(uint64_t offset, const char *what, struct span item, const char *expected)
{
	struct fault f = fault_at(offset, what, expected);

	f.item = item;
	return f;
}

struct fault
fault_system(const char *what, struct span file, int error)
{
	return (struct fault){ .kind = error == ENOENT ? FAULT_ABSENT : FAULT_PART, .what = what,
	    .item = span_of(strerror(error)), .file = file };
}

struct faults
faults_open(void)
{
	return (struct faults){ .arena = arena_open(16 << 20) };
}

void
faults_add(struct faults *to, struct fault f)
{
	struct fault *last = to->list.v;

	if (f.kind == FAULT_NONE)
		return;
	if (to->list.n >= LIMIT_FAULTS || to->arena.full) {
		if (to->list.n == 0)		/* no memory for the first: memory_refused() remains to tell */
			return;
		last += to->list.n - 1;
		last->repeated++;
		if (f.kind > last->kind)
			last->kind = f.kind;
		return;
	}
	f.item = arena_copy(&to->arena, span_sub(f.item, 0, 1024));
	f.file = arena_copy(&to->arena, span_sub(f.file, 0, 8192));
	*(struct fault *)list_add(&to->arena, &to->list, sizeof(f)) = f;
}

void
faults_reset(struct faults *f)
{
	arena_reset(&f->arena);
	f->list = (struct list){ 0 };
}

void
faults_close(struct faults *f)
{
	arena_close(&f->arena);
	f->list = (struct list){ 0 };
}
