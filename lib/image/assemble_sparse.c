/* SPDX-License-Identifier: ISC */
/* The map of a sparse file in a tar (pax 1.0) stands before the file's bytes, where tar-split does not look. It is made anew in
 * the ways in which it may have been made. A way by which map and pieces are not as long as a header says falls out; of what is left
 * the digest decides.
 *
 *	"COUNT\n", then "AT\nLEN\n" a piece, padded with zeros to 512 bytes
 *
 * GNU tar asks the file system (blocks of 4096, and always a piece of no bytes at the end) or looks for zeros (blocks of 512, and
 * such a piece where the file ends in a hole). What was written as zeros into a block that also was not a hole cannot be told
 * from one. Source: GNU tar 1.34, sparse.c, sparse_scan_file_seek(), sparse_scan_file_raw(); libarchive 3.6,
 * archive_write_set_format_pax.c. */

#include <stdlib.h>
#include <string.h>

#include "base/limits.h"
#include "base/out.h"
#include "image/assemble.h"

enum { BLOCK = 512, LARGEST = 64 * 1024 };

struct way {
	size_t block;
	bool always;			/* a piece of no bytes at the end, also of a file that ends with data */
};

static const struct way ways[ASSEMBLE_WAYS] = { { 4096, true }, { 512, false }, { 4096, false }, { 512, true }, { 1024, true },
	{ 8192, true }, { 16384, true }, { 65536, true } };

static bool
zeros(const char *p, size_t n)
{
	return n == 0 || (p[0] == 0 && memcmp(p, p + 1, n - 1) == 0);
}

static bool
add_piece(struct arena *a, struct list *pieces, struct tar_piece p)
{
	if (pieces->n >= LIMIT_SPARSE || a->full)
		return false;
	*(struct tar_piece *)list_add(a, pieces, sizeof(p)) = p;
	return true;
}

/* The blocks that are not all zeros, those beside each other as one piece. */
static bool
find_pieces(struct bytes *in, uint64_t size, struct way way, struct arena *a, struct list *pieces)
{
	struct tar_piece p = { 0 };
	char *buf = malloc(LARGEST);
	bool good = buf != NULL;
	size_t got = 1, n;

	for (uint64_t at = 0; good && at < size && got > 0; at += got) {
		good = bytes_read(in, at, buf, LARGEST, &got).kind == FAULT_NONE;
		for (size_t i = 0; good && i < got; i += n) {
			n = way.block < got - i ? way.block : got - i;
			if (!zeros(buf + i, n)) {
				if (p.len == 0)
					p.at = at + i;
				p.len += n;
			} else if (p.len > 0) {
				good = add_piece(a, pieces, p);
				p.len = 0;
			}
		}
	}
	if (good && p.len > 0)
		good = add_piece(a, pieces, p);
	if (good && (p.len == 0 || way.always))
		good = add_piece(a, pieces, (struct tar_piece){ size, 0 });
	free(buf);
	return good;
}

static struct span
write_map(const struct list *pieces, struct arena *a)
{
	struct out o = out_memory();
	const struct tar_piece *p = pieces->v;
	struct span map;

	out_u64(&o, pieces->n);
	out_byte(&o, '\n');
	for (size_t i = 0; i < pieces->n; i++) {
		out_u64(&o, p[i].at);
		out_byte(&o, '\n');
		out_u64(&o, p[i].len);
		out_byte(&o, '\n');
	}
	out_repeat(&o, 0, -out_span(&o).len & (BLOCK - 1));
	map = arena_copy(a, out_span(&o));
	out_close(&o);
	return map;
}

bool
assemble_map(struct bytes *in, unsigned way, uint64_t size, uint64_t stored, struct arena *a, struct list *pieces, struct span *map)
{
	const struct tar_piece *p;
	uint64_t sum;

	*pieces = (struct list){ 0 };
	if (!find_pieces(in, size, ways[way], a, pieces))
		return false;
	*map = write_map(pieces, a);
	p = pieces->v;
	sum = map->len;
	for (size_t i = 0; i < pieces->n; i++)
		sum += p[i].len;
	return sum == stored && !a->full;
}
