/* SPDX-License-Identifier: ISC */
/* The sandbox: Landlock for paths, seccomp for system calls. Sources: linux/landlock.h, linux/seccomp.h, linux/filter.h;
 * Landlock's rights by ABI: Documentation/userspace-api/landlock.rst (6.12). */

#include <sys/ioctl.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/syscall.h>

#include <linux/audit.h>
#include <linux/filter.h>
#include <linux/landlock.h>
#include <linux/seccomp.h>

#include <errno.h>
#include <fcntl.h>
#include <stddef.h>
#include <stdint.h>
#include <unistd.h>

#include "tool/guard.h"

#if defined(__x86_64__)
#define ARCH AUDIT_ARCH_X86_64
#elif defined(__aarch64__)
#define ARCH AUDIT_ARCH_AARCH64
#else
#error "the sandbox does not know this machine"
#endif

static int
landlock_abi(void)
{
	long abi = syscall(SYS_landlock_create_ruleset, NULL, 0, LANDLOCK_CREATE_RULESET_VERSION);

	return abi < 0 ? 0 : (int)abi;
}

struct guard
guard_kernel(void)
{
	return (struct guard){ .landlock = landlock_abi(), .seccomp = prctl(PR_GET_SECCOMP) >= 0 };
}

/* Every right on files that the ABI knows is handled, that is denied, but reading beneath the evidence. */
static bool
landlock(int evidence, int abi)
{
	static const unsigned bits[] = { 0, 13, 14, 15, 15, 16 };	/* rights known at each ABI */
	struct landlock_ruleset_attr all = { .handled_access_fs = 0 };
	struct landlock_path_beneath_attr rule = { .parent_fd = evidence };
	struct stat st;
	bool good;
	int fd;

	if (fstat(evidence, &st) != 0)
		return false;
	all.handled_access_fs = (1ULL << bits[abi > 5 ? 5 : abi]) - 1;
	rule.allowed_access = LANDLOCK_ACCESS_FS_READ_FILE;
	if (S_ISDIR(st.st_mode))
		rule.allowed_access |= LANDLOCK_ACCESS_FS_READ_DIR;
	fd = (int)syscall(SYS_landlock_create_ruleset, &all, sizeof(all.handled_access_fs), 0);
	if (fd < 0)
		return false;
	good = syscall(SYS_landlock_add_rule, fd, LANDLOCK_RULE_PATH_BENEATH, &rule, 0) == 0 &&
	    syscall(SYS_landlock_restrict_self, fd, 0) == 0;
	close(fd);
	return good;
}

/* System calls that reading, printing and threads need. Those with a condition have a rule of their own below. */
static const unsigned allowed[] = {
	SYS_read, SYS_pread64, SYS_readv, SYS_preadv, SYS_write, SYS_writev, SYS_close, SYS_lseek, SYS_fstat,
	SYS_newfstatat, SYS_statx, SYS_getdents64, SYS_readlinkat, SYS_fcntl, SYS_fgetxattr, SYS_flistxattr, SYS_lgetxattr,
	SYS_llistxattr, SYS_getxattr, SYS_listxattr, SYS_munmap, SYS_mremap, SYS_madvise, SYS_brk,
	SYS_rt_sigaction, SYS_rt_sigprocmask, SYS_rt_sigreturn, SYS_sigaltstack, SYS_exit, SYS_exit_group,
	SYS_clock_gettime, SYS_clock_nanosleep, SYS_nanosleep, SYS_getrandom, SYS_futex, SYS_sched_yield, SYS_sched_getaffinity,
	SYS_getpid, SYS_gettid, SYS_getuid, SYS_geteuid, SYS_getgid, SYS_getegid, SYS_uname, SYS_set_tid_address,
	SYS_set_robust_list, SYS_rseq /* without which a thread of glibc ends the program */, SYS_restart_syscall, SYS_ppoll,
#ifdef __x86_64__
	SYS_stat, SYS_lstat, SYS_readlink, SYS_poll,
#endif
};

enum { N_ALLOWED = sizeof(allowed) / sizeof(*allowed), MOST = N_ALLOWED * 2 + 64 };

struct program {
	struct sock_filter code[MOST];
	unsigned short n;
};

static void
add(struct program *p, unsigned code, unsigned jt, unsigned jf, uint32_t k)
{
	if (p->n < MOST)
		p->code[p->n++] = (struct sock_filter){ (uint16_t)code, (uint8_t)jt, (uint8_t)jf, k };
}

static void
answer(struct program *p, uint32_t what)
{
	add(p, BPF_RET | BPF_K, 0, 0, what);
}

#define DENY(e) (SECCOMP_RET_ERRNO | (e))
#define LOAD(p, field) add(p, BPF_LD | BPF_W | BPF_ABS, 0, 0, (uint32_t)offsetof(struct seccomp_data, field))
#define ARG(p, i) add(p, BPF_LD | BPF_W | BPF_ABS, 0, 0, (uint32_t)(offsetof(struct seccomp_data, args) + 8 * (i)))

/* System call NR is allowed if of the bits MASK of argument ARG those of WANT are set and no others. The upper half of an
 * argument is not looked at: each of these is an int to the kernel. */
static void
if_bits(struct program *p, unsigned nr, unsigned arg, uint32_t mask, uint32_t want)
{
	add(p, BPF_JMP | BPF_JEQ | BPF_K, 0, 5, nr);
	ARG(p, arg);
	add(p, BPF_ALU | BPF_AND | BPF_K, 0, 0, mask);
	add(p, BPF_JMP | BPF_JEQ | BPF_K, 0, 1, want);
	answer(p, SECCOMP_RET_ALLOW);
	answer(p, DENY(EPERM));
}

static void
build(struct program *p, bool landlocked)
{
	enum { WRITES = O_WRONLY | O_RDWR | O_CREAT | O_TRUNC | O_APPEND | (O_TMPFILE & ~O_DIRECTORY) };
	enum { THREAD = 0x00010000 | 0x00000100 };	/* CLONE_THREAD | CLONE_VM */
	enum { MORE = 0x7e020000 | 0x00006000 };	/* namespaces; CLONE_PTRACE | CLONE_VFORK */

	LOAD(p, arch);
	add(p, BPF_JMP | BPF_JEQ | BPF_K, 1, 0, ARCH);
	answer(p, DENY(EPERM));
	LOAD(p, nr);
	for (unsigned i = 0; i < N_ALLOWED; i++) {
		add(p, BPF_JMP | BPF_JEQ | BPF_K, 0, 1, allowed[i]);
		answer(p, SECCOMP_RET_ALLOW);
	}
	/* flags of openat2 lie in memory: Landlock looks at them, a filter cannot */
	add(p, BPF_JMP | BPF_JEQ | BPF_K, 0, 1, SYS_openat2);
	answer(p, landlocked ? SECCOMP_RET_ALLOW : DENY(ENOSYS));
	add(p, BPF_JMP | BPF_JEQ | BPF_K, 0, 1, SYS_clone3);	/* its flags too; libc falls back to clone */
	answer(p, DENY(ENOSYS));
	if_bits(p, SYS_openat, 2, WRITES, 0);
	if_bits(p, SYS_mmap, 2, PROT_EXEC, 0);
	if_bits(p, SYS_mprotect, 2, PROT_EXEC, 0);
	if_bits(p, SYS_clone, 0, THREAD | MORE, THREAD);
	if_bits(p, SYS_ioctl, 1, UINT32_MAX, TIOCGWINSZ);
	answer(p, DENY(EPERM));
}

static bool
filter(bool landlocked)
{
	struct program p = { .n = 0 };
	struct sock_fprog prog = { .filter = p.code };

	build(&p, landlocked);
	prog.len = p.n;
	return p.n < MOST && prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, &prog) == 0;
}

struct guard
guard_read(int evidence)
{
	struct guard k = guard_kernel(), got = { 0 };
	const struct rlimit none = { 0, 0 };

	setrlimit(RLIMIT_CORE, &none);		/* a core of ours would put evidence on this machine's disk */
	if (prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0)
		return got;
	if (k.landlock > 0 && landlock(evidence, k.landlock))
		got.landlock = k.landlock;
	got.seccomp = k.seccomp && filter(got.landlock > 0);
	return got;
}
