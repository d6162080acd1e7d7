/* SPDX-License-Identifier: ISC */
/* An archive as our libarchive writes it, for tests/twin.bats: that its recipe left in what writes each form, and that what is
 * written does not depend on the clock.
 * usage: pack none|gzip|zstd|xz	a tar of two files on stdout */

#include <stdio.h>
#include <string.h>

#include <archive.h>
#include <archive_entry.h>

static int
form(struct archive *a, const char *name)
{
	if (strcmp(name, "gzip") == 0)
		return archive_write_add_filter_gzip(a) == ARCHIVE_OK ?
		    archive_write_set_filter_option(a, "gzip", "timestamp", NULL) : ARCHIVE_FATAL;
	if (strcmp(name, "zstd") == 0)
		return archive_write_add_filter_zstd(a);
	return strcmp(name, "xz") == 0 ? archive_write_add_filter_xz(a) : archive_write_add_filter_none(a);
}

static int
put(struct archive *a, const char *name, size_t len)
{
	static char text[300000];
	struct archive_entry *e = archive_entry_new();
	int rc;

	memset(text, 'x', sizeof(text));
	archive_entry_set_pathname(e, name);
	archive_entry_set_filetype(e, AE_IFREG);
	archive_entry_set_perm(e, 0640);
	archive_entry_set_mtime(e, 1767225600, 123456789);
	archive_entry_set_size(e, (la_int64_t)len);
	rc = archive_write_header(a, e);
	archive_entry_free(e);
	return rc != ARCHIVE_OK || archive_write_data(a, text, len) != (la_ssize_t)len;
}

int
main(int argc, char **argv)
{
	struct archive *a = archive_write_new();
	int bad = argc != 2 || archive_write_set_format_pax(a) != ARCHIVE_OK || form(a, argv[1]) != ARCHIVE_OK ||
	    archive_write_set_bytes_in_last_block(a, 1) != ARCHIVE_OK || archive_write_open_FILE(a, stdout) != ARCHIVE_OK ||
	    put(a, "empty", 0) || put(a, "sub/large", 300000) ||
	    archive_write_close(a) != ARCHIVE_OK;

	if (bad)
		fprintf(stderr, "pack: %s\n", archive_error_string(a) == NULL ? "usage" : archive_error_string(a));
	archive_write_free(a);
	return bad;
}
