/* SPDX-License-Identifier: ISC */
/* Digests of what is there. */

#include <stdlib.h>

#include "format/digest.h"

enum { CHUNK = 128 * 1024, SHA256 = 64 };

struct span
digest_text(struct arena *a, struct sha256 *s)
{
	char hex[SHA256];

	sha256_hex(s, hex);
	return arena_concat(a, SPAN("sha256:"), ((struct span){ hex, SHA256 }));
}

struct fault
digest_of(struct bytes *in, struct arena *a, struct span *digest)
{
	struct sha256 s = sha256_open();
	char *chunk = malloc(CHUNK);
	struct fault f;
	uint64_t at = 0;
	size_t got;

	*digest = (struct span){ 0 };
	if (chunk == NULL) {
		memory_refuse();
		return fault_at(0, "not enough memory", NULL);
	}
	do {
		f = bytes_read(in, at, chunk, CHUNK, &got);
		sha256_add(&s, (struct span){ chunk, got });
		at += got;
	} while (f.kind == FAULT_NONE && got == CHUNK);
	free(chunk);
	if (f.kind <= FAULT_ODD)
		*digest = digest_text(a, &s);
	return f;
}

struct span
chain_id(struct arena *a, struct span parent, struct span diff_id)
{
	struct sha256 s = sha256_open();

	if (diff_id.len == 0 || parent.len == 0)
		return diff_id.len == 0 ? (struct span){ 0 } : arena_copy(a, diff_id);
	sha256_add(&s, parent);
	sha256_add(&s, SPAN(" "));
	sha256_add(&s, diff_id);
	return digest_text(a, &s);
}
