/* SPDX-License-Identifier: ISC */
/* An archive as libarchive reads it, in the lines of line.h, for tests/twin.bats. Built for release, with the library that
 * we build and hand out and not the system's: so what its recipe turned on and off is tested too. Our own reader prints
 * its lines from a program with sanitizers (tests/unit/tar.c). Filters are named one by one: told to take all, libarchive
 * would run programs for some.
 * usage: tar FILE */

#include <locale.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <archive.h>
#include <archive_entry.h>

#include "line.h"

struct listing {
	struct archive *archive;
	struct arena arena;
	struct list lines;		/* [struct line] so far, for hard links */
	struct out out;
};

static struct span
copy(struct listing *l, const char *s)
{
	return arena_copy(&l->arena, span_of(s));
}

/* As the tree has it: "./a/" is "/a". */
static struct span
path_of(struct listing *l, const char *name)
{
	struct span s = span_of(name);

	while (s.len > 0 && s.ptr[s.len - 1] == '/')
		s.len--;
	while (span_starts(s, "./") || span_starts(s, "/"))
		s = span_sub(s, 1, SIZE_MAX);
	return arena_concat(&l->arena, SPAN("/"), span_is(s, ".") ? SPAN("") : s);
}

static char
type_of(struct archive_entry *e)
{
	switch (archive_entry_filetype(e)) {
	case AE_IFREG: return 'f';
	case AE_IFDIR: return 'd';
	case AE_IFLNK: return 'l';
	case AE_IFIFO: return 'p';
	case AE_IFCHR: return 'c';
	case AE_IFBLK: return 'b';
	default: return '?';
	}
}

static void
zeros(struct sha256 *sum, uint64_t n)
{
	static const char none[4096];

	for (; n > 0; n -= n < sizeof(none) ? n : sizeof(none))
		sha256_add(sum, (struct span){ none, n < sizeof(none) ? (size_t)n : sizeof(none) });
}

/* Bytes come in pieces with their places: what lies between, and behind the last, is a hole. */
static bool
read_data(struct listing *l, struct line *line)
{
	struct sha256 sum = sha256_open();
	uint64_t at = 0;
	const void *piece;
	size_t n;
	la_int64_t place;
	int rc;

	while ((rc = archive_read_data_block(l->archive, &piece, &n, &place)) == ARCHIVE_OK) {
		if ((uint64_t)place < at)
			return false;
		zeros(&sum, (uint64_t)place - at);
		sha256_add(&sum, (struct span){ piece, n });
		at = (uint64_t)place + n;
	}
	if (rc != ARCHIVE_EOF || at > line->size)
		return false;
	zeros(&sum, line->size - at);
	sha256_hex(&sum, line->sum);
	return true;
}

static bool
hard_link(struct listing *l, const char *target, struct line *line)
{
	struct span path = line->path, to = path_of(l, target);

	for (size_t i = l->lines.n; i-- > 0;)
		if (span_eq(((struct line *)l->lines.v)[i].path, to)) {
			*line = ((struct line *)l->lines.v)[i];
			line->path = path;
			return true;
		}
	return false;
}

static bool
read_entry(struct listing *l, struct archive_entry *e)
{
	struct line line = { .path = path_of(l, archive_entry_pathname(e)), .type = type_of(e), .mode = archive_entry_perm(e),
		.uid = (uint64_t)archive_entry_uid(e), .gid = (uint64_t)archive_entry_gid(e), .size = (uint64_t)archive_entry_size(e),
		.mtime = { archive_entry_mtime(e), (uint32_t)archive_entry_mtime_nsec(e), true },
		.major = (uint32_t)archive_entry_rdevmajor(e), .minor = (uint32_t)archive_entry_rdevminor(e) };
	const char *name;
	const void *value;
	size_t n;
	bool good = true;

	if (line.type == 'l')
		line.link = copy(l, archive_entry_symlink(e));
	archive_entry_xattr_reset(e);
	while (archive_entry_xattr_next(e, &name, &value, &n) == ARCHIVE_OK)
		list_add_pair(&l->arena, &line.xattrs, copy(l, name), arena_copy(&l->arena, (struct span){ value, n }));
	if (archive_entry_hardlink(e) != NULL)
		good = hard_link(l, archive_entry_hardlink(e), &line);
	else if (line.type == 'f')
		good = read_data(l, &line);
	*(struct line *)list_add(&l->arena, &l->lines, sizeof(line)) = line;
	line_print(&l->out, &line);
	return good;
}

int
main(int argc, char **argv)
{
	struct listing l = { .archive = archive_read_new(), .arena = arena_open(256 << 20), .out = out_open(1) };
	struct archive_entry *e;
	int rc;

	setlocale(LC_ALL, "C.UTF-8");
	archive_read_support_filter_gzip(l.archive);
	archive_read_support_filter_zstd(l.archive);
	archive_read_support_filter_xz(l.archive);
	archive_read_support_format_tar(l.archive);
	rc = argc == 2 ? archive_read_open_filename(l.archive, argv[1], 10240) : ARCHIVE_FATAL;
	while (rc == ARCHIVE_OK && (rc = archive_read_next_header(l.archive, &e)) == ARCHIVE_OK)
		if (!read_entry(&l, e))
			rc = ARCHIVE_FATAL;
	out_flush(&l.out);
	if (rc != ARCHIVE_EOF)
		fprintf(stderr, "%s\n", archive_error_string(l.archive) == NULL ? "cannot read" : archive_error_string(l.archive));
	out_close(&l.out);
	arena_close(&l.arena);
	archive_read_free(l.archive);
	return rc != ARCHIVE_EOF;
}
