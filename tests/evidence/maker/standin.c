/* SPDX-License-Identifier: ISC */
/* Harmless static programs without a C library, a few KB each. All print BANNER, and COMPLAINT on stderr, and then wait for
 * ever: the /pause of a pod's sandbox says nothing, what plays the miner has a banner. Those of make-layouts first write a
 * file, WRITES, and delete one, DELETES; with EXIT they end with that status. */

#ifndef BANNER
#define BANNER ""
#endif

static long
call(long number, long a, long b, long c)
{
	long result;

	__asm__ volatile("syscall" : "=a"(result) : "a"(number), "D"(a), "S"(b), "d"(c) : "rcx", "r11", "memory");
	return result;
}

static void
print(long to, const char *text, long len)
{
	call(1, to, (long)text, len);			/* write() */
}

void
_start(void)	/* NOLINT(bugprone-reserved-identifier,cert-dcl*): where the linker begins */
{
	static const char banner[] = BANNER;

#ifdef WRITES
	print(call(2, (long)WRITES, 01101, 0644), banner, sizeof(banner) - 1);	/* open(O_WRONLY | O_CREAT | O_TRUNC) */
#endif
#ifdef DELETES
	call(87, (long)DELETES, 0, 0);			/* unlink() */
#endif
	print(1, banner, sizeof(banner) - 1);
#ifdef COMPLAINT
	print(2, COMPLAINT, sizeof(COMPLAINT) - 1);
#endif
#ifdef EXIT
	call(231, EXIT, 0, 0);				/* exit_group() */
#endif
	for (;;)
		call(34, 0, 0, 0);			/* pause() */
}
