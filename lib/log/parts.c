/* SPDX-License-Identifier: ISC */
/* The parts of a log, in the order in which they were written. Names: BASE is written to; BASE.1 was before it,
 * BASE.2 before that (moby loggerutils/logfile.go, rotate), each with .gz once it is compressed; BASE-DATE is what
 * logrotate leaves, which may pack by xz or zstd as well (its compresscmd and compressext). A power cut while a part is
 * compressed leaves both: the plain one is whole, the other a prefix of it. */

#include <stdlib.h>
#include <string.h>

#include "base/limits.h"
#include "base/num.h"
#include "log/log.h"

struct part {
	struct span path, stem;		/* stem: the path without .gz */
	enum codec codec;
	uint64_t number;		/* 0: BASE itself; UINT64_MAX: a dated one */
};

static int
by_age(const void *a, const void *b)
{
	const struct part *x = a, *y = b;

	if (x->number != y->number)
		return num_cmp(y->number, x->number);	/* the highest is the oldest */
	if (!span_eq(x->stem, y->stem))
		return span_cmp(x->stem, y->stem);
	return (y->codec != CODEC_NONE) - (x->codec != CODEC_NONE);
}

/* How a part is packed, by the end of its name, which goes from STEM. */
static enum codec
packed_by(struct span *stem)
{
	static const struct {
		const char *suffix;
		enum codec codec;
	} known[] = { { ".gz", CODEC_GZIP }, { ".xz", CODEC_XZ }, { ".zst", CODEC_ZSTD }, { ".bz2", CODEC_BZIP2 } };

	for (size_t i = 0; i < sizeof(known) / sizeof(*known); i++)
		if (span_ends(*stem, known[i].suffix)) {
			stem->len -= strlen(known[i].suffix);
			return known[i].codec;
		}
	return CODEC_NONE;
}

static bool
describe(struct span path, struct span base, struct part *p)
{
	struct span tail;

	*p = (struct part){ .path = path, .stem = path };
	p->codec = packed_by(&p->stem);
	tail = span_sub(p->stem, base.len, SIZE_MAX);
	if (!span_begins(path, base))
		return false;
	if (tail.len == 0)
		return true;
	if (tail.ptr[0] == '.' && num_parse(span_sub(tail, 1, SIZE_MAX), &p->number))
		return p->number > 0 && p->number < UINT64_MAX;
	p->number = UINT64_MAX;
	return tail.ptr[0] == '-' || tail.ptr[0] == '.';
}

/* Whether what PART inflates to is how PLAIN begins. Damage of PART is what we look for here, and no fault. */
static bool
is_prefix(struct root *r, const struct part *part, struct span plain)
{
	enum { CHUNK = 32 * 1024 };
	struct bytes packed = { 0 }, inflated = { 0 }, whole = { 0 };
	char *a = malloc(2 * (size_t)CHUNK), *b = a + CHUNK;
	bool same = a != NULL && root_file(r, part->path, NULL, &packed).kind == FAULT_NONE &&
	    root_file(r, plain, NULL, &whole).kind == FAULT_NONE &&
	    codec_open(&packed, part->codec, LIMIT_INFLATED, &inflated).kind == FAULT_NONE;
	size_t n = same ? CHUNK : 0, m;

	for (uint64_t at = 0; same && n == CHUNK; at += n) {
		bytes_read(&inflated, at, a, CHUNK, &n);
		same = bytes_read(&whole, at, b, n, &m).kind == FAULT_NONE && m == n && memcmp(a, b, n) == 0;
	}
	bytes_close(&inflated);
	bytes_close(&whole);
	bytes_close(&packed);
	free(a);
	return same;
}

static void
odd(struct root *r, struct span file, const char *what, struct span item)
{
	root_fault(r, (struct fault){ .kind = FAULT_ODD, .what = what, .item = item, .file = file });
}

/* A number without its part: the engine dropped it between two renames, or somebody did. */
static void
say_gaps(struct root *r, const struct part *v, size_t n)
{
	for (size_t i = 0; i + 1 < n; i++)
		if (v[i].number != UINT64_MAX && v[i].number > v[i + 1].number + 1 && v[i + 1].number > 0)
			odd(r, v[i].path, "parts are missing between this one and", v[i + 1].path);
}

void
log_parts(struct root *r, const struct log *log, struct arena *a, struct list *parts)
{
	struct list found = { 0 };
	struct span base = log->evidence_path;
	struct part *v, p;
	struct log_part *to;

	*parts = list_none();
	if (base.len == 0 && log->files.n > 0)	/* a record made by hand may name files alone */
		base = list_span(&log->files, log->files.n - 1);
	for (size_t i = 0; i < log->files.n; i++) {
		if (describe(arena_copy(a, list_span(&log->files, i)), base, &p))
			*(struct part *)list_add(a, &found, sizeof(p)) = p;
		else
			odd(r, list_span(&log->files, i), "is no part of the log", arena_copy(a, base));
	}
	v = found.v;
	if (found.n > 1)
		qsort(v, found.n, sizeof(*v), by_age);
	say_gaps(r, v, found.n);
	for (size_t i = 0; i < found.n; i++) {
		if (v[i].codec != CODEC_NONE && i + 1 < found.n && v[i + 1].codec == CODEC_NONE &&
		    span_eq(v[i].stem, v[i + 1].stem)) {
			if (is_prefix(r, &v[i], v[i + 1].path)) {
				odd(r, v[i].path, "holds nothing that its plain part does not; only that is read", v[i + 1].path);
				continue;
			}
			odd(r, v[i].path, "differs from its plain part; both are read", v[i + 1].path);
		}
		to = list_add(a, parts, sizeof(*to));
		*to = (struct log_part){ v[i].path, v[i].codec };
	}
}
