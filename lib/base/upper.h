/* SPDX-License-Identifier: ISC */
/* The upper halves of x86's vector registers. isa-l 2.30 (crc32_gzip_refl_by16_10.asm) leaves something in them, and a thread begins
 * with what its maker has: instructions of SSE, those for SHA-256 among them, then took 1.8 times as long on an EPYC with AVX-512.
 * Source: Intel 64 and IA-32 Architectures Optimization Reference Manual, mixing AVX code with SSE code. */
#ifndef BASE_UPPER_H
#define BASE_UPPER_H

/* Nothing is in them any more. For after what may have left something, and before a long run of SSE. Elsewhere it does nothing. */
void upper_clear(void);

#endif
