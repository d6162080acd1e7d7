/* SPDX-License-Identifier: ISC */
/* Runs a command by the shell and writes what the kernel says of it to descriptor 3: CPU and wall seconds, peak memory in
 * KiB, status. A small program does this because a process counts the memory of the one that it was forked from. */

#include <sys/resource.h>
#include <sys/wait.h>

#include <stdio.h>
#include <time.h>
#include <unistd.h>

static double
seconds(struct timeval t)
{
	return (double)t.tv_sec + (double)t.tv_usec / 1e6;
}

int
main(int argc, char **argv)
{
	struct timespec from, to;
	struct rusage used;
	int status = -1;
	pid_t child;

	if (argc != 2)
		return 2;
	clock_gettime(CLOCK_MONOTONIC, &from);
	child = fork();
	if (child == 0) {
		execl("/bin/sh", "sh", "-c", argv[1], (char *)NULL);
		_exit(127);
	}
	if (child < 0 || wait4(child, &status, 0, &used) != child)
		return 1;
	clock_gettime(CLOCK_MONOTONIC, &to);
	dprintf(3, "%f %f %ld %d\n", seconds(used.ru_utime) + seconds(used.ru_stime),
	    (double)(to.tv_sec - from.tv_sec) + (double)(to.tv_nsec - from.tv_nsec) / 1e9, used.ru_maxrss,
	    WIFEXITED(status) ? WEXITSTATUS(status) : 128);
	return 0;
}
