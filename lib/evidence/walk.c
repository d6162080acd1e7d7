/* SPDX-License-Identifier: ISC */
/* Opening beneath a directory as if that were the root. Source: openat2(2); the walk is that of fs/namei.c, with the
 * stack of directories that a chroot would not need. */

#include <sys/stat.h>
#include <sys/syscall.h>

#include <linux/openat2.h>

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <unistd.h>

#include "base/limits.h"
#include "evidence/walk.h"

enum { DEPTH = 512, PATH = 4096 };

/* The directories that lead to where the walk is, the root first; and what is still to be walked. */
struct walk {
	int fds[DEPTH];
	unsigned depth, links;
	char rest[2 * PATH];
	size_t at;
};

static void
leave(struct walk *w, unsigned depth)
{
	while (w->depth > depth)
		if (--w->depth > 0)	/* the root is the caller's */
			close(w->fds[w->depth]);
}

/* The next name that is still to be walked; false at the end. *last: nothing but slashes follows. */
static bool
next(struct walk *w, char name[256], bool *last, bool *directory)
{
	size_t n = 0;

	while (w->rest[w->at] == '/')
		w->at++;
	if (w->rest[w->at] == '\0')
		return false;
	for (; w->rest[w->at] != '\0' && w->rest[w->at] != '/'; w->at++)
		if (n < 255)
			name[n++] = w->rest[w->at];
		else
			n = 256;
	if (n > 255) {
		errno = ENAMETOOLONG;
		name[0] = '\0';
		return true;
	}
	name[n] = '\0';
	*directory = w->rest[w->at] == '/';
	*last = w->rest[w->at + strspn(w->rest + w->at, "/")] == '\0';
	return true;
}

/* Puts the target of a link in front of what is still to be walked. */
static bool
follow(struct walk *w, int link)
{
	char target[PATH];
	ssize_t n = readlinkat(link, "", target, sizeof(target));
	size_t rest = strlen(w->rest + w->at);

	if (n < 0)
		return false;
	if (++w->links > LIMIT_LINKS || n == 0 || (size_t)n + rest + 1 > sizeof(w->rest)) {
		errno = n == 0 ? ENOENT : w->links > LIMIT_LINKS ? ELOOP : ENAMETOOLONG;
		return false;
	}
	memmove(w->rest + n, w->rest + w->at, rest + 1);
	memcpy(w->rest, target, (size_t)n);
	w->at = 0;
	if (target[0] == '/')
		leave(w, 1);
	return true;
}

/* Steps into NAME, whose descriptor is FD; closes that where it stays outside. */
static bool
enter(struct walk *w, int fd)
{
	if (w->depth == DEPTH) {
		close(fd);
		errno = ENAMETOOLONG;
		return false;
	}
	w->fds[w->depth++] = fd;
	return true;
}

static int
finish(struct walk *w, const char *name, int flags)
{
	return openat(w->fds[w->depth - 1], name, flags | O_CLOEXEC);
}

/* One step. 1: go on; 0: *out is the answer; -1: errno is. */
static int
step(struct walk *w, const char *name, bool last, bool directory, int flags, int *out)
{
	struct stat st;
	int fd;

	if (name[0] == '\0')
		return -1;
	if (strcmp(name, ".") == 0 || strcmp(name, "..") == 0) {
		if (name[1] == '.' && w->depth > 1)
			leave(w, w->depth - 1);
		return 1;
	}
	fd = openat(w->fds[w->depth - 1], name, O_PATH | O_NOFOLLOW | O_CLOEXEC);
	if (fd < 0)
		return -1;
	if (fstat(fd, &st) == 0 && S_ISLNK(st.st_mode) && (!last || directory || !(flags & O_NOFOLLOW))) {
		bool good = follow(w, fd);

		close(fd);
		return good ? 1 : -1;
	}
	if (!last || directory) {
		if (!S_ISDIR(st.st_mode)) {
			close(fd);
			errno = ENOTDIR;
			return -1;
		}
		return enter(w, fd) ? 1 : -1;
	}
	if (flags & O_PATH) {
		*out = fd;
		return 0;
	}
	close(fd);
	*out = finish(w, name, flags | O_NOFOLLOW);
	return *out < 0 ? -1 : 0;
}

int
walk_components(int root, const char *path, int flags)
{
	struct walk w = { .fds = { root }, .depth = 1 };
	bool last = false, directory = false;
	char name[256];
	int out = -1, more = 1, error;

	if (strlen(path) >= PATH) {
		errno = ENAMETOOLONG;
		return -1;
	}
	memcpy(w.rest, path, strlen(path) + 1);
	while (more == 1 && next(&w, name, &last, &directory))
		more = step(&w, name, last, directory, flags, &out);
	if (more == 1)			/* it ended at a directory */
		out = finish(&w, ".", flags);
	error = errno;
	leave(&w, 0);
	errno = error;
	return out;
}

static int
by_openat2(int root, const char *path, int flags)
{
	struct open_how how = { .flags = (unsigned)flags | O_CLOEXEC,
		.resolve = RESOLVE_IN_ROOT | RESOLVE_NO_MAGICLINKS };
	long fd;

	for (int tries = 0;; tries++) {
		fd = syscall(SYS_openat2, root, path, &how, sizeof(how));
		if (fd >= 0 || errno != EAGAIN || tries == 100)	/* a rename elsewhere: ask again */
			return (int)fd;
	}
}

int
walk_open(int root, const char *path, int flags)
{
	static enum { UNASKED, HAS, HAS_NOT } openat2;
	int fd;

	if (openat2 != HAS_NOT) {
		fd = by_openat2(root, path, flags);
		if (fd >= 0 || errno != ENOSYS) {
			openat2 = HAS;
			return fd;
		}
		openat2 = HAS_NOT;
	}
	return walk_components(root, path, flags);
}
