/* SPDX-License-Identifier: ISC */
/* What the blocks before a tar entry's bytes say. Offsets as in POSIX.1-2017 pax, "ustar Interchange
 * Format", and GNU tar's tar.h. */

#include <string.h>

#include "base/limits.h"
#include "base/num.h"
#include "base/time.h"
#include "format/tar_header.h"

enum { BLOCK = 512, OLD_SPARSE_ENTRY = 24 };

static struct span
field(struct span block, size_t at, size_t len)
{
	return span_sub(block, at, len);
}

struct span
tar_until_nul(struct span s)
{
	return span_sub(s, 0, strnlen(s.ptr, s.len));
}

/* Octal with blanks or NULs around it, or base-256 when the first bit is set: two's complement, big end
 * first. An empty field is 0. Other bytes are not quietly passed over. */
static bool
number(struct span s, int64_t *out)
{
	uint64_t v = 0;
	size_t i = 0;

	*out = 0;
	if (s.len > 0 && (unsigned char)s.ptr[0] >= 0x80) {
		bool negative = (unsigned char)s.ptr[0] & 0x40;

		v = negative ? UINT64_MAX : 0;
		for (i = 0; i < s.len; i++) {
			unsigned char c = (unsigned char)s.ptr[i];

			if (i == 0)
				c = negative ? c : c & 0x7f;
			if (v >> 55 != (negative ? UINT64_MAX >> 55 : 0))
				return false;
			v = v << 8 | c;
		}
		*out = (int64_t)v;
		return negative == (*out < 0);
	}
	while (i < s.len && (s.ptr[i] == ' ' || s.ptr[i] == 0))
		i++;
	for (; i < s.len && s.ptr[i] >= '0' && s.ptr[i] <= '7'; i++) {
		if (v >> 60 != 0)
			return false;
		v = v << 3 | (uint64_t)(s.ptr[i] - '0');
	}
	for (; i < s.len; i++)
		if (s.ptr[i] != ' ' && s.ptr[i] != 0)
			return false;
	*out = (int64_t)v;
	return true;
}

bool
tar_sum_right(struct span b)
{
	int64_t sum, without = 0;
	uint64_t eight;
	int negative = 0;		/* bytes that are so with a sign: 256 less each */

	if (!number(field(b, 148, 8), &sum) || b.ptr[148] == 0)
		return false;
	for (size_t i = 0; i < BLOCK; i += 8) {
		memcpy(&eight, b.ptr + i, 8);
		negative += __builtin_popcountll(eight & 0x8080808080808080);
		eight = (eight & 0x00ff00ff00ff00ff) + (eight >> 8 & 0x00ff00ff00ff00ff);
		without += (int64_t)(eight * 0x0001000100010001 >> 48);
	}
	for (size_t i = 148; i < 156; i++) {	/* the sum itself counts as blanks */
		without += ' ' - (unsigned char)b.ptr[i];
		negative -= (unsigned char)b.ptr[i] >> 7;
	}
	return sum == without || sum == without - 256 * (int64_t)negative;
}

static enum tar_type
type_of(char flag)
{
	switch (flag) {
	case '0': case 'S': case '7': case 0:
		return TAR_FILE;
	case '1':
		return TAR_HARDLINK;
	case '2':
		return TAR_SYMLINK;
	case '3':
		return TAR_CHAR;
	case '4':
		return TAR_BLOCK;
	case '5': case 'D':
		return TAR_DIR;
	case '6':
		return TAR_FIFO;
	default:
		return TAR_OTHER;
	}
}

struct fault
tar_read_header(struct span b, uint64_t at, struct arena *a, struct tar_entry *e)
{
	struct span prefix = tar_until_nul(field(b, 345, 155));
	struct span name = tar_until_nul(field(b, 0, 100));
	bool posix = span_eq(field(b, 257, 8), (struct span){ "ustar\0" "00", 8 });
	int64_t mode, uid, gid, size, mtime, major = 0, minor = 0;
	bool good;

	*e = (struct tar_entry){ .at = at, .flag = b.ptr[156] };
	good = number(field(b, 100, 8), &mode);
	good &= number(field(b, 108, 8), &uid) && uid >= 0;
	good &= number(field(b, 116, 8), &gid) && gid >= 0;
	good &= number(field(b, 136, 12), &mtime);
	if (posix && prefix.len > 0)
		e->name = arena_concat(a, prefix, SPAN("/"), name);
	else
		e->name = arena_copy(a, name);
	e->type = type_of(e->flag);
	e->link = arena_copy(a, tar_until_nul(field(b, 157, 100)));
	e->user = arena_copy(a, tar_until_nul(field(b, 265, 32)));
	e->group = arena_copy(a, tar_until_nul(field(b, 297, 32)));
	if (e->type == TAR_CHAR || e->type == TAR_BLOCK) {
		good &= number(field(b, 329, 8), &major) && number(field(b, 337, 8), &minor);
		e->major = (uint32_t)major;
		e->minor = (uint32_t)minor;
	}
	e->mode = (uint32_t)mode & 07777;
	e->uid = uid < 0 ? 0 : (uint64_t)uid;
	e->gid = gid < 0 ? 0 : (uint64_t)gid;
	e->mtime = (struct timestamp){ mtime, 0, true };
	if (!number(field(b, 124, 12), &size) || size < 0)
		return fault_item(at + 124, "size of a tar entry is no number", e->name, "octal or base-256");
	e->size = (uint64_t)size;
	/* other types may carry a size that counts no bytes: old tars wrote a linked file's */
	e->stored = e->type == TAR_FILE || e->type == TAR_OTHER ? e->size : 0;
	if (e->type != TAR_FILE && e->type != TAR_OTHER)
		e->size = 0;
	return good ? NO_FAULT :
	    fault_item(at, "field of a tar header is no number", e->name, "octal or base-256");
}

struct fault
tar_read_pax(struct span text, uint64_t at, struct arena *a, struct list *records)
{
	struct span rest = text, digits, key, record;
	uint64_t len;

	while (rest.len > 0) {
		uint64_t here = at + (text.len - rest.len);
		struct span all = rest;

		if (!span_cut(&rest, ' ', &digits) || rest.ptr == NULL || !num_parse(digits, &len) ||
		    len > all.len || len < digits.len + 3 || all.ptr[len - 1] != '\n')
			return fault_at(here, "bad pax record", "its length, a blank, KEY=VALUE and a newline");
		record = span_sub(all, digits.len + 1, (size_t)len - digits.len - 2);
		rest = span_sub(all, (size_t)len, SIZE_MAX);
		if (!span_cut(&record, '=', &key) || record.ptr == NULL)
			return fault_at(here, "bad pax record", "KEY=VALUE");
		list_add_pair(a, records, key, record);
	}
	return NO_FAULT;
}

static bool
pax_time(struct span s, struct timestamp *out)
{
	struct span whole = s, fraction;
	struct timestamp t = { .known = true };
	uint32_t unit = 100000000;
	bool negative = span_starts(s, "-");

	fraction = s;
	span_cut(&fraction, '.', &whole);
	if (!num_parse_signed(whole, &t.s))
		return false;
	for (size_t i = 0; i < fraction.len; i++, unit /= 10) {
		if (fraction.ptr[i] < '0' || fraction.ptr[i] > '9')
			return false;
		t.ns += (uint32_t)(fraction.ptr[i] - '0') * unit;
	}
	if (negative && t.ns > 0) {	/* -1.25 is 0.75 after -2 */
		if (t.s == INT64_MIN)
			return false;
		t.s--;
		t.ns = 1000000000 - t.ns;
	}
	*out = t;
	return true;
}

/* Pairs of numbers "at,len,at,len" (pax 0.1). */
static bool
sparse_map(struct span map, struct arena *a, struct list *pieces)
{
	struct tar_piece piece;
	struct span at, len;

	while (span_cut(&map, ',', &at)) {
		if (!span_cut(&map, ',', &len) || !num_parse(at, &piece.at) || !num_parse(len, &piece.len) ||
		    pieces->n >= LIMIT_SPARSE)
			return false;
		*(struct tar_piece *)list_add(a, pieces, sizeof(piece)) = piece;
	}
	return true;
}

static bool
apply(const struct pair *p, struct arena *a, struct tar_entry *e)
{
	struct tar_piece *last = e->pieces.v;
	uint64_t n;

	if (span_is(p->key, "path"))
		e->name = p->value;
	else if (span_is(p->key, "linkpath"))
		e->link = p->value;
	else if (span_is(p->key, "uname"))
		e->user = p->value;
	else if (span_is(p->key, "gname"))
		e->group = p->value;
	else if (span_is(p->key, "uid"))
		return num_parse(p->value, &e->uid);
	else if (span_is(p->key, "gid"))
		return num_parse(p->value, &e->gid);
	else if (span_is(p->key, "mtime"))
		return pax_time(p->value, &e->mtime);
	else if (span_is(p->key, "size")) {
		if (!num_parse(p->value, &n))
			return false;
		if (e->type == TAR_FILE || e->type == TAR_OTHER) {
			e->stored = n;
			e->size = e->sparse ? e->size : n;	/* a sparse file's own is another record */
		}
	} else if (span_is(p->key, "GNU.sparse.realsize") || span_is(p->key, "GNU.sparse.size")) {
		e->sparse = true;
		return num_parse(p->value, &e->size);
	} else if (span_is(p->key, "GNU.sparse.major")) {
		e->sparse = true;
	} else if (span_is(p->key, "GNU.sparse.map")) {
		e->pieces = (struct list){ 0 };
		return sparse_map(p->value, a, &e->pieces);
	} else if (span_is(p->key, "GNU.sparse.offset")) {
		if (e->pieces.n >= LIMIT_SPARSE)
			return false;
		last = list_add(a, &e->pieces, sizeof(*last));
		return num_parse(p->value, &last->at);
	} else if (span_is(p->key, "GNU.sparse.numbytes")) {
		return e->pieces.n > 0 && num_parse(p->value, &last[e->pieces.n - 1].len);
	}
	return true;
}

struct fault
tar_apply_pax(const struct list *records, struct arena *a, struct tar_entry *e)
{
	struct fault f = NO_FAULT;
	struct span name;

	for (size_t i = 0; i < records->n; i++) {
		const struct pair *p = list_pair(records, i);

		if (apply(p, a, e))
			continue;
		e->bad_map |= span_starts(p->key, "GNU.sparse.");
		if (f.kind == FAULT_NONE)
			f = fault_item(e->at, "bad value of a pax record", p->key, "a number or time");
	}
	/* GNU tar names the stored form of a sparse file in path, and the file itself here */
	name = list_value(records, "GNU.sparse.name");
	if (name.ptr != NULL)
		e->name = name;
	return f;
}

static bool
holds_for_all(struct span key)
{
	static const char *const keys[] = { "uname", "gname", "uid", "gid", "mtime", "size" };
	bool found = false;

	for (size_t i = 0; i < sizeof(keys) / sizeof(*keys); i++)
		found |= span_is(key, keys[i]);
	return found;
}

static struct pair *
with_key(const struct list *pairs, struct span key)
{
	for (size_t i = 0; i < pairs->n; i++)
		if (span_eq(list_pair(pairs, i)->key, key))
			return (struct pair *)pairs->v + i;
	return NULL;
}

struct fault
tar_keep_globals(const struct list *records, uint64_t at, struct arena *a, struct list *kept)
{
	enum { LONG = 255 };
	struct fault f = NO_FAULT;

	for (size_t i = 0; i < records->n; i++) {
		const struct pair *p = list_pair(records, i);
		bool all = holds_for_all(p->key);
		struct pair *same;

		if (all && p->value.len <= LONG) {
			same = with_key(kept, p->key);
			if (same != NULL)
				same->value = p->value;
			else
				list_add_pair(a, kept, p->key, p->value);
		} else if (f.kind == FAULT_NONE && (all || span_is(p->key, "path") || span_is(p->key, "linkpath") ||
		    span_starts(p->key, "GNU.sparse."))) {
			f = fault_item(at, "record of a global header, left out:", p->key, "what all entries can have");
		}
	}
	return f;
}

struct fault
tar_settle(struct tar_entry *e)
{
	if (!span_ends(e->name, "/") || (e->flag != 0 && e->flag != '0'))
		return NO_FAULT;
	e->type = TAR_DIR;
	e->size = 0;
	return e->stored == 0 ? NO_FAULT : fault_item(e->at, "bytes of an entry that is named as a directory, passed over",
	    e->name, "none, or a name without / at its end");
}

static struct fault
bad_map(struct tar_entry *e)
{
	e->bad_map = true;
	e->pieces = (struct list){ 0 };
	return fault_item(e->at, "bad map of a sparse file", e->name, "pieces in order within the file");
}

/* GNU's old form: 4 pieces at 386, a mark whether blocks of 21 follow at 482, the size at 483. */
static struct fault
old_sparse(struct window *w, struct span block, struct arena *a, struct tar_entry *e)
{
	struct span map = field(block, 386, 4 * OLD_SPARSE_ENTRY);
	bool more = block.ptr[482] != 0;
	int64_t at, len, size;
	struct tar_piece *piece;

	if (!number(field(block, 483, 12), &size) || size < 0)
		return bad_map(e);
	e->size = (uint64_t)size;
	for (;;) {
		for (size_t i = 0; i + OLD_SPARSE_ENTRY <= map.len && map.ptr[i] != 0; i += OLD_SPARSE_ENTRY) {
			if (!number(span_sub(map, i, 12), &at) || !number(span_sub(map, i + 12, 12), &len) ||
			    at < 0 || len < 0 || e->pieces.n >= LIMIT_SPARSE)
				return bad_map(e);
			piece = list_add(a, &e->pieces, sizeof(*piece));
			*piece = (struct tar_piece){ (uint64_t)at, (uint64_t)len };
		}
		if (!more)
			return NO_FAULT;
		map = window_at(w, e->data, BLOCK);
		if (map.len < BLOCK)
			return bad_map(e);
		e->data += BLOCK;
		more = map.ptr[504] != 0;
		map = span_sub(map, 0, 21 * OLD_SPARSE_ENTRY);
	}
}

/* Pax 1.0: decimal lines before the data, a count and then two a piece, padded to a block. */
static struct fault
new_sparse(struct window *w, struct arena *a, struct tar_entry *e)
{
	uint64_t at = e->data, end = e->data + e->stored, value, count = 0, n = 0;
	struct tar_piece *piece = NULL;
	struct span line, chunk;

	do {
		chunk = window_at(w, at, 24);
		if (at >= end || !span_cut(&chunk, '\n', &line) || chunk.ptr == NULL ||
		    !num_parse(line, &value))
			return bad_map(e);
		at += line.len + 1;
		if (n == 0) {
			count = value;
			if (count > LIMIT_SPARSE)
				return bad_map(e);
		} else if (n % 2 == 1) {
			piece = list_add(a, &e->pieces, sizeof(*piece));
			piece->at = value;
		} else {
			piece->len = value;
		}
	} while (n++ < count * 2);
	at = e->data + (at - e->data + BLOCK - 1) / BLOCK * BLOCK;
	if (at > end)
		return bad_map(e);
	e->stored = end - at;
	e->data = at;
	return NO_FAULT;
}

struct fault
tar_read_sparse(struct window *w, struct span block, struct arena *a, struct tar_entry *e)
{
	const struct tar_piece *p;
	struct fault f = NO_FAULT;
	uint64_t stored = 0, end = 0;

	if (e->flag == 'S') {
		e->sparse = true;
		f = old_sparse(w, block, a, e);
	} else if (e->sparse && e->pieces.v == NULL) {
		f = new_sparse(w, a, e);
	}
	if (f.kind != FAULT_NONE || !e->sparse || e->bad_map)
		return f;
	p = e->pieces.v;
	for (size_t i = 0; i < e->pieces.n; i++) {
		if (p[i].at < end || !num_add(p[i].at, p[i].len, &end) || end > e->size ||
		    !num_add(stored, p[i].len, &stored) || stored > e->stored)
			return bad_map(e);
	}
	return NO_FAULT;
}
