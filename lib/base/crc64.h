/* SPDX-License-Identifier: ISC */
/* CRC-64/ISO, the sum that tar-split keeps of each file (as Go's hash/crc64 has it: written big-endian there). Reflected
 * polynomial 0xD800000000000000, all ones before and after. Source: ISO 3309; isa-l's crc64.h. */
#ifndef BASE_CRC64_H
#define BASE_CRC64_H

#include "base/span.h"

/* Of all bytes so far, given what came of those before SPAN; 0 before any. By carry-less multiplication where the processor
 * has that, else as the second does. */
uint64_t crc64_iso(uint64_t crc, struct span);

/* The same in plain C, eight bytes at a time; for tests. */
uint64_t crc64_iso_plain(uint64_t crc, struct span);

#endif
