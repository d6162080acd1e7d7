/* SPDX-License-Identifier: ISC */
/* A layer's tar from tar-split's record and the layer's folder. Source: vbatts/tar-split, tar/asm/assemble.go; moby
 * layer/layer_store.go, assembleTarTo(). */

#include <stdlib.h>
#include <string.h>

#include "base/crc64.h"
#include "base/limits.h"
#include "base/num.h"
#include "format/codec.h"
#include "image/assemble.h"

enum { BLOCK = 512, CHUNK = 128 * 1024, LIMIT_HEADERS = 4 * LIMIT_PAX };

struct fault
assemble_open(struct assembly *as, struct root *r, struct span folder, struct span record)
{
	char head[8];
	enum codec codec;
	size_t got;
	struct fault f;

	*as = (struct assembly){ .root = r, .folder = folder, .record = record, .ways = 1,
		.arena = arena_open(LIMIT_ROW) };
	as->sha256[0] = sha256_open();
	f = root_file(r, record, NULL, &as->file);
	if (f.kind == FAULT_NONE)
		f = fault_in(bytes_read(&as->file, 0, head, sizeof(head), &got), record);
	if (f.kind != FAULT_NONE)
		return f;
	codec = codec_of((struct span){ head, got });
	if (codec != CODEC_NONE)
		f = fault_in(codec_open(&as->file, codec, LIMIT_INFLATED, &as->inflated), record);
	as->split = tarsplit_open(codec == CODEC_NONE ? &as->file : &as->inflated);
	as->chunk = malloc(CHUNK);
	if (as->chunk == NULL) {
		memory_refuse();
		return fault_in(fault_at(0, "not enough memory", NULL), record);
	}
	return f;
}

void
assemble_close(struct assembly *as)
{
	tar_close(&as->tar);
	tarsplit_close(&as->split);
	bytes_close(&as->inflated);
	bytes_close(&as->file);
	arena_close(&as->arena);
	free(as->segments);
	free(as->chunk);
	as->segments = as->chunk = NULL;
}

/* The next bytes of the tar, by the ways whose bit is set. */
static void
emit(struct assembly *as, unsigned ways, struct span s)
{
	ways &= as->ways;
	if (as->broken || ways == 0)
		return;
	for (unsigned w = 0; w < ASSEMBLE_WAYS; w++)
		if ((ways >> w & 1) != 0)
			sha256_add(&as->sha256[w], s);
	if (as->put != NULL && (ways & -ways) == (as->ways & -as->ways))
		as->put(as->state, s);
}

/* A header of the record may claim any length. */
static void
advance(struct assembly *as, uint64_t len)
{
	if (!num_add(as->at, len, &as->at))
		as->at = UINT64_MAX;
}

static void
keep_segment(struct assembly *as, struct span s)
{
	size_t room = as->room == 0 ? 4096 : as->room;
	char *p = as->segments;

	if (as->n == 0)
		as->segments_at = as->at;
	as->lost |= s.len > LIMIT_HEADERS - as->n;
	if (as->lost || s.len == 0)
		return;
	while (room < as->n + s.len)
		room *= 2;
	if (room != as->room) {
		p = realloc(p, room);
		if (p == NULL) {
			memory_refuse();
			as->lost = true;
			return;
		}
		as->segments = p;
		as->room = room;
	}
	memcpy(as->segments + as->n, s.ptr, s.len);
	as->n += s.len;
}

/* Reads lines up to that of a file, or to the end. */
static void
gather(struct assembly *as)
{
	struct tarsplit_entry *e = &as->next;
	struct fault f;

	as->n = 0;
	as->lost = as->pending = false;
	while (!as->pending && !as->ended) {
		arena_reset(&as->arena);
		as->ended = !tarsplit_next(&as->split, &as->arena, e, &f);
		root_fault(as->root, fault_in(f, as->record));
		as->damaged |= f.kind > FAULT_ODD;
		if (as->ended)
			break;
		if (e->type == TARSPLIT_SEGMENT) {
			keep_segment(as, e->bytes);
			emit(as, as->ways, e->bytes);
			advance(as, e->bytes.len);
		}
		as->pending = e->type == TARSPLIT_FILE;
	}
}

/* What is kept of the segments, behind the padding of the file before them. */
static struct span
header_bytes(const struct assembly *as)
{
	return span_sub((struct span){ as->segments, as->n }, -as->segments_at & (BLOCK - 1), as->lost ? 0 : SIZE_MAX);
}

/* The walk begins anew over what is kept: its window, of 64 KiB, is not made for each file again, and no header holds for what
 * comes behind it, as engines have it. */
static void
open_headers(struct assembly *as)
{
	struct window w = as->tar.window;

	as->headers = bytes_mem(header_bytes(as));
	as->headers.size.known = false;		/* the bytes of the entry do not lie here: that is no damage */
	if (w.in == NULL)
		as->tar = tar_open(&as->headers);
	else
		as->tar.window = (struct window){ .in = w.in, .buf = w.buf, .block = w.block, .room = w.room };
	arena_reset(&as->tar.arena);
	as->tar.globals = as->tar.xattrs = (struct list){ 0 };
	as->tar.at = 0;
	as->tar.ended = false;
	as->open = true;
}

struct span
assemble_name(struct arena *a, struct span name)
{
	char *to = arena_room(a, name.len + 1);
	struct span part;
	size_t n = 0;

	if (to == NULL)
		return SPAN("");
	while (span_cut(&name, '/', &part)) {
		if (span_is(part, "..")) {
			while (n > 0 && to[--n] != '/')
				;
		} else if (part.len > 0 && !span_is(part, ".")) {
			if (n > 0)
				to[n++] = '/';
			memcpy(to + n, part.ptr, part.len);
			n += part.len;
		}
	}
	return (struct span){ to, n };
}

static void
look(struct assembly *as, struct arena *a, struct assembled *out)
{
	struct fault f;

	out->path = out->name.len == 0 ? as->folder : path_join(a, as->folder, out->name);
	f = root_lstat(as->root, out->path, &out->file);
	out->found = f.kind;
	if (f.kind > FAULT_ABSENT)
		root_fault(as->root, f);
}

/* A sparse file as each way has it. */
struct sparse {
	struct list pieces[ASSEMBLE_WAYS];
	size_t i[ASSEMBLE_WAYS];	/* the first that is not all in the tar */
};

/* The part of CHUNK, which is at AT of a file, that lies in its pieces from *I on. */
static void
emit_pieces(struct assembly *as, unsigned way, struct span chunk, uint64_t at, struct sparse *sparse)
{
	const struct tar_piece *p = sparse->pieces[way].v;
	uint64_t end = at + chunk.len, from, to;
	size_t *i = &sparse->i[way];

	for (; *i < sparse->pieces[way].n; ++*i) {
		from = p[*i].at > at ? p[*i].at : at;
		to = p[*i].at + p[*i].len < end ? p[*i].at + p[*i].len : end;
		if (from < to)
			emit(as, 1U << way, span_sub(chunk, (size_t)(from - at), (size_t)(to - from)));
		if (p[*i].at + p[*i].len > end)
			break;
	}
}

/* All of a file into the tar; of a sparse one the pieces. */
static enum content
read_content(struct assembly *as, struct bytes *in, const struct assembled *e, struct sparse *sparse)
{
	uint64_t at = 0, sum = 0;
	struct span s;
	struct fault f;
	size_t got;

	do {
		f = bytes_read(in, at, as->chunk, CHUNK, &got);
		s = (struct span){ as->chunk, got };
		sum = crc64_iso(sum, s);
		if (sparse == NULL)
			emit(as, as->ways, s);
		for (unsigned w = 0; sparse != NULL && w < ASSEMBLE_WAYS; w++)
			emit_pieces(as, w, s, at, sparse);
		at += got;
	} while (f.kind == FAULT_NONE && got == CHUNK);
	if (f.kind > FAULT_ODD) {
		root_fault(as->root, fault_in(f, e->path));
		return CONTENT_UNREAD;
	}
	if (at != e->size)
		return CONTENT_SIZE;
	return sum == as->next.sum ? CONTENT_SAME : CONTENT_OTHER;
}

static void
all_ways(struct assembly *as)
{
	for (unsigned w = 1; w < ASSEMBLE_WAYS; w++)
		as->sha256[w] = as->sha256[0];
	as->ways = as->only == 0 ? (1U << ASSEMBLE_WAYS) - 1 : as->only;
	as->guessed = true;
}

/* Its pieces are said by its headers, or stood before its bytes and have to be found again. */
static enum content
read_sparse(struct assembly *as, struct arena *a, struct bytes *in, const struct assembled *e)
{
	struct sparse sparse = { 0 };
	struct span map;

	if (e->entry.bad_map && !as->guessed)
		all_ways(as);
	for (unsigned w = 0; w < ASSEMBLE_WAYS; w++) {
		if ((as->ways >> w & 1) == 0)
			continue;
		sparse.pieces[w] = e->entry.pieces;
		if (!e->entry.bad_map)
			continue;
		if (assemble_map(in, w, e->size, e->entry.stored, a, &sparse.pieces[w], &map))
			emit(as, 1U << w, map);
		else
			as->ways &= ~(1U << w);
	}
	as->broken |= as->ways == 0;
	return read_content(as, in, e, &sparse);	/* it has a sum all the same */
}

static enum content
content(struct assembly *as, struct arena *a, struct assembled *e)
{
	struct bytes in = { 0 };
	enum content c;
	struct fault f;

	if (e->found > FAULT_ABSENT)
		c = CONTENT_UNREAD;
	else if (e->found == FAULT_ABSENT || e->file.type != FILE_REGULAR)
		c = CONTENT_GONE;
	else if (e->file.size != e->size)
		c = CONTENT_SIZE;
	else {
		f = root_file(as->root, e->path, NULL, &in);
		if (f.kind != FAULT_NONE) {
			root_fault(as->root, f);
			c = CONTENT_UNREAD;
		} else {
			c = e->headers && e->entry.sparse ? read_sparse(as, a, &in, e) : read_content(as, &in, e, NULL);
		}
		bytes_close(&in);
	}
	as->unread += c == CONTENT_UNREAD;
	as->broken |= c != CONTENT_SAME;
	advance(as, e->headers ? e->entry.stored : e->size);	/* whatever was there to read */
	return c;
}

/* Types that have no bytes, whatever size their header says. Source: Go, archive/tar/common.go, isHeaderOnlyType(). */
static bool
header_only(const struct assembled *e)
{
	char flag = e->headers ? e->entry.flag : '0';

	return (flag >= '1' && flag <= '6') || (flag == 0 && e->entry.type == TAR_DIR);
}

/* The entry whose headers end where the record has a file. */
static void
finish(struct assembly *as, struct arena *a, struct assembled *e)
{
	e->name = assemble_name(a, as->next.name);
	e->renamed = e->headers && !span_eq(e->name, assemble_name(a, e->entry.name));
	e->size = header_only(e) ? 0 : as->next.size;
	look(as, a, e);
	if (e->size > 0 || (e->headers && e->entry.stored > 0))
		e->content = content(as, a, e);
	as->pending = false;
}

/* A pax header for all that follow: the engine lists it as a file without bytes, and heeds it not. */
static bool
is_global(const struct assembly *as)
{
	struct span s = header_bytes(as);

	return tar_here(s) && s.ptr[156] == 'g' && as->next.size == 0;
}

/* A fault of headers: its offset is within the tar. */
static void
header_fault(struct assembly *as, struct fault f)
{
	f.offset.n += as->segments_at + (-as->segments_at & (BLOCK - 1));
	root_fault(as->root, fault_in(f, as->record));
}

/* The next entry in the segments. */
static bool
within(struct assembly *as, struct arena *a, struct assembled *out)
{
	struct fault f;
	bool last;

	out->headers = tar_next(&as->tar, a, &out->entry, &f);
	last = as->pending && out->headers && out->entry.data == header_bytes(as).len;
	if (f.kind != FAULT_NONE && out->headers && !(last && out->entry.sparse && out->entry.bad_map))
		header_fault(as, f);
	if (out->headers && !last) {
		out->name = assemble_name(a, out->entry.name);
		out->content = CONTENT_INSIDE;
		look(as, a, out);
		return true;
	}
	as->open = false;
	if (!as->pending)
		return false;
	out->global = !out->headers && is_global(as);
	if (out->global) {
		out->name = assemble_name(a, as->next.name);
		as->pending = false;
		return true;
	}
	if (!out->headers)
		header_fault(as, (struct fault){ .kind = FAULT_PART, .offset = u64_of(0), .item = as->next.name,
		    .what = "no header in the record of a tar before its file" });
	finish(as, a, out);
	return true;
}

bool
assemble_next(struct assembly *as, struct arena *a, struct assembled *out)
{
	while (as->open || !as->ended) {
		*out = (struct assembled){ 0 };
		if (as->open) {
			if (within(as, a, out))
				return true;
			continue;
		}
		gather(as);
		open_headers(as);
	}
	return false;
}

void
assemble_only(struct assembly *as, unsigned way)
{
	as->only = 1U << way;
}

struct span
assemble_digest(struct assembly *as, struct span expected, struct arena *a, unsigned *way)
{
	struct span first = { 0 }, digest;
	char hex[64];

	*way = 0;
	for (unsigned w = 0; w < ASSEMBLE_WAYS && !as->broken && !as->damaged; w++) {
		if ((as->ways >> w & 1) == 0)
			continue;
		sha256_hex(&as->sha256[w], hex);
		digest = arena_concat(a, SPAN("sha256:"), ((struct span){ hex, sizeof(hex) }));
		if (first.ptr == NULL || span_eq(digest, expected)) {
			*way = w;
			first = digest;
		}
	}
	return first;
}
