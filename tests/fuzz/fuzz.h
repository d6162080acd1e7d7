/* SPDX-License-Identifier: ISC */
/* What the fuzz targets share. A target asserts what must hold, and not only that nothing crashes. */
#ifndef TESTS_FUZZ_FUZZ_H
#define TESTS_FUZZ_FUZZ_H

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "evidence/root.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

#define MUST(condition)                                                                            \
	do                                                                                         \
		if (!(condition)) {                                                                \
			fprintf(stderr, "%s:%d: does not hold: %s\n", __FILE__, __LINE__, #condition); \
			abort();                                                                   \
		}                                                                                  \
	while (0)

static inline struct span
input(const uint8_t *data, size_t size)
{
	return (struct span){ (const char *)data, size };
}

/* Every byte of a view can be read. */
static inline void
touch(struct span s)
{
	static volatile char sink;

	for (size_t i = 0; i < s.len; i++)
		sink = (char)(sink ^ s.ptr[i]);
}

/* A tar in memory, file by file, and a root over it. */
struct made {
	char *tar;
	size_t n;
	struct root root;
};

static inline void
made_file(struct made *m, const char *name, struct span content)
{
	size_t room = 512 + (content.len + 511) / 512 * 512;
	unsigned sum = 0;
	char *b;

	m->tar = realloc(m->tar, m->n + room + 1024);
	MUST(m->tar != NULL);
	b = memset(m->tar + m->n, 0, room + 1024);
	memcpy(b, name, strlen(name) < 100 ? strlen(name) : 100);
	if (strlen(name) > 100)		/* as ustar parts it, at the first slash that is late enough */
		for (const char *p = name; (p = strchr(p, '/')) != NULL; p++)
			if (strlen(p + 1) <= 100) {
				memset(b, 0, 100);
				memcpy(b, p + 1, strlen(p + 1));
				memcpy(b + 345, name, (size_t)(p - name));
				break;
			}
	memcpy(b + 100, "0000644\0000000000\0000000000", 24);
	snprintf(b + 124, 12, "%011zo", content.len);
	memcpy(b + 136, "00000000000", 11);
	b[156] = '0';
	memcpy(b + 257, "ustar\0" "00", 8);
	memset(b + 148, ' ', 8);
	for (int i = 0; i < 512; i++)
		sum += (unsigned char)b[i];
	snprintf(b + 148, 8, "%06o", sum);
	b[155] = ' ';
	if (content.len > 0)
		memcpy(b + 512, content.ptr, content.len);
	m->n += room;
}

static inline void
made_open(struct made *m)
{
	struct root *r = &m->root;

	*r = (struct root){ .fd = -1, .spool_fd = -1, .kind = &root_tar, .name = SPAN("fuzz") };
	r->options.memory = 64 << 20;
	r->arena = arena_open(64 << 20);
	r->faults = faults_open();
	r->bytes = bytes_mem((struct span){ m->tar, m->n + 1024 });
	MUST(root_tar_index(r).kind == FAULT_NONE);
}

static inline void
made_close(struct made *m)
{
	root_close(&m->root);
	free(m->tar);
}

#endif
