/* SPDX-License-Identifier: ISC */
/* What a file is by how it begins. Sources: the formats' own descriptions; APPNOTE.TXT (zip), JVMS 4.1 (class), RFC 1952. */

#include <string.h>

#include "image/content.h"

static const struct {
	struct span magic;
	size_t at;
	const char *word;
} known[] = {
	{ { "\x7f" "ELF", 4 }, 0, "elf" },
	{ { "MZ", 2 }, 0, "pe" },
	{ { "<?php", 5 }, 0, "php" },
	{ { "<?=", 3 }, 0, "php" },
	{ { "<%@", 3 }, 0, "jsp" },
	{ { "PK\3\4", 4 }, 0, "zip" },
	{ { "PK\5\6", 4 }, 0, "zip" },
	{ { "\x1f\x8b\x08", 3 }, 0, "gzip" },
	{ { "\x28\xb5\x2f\xfd", 4 }, 0, "zstd" },
	{ { "\xfd" "7zXZ", 5 }, 0, "xz" },
	{ { "BZh", 3 }, 0, "bzip2" },
	{ { "7z\xbc\xaf\x27\x1c", 6 }, 0, "7z" },
	{ { "!<arch>\ndebian-binary", 21 }, 0, "deb" },
	{ { "!<arch>\n", 8 }, 0, "ar" },
	{ { "\xed\xab\xee\xdb", 4 }, 0, "rpm" },
	{ { "\xca\xfe\xba\xbe\0\0\0", 7 }, 0, "java" },
	{ { "SQLite format 3", 15 }, 0, "sqlite" },
	{ { "-----BEGIN ", 11 }, 0, "pem" },
	{ { "%PDF-", 5 }, 0, "pdf" },
	{ { "\x89PNG", 4 }, 0, "png" },
	{ { "\xff\xd8\xff", 3 }, 0, "jpeg" },
	{ { "GIF8", 4 }, 0, "gif" },
};

/* The interpreter of a script, without blanks and arguments: "/usr/bin/env python3" is python3. */
static struct span
interpreter(struct span head)
{
	struct span rest = span_sub(head, 2, SIZE_MAX), line, word;

	span_cut(&rest, '\n', &line);
	do
		if (!span_cut(&line, ' ', &word))
			return SPAN("");
	while (word.len == 0 || (span_ends(word, "/env") && line.ptr != NULL));
	return word;
}

struct span
content_magic(struct span head, struct arena *a)
{
	if (head.len >= 2 && head.ptr[0] == '#' && head.ptr[1] == '!')
		return arena_concat(a, SPAN("script:"), interpreter(head));
	for (size_t k = 0; k < sizeof(known) / sizeof(*known); k++)
		if (span_eq(span_sub(head, known[k].at, known[k].magic.len), known[k].magic))
			return span_of(known[k].word);
	/* Python's byte code: two bytes of version, then CR LF */
	if (head.len >= 16 && head.ptr[2] == '\r' && head.ptr[3] == '\n' && (unsigned char)head.ptr[1] <= 0x0e)
		return SPAN("pyc");
	return (struct span){ 0 };
}
