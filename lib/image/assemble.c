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

	*as = (struct assembly){ .root = r, .folder = folder, .record = record, .sha256 = sha256_open(),
		.arena = arena_open(LIMIT_ROW) };
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
	if (as->open)
		tar_close(&as->tar);
	tarsplit_close(&as->split);
	bytes_close(&as->inflated);
	bytes_close(&as->file);
	arena_close(&as->arena);
	free(as->segments);
	free(as->chunk);
	as->segments = as->chunk = NULL;
}

/* The next bytes of the tar. */
static void
emit(struct assembly *as, struct span s)
{
	as->at += s.len;
	if (as->broken)
		return;
	sha256_add(&as->sha256, s);
	if (as->put != NULL)
		as->put(as->state, s);
}

/* LEN bytes of the tar are not to be had. */
static void
lose(struct assembly *as, uint64_t len)
{
	as->broken = true;
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
			emit(as, e->bytes);
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

static void
open_headers(struct assembly *as)
{
	as->headers = bytes_mem(header_bytes(as));
	as->headers.size.known = false;		/* the bytes of the entry do not lie here: that is no damage */
	as->tar = tar_open(&as->headers);
	as->open = true;
}

static void
close_headers(struct assembly *as)
{
	tar_close(&as->tar);
	as->open = false;
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

/* The part of CHUNK, which is at AT of a file, that lies in its pieces from *I on. */
static void
emit_pieces(struct assembly *as, struct span chunk, uint64_t at, const struct list *pieces, size_t *i)
{
	const struct tar_piece *p = pieces->v;
	uint64_t end = at + chunk.len, from, to;

	for (; *i < pieces->n; ++*i) {
		from = p[*i].at > at ? p[*i].at : at;
		to = p[*i].at + p[*i].len < end ? p[*i].at + p[*i].len : end;
		if (from < to)
			emit(as, span_sub(chunk, (size_t)(from - at), (size_t)(to - from)));
		if (p[*i].at + p[*i].len > end)
			break;
	}
}

/* All of a file into the tar; of a sparse one the pieces. */
static enum content
read_content(struct assembly *as, struct bytes *in, const struct assembled *e, const struct list *pieces)
{
	uint64_t at = 0, sum = 0;
	size_t got, i = 0;
	struct span s;
	struct fault f;

	do {
		f = bytes_read(in, at, as->chunk, CHUNK, &got);
		s = (struct span){ as->chunk, got };
		sum = crc64_iso(sum, s);
		if (pieces == NULL)
			emit(as, s);
		else
			emit_pieces(as, s, at, pieces, &i);
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

/* Its pieces are said by its headers, or stood before its bytes and have to be found again. */
static enum content
read_sparse(struct assembly *as, struct arena *a, struct bytes *in, struct assembled *e)
{
	struct list pieces = e->entry.pieces;
	struct span map;

	if (e->entry.bad_map) {
		as->guessed = true;
		if (!assemble_map(in, e->size, e->entry.stored, a, &pieces, &map)) {
			lose(as, e->entry.stored);
			return read_content(as, in, e, NULL);	/* it has a sum all the same */
		}
		emit(as, map);
	}
	return read_content(as, in, e, &pieces);
}

static enum content
content(struct assembly *as, struct arena *a, struct assembled *e)
{
	uint64_t begin = as->at, stored = e->headers ? e->entry.stored : e->size;
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
	as->at = begin;			/* where the next header is does not hang on what was there to read */
	if (!num_add(as->at, stored, &as->at))
		as->at = UINT64_MAX;
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
	close_headers(as);
	if (!as->pending || (!out->headers && is_global(as)))
		return as->pending = false;
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

struct span
assemble_digest(struct assembly *as, struct arena *a)
{
	char hex[64];

	if (as->broken || as->damaged)
		return (struct span){ 0 };
	sha256_hex(&as->sha256, hex);
	return arena_concat(a, SPAN("sha256:"), ((struct span){ hex, sizeof(hex) }));
}
