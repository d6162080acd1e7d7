/* SPDX-License-Identifier: ISC */
/* The upper halves of x86's vector registers. */

#include "base/upper.h"

#if defined(__x86_64__)

#include <immintrin.h>

__attribute__((target("avx")))
static void
clear(void)
{
	_mm256_zeroupper();
}

void
upper_clear(void)
{
	if (__builtin_cpu_supports("avx"))
		clear();
}

#else

void
upper_clear(void)
{
}

#endif
