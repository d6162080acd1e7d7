/* SPDX-License-Identifier: ISC */
/* The names of a layer: those of its tar, and those that lie in its folder. */

#include <stdlib.h>

#include "image/verify_internal.h"

struct span
verify_parent(struct span name)
{
	size_t n = name.len;

	while (n > 0 && name.ptr[n - 1] != '/')
		n--;
	return span_sub(name, 0, n == 0 ? 0 : n - 1);
}

static unsigned char *
flags_of(const struct checking *c, struct span name)
{
	size_t n = index_get(&c->seen, name);

	return n == SIZE_MAX ? NULL : (unsigned char *)c->flags.v + n;
}

unsigned
verify_flags(const struct checking *c, struct span name)
{
	const unsigned char *f = flags_of(c, name);

	return f == NULL ? 0 : *f;
}

void
verify_seen(struct checking *c, struct span name, unsigned flags)
{
	unsigned char *f;

	for (; (f = flags_of(c, name)) == NULL; name = verify_parent(name), flags = SEEN_PARENT) {
		struct span kept = arena_copy(&c->run, name);

		*(unsigned char *)list_add(&c->run, &c->flags, 1) = (unsigned char)flags;
		index_put(&c->seen, &c->run, kept, c->flags.n - 1);
		if (name.len == 0 || c->run.full)
			return;
	}
	*f |= (unsigned char)flags;
}

/* What engines and drivers leave in a layer's folder beside what its tar has. */
static bool
leftover(const struct checking *c, struct span folder, struct span name)
{
	const unsigned char *f;

	if (!span_starts(name, ".wh."))
		return false;
	if (c->ref->form == FORM_AUFS)
		return folder.len == 0 && span_starts(name, ".wh..wh.") && !span_is(name, ".wh..wh..opq");
	f = flags_of(c, folder);
	return c->ref->form == FORM_FUSE && f != NULL && (*f & SEEN_OPAQUE) != 0 &&
	    (span_is(name, ".wh..wh..opq") || span_is(name, ".wh..opq"));
}

static void
added(struct checking *c, struct span name, const struct file *file)
{
	if (file->type == FILE_CHAR && file->major == 0 && file->minor == 0 && c->ref->form != FORM_AUFS && c->ref->form != FORM_WHOLE)
		differs(c, name, SPAN("was added: a device 0:0, which deletes what is beneath"));
	else
		differs(c, name, SPAN("was added: "), span_of(file_word(file->type)));
}

/* Whether NAME, met in the folder, is a directory to look into. */
static bool
met(struct checking *c, struct span name)
{
	unsigned char *f = flags_of(c, name);
	struct file file = { 0 };
	struct fault fault;

	if (f != NULL && (*f & (SEEN_ENTRY | SEEN_DELETED | SEEN_PARENT)) == 0)
		f = NULL;			/* a link was said to lead there, no more */
	if (f != NULL) {
		*f |= SEEN_FOUND;
		if ((*f & SEEN_DIRECTORY) != 0)
			return true;
		if ((*f & (SEEN_ENTRY | SEEN_PARENT)) != SEEN_PARENT)
			return false;
	}
	fault = root_lstat(c->root, path_join(&c->entry, c->ref->evidence_path, name), &file);
	if (fault.kind != FAULT_NONE) {
		root_fault(c->root, fault_as(fault, FAULT_PART));
		c->unread++;
		return false;
	}
	if (f == NULL)
		added(c, name, &file);
	else if (file.type != FILE_DIRECTORY)
		differs(c, name, SPAN("is "), span_of(file_word(file.type)), SPAN(", the engine recorded files beneath it"));
	return file.type == FILE_DIRECTORY;
}

/* The names in one directory of the layer; directories among them go on the stack, the last first. */
static void
look_into(struct checking *c, struct span folder, struct list *stack)
{
	struct span path = folder.len == 0 ? c->ref->evidence_path : path_join(&c->entry, c->ref->evidence_path, folder), name;
	struct list names = { 0 }, below = { 0 };
	const unsigned char *f = flags_of(c, folder);
	struct fault fault = root_list(c->root, path, &c->entry, &names);

	if (fault.kind != FAULT_NONE) {
		root_fault(c->root, fault_as(fault, FAULT_PART));
		c->unread++;
	}
	if (f != NULL && (c->ref->form == FORM_OVERLAY || c->ref->form == FORM_FUSE || c->ref->form == FORM_UNKNOWN))
		verify_opaque(c, folder, path, (*f & SEEN_OPAQUE) != 0);
	for (size_t i = 0; i < names.n; i++) {
		name = list_span(&names, i);
		if (leftover(c, folder, name))
			continue;
		if (folder.len > 0)
			name = path_join(&c->entry, folder, name);
		if (met(c, name))
			list_add_span(&c->entry, &below, name);
	}
	if (c->entry.full)
		c->unread++;
	for (size_t i = below.n; i > 0; i--)
		list_add_span(&c->run, stack, arena_copy(&c->run, list_span(&below, i - 1)));
}

static int
by_name(const void *x, const void *y)
{
	return span_cmp(((const struct index_slot *)x)->name, ((const struct index_slot *)y)->name);
}

/* Names that lie there, but not in the folder: somewhere on their way is a link. The index is used up. */
static void
behind_links(struct checking *c)
{
	const unsigned char *f = c->flags.v;

	qsort(c->seen.slots, c->seen.room, sizeof(*c->seen.slots), by_name);
	for (size_t i = 0; i < c->seen.room; i++) {
		const struct index_slot *s = &c->seen.slots[i];

		if (s->name.len == 0 || (f[s->n] & SEEN_THERE) == 0 || (f[s->n] & SEEN_FOUND) != 0)
			continue;
		arena_reset(&c->entry);
		differs(c, s->name, SPAN("lies behind a link, the engine recorded it behind directories"));
	}
}

void
verify_names(struct checking *c)
{
	struct list stack = { 0 };
	struct span folder;

	verify_seen(c, SPAN(""), SEEN_PARENT);
	list_add_span(&c->run, &stack, SPAN(""));
	while (stack.n > 0 && !c->run.full) {
		folder = list_span(&stack, --stack.n);
		arena_reset(&c->entry);
		look_into(c, folder, &stack);
	}
	if (c->unread == 0 && !c->run.full)
		behind_links(c);
}
