/* SPDX-License-Identifier: ISC */
/* Runs a program on the system calls of Linux 3.10 (CentOS 7, older NAS boxes): linux-3.10 COMMAND ARGUMENT...
 * Calls of later kernels fail with ENOSYS, as they would there; so does O_TMPFILE (3.11), which an older kernel takes for
 * O_DIRECTORY: EISDIR. Numbers are given out in the order of kernels, so one comparison denies all that came later; the
 * assertions below hold that against the headers.
 *
 *	3.14 sched_setattr, sched_getattr	3.15 renameat2			3.17 seccomp, getrandom, memfd_create
 *	3.18 bpf				3.19 execveat			4.3 userfaultfd, membarrier
 *	4.4 mlock2				4.5 copy_file_range		4.6 preadv2, pwritev2
 *	4.9 pkey_*				4.11 statx			4.18 rseq, io_pgetevents
 *	5.1 io_uring_*, pidfd_send_signal	5.2 open_tree, move_mount, fs*	5.3 pidfd_open, clone3
 *	5.6 openat2, pidfd_getfd		5.8 faccessat2			5.9 close_range
 *	5.10 process_madvise			5.11 epoll_pwait2		5.12 mount_setattr
 *	5.13 landlock_*				5.14 quotactl_fd, memfd_secret	5.16 futex_waitv
 *
 * A filter of seccomp itself can be put on in 3.10 (prctl, since 3.5) and on top of this one. */

#include <sys/prctl.h>
#include <sys/syscall.h>

#include <linux/audit.h>
#include <linux/filter.h>
#include <linux/seccomp.h>

#include <errno.h>
#include <fcntl.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

/* The last of 3.8, and 3.9 to 3.13 added none. */
enum { LAST = SYS_finit_module };
_Static_assert(SYS_kcmp < LAST && SYS_setns < LAST && SYS_process_vm_readv < LAST, "3.10 has these");
_Static_assert(SYS_sched_setattr > LAST && SYS_renameat2 > LAST && SYS_seccomp > LAST && SYS_getrandom > LAST &&
    SYS_memfd_create > LAST && SYS_bpf > LAST && SYS_execveat > LAST && SYS_copy_file_range > LAST && SYS_preadv2 > LAST &&
    SYS_statx > LAST && SYS_rseq > LAST && SYS_open_tree > LAST && SYS_pidfd_open > LAST && SYS_clone3 > LAST &&
    SYS_close_range > LAST && SYS_openat2 > LAST && SYS_faccessat2 > LAST && SYS_mount_setattr > LAST &&
    SYS_landlock_create_ruleset > LAST, "3.10 has none of these");

#define TMPFILE (O_TMPFILE & ~O_DIRECTORY)
#define LOAD(field) BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offsetof(struct seccomp_data, field))
#define FAIL(e) BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ERRNO | (e))
#define ALLOW BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ALLOW)

static struct sock_filter filter[] = {
	LOAD(nr),
	BPF_JUMP(BPF_JMP | BPF_JGT | BPF_K, LAST, 0, 1),
	FAIL(ENOSYS),
	BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, SYS_openat, 0, 3),
	LOAD(args[2]),
	BPF_JUMP(BPF_JMP | BPF_JSET | BPF_K, TMPFILE, 0, 1),
	FAIL(EISDIR),
#ifdef SYS_open
	LOAD(nr),
	BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, SYS_open, 0, 3),
	LOAD(args[1]),
	BPF_JUMP(BPF_JMP | BPF_JSET | BPF_K, TMPFILE, 0, 1),
	FAIL(EISDIR),
#endif
	ALLOW,
};

int
main(int argc, char **argv)
{
	struct sock_fprog program = { sizeof(filter) / sizeof(*filter), filter };

	if (argc < 2) {
		fputs("usage: linux-3.10 COMMAND ARGUMENT...\n", stderr);
		return 2;
	}
	if (prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0 || prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, &program) != 0) {
		fprintf(stderr, "linux-3.10: no filter: %s\n", strerror(errno));
		return 125;
	}
	if (strcmp(argv[1], "--is-it") == 0)	/* whether a call of 3.17 is really gone */
		return syscall(SYS_memfd_create, "x", 0) < 0 && errno == ENOSYS ? 0 : 1;
	execvp(argv[1], argv + 1);
	fprintf(stderr, "linux-3.10: %s: %s\n", argv[1], strerror(errno));
	return 127;
}
