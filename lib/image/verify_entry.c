/* SPDX-License-Identifier: ISC */
/* An entry of a layer's tar against the file that the engine made of it. Source of what it makes: moby 20.10,
 * pkg/archive/archive.go, createTarFile(), Unpack(); archive_linux.go, ConvertRead(); diff.go, UnpackLayer(). */

#include "image/verify_internal.h"

static void
check_owner(struct checking *c, struct span name, const struct file *file, uint64_t uid, uint64_t gid)
{
	if (file->uid != uid || file->gid != gid)
		differs_join(c, &c->owners[0], name, 4, (struct span[]){ SPAN("owner is "), say_owner(c, file->uid, file->gid),
		    SPAN(", the engine recorded "), say_owner(c, uid, gid) });
	if ((c->uid | c->gid) != 0 && (file->uid != uid + c->uid || file->gid != gid + c->gid))
		differs_join(c, &c->owners[1], name, 4, (struct span[]){ SPAN("owner is "), say_owner(c, file->uid, file->gid),
		    SPAN(", the engine recorded "), say_owner(c, uid + c->uid, gid + c->gid) });
}

/* Whether a file's time is a header's: of one that has whole seconds, these; before 1970 engines write 1970. */
static bool
same_time(const struct checking *c, struct timestamp is, struct timestamp was)
{
	if (was.s < 0 && is.s == 0 && is.ns == 0)
		return true;
	return is.s == was.s && (was.ns == 0 || is.ns == was.ns || (is.ns == 0 && c->root->kind == &root_tar));
}

static void
check_time(struct checking *c, const struct assembled *e)
{
	if (e->file.mtime.known && e->entry.mtime.known && !same_time(c, e->file.mtime, e->entry.mtime))
		differs(c, e->name, SPAN("mtime is "), say_time(c, e->file.mtime), SPAN(", the engine recorded "),
		    say_time(c, e->entry.mtime));
}

static void
check_link(struct checking *c, const struct assembled *e)
{
	struct span target = { 0 };
	struct fault f = root_link(c->root, e->path, &c->entry, &target);

	if (f.kind != FAULT_NONE) {
		root_fault(c->root, f);
		c->unread++;
	} else if (!span_eq(target, e->entry.link)) {
		differs(c, e->name, SPAN("leads to \""), target, SPAN("\", the engine recorded \""), e->entry.link, SPAN("\""));
	}
}

static void
check_device(struct checking *c, const struct assembled *e)
{
	if (e->file.major != e->entry.major || e->file.minor != e->entry.minor)
		differs(c, e->name, SPAN("is device "), say_owner(c, e->file.major, e->file.minor), SPAN(", the engine recorded "),
		    say_owner(c, e->entry.major, e->entry.minor));
}

/* Its bytes, mode and owner are those of the name that it is linked to. An engine sets its owner once more, and with that the
 * system takes a capability away that is not set again too. */
static void
check_hard_link(struct checking *c, const struct assembled *e)
{
	struct span name = assemble_name(&c->entry, e->entry.link);
	struct file first;
	struct fault f = root_lstat(c->root, path_join(&c->entry, c->ref->evidence_path, name), &first);

	if (list_value(&e->entry.xattrs, "security.capability").ptr == NULL)
		verify_seen(c, name, SEEN_UNABLE);
	if (f.kind == FAULT_ABSENT) {
		differs(c, e->name, SPAN("stands alone: \""), name, SPAN("\", the engine recorded, is the same file"));
	} else if (f.kind != FAULT_NONE) {
		root_fault(c->root, f);
		c->unread++;
	} else if (first.dev != e->file.dev || first.ino != e->file.ino) {
		differs(c, e->name, SPAN("is another file than \""), name, SPAN("\", the engine recorded one file"));
	}
}

static void
check_content(struct checking *c, const struct assembled *e)
{
	if (e->content == CONTENT_OTHER)
		differs(c, e->name, SPAN("content is not what the engine recorded"));
	else if (e->content == CONTENT_SIZE)
		differs(c, e->name, SPAN("size is "), say_u64(c, e->file.size), SPAN(", the engine recorded "), say_u64(c, e->size));
	else if (e->content == CONTENT_INSIDE)
		differs(c, e->name, SPAN("is recorded as no engine does it: its content is not known"));
	else if (e->content == CONTENT_UNREAD)
		c->unread++;
	else if (e->content == CONTENT_NONE && e->headers && e->entry.type == TAR_FILE && e->file.size > 0)
		differs(c, e->name, SPAN("size is "), say_u64(c, e->file.size), SPAN(", the engine recorded 0"));
}

static const enum file_type types[] = { [TAR_FILE] = FILE_REGULAR, [TAR_SYMLINK] = FILE_LINK, [TAR_CHAR] = FILE_CHAR,
	[TAR_BLOCK] = FILE_BLOCK, [TAR_DIR] = FILE_DIRECTORY, [TAR_FIFO] = FILE_FIFO, [TAR_OTHER] = FILE_UNKNOWN };

static void
compare(struct checking *c, const struct assembled *e)
{
	enum file_type type = types[e->entry.type];

	if (e->file.type != type) {
		differs(c, e->name, SPAN("is "), span_of(file_word(e->file.type)), SPAN(", the engine recorded "),
		    span_of(file_word(type)));
		return;
	}
	if (e->name.len == 0)		/* engines leave their own folder as they made it */
		return;
	check_content(c, e);
	if (type != FILE_LINK && e->file.mode != e->entry.mode)
		differs(c, e->name, SPAN("mode is "), say_mode(c, e->file.mode), SPAN(", the engine recorded "),
		    say_mode(c, e->entry.mode));
	check_owner(c, e->name, &e->file, e->entry.uid, e->entry.gid);
	check_time(c, e);
	if (type == FILE_LINK)
		check_link(c, e);
	if (type == FILE_CHAR || type == FILE_BLOCK)
		check_device(c, e);
	verify_xattrs(c, e);
}

/* What an engine makes of a name that deletes, by the form of the layer. */
static bool
stays(const struct checking *c, const struct assembled *e)
{
	switch (c->ref->form) {
	case FORM_OVERLAY: case FORM_WHOLE:
		return false;
	case FORM_OCI: case FORM_AUFS:
		return true;
	default:
		return e->found == FAULT_NONE;
	}
}

/* Whether the entry is one that deletes, and not there itself. */
static bool
deletes(struct checking *c, const struct assembled *e)
{
	struct span base = span_base(e->name), parent = verify_parent(e->name);
	struct deletion *d;
	bool whole = c->ref->form == FORM_WHOLE;

	if (!span_starts(base, ".wh.") || stays(c, e))
		return false;
	c->payload |= e->content != CONTENT_NONE && e->content != CONTENT_INSIDE;
	if (span_is(base, ".wh..wh..opq")) {
		if (!whole)
			verify_seen(c, parent, SEEN_OPAQUE | SEEN_PARENT);
	} else if (!whole || !span_starts(base, ".wh..wh.")) {	/* aufs' own, which engines leave out */
		base = span_sub(base, sizeof(".wh.") - 1, SIZE_MAX);
		base = parent.len == 0 ? arena_copy(&c->run, base) : path_join(&c->run, parent, base);
		d = list_add(&c->run, &c->deletions, sizeof(*d));
		*d = (struct deletion){ base, e->entry.uid, e->entry.gid };
		verify_seen(c, base, SEEN_DELETED);
	}
	return true;
}

void
verify_entry(struct checking *c, const struct assembled *e)
{
	unsigned there = e->found == FAULT_NONE ? SEEN_THERE : 0;

	if (e->global) {		/* of its name some engines make the directory */
		verify_seen(c, verify_parent(e->name), SEEN_PARENT);
		return;
	}
	if (deletes(c, e))
		return;
	if (there != 0 && e->file.type == FILE_DIRECTORY)
		there |= SEEN_DIRECTORY;
	verify_seen(c, e->name, SEEN_ENTRY | there);
	if (e->renamed)
		differs(c, e->name, SPAN("is recorded under this name, its header says \""), e->entry.name, SPAN("\""));
	if (e->found > FAULT_ABSENT)
		c->unread++;
	else if (e->found == FAULT_ABSENT)
		differs(c, e->name, SPAN("is gone"));
	else if (!e->headers)
		check_content(c, e);
	else if (e->entry.type == TAR_HARDLINK)
		check_hard_link(c, e);
	else
		compare(c, e);
}

void
verify_deletions(struct checking *c)
{
	const struct deletion *d = c->deletions.v;
	bool whole = c->ref->form == FORM_WHOLE;
	struct file file;
	struct fault f;
	size_t i, n;

	for (i = 0; i < c->deletions.n && !c->run.full; i++) {
		arena_reset(&c->entry);
		n = index_get(&c->seen, d[i].name);
		if (n != SIZE_MAX && (((const unsigned char *)c->flags.v)[n] & SEEN_ENTRY) != 0)
			continue;		/* put there again by the same layer */
		f = root_lstat(c->root, path_join(&c->entry, c->ref->evidence_path, d[i].name), &file);
		if (f.kind > FAULT_ABSENT) {
			root_fault(c->root, f);
			c->unread++;
		} else if (whole) {
			if (f.kind == FAULT_NONE)
				differs(c, d[i].name, SPAN("is "), span_of(file_word(file.type)),
				    SPAN(", the engine recorded that it is deleted"));
		} else if (f.kind == FAULT_ABSENT) {
			differs(c, d[i].name, SPAN("the mark that deletes it is gone"));
		} else if (file.type != FILE_CHAR || file.major != 0 || file.minor != 0) {
			differs(c, d[i].name, SPAN("is "), span_of(file_word(file.type)),
			    SPAN(", the engine recorded that it is deleted"));
		} else {
			check_owner(c, d[i].name, &file, d[i].uid, d[i].gid);
		}
	}
}
