/* SPDX-License-Identifier: ISC */
/* What a directory holds, in bytes. */

#include <string.h>

#include "base/index.h"
#include "base/limits.h"
#include "base/num.h"
#include "evidence/root.h"

struct sum {
	struct root *root;
	struct arena *kept;		/* of the directories that are still to be listed, and of what was counted */
	struct list folders;		/* [span]: those found so far, to be listed in turn */
	struct index counted;		/* dev and ino of what may have other names */
	uint64_t bytes;
};

static struct fault
add(struct sum *s, struct span path)
{
	struct file f;
	struct fault fault = root_lstat(s->root, path, &f);

	if (fault.kind != FAULT_NONE)
		return fault;
	if (f.type == FILE_DIRECTORY)
		list_add_span(s->kept, &s->folders, arena_copy(s->kept, path));
	else if ((f.type == FILE_REGULAR || f.type == FILE_LINK) && f.size > 0 &&
	    (f.links == 1 || !file_again(&s->counted, s->kept, &f)) &&
	    !num_add(s->bytes, f.size, &s->bytes))
		return fault_in(fault_at(0, "sizes add up to more than there can be", NULL), path);
	return NO_FAULT;
}

/* One directory: names lie on LISTED, which is reset for each. A path that is a fault's file outlives it on the list of
 * faults. */
static struct fault
add_all(struct sum *s, struct span folder, struct arena *listed)
{
	struct list names;
	struct fault f = root_list(s->root, folder, listed, &names);

	for (size_t i = 0; f.kind == FAULT_NONE && i < names.n; i++)
		f = add(s, path_join(listed, folder, list_span(&names, i)));
	if (f.kind == FAULT_NONE && (listed->full || s->kept->full))
		f = fault_in(fault_at(0, "directory needs more memory than it may take", NULL), folder);
	return f;
}

struct u64
root_size(struct root *r, struct span path)
{
	struct arena kept = arena_open((size_t)(r->options.memory < SIZE_MAX ? r->options.memory : SIZE_MAX));
	struct arena listed = arena_open(LIMIT_ROW);
	struct sum s = { .root = r, .kept = &kept };
	struct fault f;
	bool whole = true;

	list_add_span(&kept, &s.folders, path);
	for (size_t i = 0; i < s.folders.n; i++) {
		f = add_all(&s, list_span(&s.folders, i), &listed);
		if (f.kind != FAULT_NONE) {
			root_fault(r, f.kind == FAULT_ABSENT ? fault_as(f, FAULT_PART) : f);
			whole = false;
		}
		arena_reset(&listed);
	}
	arena_close(&listed);
	arena_close(&kept);
	return whole ? u64_of(s.bytes) : (struct u64){ 0 };
}
