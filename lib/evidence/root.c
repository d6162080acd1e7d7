/* SPDX-License-Identifier: ISC */
/* Evidence behind one interface: opening it, telling what it is, and what both kinds share. */

#include <sys/stat.h>

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/index.h"
#include "base/limits.h"
#include "evidence/root.h"
#include "format/codec.h"
#include "format/tar.h"

enum { HEAD = 68 * 1024, CHUNK = 1 << 20 };	/* btrfs has its magic at 64 KiB + 64 */

static struct fault
refuse(const char *what, struct span item, const char *expected)
{
	return (struct fault){ .kind = FAULT_ALL, .what = what, .item = item, .expected = expected };
}

/* A file without a name in FOLDER. Linux before 3.11, and some file systems, have no O_TMPFILE; then it has one for a
 * moment. */
static int
nameless(const char *folder)
{
	static const char name[] = "/.ctr-tools-XXXXXX";
	char path[4096];
	int fd = open(folder, O_TMPFILE | O_RDWR | O_CLOEXEC, 0600);

	if (fd >= 0 || (errno != EISDIR && errno != EOPNOTSUPP && errno != EINVAL))
		return fd;
	if (strlen(folder) + sizeof(name) > sizeof(path)) {
		errno = ENAMETOOLONG;
		return -1;
	}
	memcpy(path, folder, strlen(folder));
	memcpy(path + strlen(folder), name, sizeof(name));
	fd = mkostemp(path, O_CLOEXEC);
	if (fd >= 0)
		unlink(path);
	return fd;
}

struct fault
root_open(struct root *r, const char *path, const struct root_options *options)
{
	struct stat st;

	*r = (struct root){ .fd = -1, .spool_fd = -1, .name = span_of(path), .options = *options };
	if (r->options.memory == 0)
		r->options.memory = LIMIT_MEMORY;
	if (r->options.spool_limit == 0)
		r->options.spool_limit = LIMIT_SPOOL;
	r->arena = arena_open(r->options.memory > SIZE_MAX ? SIZE_MAX : (size_t)r->options.memory);
	r->faults = faults_open();
	r->host = span_of(r->options.host);
	/* what it is is asked before it is opened: opening a device or a FIFO can act on it */
	if (stat(path, &st) != 0)
		return fault_as(fault_system("cannot look at the evidence:", (struct span){ 0 }, errno), FAULT_ALL);
	r->dev = st.st_dev;
	r->ino = st.st_ino;
	if (S_ISBLK(st.st_mode))
		return refuse("is a block device; mount it read-only and give the folder:",
		    arena_concat(&r->arena, SPAN("mount -o ro,noload "), r->name, SPAN(" /mnt/evidence")), NULL);
	if (!S_ISDIR(st.st_mode) && !S_ISREG(st.st_mode))
		return refuse("is no evidence", (struct span){ 0 }, "a directory or a file");
	r->fd = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOATIME);
	if (r->fd < 0 && errno == EPERM)	/* O_NOATIME is the owner's and root's */
		r->fd = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
	if (r->fd < 0 && errno == EACCES && S_ISDIR(st.st_mode))	/* may be searched, not listed */
		r->fd = open(path, O_PATH | O_DIRECTORY | O_CLOEXEC);
	if (r->fd < 0)
		return fault_as(fault_system("cannot open the evidence:", (struct span){ 0 }, errno), FAULT_ALL);
	if (S_ISDIR(st.st_mode)) {
		int clone = root_clone(r->fd);

		if (clone >= 0) {
			close(r->fd);
			r->fd = clone;
		}
		r->kind = &root_dir;
		return NO_FAULT;
	}
	r->bytes = bytes_file(r->fd, (uint64_t)st.st_size);
	r->kind = &root_tar;
	if (options->spool != NULL) {
		r->spool_fd = nameless(options->spool);
		if (r->spool_fd < 0)
			return fault_as(fault_system("cannot make a nameless file in the folder of --spool:",
			    (struct span){ 0 }, errno), FAULT_USAGE);
	}
	return NO_FAULT;
}

static bool
write_all(int fd, const char *p, size_t n)
{
	ssize_t done;

	for (; n > 0; p += done, n -= (size_t)done) {
		done = write(fd, p, n);
		if (done < 0 && errno == EINTR)
			done = 0;
		if (done < 0)
			return false;
	}
	return true;
}

static struct fault
no_room(int error)
{
	struct fault f = fault_system("cannot store the inflated archive:", (struct span){ 0 }, error);

	f.expected = "room for all of it; --spool DIR takes that of a disk";
	return f;
}

static struct fault
to_file(struct root *r, struct bytes *in, struct bytes *out)
{
	char *chunk = malloc(CHUNK);
	struct fault f = chunk == NULL ? no_room(ENOMEM) : NO_FAULT;
	size_t got = CHUNK;
	uint64_t size;

	for (size = 0; f.kind == FAULT_NONE && got == CHUNK; size += got) {
		f = bytes_read(in, size, chunk, CHUNK, &got);
		if (size + got > 0)
			root_fault(r, f);	/* what inflates before damage stands */
		if (!write_all(r->spool_fd, chunk, got)) {
			f = no_room(errno);
			free(chunk);
			return f;
		}
	}
	free(chunk);
	if (size == 0 && f.kind != FAULT_NONE)
		return f;
	*out = bytes_file(r->spool_fd, size);
	r->spool_fd = -1;
	return NO_FAULT;
}

/* Memory of ours: memfd_create(2) would be as good, from Linux 3.17 on. It grows by a quarter, so that little of it is
 * room alone. */
static bool
grow(struct root *r, size_t size, size_t *room)
{
	size_t want = size + size / 4 + CHUNK;
	char *p;

	if (*room - size >= CHUNK)
		return true;
	p = realloc(r->inflated, want);
	if (p == NULL)
		p = realloc(r->inflated, want = size + CHUNK);
	if (p == NULL)
		return false;
	r->inflated = p;
	*room = want;
	return true;
}

static struct fault
to_memory(struct root *r, struct bytes *in, struct bytes *out)
{
	struct fault f = NO_FAULT;
	size_t size = 0, room = 0, got = CHUNK;

	for (; f.kind == FAULT_NONE && got == CHUNK; size += got) {
		if (!grow(r, size, &room))
			return no_room(ENOMEM);
		f = bytes_read(in, size, r->inflated + size, CHUNK, &got);
		if (size + got > 0)
			root_fault(r, f);
	}
	if (size == 0 && f.kind != FAULT_NONE)
		return f;
	*out = bytes_mem((struct span){ r->inflated, size });
	return NO_FAULT;
}

/* Puts the inflated archive in the place of the compressed one. */
static struct fault
spool(struct root *r, enum codec codec)
{
	struct bytes inflated, stored;
	struct fault f = codec_open(&r->bytes, codec, r->options.spool_limit, &inflated);

	if (f.kind == FAULT_NONE)
		f = r->spool_fd >= 0 ? to_file(r, &inflated, &stored) : to_memory(r, &inflated, &stored);
	bytes_close(&inflated);
	if (f.kind != FAULT_NONE)
		return fault_as(f, FAULT_ALL);
	bytes_close(&r->bytes);
	r->bytes = stored;
	return NO_FAULT;
}

static void
find_host(struct root *r)
{
	struct fault f;

	if (r->host.ptr != NULL)
		return;
	f = root_line(r, SPAN("/etc/hostname"), &r->arena, &r->host);
	if (f.kind != FAULT_NONE && f.kind != FAULT_ABSENT)
		root_fault(r, f);
	if (r->host.len == 0)
		r->host = (struct span){ 0 };
}

static struct fault
index_file(struct root *r)
{
	char *head = malloc(HEAD);
	struct fault f;
	enum codec codec;
	size_t got = 0;

	if (head == NULL)
		return refuse("cannot be read: not enough memory", (struct span){ 0 }, NULL);
	f = bytes_read(&r->bytes, 0, head, HEAD, &got);
	codec = codec_of((struct span){ head, got });
	if (f.kind == FAULT_NONE && codec != CODEC_NONE) {
		f = spool(r, codec);
		got = 0;
		if (f.kind == FAULT_NONE)
			f = bytes_read(&r->bytes, 0, head, HEAD, &got);
	}
	if (f.kind == FAULT_NONE && !tar_here((struct span){ head, got })) {
		f = root_disk(r, (struct span){ head, got });
		if (f.kind == FAULT_ABSENT)
			f = refuse("is no archive that is known", (struct span){ 0 },
			    "a tar (plain, gzip, zstd, xz, bzip2), or a directory");
	} else if (f.kind == FAULT_NONE) {
		f = root_tar_index(r);
	}
	free(head);
	return f.kind == FAULT_NONE ? f : fault_as(f, FAULT_ALL);
}

struct fault
root_index(struct root *r)
{
	struct fault f = r->kind == &root_tar ? index_file(r) : NO_FAULT;

	if (f.kind == FAULT_NONE)
		find_host(r);
	return f;
}

void
root_close(struct root *r)
{
	if (r->kind != NULL)
		r->kind->close(r);
	if (r->spool_fd >= 0)
		close(r->spool_fd);
	free(r->inflated);
	faults_close(&r->faults);
	arena_close(&r->arena);
	*r = (struct root){ .fd = -1, .spool_fd = -1 };
}

bool
file_again(struct index *seen, struct arena *a, const struct file *f)
{
	uint64_t which[2] = { f->dev, f->ino };
	struct span name = { (const char *)which, sizeof(which) };

	if (index_get(seen, name) != SIZE_MAX)
		return true;
	index_put(seen, a, arena_copy(a, name), 0);
	return false;
}

struct fault
root_stat(struct root *r, struct span path, struct file *out)
{
	*out = (struct file){ 0 };
	return r->kind->stat(r, path, true, out);
}

struct fault
root_lstat(struct root *r, struct span path, struct file *out)
{
	*out = (struct file){ 0 };
	return r->kind->stat(r, path, false, out);
}

bool
root_is(struct root *r, struct span path, enum file_type type)
{
	struct file file;

	return root_stat(r, path, &file).kind == FAULT_NONE && file.type == type;
}

struct fault
root_list(struct root *r, struct span path, struct arena *a, struct list *names)
{
	struct fault f;

	*names = list_none();
	f = r->kind->list(r, path, a, names);
	list_sort_once(names);
	return f;
}

struct fault
root_link(struct root *r, struct span path, struct arena *a, struct span *target)
{
	*target = (struct span){ 0 };
	return r->kind->link(r, path, a, target);
}

struct fault
root_file(struct root *r, struct span path, struct file *file, struct bytes *out)
{
	struct file ignored;

	if (file == NULL)
		file = &ignored;
	*file = (struct file){ 0 };
	*out = (struct bytes){ 0 };
	return r->kind->file(r, path, file, out);
}

struct fault
root_read(struct root *r, struct span path, struct arena *a, size_t limit, struct span *text)
{
	struct bytes b;
	struct fault f = root_file(r, path, NULL, &b);

	*text = (struct span){ 0 };
	if (f.kind == FAULT_NONE)
		f = bytes_all(&b, a, limit, text);
	bytes_close(&b);
	return fault_in(f, path);
}

struct fault
root_xattrs(struct root *r, struct span path, struct arena *a, struct list *names)
{
	struct fault f;

	*names = list_none();
	f = r->kind->xattrs(r, path, a, names);
	list_sort_once(names);
	return f;
}

struct fault
root_xattr(struct root *r, struct span path, struct span name, struct arena *a, struct span *value)
{
	*value = (struct span){ 0 };
	return r->kind->xattr(r, path, name, a, value);
}

static bool
blank(char c)
{
	return c == ' ' || c == '\t' || c == '\r' || c == '\n';
}

struct fault
root_line(struct root *r, struct span path, struct arena *a, struct span *line)
{
	struct fault f = root_read(r, path, a, LIMIT_SMALL, line);
	struct span rest = *line;

	if (f.kind != FAULT_NONE)
		return f;
	span_cut(&rest, '\n', line);
	while (line->len > 0 && blank(line->ptr[line->len - 1]))
		line->len--;
	while (line->len > 0 && blank(*line->ptr))
		*line = span_sub(*line, 1, SIZE_MAX);
	return NO_FAULT;
}

struct span
path_join(struct arena *a, struct span directory, struct span name)
{
	while (directory.len > 0 && directory.ptr[directory.len - 1] == '/')
		directory.len--;
	while (name.len > 0 && *name.ptr == '/')
		name = span_sub(name, 1, SIZE_MAX);
	return arena_concat(a, directory, SPAN("/"), name);
}
