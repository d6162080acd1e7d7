/* SPDX-License-Identifier: ISC */
/* Compressed bytes as bytes. Told by content, never by name; limits in one place.
 * Sources: RFC 1952 (gzip), RFC 8878 (zstd), The .xz File Format 1.1.0, bzip2 1.0.8. */
#ifndef FORMAT_CODEC_H
#define FORMAT_CODEC_H

#include "base/bytes.h"

enum codec { CODEC_NONE, CODEC_GZIP, CODEC_ZSTD, CODEC_XZ, CODEC_BZIP2 };

/* What HEAD, the first 6 bytes or more, begins. */
enum codec codec_of(struct span head);
const char *codec_name(enum codec);

/* The inflated bytes of IN, which is borrowed until bytes_close(OUT). OUT's size is not known; it is read
 * forwards (reading back begins anew; passing over bytes costs no more than reading them). Members and frames after each
 * other are one stream. What inflates before damage is given, then the fault, whose offset is that of the compressed input:
 *   truncated, damaged (FAULT_PART); more than LIMIT bytes (FAULT_PART);
 *   a window or dictionary of more than 128 MiB (FAULT_PART; zstd and xz, which take that memory);
 *   bytes behind the end that are no further member (FAULT_ODD; zeros are padding and not worth a word);
 *   zeros between xz streams that xz would refuse, a check of xz that is not known (FAULT_ODD, said at the end).
 * The last block's checksum is not waited for: a torn tail is given as far as it inflates; of bzip2 that is whole blocks, of
 * 900 KB mostly. Memory: gzip 0.3 MB, 0.8 for who reads more than 64 KiB at once or passes over as much; bzip2 4 MB beside.
 * Limits: none of the length of a member. What a sum covers is given before the sum is tested. */
struct fault codec_open(struct bytes *in, enum codec, uint64_t limit, struct bytes *out);

#endif
