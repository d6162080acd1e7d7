/* SPDX-License-Identifier: ISC */
/* The sandbox: what a tool gives up before it reads the first byte of evidence. Evidence is hostile; a mistake of ours in
 * a parser shall have nothing to reach. Sources: landlock(7), seccomp(2); Linux 5.13 and 3.5 on. */
#ifndef TOOL_GUARD_H
#define TOOL_GUARD_H

#include <stdbool.h>

/* What this kernel can enforce. */
struct guard {
	int landlock;		/* its ABI; 0: none */
	bool seccomp;
};

/* Asks the kernel, and puts nothing on. */
struct guard guard_kernel(void);

/* Profile `read`: from here on files beneath EVIDENCE can be opened for reading and nothing else can be opened; no
 * writing but to what is open, no exec, socket, mount, ptrace, kill, new process; for good, for every thread to come.
 * EVIDENCE is the descriptor of a directory or a file. What is denied fails with EPERM, EACCES or (openat2 without
 * Landlock, whose flags a filter cannot see) ENOSYS; nothing is killed. Returns what was put on: less than
 * guard_kernel() promised where the system refused. */
struct guard guard_read(int evidence);

#endif
