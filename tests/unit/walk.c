/* SPDX-License-Identifier: ISC */
/* The walk by components gives what openat2(2) gives, over one hostile tree: links that leave, loop, are absolute,
 * end in slashes and dots; for every path of two and three names out of it, with and without following.
 * The kernel is the twin: where it has no openat2, the case is skipped with that word. */

#include <sys/stat.h>
#include <sys/syscall.h>

#include <linux/openat2.h>

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "evidence/walk.h"
#include "tap.h"

static const char *const links[][2] = {
	{ "abs", "/d/f" }, { "out", "../../../../etc/passwd" }, { "up", ".." }, { "self", "self" }, { "ping", "pong" },
	{ "pong", "ping" }, { "root", "/" }, { "dir", "d" }, { "dirslash", "d/" }, { "gone", "nothing" }, { "dot", "." },
	{ "d/back", "../d/./f" }, { "d/absd", "/d" }, { "chain", "dir/absd/back" }, { "d/e/deep", "../../../../d/e" },
	{ "fileslash", "d/f/" }, { "dd", "d//.//e" }, { "proc", "/proc/self/root" },
};

static const char *const names[] = { "", ".", "..", "d", "f", "e", "abs", "out", "up", "self", "ping", "root", "dir", "dirslash", "gone",
	"dot", "back", "absd", "chain", "deep", "fileslash", "dd", "proc", "nothing", "fifo" };

enum { N = sizeof(names) / sizeof(*names) };

static int
twin(int root, const char *path, int flags)
{
	struct open_how how = { .flags = (unsigned)flags, .resolve = RESOLVE_IN_ROOT | RESOLVE_NO_MAGICLINKS };

	return (int)syscall(SYS_openat2, root, path, &how, sizeof(how));
}

static bool
same(int root, const char *path, int flags)
{
	struct stat a = { 0 }, b = { 0 };
	int x, y, xe, ye;

	errno = 0;
	x = twin(root, path, flags);
	xe = x < 0 ? errno : 0;
	errno = 0;
	y = walk_components(root, path, flags);
	ye = y < 0 ? errno : 0;
	if (x >= 0)
		fstat(x, &a), close(x);
	if (y >= 0)
		fstat(y, &b), close(y);
	if (xe == ye && a.st_ino == b.st_ino && a.st_dev == b.st_dev && a.st_mode == b.st_mode)
		return true;
	printf("# '%s' flags %o: kernel %d (%s), walk %d (%s)\n", path, (unsigned)flags, x, strerror(xe), y, strerror(ye));
	return false;
}

static bool
all(int root, int flags)
{
	char path[1024];
	bool good = true;

	for (int i = 0; i < N; i++)
		for (int j = 0; j < N; j++)
			for (int k = 0; k < N; k++) {
				snprintf(path, sizeof(path), "%s/%s/%s", names[i][0] ? names[i] : ".", names[j], names[k]);
				good &= same(root, path, flags);
			}
	for (int i = 1; i < N; i++)
		good &= same(root, names[i], flags);
	return good;
}

int
main(void)
{
	char base[] = "/tmp/walk.XXXXXX", command[64];
	int root, left;

	if (mkdtemp(base) == NULL || chdir(base) != 0)
		return 1;
	mkdir("d", 0755);
	mkdir("d/e", 0755);
	close(open("d/f", O_CREAT | O_WRONLY, 0644));
	mkfifo("fifo", 0644);
	for (size_t i = 0; i < sizeof(links) / sizeof(*links); i++)
		if (symlink(links[i][1], links[i][0]) != 0)
			return 1;
	root = open(".", O_PATH | O_DIRECTORY);
	if (twin(root, ".", O_PATH) < 0 && errno == ENOSYS) {
		printf("ok 1 # SKIP this kernel has no openat2 to compare with\n1..1\n");
		return 0;
	}
	OK(all(root, O_PATH), "what a path means, links followed");
	OK(all(root, O_PATH | O_NOFOLLOW), "what a path means, its last link not followed");
	OK(all(root, O_RDONLY | O_NONBLOCK | O_DIRECTORY), "what is opened as a directory");
	left = open(".", O_PATH);
	OK(left < 64, "no descriptor is left open");
	snprintf(command, sizeof(command), "rm -rf %s", base);
	return system(command) != 0 || tap_done();
}
