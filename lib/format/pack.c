/* SPDX-License-Identifier: ISC */
/* Pax tars by libarchive. */

#include <sys/stat.h>
#include <sys/sysmacros.h>

#include <archive.h>
#include <archive_entry.h>

#include <string.h>

#include "format/pack.h"

static la_ssize_t
write_out(struct archive *a, void *context, const void *bytes, size_t len)
{
	struct pack *p = context;

	(void)a;
	out_write(p->out, (struct span){ bytes, len });
	return p->out->error == 0 ? (la_ssize_t)len : -1;
}

bool
pack_open(struct pack *p, struct out *out)
{
	*p = (struct pack){ .archive = archive_write_new(), .entry = archive_entry_new(), .out = out };
	if (p->archive == NULL || p->entry == NULL)
		return false;
	archive_write_set_format_pax(p->archive);
	archive_write_set_options(p->archive, "xattrheader=SCHILY");
	archive_write_set_bytes_per_block(p->archive, 0);
	return archive_write_open(p->archive, p, NULL, write_out, NULL) == ARCHIVE_OK;
}

bool
pack_entry(struct pack *p, const struct tar_entry *e, const char **why)
{
	static const mode_t types[] = { [TAR_FILE] = S_IFREG, [TAR_HARDLINK] = S_IFREG, [TAR_SYMLINK] = S_IFLNK,
		[TAR_CHAR] = S_IFCHR, [TAR_BLOCK] = S_IFBLK, [TAR_DIR] = S_IFDIR, [TAR_FIFO] = S_IFIFO, [TAR_OTHER] = S_IFREG };
	struct archive_entry *to = p->entry;

	archive_entry_clear(to);
	archive_entry_copy_pathname(to, e->name.ptr);
	archive_entry_set_mode(to, types[e->type] | (e->mode & 07777));
	archive_entry_set_uid(to, (la_int64_t)e->uid);
	archive_entry_set_gid(to, (la_int64_t)e->gid);
	archive_entry_set_size(to, e->type == TAR_FILE ? (la_int64_t)e->size : 0);
	if (e->mtime.known)
		archive_entry_set_mtime(to, e->mtime.s, (long)e->mtime.ns);
	if (e->type == TAR_SYMLINK)
		archive_entry_copy_symlink(to, e->link.ptr);
	if (e->type == TAR_HARDLINK)
		archive_entry_copy_hardlink(to, e->link.ptr);
	if (e->type == TAR_CHAR || e->type == TAR_BLOCK)
		archive_entry_set_rdev(to, makedev(e->major, e->minor));
	for (size_t i = 0; i < e->xattrs.n; i++)
		archive_entry_xattr_add_entry(to, list_pair(&e->xattrs, i)->key.ptr, list_pair(&e->xattrs, i)->value.ptr,
		    list_pair(&e->xattrs, i)->value.len);
	if (archive_write_header(p->archive, to) >= ARCHIVE_WARN)
		return true;
	*why = archive_error_string(p->archive);
	return false;
}

void
pack_data(struct pack *p, struct span s)
{
	archive_write_data(p->archive, s.ptr, s.len);
}

void
pack_close(struct pack *p)
{
	if (p->archive != NULL) {
		archive_write_close(p->archive);
		archive_write_free(p->archive);
	}
	archive_entry_free(p->entry);
	*p = (struct pack){ 0 };
}
