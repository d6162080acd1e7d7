/* SPDX-License-Identifier: ISC */
/* A directory as evidence. Every open stays beneath it (walk.c), and only what fstat() calls a regular file or a
 * directory is opened for reading: a FIFO would block, a device could act. */

#include <sys/stat.h>
#include <sys/sysmacros.h>
#include <sys/xattr.h>

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/limits.h"
#include "evidence/root.h"
#include "evidence/walk.h"

enum { ENTRIES = 32 * 1024 };	/* bytes of a directory, at once */

/* PATH as the system takes it: relative to the root, NUL-terminated. */
struct name {
	char text[4096];
};

static bool
name_of(struct span path, struct name *n)
{
	size_t len;

	while (path.len > 0 && *path.ptr == '/')
		path = span_sub(path, 1, SIZE_MAX);
	if (path.len == 0)
		path = SPAN(".");
	len = strnlen(path.ptr, path.len);
	if (len != path.len || len >= sizeof(n->text))
		return false;
	memcpy(n->text, path.ptr, len);
	n->text[len] = '\0';
	return true;
}

static void
describe(const struct stat *st, struct file *out)
{
	static const enum file_type types[16] = { [S_IFREG >> 12] = FILE_REGULAR,
		[S_IFDIR >> 12] = FILE_DIRECTORY, [S_IFLNK >> 12] = FILE_LINK, [S_IFIFO >> 12] = FILE_FIFO,
		[S_IFSOCK >> 12] = FILE_SOCKET, [S_IFCHR >> 12] = FILE_CHAR, [S_IFBLK >> 12] = FILE_BLOCK };

	*out = (struct file){
		.type = types[(st->st_mode & S_IFMT) >> 12], .mode = st->st_mode & 07777,
		.uid = st->st_uid, .gid = st->st_gid, .size = (uint64_t)st->st_size,
		.mtime = { st->st_mtim.tv_sec, (uint32_t)st->st_mtim.tv_nsec, true },
		.atime = { st->st_atim.tv_sec, (uint32_t)st->st_atim.tv_nsec, true },
		.ctime = { st->st_ctim.tv_sec, (uint32_t)st->st_ctim.tv_nsec, true },
		.dev = st->st_dev, .ino = st->st_ino, .links = st->st_nlink,
		.major = major(st->st_rdev), .minor = minor(st->st_rdev),
	};
}

/* The birth time of what FD names, where kernel and file system tell it. */
static void
birth(int fd, struct file *out)
{
#ifdef STATX_BTIME
	struct statx sx;

	if (statx(fd, "", AT_EMPTY_PATH | AT_SYMLINK_NOFOLLOW, STATX_BTIME, &sx) == 0 &&
	    (sx.stx_mask & STATX_BTIME) != 0)
		out->birth = (struct timestamp){ sx.stx_btime.tv_sec, sx.stx_btime.tv_nsec, true };
#else
	(void)fd;
	(void)out;
#endif
}

static struct fault
absent_or(const char *what, struct span path, int error)
{
	struct fault f = fault_system(what, path, error);

	if (error == ENOTDIR)		/* a file stands where a folder should be: not there either */
		f.kind = FAULT_ABSENT;
	return f;
}

/* A descriptor that only names what is at PATH, and what that is. */
static struct fault
look(struct root *r, struct span path, bool follow, int *fd, struct file *out)
{
	struct name n;
	struct stat st;
	int error;

	*fd = -1;
	*out = (struct file){ 0 };
	if (!name_of(path, &n))
		return (struct fault){ .kind = FAULT_ABSENT, .what = "path that no file can have",
		    .file = path };
	*fd = walk_open(r->fd, n.text, O_PATH | (follow ? 0 : O_NOFOLLOW));
	if (*fd < 0)
		return absent_or("cannot look:", path, errno);
	if (fstat(*fd, &st) != 0) {
		error = errno;
		close(*fd);
		return absent_or("cannot look:", path, error);
	}
	describe(&st, out);
	return NO_FAULT;
}

static struct fault
dir_stat(struct root *r, struct span path, bool follow, struct file *out)
{
	int fd;
	struct fault f = look(r, path, follow, &fd, out);

	if (f.kind == FAULT_NONE) {
		birth(fd, out);
		close(fd);
	}
	return f;
}

const char *
file_word(enum file_type t)
{
	static const char *const words[] = { "of an unknown kind", "a file", "a directory",
		"a symbolic link", "a FIFO", "a socket", "a character device", "a block device" };

	return words[t];
}

/* Opens PATH for reading; an access time stays as it is where that is allowed. */
static int
reading(struct root *r, const char *path, int flags)
{
	int fd = walk_open(r->fd, path, O_RDONLY | O_NONBLOCK | O_NOCTTY | O_NOATIME | flags);

	if (fd < 0 && errno == EPERM)
		fd = walk_open(r->fd, path, O_RDONLY | O_NONBLOCK | O_NOCTTY | flags);
	return fd;
}

static struct fault
other_than(struct span path, enum file_type is, enum file_type want)
{
	return (struct fault){ .kind = FAULT_PART, .what = "not opened: it is", .item = span_of(file_word(is)), .file = path,
		.expected = file_word(want) };
}

/* A regular file: it is looked at first, and what is opened is that. */
static struct fault
open_file(struct root *r, struct span path, int *out, struct file *file)
{
	struct fault f = look(r, path, true, out, file);
	struct name n;
	struct stat st;
	int fd;

	if (f.kind != FAULT_NONE)
		return f;
	close(*out);
	if (file->type != FILE_REGULAR)
		return other_than(path, file->type, FILE_REGULAR);
	name_of(path, &n);
	fd = reading(r, n.text, 0);
	if (fd < 0)
		return absent_or("cannot open:", path, errno);
	if (fstat(fd, &st) != 0 || st.st_dev != file->dev || st.st_ino != file->ino) {
		close(fd);
		return (struct fault){ .kind = FAULT_PART, .what = "changed while it was being opened",
		    .file = path };
	}
	*out = fd;
	return NO_FAULT;
}

/* A directory need not be looked at first: with O_DIRECTORY the kernel opens nothing else. */
static struct fault
open_directory(struct root *r, struct span path, int *out)
{
	struct file file;
	struct fault f;
	struct name n;
	int fd, error;

	*out = name_of(path, &n) ? reading(r, n.text, O_DIRECTORY) : -1;
	if (*out >= 0)
		return NO_FAULT;
	error = errno;
	f = look(r, path, true, &fd, &file);	/* why, in the words that all have */
	if (f.kind != FAULT_NONE)
		return f;
	close(fd);
	return file.type == FILE_DIRECTORY ? absent_or("cannot open:", path, error) : other_than(path, file.type, FILE_DIRECTORY);
}

static struct fault
dir_list(struct root *r, struct span path, struct arena *a, struct list *names)
{
	_Alignas(struct dirent64) char buf[ENTRIES];
	const struct dirent64 *e;
	struct fault f;
	ssize_t n;
	int fd;

	f = open_directory(r, path, &fd);
	if (f.kind != FAULT_NONE)
		return f;
	while ((n = getdents64(fd, (void *)buf, sizeof(buf))) > 0)
		for (ssize_t at = 0; at < n; at += e->d_reclen) {
			e = (const struct dirent64 *)(const void *)(buf + at);
			if (strcmp(e->d_name, ".") != 0 && strcmp(e->d_name, "..") != 0)
				list_add_span(a, names, arena_copy(a, span_of(e->d_name)));
		}
	if (n < 0)
		f = fault_system("cannot list:", path, errno);
	close(fd);
	if (a->full)
		f = fault_in(fault_at(0, "directory needs more memory than it may take", NULL), path);
	return f;
}

static struct fault
dir_link(struct root *r, struct span path, struct arena *a, struct span *target)
{
	char text[4096];
	struct file file;
	struct fault f;
	ssize_t n;
	int fd;

	f = look(r, path, false, &fd, &file);
	if (f.kind != FAULT_NONE)
		return f;
	n = file.type == FILE_LINK ? readlinkat(fd, "", text, sizeof(text)) : -1;
	close(fd);
	if (n < 0)
		return (struct fault){ .kind = FAULT_PART, .what = "no symbolic link to read", .file = path };
	*target = arena_copy(a, (struct span){ text, (size_t)n });
	return NO_FAULT;
}

static struct fault
dir_file(struct root *r, struct span path, struct file *file, struct bytes *out)
{
	int fd;
	struct fault f = open_file(r, path, &fd, file);

	if (f.kind == FAULT_NONE)
		*out = bytes_file(fd, file->size);
	return f;
}

enum { XATTR_MOST = 65536 };		/* linux/limits.h: XATTR_SIZE_MAX, XATTR_LIST_MAX */

/* Attributes are read through the name that /proc gives a descriptor: of a link that is the link itself, and nothing
 * needs to be opened for reading. */
struct proc_name {
	char text[40];
};

static struct fault
look_for_xattrs(struct root *r, struct span path, int *fd, struct proc_name *n)
{
	struct file file;
	struct fault f = look(r, path, false, fd, &file);

	if (f.kind == FAULT_NONE)
		snprintf(n->text, sizeof(n->text), "/proc/self/fd/%d", *fd);
	return f;
}

static struct fault
no_xattr(struct span path, struct span name, int error)
{
	struct fault f = fault_system("cannot read extended attributes:", path, error);

	if (error == ENOENT)
		f = (struct fault){ .kind = FAULT_PART, .what = "cannot read extended attributes: there is no /proc", .file = path };
	if (error == ENODATA || error == EOPNOTSUPP)
		f = (struct fault){ .kind = FAULT_ABSENT, .what = "no such extended attribute:", .item = name, .file = path };
	return f;
}

static struct fault
dir_xattrs(struct root *r, struct span path, struct arena *a, struct list *names)
{
	char text[XATTR_MOST];
	struct span rest, name;
	struct proc_name proc;
	int fd;
	ssize_t n;
	struct fault f = look_for_xattrs(r, path, &fd, &proc);

	if (f.kind != FAULT_NONE)
		return f;
	n = listxattr(proc.text, text, sizeof(text));
	f = n < 0 && errno != EOPNOTSUPP ? no_xattr(path, (struct span){ 0 }, errno) : NO_FAULT;
	close(fd);
	if (n <= 0)
		return f;
	rest = arena_copy(a, (struct span){ text, (size_t)n - 1 });	/* each name ends in NUL */
	while (span_cut(&rest, '\0', &name))
		list_add_span(a, names, name);
	return a->full ? fault_in(fault_at(0, "extended attributes need more memory than they may take", NULL), path) :
	    NO_FAULT;
}

static struct fault
dir_xattr(struct root *r, struct span path, struct span name, struct arena *a, struct span *value)
{
	char text[XATTR_MOST], key[256];
	struct proc_name proc;
	int fd;
	ssize_t n;
	struct fault f = look_for_xattrs(r, path, &fd, &proc);

	if (f.kind != FAULT_NONE)
		return f;
	if (name.len == 0 || name.len >= sizeof(key) || memchr(name.ptr, '\0', name.len) != NULL) {
		close(fd);
		return no_xattr(path, name, ENODATA);	/* a name that none can have */
	}
	memcpy(key, name.ptr, name.len);
	key[name.len] = '\0';
	n = getxattr(proc.text, key, text, sizeof(text));
	f = n < 0 ? no_xattr(path, name, errno) : NO_FAULT;
	close(fd);
	if (n >= 0)
		*value = arena_copy(a, (struct span){ text, (size_t)n });
	return f;
}

static void
dir_close(struct root *r)
{
	if (r->fd >= 0)
		close(r->fd);
}

const struct root_kind root_dir = { "", dir_stat, dir_list, dir_link, dir_file, dir_xattrs, dir_xattr, dir_close };
