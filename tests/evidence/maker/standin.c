/* SPDX-License-Identifier: ISC */
/* Two harmless static programs without a C library, a few KB each. Both only wait for ever: one says
 * nothing (the /pause of a pod's sandbox), the other first prints BANNER (what plays the miner). */

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

void
_start(void)
{
	static const char banner[] = BANNER;

	call(1, 1, (long)banner, sizeof(banner) - 1);	/* write(1, ..) */
	for (;;)
		call(34, 0, 0, 0);			/* pause() */
}
