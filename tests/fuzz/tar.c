/* SPDX-License-Identifier: ISC */
/* Tars: the walk ends, no extent wraps, offsets exist, attributes are sorted and each there once; and the tree of evidence
 * can be listed and read whole. */

#include "base/limits.h"
#include "format/tar.h"
#include "fuzz.h"

static void
attributes(struct root *r, struct span path, struct arena *a)
{
	struct list names;
	struct span value;

	MUST(root_xattrs(r, path, a, &names).kind == FAULT_NONE || a->full);
	for (size_t i = 0; i < names.n && !a->full; i++) {
		MUST(root_xattr(r, path, list_span(&names, i), a, &value).kind != FAULT_ABSENT);
		touch(value);
	}
}

static void
descend(struct root *r, struct span path, struct arena *a, unsigned depth)
{
	struct list names;
	struct file file;
	struct span text;

	MUST(root_list(r, path, a, &names).kind == FAULT_NONE || a->full);
	for (size_t i = 0; depth < 20 && i < names.n && !a->full; i++) {
		struct span child = path_join(a, path, list_span(&names, i));

		if (root_lstat(r, child, &file).kind != FAULT_NONE) {
			MUST(memchr(child.ptr, '\0', child.len) != NULL || a->full || child.len > 0);
			continue;
		}
		root_link(r, child, a, &text);
		attributes(r, child, a);
		root_read(r, child, a, LIMIT_DOCUMENT, &text);
		touch(text);
		if (file.type == FILE_DIRECTORY)
			descend(r, child, a, depth + 1);
	}
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct arena a = arena_open(LIMIT_ROW);
	struct bytes in = bytes_mem(input(data, size));
	struct tar t = tar_open(&in);
	struct made m = { 0 };
	struct tar_entry e;
	struct fault f;
	size_t n = 0;

	while (tar_next(&t, &a, &e, &f)) {
		MUST(++n <= size / 512);
		MUST(e.at < size && e.data + e.stored >= e.data);
		touch(e.name);
		touch(e.link);
		for (size_t i = 0; i < e.xattrs.n; i++) {
			MUST(i == 0 || span_cmp(list_pair(&e.xattrs, i - 1)->key, list_pair(&e.xattrs, i)->key) < 0);
			touch(list_pair(&e.xattrs, i)->key);
			touch(list_pair(&e.xattrs, i)->value);
		}
		arena_reset(&a);
	}
	MUST(f.offset.n <= size);
	tar_close(&t);
	m.root = (struct root){ .fd = -1, .spool_fd = -1, .kind = &root_tar, .name = SPAN("fuzz"),
		.options.memory = 64 << 20, .arena = arena_open(64 << 20), .faults = faults_open(), .bytes = in };
	if (root_tar_index(&m.root).kind == FAULT_NONE)
		descend(&m.root, SPAN("/"), &a, 0);
	root_close(&m.root);
	arena_close(&a);
	return 0;
}
