/* SPDX-License-Identifier: ISC */
/* The sandbox from inside: each denial tried in a process that has put it on, and what must still work. Where the kernel
 * has no Landlock or no seccomp, what that would deny is skipped with the word. */

#include <sys/mman.h>
#include <sys/mount.h>
#include <sys/prctl.h>
#include <sys/ptrace.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <sys/xattr.h>

#include <linux/filter.h>
#include <linux/openat2.h>
#include <linux/seccomp.h>

#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <sched.h>
#include <signal.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/hasher.h"
#include "evidence/walk.h"
#include "tool/guard.h"
#include "tap.h"

/* The leak checker traces the program when it ends, which is what the sandbox denies. */
const char *__asan_default_options(void);	/* NOLINT(bugprone-reserved-identifier,cert-dcl*): its name is the sanitizer's */
const char *
__asan_default_options(void)
{
	return "detect_leaks=0";
}

static int root, inside, log_fd;

static bool
denied(long result)
{
	return result < 0 && (errno == EPERM || errno == EACCES || errno == ENOSYS);
}

static bool write_new(void) { return denied(openat(root, "new", O_WRONLY | O_CREAT, 0600)); }
static bool write_old(void) { return denied(openat(root, "file", O_RDWR)); }
static bool truncates(void) { return denied(openat(root, "file", O_RDONLY | O_TRUNC)); }
static bool tmpfile_(void) { return denied(openat(root, ".", O_TMPFILE | O_RDWR, 0600)); }
static bool read_outside(void) { return denied(open("/etc/passwd", O_RDONLY)); }
static bool list_outside(void) { return denied(open("/etc", O_RDONLY | O_DIRECTORY)); }
static bool by_openat2(void)
{
	struct open_how how = { .flags = O_WRONLY };

	return denied(syscall(SYS_openat2, root, "file", &how, sizeof(how)));
}
static bool unlinks(void) { return denied(unlinkat(root, "file", 0)); }
static bool renames(void) { return denied(renameat(root, "file", root, "g")); }
static bool makes(void) { return denied(mkdirat(root, "made", 0700)); }
static bool links(void) { return denied(symlinkat("x", root, "y")); }
static bool modes(void) { return denied(fchmod(inside, 0777)); }
static bool stamps(void) { return denied(futimens(inside, NULL)); }
static bool attributes(void) { return denied(fsetxattr(inside, "user.x", "y", 1, 0)); }
static bool sockets(void) { return denied(socket(AF_INET, SOCK_STREAM, 0)); }
static bool unix_sockets(void) { return denied(socket(AF_UNIX, SOCK_STREAM, 0)); }
static bool executes(void)
{
	char *argv[] = { (char *)(uintptr_t)"true", NULL };

	return denied(execve("/bin/true", argv, NULL));
}
static bool executes_by_fd(void)
{
	char *argv[] = { (char *)(uintptr_t)"x", NULL };

	return denied(syscall(SYS_execveat, inside, "", argv, NULL, AT_EMPTY_PATH));
}
static bool traces(void) { return denied(ptrace(PTRACE_ATTACH, getppid(), NULL, NULL)); }
static bool peeks(void) { return denied(syscall(SYS_process_vm_readv, getppid(), NULL, 0, NULL, 0, 0)); }
static bool mounts(void) { return denied(mount("none", "/tmp", "tmpfs", 0, NULL)); }
static bool kills(void) { return denied(kill(getppid(), 0)); }
static bool forks(void) { return denied(syscall(SYS_clone, SIGCHLD, 0, 0, 0, 0)); }
#ifdef SYS_fork
static bool forks_old(void) { return denied(syscall(SYS_fork)); }
static bool forks_vm(void) { return denied(syscall(SYS_vfork)); }
#else
static bool forks_old(void) { return forks(); }		/* fork() is clone() there */
static bool forks_vm(void) { return denied(syscall(SYS_clone, CLONE_VM | CLONE_VFORK | SIGCHLD, 0, 0, 0, 0)); }
#endif
static bool forks_by_libc(void) { return denied(fork()); }
static bool forks_sharing(void) { return denied(syscall(SYS_clone, CLONE_VM | SIGCHLD, 0, 0, 0, 0)); }
static bool forks_with_more(void)
{
	return denied(syscall(SYS_clone, CLONE_VM | CLONE_THREAD | CLONE_SIGHAND | CLONE_NEWNS, 0, 0, 0, 0)) &&
	    denied(syscall(SYS_clone, CLONE_VM | CLONE_THREAD | CLONE_SIGHAND | CLONE_NEWNET, 0, 0, 0, 0)) &&
	    denied(syscall(SYS_clone, CLONE_VM | CLONE_THREAD | CLONE_SIGHAND | CLONE_VFORK, 0, 0, 0, 0));
}
static bool forks_by_clone3(void)
{
	uint64_t args[11] = { 0, 0, 0, 0, SIGCHLD };

	return denied(syscall(SYS_clone3, args, sizeof(args)));
}
static bool spaces(void) { return denied(syscall(SYS_unshare, 0)); }
static bool code(void)
{
	return mmap(NULL, 4096, PROT_READ | PROT_WRITE | PROT_EXEC, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0) == MAP_FAILED && errno == EPERM;
}
static bool rings(void) { return denied(syscall(SYS_io_uring_setup, 1, NULL)); }
static bool bpf(void) { return denied(syscall(SYS_bpf, 0, NULL, 0)); }
static bool types(void) { return denied(syscall(SYS_ioctl, 0, 0x5412 /* TIOCSTI */, "x")); }

static bool reads(void)
{
	int fd = openat(root, "file", O_RDONLY);
	char c;

	return fd >= 0 && read(fd, &c, 1) == 1 && c == 'x';
}
static bool walks(void) { return walk_open(root, "link", O_RDONLY) >= 0; }
static bool lists(void) { return openat(root, ".", O_RDONLY | O_DIRECTORY) >= 0; }
static bool reads_attributes(void)
{
	char value[8];

	return fgetxattr(inside, "user.ctr", value, sizeof(value)) == 2 || errno == ENODATA || errno == EOPNOTSUPP;
}
/* As lib/evidence/dir.c reads those of a link. */
static bool reads_link_attributes(void)
{
	int fd = openat(root, "link", O_PATH | O_NOFOLLOW);
	char name[64], list[64];

	snprintf(name, sizeof(name), "/proc/self/fd/%d", fd);
	return fd >= 0 && (listxattr(name, list, sizeof(list)) >= 0 || errno == EOPNOTSUPP);
}
static bool writes_open(void) { return write(log_fd, "x", 1) == 1; }
static bool memory(void)
{
	enum { MUCH = 64 << 20 };
	char *p = mmap(NULL, MUCH, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
	char *q = p == MAP_FAILED ? p : mremap(p, MUCH, 2 * MUCH, MREMAP_MAYMOVE);

	return q != MAP_FAILED && munmap(q, 2 * MUCH) == 0;
}

static void *
says(void *word)
{
	*(int *)word = 1;
	return word;
}
static bool threads(void)
{
	pthread_t t;
	int word = 0;

	return pthread_create(&t, NULL, says, &word) == 0 && pthread_join(t, NULL) == 0 && word == 1;
}
static bool threads_hash(void)
{
	static char block[HASHER_BLOCK];
	struct hasher *h = hasher_open();
	char hex[64];

	for (int i = 0; i < 20; i++)
		hasher_add(h, (struct span){ block, sizeof(block) });
	hasher_hex(h, hex);
	hasher_close(h);
	return span_is((struct span){ hex, 64 }, "c036cbb7553a909f8b8877d4461924307f27ecb66cff928eeeafd569c3887e29");
}

enum need { BOTH, LANDLOCK, SECCOMP };

static const struct {
	const char *name;
	bool (*try)(void);
	enum need need;
} cases[] = {
	{ "a new file in the evidence", write_new, BOTH },
	{ "writing to a file of the evidence", write_old, BOTH },
	{ "cutting a file of the evidence", truncates, BOTH },
	{ "a nameless file", tmpfile_, BOTH },
	{ "writing by openat2, whose flags a filter cannot see", by_openat2, BOTH },
	{ "a file outside of the evidence", read_outside, LANDLOCK },
	{ "a folder outside of the evidence", list_outside, LANDLOCK },
	{ "removing", unlinks, SECCOMP },
	{ "renaming", renames, SECCOMP },
	{ "making a folder", makes, SECCOMP },
	{ "making a link", links, SECCOMP },
	{ "changing a mode", modes, SECCOMP },
	{ "changing times", stamps, SECCOMP },
	{ "setting an attribute", attributes, SECCOMP },
	{ "the network", sockets, SECCOMP },
	{ "local sockets", unix_sockets, SECCOMP },
	{ "running a program", executes, SECCOMP },
	{ "running an open file", executes_by_fd, SECCOMP },
	{ "tracing", traces, SECCOMP },
	{ "reading the memory of another", peeks, SECCOMP },
	{ "mounting", mounts, SECCOMP },
	{ "signals", kills, SECCOMP },
	{ "a new process", forks, SECCOMP },
	{ "a new process by fork", forks_old, SECCOMP },
	{ "a new process by vfork", forks_vm, SECCOMP },
	{ "a new process as the C library makes one", forks_by_libc, SECCOMP },
	{ "a new process that shares memory", forks_sharing, SECCOMP },
	{ "a new process by clone3, whose flags a filter cannot see", forks_by_clone3, SECCOMP },
	{ "a thread in a namespace of its own, or waited for as by vfork", forks_with_more, SECCOMP },
	{ "namespaces", spaces, SECCOMP },
	{ "memory that can be run", code, SECCOMP },
	{ "io_uring, which passes by the filter", rings, SECCOMP },
	{ "bpf", bpf, SECCOMP },
	{ "typing into the terminal", types, SECCOMP },
};

static const struct {
	const char *name;
	bool (*try)(void);
} works[] = {
	{ "reading a file of the evidence", reads },
	{ "walking through a link", walks },
	{ "listing the evidence", lists },
	{ "reading attributes", reads_attributes },
	{ "listing the attributes of a link", reads_link_attributes },
	{ "writing to what was open", writes_open },
	{ "memory for an archive", memory },
	{ "a thread", threads },
	{ "hashing in a thread", threads_hash },
};

/* Runs TRY in a child that has put the sandbox on. */
static bool
in_child(bool (*try)(void), bool without_landlock)
{
	struct sock_filter hide[] = {
		BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offsetof(struct seccomp_data, nr)),
		BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, SYS_landlock_create_ruleset, 0, 1),
		BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ERRNO | ENOSYS),
		BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ALLOW),
	};
	struct sock_fprog prog = { 4, hide };
	int status;
	pid_t pid = fork();

	if (pid == 0) {
		if (without_landlock && (prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0 ||
		    prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, &prog) != 0))
			_exit(2);
		guard_read(root);
		errno = 0;
		_exit(try() ? 0 : 1);
	}
	return waitpid(pid, &status, 0) == pid && WIFEXITED(status) && WEXITSTATUS(status) == 0;
}

int
main(void)
{
	char base[] = "/tmp/guard.XXXXXX", command[64], line[128];
	struct guard k = guard_kernel();

	if (mkdtemp(base) == NULL || chdir(base) != 0)
		return 1;
	log_fd = open("../guard.log", O_WRONLY | O_CREAT | O_CLOEXEC, 0600);
	inside = open("file", O_RDWR | O_CREAT, 0700);
	if (write(inside, "x", 1) != 1 || symlink("/file", "link") != 0)
		return 1;
	fsetxattr(inside, "user.ctr", "ok", 2, 0);
	root = open(".", O_RDONLY | O_DIRECTORY);
	for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
		snprintf(line, sizeof(line), "denied: %s", cases[i].name);
		if ((cases[i].need == LANDLOCK && k.landlock == 0) || (cases[i].need != LANDLOCK && !k.seccomp))
			printf("ok %d - %s # SKIP this kernel cannot enforce it\n", ++tap_n, line);
		else
			OK(in_child(cases[i].try, false), line);
		if (cases[i].need == LANDLOCK || !k.seccomp)
			continue;
		snprintf(line, sizeof(line), "denied without Landlock: %s", cases[i].name);
		OK(in_child(cases[i].try, true), line);
	}
	for (size_t i = 0; i < sizeof(works) / sizeof(*works); i++) {
		snprintf(line, sizeof(line), "still works: %s", works[i].name);
		OK(in_child(works[i].try, false), line);
		snprintf(line, sizeof(line), "still works without Landlock: %s", works[i].name);
		OK(in_child(works[i].try, true), line);
	}
	OK(fstatat(root, "new", &(struct stat){ 0 }, 0) != 0 && fstatat(root, "made", &(struct stat){ 0 }, 0) != 0, "nothing was made");
	snprintf(command, sizeof(command), "rm -rf %s %s/../guard.log", base, base);
	return system(command) != 0 || tap_done();
}
