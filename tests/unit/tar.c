/* SPDX-License-Identifier: ISC */
/* Our reader of tars, for tests/tar.bats, which holds it against others.
 * usage: tar --list FILE	a line an entry: type, mode, uid, gid, size, mtime, name, link
 *        tar --lines ROOT	a directory or tar as evidence, in the lines of tests/twin/line.h
 *        tar			the cases below */

#include <sys/stat.h>

#include <fcntl.h>
#include <stdlib.h>
#include <string.h>

#include "base/limits.h"
#include "base/text.h"
#include "base/time.h"
#include "evidence/root.h"
#include "format/codec.h"
#include "format/tar.h"
#include "../twin/line.h"
#include "tap.h"

static void
print_name(struct out *o, struct span s)
{
	out_byte(o, '\t');
	text_escape(o, s);
}

static int
list(const char *path)
{
	static const char types[] = "fhlcbdp?";
	struct arena a = arena_open(LIMIT_ROW);
	struct out o = out_open(1);
	struct bytes file, inflated = { 0 };
	struct tar_entry e;
	struct stat st;
	struct fault f;
	struct tar t;
	char head[512];
	size_t got;
	int fd = open(path, O_RDONLY), status = 0;

	if (fd < 0 || fstat(fd, &st) != 0)
		return 3;
	file = bytes_file(fd, (uint64_t)st.st_size);
	bytes_read(&file, 0, head, sizeof(head), &got);
	if (codec_of((struct span){ head, got }) != CODEC_NONE)
		codec_open(&file, codec_of((struct span){ head, got }), LIMIT_INFLATED, &inflated);
	t = tar_open(inflated.kind == NULL ? &file : &inflated);
	while (tar_next(&t, &a, &e, &f)) {
		out_byte(&o, types[e.type]);
		out_byte(&o, '\t');
		for (int shift = 9; shift >= 0; shift -= 3)
			out_byte(&o, (char)('0' + (e.mode >> shift & 7)));
		out_byte(&o, '\t');
		out_u64(&o, e.uid);
		out_byte(&o, '\t');
		out_u64(&o, e.gid);
		out_byte(&o, '\t');
		out_u64(&o, e.size);
		out_byte(&o, '\t');
		out_i64(&o, e.mtime.s);
		print_name(&o, e.name);
		print_name(&o, e.link);
		out_byte(&o, '\n');
		if (f.kind != FAULT_NONE) {
			fprintf(stderr, "%s at %llu\n", f.what, (unsigned long long)f.offset.n);
			status = 1;
		}
		arena_reset(&a);
	}
	if (f.kind != FAULT_NONE) {
		fprintf(stderr, "%s at %llu\n", f.what, (unsigned long long)f.offset.n);
		status = 1;
	}
	out_flush(&o);
	out_close(&o);
	tar_close(&t);
	bytes_close(&inflated);
	bytes_close(&file);
	arena_close(&a);
	return status;
}

static void
read_bytes(struct root *r, struct line *l)
{
	static char chunk[65536];
	struct sha256 sum = sha256_open();
	struct bytes b;
	uint64_t at = 0;
	size_t got = 1;
	struct fault f = root_file(r, l->path, NULL, &b);

	for (; f.kind == FAULT_NONE && got > 0; at += got) {
		f = bytes_read(&b, at, chunk, sizeof(chunk), &got);
		sha256_add(&sum, (struct span){ chunk, got });
	}
	bytes_close(&b);
	root_fault(r, fault_in(f, l->path));
	sha256_hex(&sum, l->sum);
}

static void
read_xattrs(struct root *r, struct arena *a, struct line *l)
{
	struct list names;
	struct span value;
	struct fault f = root_xattrs(r, l->path, a, &names);

	root_fault(r, f);
	for (size_t i = 0; i < names.n; i++) {
		f = root_xattr(r, l->path, list_span(&names, i), a, &value);
		root_fault(r, f);
		list_add_pair(a, &l->xattrs, list_span(&names, i), value);
	}
}

static void
descend(struct root *r, struct out *o, struct span path)
{
	struct arena a = arena_open(LIMIT_ROW);
	struct line l = { .path = path };
	struct list names = { 0 };
	struct file file;

	root_fault(r, root_lstat(r, path, &file));
	l = (struct line){ .path = path, .type = "?fdlpscb"[file.type], .mode = file.mode, .uid = file.uid, .gid = file.gid,
		.size = file.size, .mtime = file.mtime, .major = file.major, .minor = file.minor };
	if (file.type == FILE_LINK)
		root_fault(r, root_link(r, path, &a, &l.link));
	if (file.type == FILE_REGULAR)
		read_bytes(r, &l);
	read_xattrs(r, &a, &l);
	line_print(o, &l);
	if (file.type == FILE_DIRECTORY)
		root_fault(r, root_list(r, path, &a, &names));
	for (size_t i = 0; i < names.n; i++)
		descend(r, o, path_join(&a, path, list_span(&names, i)));
	arena_close(&a);
}

/* The tree as evidence, and its faults on stderr. */
static int
lines(const char *path)
{
	struct out o = out_open(1), said = out_open(2);
	struct root_options options = { 0 };
	struct root root;
	struct fault f = root_open(&root, path, &options);
	int status = 0;

	if (f.kind == FAULT_NONE)
		f = root_index(&root);
	if (f.kind == FAULT_NONE)
		descend(&root, &o, SPAN("/"));
	root_fault(&root, f);
	for (size_t i = 0; i < root.faults.list.n; i++) {
		const struct fault *g = &((const struct fault *)root.faults.list.v)[i];

		out_text(&said, g->what);
		out_byte(&said, ' ');
		text_escape(&said, g->item);
		out_byte(&said, '\n');
		status |= g->kind > FAULT_ODD;
	}
	out_flush(&o);
	out_flush(&said);
	out_close(&o);
	out_close(&said);
	root_close(&root);
	return status;
}

/* A header by hand, with its checksum. */
static void
header(char *b, const char *name, const char *size, char type)
{
	unsigned sum = 0;

	memset(b, 0, 512);
	memcpy(b, name, strlen(name));
	memcpy(b + 100, "0000644", 8);
	memcpy(b + 108, "0000000", 8);
	memcpy(b + 116, "0000000", 8);
	memcpy(b + 124, size, 12);
	memcpy(b + 136, "00000000000", 12);
	b[156] = type;
	memcpy(b + 257, "ustar\0" "00", 8);
	memset(b + 148, ' ', 8);
	for (int i = 0; i < 512; i++)
		sum += (unsigned char)b[i];
	snprintf(b + 148, 8, "%06o", sum);
	b[155] = ' ';
}

/* Reads an archive of N bytes; the number of entries, the last one in *e, the gravest fault in *f. */
static unsigned
read_all(const char *archive, size_t n, struct arena *a, struct tar_entry *e, struct fault *f)
{
	struct bytes in = bytes_mem((struct span){ archive, n });
	struct tar t = tar_open(&in);
	struct tar_entry next;
	struct fault g;
	unsigned count = 0;

	*f = NO_FAULT;
	for (; tar_next(&t, a, &next, &g); count++) {
		*e = next;
		if (g.kind > f->kind)
			*f = g;
	}
	if (g.kind > f->kind)
		*f = g;
	tar_close(&t);
	return count;
}

static void
cases(void)
{
	struct arena a = arena_open(LIMIT_ROW);
	char b[4096] = { 0 };
	struct tar_entry e = { 0 };
	struct fault f;

	header(b, "a", "00000000003", '0');
	OK(read_all(b, 2048, &a, &e, &f) == 1 && f.kind == FAULT_NONE && e.size == 3 && e.data == 512, "one file");
	OK(read_all(b, 1024, &a, &e, &f) == 1 && span_is(span_of(f.what), "archive ends without its end mark"), "no end mark is said");
	OK(read_all(b, 514, &a, &e, &f) == 1 && f.kind == FAULT_PART && e.size == 3, "an entry that is cut is given, and said");
	OK(read_all(b, 300, &a, &e, &f) == 0 && f.kind == FAULT_PART, "a header that is cut");
	header(b, "a", "\x80\0\0\0\x7f\xff\xff\xff\xff\xff\xff\xff", '0');
	OK(read_all(b, 2048, &a, &e, &f) == 1 && f.kind == FAULT_PART, "a size of 2^63 and more ends the walk, said");
	header(b, "a", "\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff", '0');
	OK(read_all(b, 2048, &a, &e, &f) == 1 && f.kind == FAULT_PART && e.size == 0, "a negative size is none");
	header(b, "a", "0000000000x", '0');
	OK(read_all(b, 2048, &a, &e, &f) == 1 && f.kind == FAULT_PART && f.offset.n == 124, "a size that is no number, at its place");
	header(b, "x", "00000000030", 'x');
	memcpy(b + 512, "12 path=abc\n12 mtime=-1\n", 24);
	header(b + 1024, "short", "00000000000", '0');
	read_all(b, 3072, &a, &e, &f);
	OK(span_is(e.name, "abc") && e.mtime.s == -1 && f.kind == FAULT_NONE, "pax records count over the header");
	memcpy(b + 512, "99 path=abc\n", 12);
	OK(read_all(b, 3072, &a, &e, &f) == 1 && span_is(e.name, "short") && f.offset.n == 512, "a pax record longer than its block");
	header(b, "L", "00000000004", 'L');
	memcpy(b + 512, "long", 4);
	read_all(b, 3072, &a, &e, &f);
	OK(span_is(e.name, "long"), "GNU's long names");
	b[1024] ^= 1;
	OK(read_all(b, 3072, &a, &e, &f) == 0 && f.offset.n == 1024, "a wrong checksum is said with its place");
	header(b + 1536, "next", "00000000000", '0');
	OK(read_all(b, 3584, &a, &e, &f) == 1 && span_is(e.name, "long") && f.offset.n == 1024, "and read past");
	arena_close(&a);
}

int
main(int argc, char **argv)
{
	if (argc == 3 && strcmp(argv[1], "--list") == 0)
		return list(argv[2]);
	if (argc == 3 && strcmp(argv[1], "--lines") == 0)
		return lines(argv[2]);
	cases();
	return tap_done();
}
