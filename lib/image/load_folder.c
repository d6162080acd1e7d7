/* SPDX-License-Identifier: ISC */
/* A layer that an engine unpacked, or that a container wrote: a folder, walked once. What deletes in it depends on the form.
 * Source: Linux Documentation/filesystems/overlayfs.rst and fs/overlayfs (6.7) for devices and attributes; aufs(5);
 * fuse-overlayfs 1.10. */

#include <string.h>
#include <unistd.h>

#include "base/limits.h"
#include "base/num.h"
#include "image/stack.h"

struct loading {
	struct stack *s;
	struct layer *l;
	struct arena names, row;
	bool devices, wh, attributes;		/* what the form reads */
	bool unseen;				/* attributes are not shown to this user */
	bool trusted;				/* those of the system were seen: whoever mounts with them reads no others */
	bool both;				/* which is said */
};

static bool
is_fuse(const struct loading *g)
{
	return g->l->ref.form == FORM_FUSE || g->l->ref.form == FORM_UNKNOWN;
}

/* An attribute of overlayfs: trusted. for the system, user. in a user namespace. A mount reads one of the two: in a layer of the
 * system, what is called user. was put there by somebody in the container. */
static struct span
overlay(struct loading *g, struct span path, const char *name, bool *any)
{
	static const char *const spaces[] = { "trusted.overlay.", "user.overlay.", "user.fuseoverlayfs." };
	const bool reads[] = { true, !g->trusted, is_fuse(g) };
	struct span value = { 0 };

	for (size_t k = 0; k < sizeof(spaces) / sizeof(*spaces) && value.ptr == NULL; k++)
		if (reads[k] && root_xattr(g->s->root, path, arena_concat(&g->row, span_of(spaces[k]), span_of(name)), &g->row,
		    &value).kind != FAULT_NONE)
			value = (struct span){ 0 };
	*any = value.ptr != NULL;
	return value;
}

/* Whether anything of overlayfs is among the attributes: most files have none. */
static bool
has_overlay(struct loading *g, struct span path)
{
	struct list names = { 0 };
	struct fault f = root_xattrs(g->s->root, path, &g->row, &names);
	bool any = false, user = false;

	if (f.kind == FAULT_PART && !g->unseen) {
		g->unseen = true;
		root_fault(g->s->root, f);
	}
	for (size_t k = 0; k < names.n; k++) {
		g->trusted |= span_starts(list_span(&names, k), "trusted.overlay.");
		user |= span_starts(list_span(&names, k), "user.overlay.");
		any |= span_starts(list_span(&names, k), "trusted.overlay.") || span_starts(list_span(&names, k), "user.overlay.") ||
		    span_starts(list_span(&names, k), "user.fuseoverlayfs.");
	}
	if (user && g->trusted && !g->both) {
		g->both = true;
		root_fault(g->s->root, (struct fault){ .kind = FAULT_ODD, .file = path,
		    .what = "attributes user.overlay.* in a layer with trusted.overlay.*, which no mount reads together; those count not" });
	}
	return any;
}

/* Whether the kernel takes it: names with a slash before each, or one name; anything else it refuses to look at. */
static bool
redirect_fits(struct span redirect)
{
	bool absolute = span_starts(redirect, "/");
	struct span rest = span_sub(redirect, absolute, SIZE_MAX), name;

	if (!absolute && memchr(redirect.ptr, '/', redirect.len) != NULL)
		return false;
	while (span_cut(&rest, '/', &name))
		if (name.len == 0 || span_is(name, ".") || span_is(name, "..") || memchr(name.ptr, '\0', name.len) != NULL)
			return false;
	return redirect.len > absolute;
}

static void
take_redirect(struct loading *g, struct span path, uint32_t i)
{
	struct span value;
	bool any;

	value = overlay(g, path, "redirect", &any);
	if (any && redirect_fits(value)) {
		stack_extra(g->s, i)->redirect = arena_copy(&g->s->arena, value);
	} else if (any) {
		g->l->damaged = true;
		root_fault(g->s->root, (struct fault){ .kind = FAULT_PART, .file = path, .item = value,
		    .what = "redirect that the kernel refuses, not followed:" });
	}
}

/* user.fuseoverlayfs.override_stat "uid:gid:mode", octal; containers/storage's has more behind it. */
static void
override(struct loading *g, struct span path, uint32_t i)
{
	static const char *const names[] = { "user.fuseoverlayfs.override_stat", "user.containers.override_stat" };
	struct span value = { 0 }, uid, gid, mode;
	uint64_t u, v, m = 0;

	for (size_t k = 0; k < 2 && value.ptr == NULL; k++)
		root_xattr(g->s->root, path, span_of(names[k]), &g->row, &value);
	if (value.ptr == NULL || !span_cut(&value, ':', &uid) || !span_cut(&value, ':', &gid) || !span_cut(&value, ':', &mode) ||
	    !num_parse(uid, &u) || !num_parse(gid, &v))
		return;
	for (size_t k = 0; k < mode.len && mode.ptr[k] >= '0' && mode.ptr[k] <= '7'; k++)
		m = m << 3 | (uint64_t)(mode.ptr[k] - '0');
	entry_at(g->s, i)->uid = (uint32_t)u;
	entry_at(g->s, i)->gid = (uint32_t)v;
	entry_at(g->s, i)->mode = m & 07777;
}

static void
take_attributes(struct loading *g, struct span path, const struct file *file, uint32_t i)
{
	struct span value;
	bool any;

	if (!g->attributes || !has_overlay(g, path))
		return;
	if (file->type == FILE_DIRECTORY) {
		value = overlay(g, path, "opaque", &any);
		if (any && span_is(value, "y") && i != g->l->root)
			stack_mark(g->s, g->l, i, SPAN(""), SPAN(""), DIALECT_OPAQUE);
	}
	take_redirect(g, path, i);
	overlay(g, path, "metacopy", &any);
	if (any && file->type == FILE_REGULAR)
		entry_at(g->s, i)->flags |= ENTRY_METACOPY;
	if (is_fuse(g))
		override(g, path, i);
}

static void
fill(struct loading *g, struct span path, const struct file *file, uint32_t i)
{
	struct entry *n = entry_at(g->s, i);

	n->type = (uint8_t)file->type;
	n->mode = (uint16_t)file->mode;
	n->uid = (uint32_t)file->uid;
	n->gid = (uint32_t)file->gid;
	n->size = file->type == FILE_REGULAR ? file->size : 0;
	n->mtime = file->mtime;
	n->flags &= (uint8_t)~ENTRY_IMPLIED;
	if (file->type == FILE_LINK) {
		struct extra *x = stack_extra(g->s, i);

		root_fault(g->s->root, root_link(g->s->root, path, &g->s->arena, &x->link));
	}
	if (file->type == FILE_CHAR || file->type == FILE_BLOCK) {
		stack_extra(g->s, i)->major = file->major;
		((struct extra *)(uintptr_t)n->extra)->minor = file->minor;
	}
	take_attributes(g, path, file, i);
}

/* What marks a deletion: of which name, and in which form. */
static enum dialect
marks(struct loading *g, struct span path, struct span name, const struct file *file, struct span *hidden)
{
	bool any;

	*hidden = name;
	if (g->devices && file->type == FILE_CHAR && file->major == 0 && file->minor == 0) {
		/* fuse-overlayfs leaves one beside its own marker of an opaque directory */
		if (g->wh && span_is(name, ".wh..opq"))
			return DIALECT_FUSE;
		return DIALECT_DEVICE;
	}
	if (g->wh)
		switch (wh_of(name, hidden)) {
		case WH_HIDES:
			return g->l->ref.form == FORM_FUSE ? DIALECT_FUSE : DIALECT_AUFS;
		case WH_OPAQUE:
			*hidden = SPAN("");
			return DIALECT_OPAQUE;
		default:
			*hidden = name;
		}
	/* where its directory is not opaque "x" the kernel lists the name and then finds nothing there, which is what it means */
	if (g->attributes && file->type == FILE_REGULAR && file->size == 0 && has_overlay(g, path)) {
		overlay(g, path, "whiteout", &any);
		if (any)
			return DIALECT_XATTR;
	}
	return DIALECT_UNKNOWN;
}

static void
enter(struct loading *g, uint32_t parent, struct span folder, struct span name)
{
	struct stack *s = g->s;
	struct span path = path_join(&g->row, folder, name), hidden;
	enum dialect dialect;
	struct file file;
	struct fault f = root_lstat(s->root, path, &file);
	uint32_t i;

	if (f.kind != FAULT_NONE) {
		g->l->damaged = true;
		root_fault(s->root, fault_as(f, FAULT_PART));
		return;
	}
	dialect = marks(g, path, name, &file, &hidden);
	if (dialect == DIALECT_FUSE && span_is(name, ".wh..opq"))
		return;
	i = dialect == DIALECT_UNKNOWN ? stack_add(s, g->l, parent, name) :
	    stack_mark(s, g->l, parent, hidden, name, dialect);
	if (i == TREE_NONE)
		return;
	if (dialect != DIALECT_UNKNOWN) {
		entry_at(s, i)->mtime = file.mtime;
		entry_at(s, i)->mode = (uint16_t)file.mode;
		entry_at(s, i)->size = file.type == FILE_REGULAR ? file.size : 0;
		return;
	}
	fill(g, path, &file, i);
	if (g->wh && wh_of(name, &hidden) == WH_ARTEFACT)
		entry_at(s, i)->flags |= ENTRY_ARTEFACT;
}

static void
read_folder(struct loading *g, uint32_t i)
{
	struct list names = { 0 };
	struct span folder = entry_place(g->s, i, &g->names);
	struct fault f = root_list(g->s->root, folder, &g->names, &names);

	if (f.kind != FAULT_NONE) {
		g->l->damaged = true;
		root_fault(g->s->root, fault_as(f, FAULT_PART));
	}
	for (size_t k = 0; k < names.n && !g->s->full; k++) {
		enter(g, i, folder, list_span(&names, k));
		arena_reset(&g->row);
	}
	arena_reset(&g->names);
	arena_reset(&g->s->scratch);
}

/* Attributes that decide what is deleted, and that only root is shown: of an overlay whose directories were read without
 * them it is said that they may look merged. */
static void
say_unprivileged(struct loading *g)
{
	bool any = false;

	if (!g->attributes || g->s->root->kind != &root_dir || geteuid() == 0)
		return;
	for (uint32_t i = g->l->root; i < g->s->tree.n && !any; i++)
		any = entry_at(g->s, i)->type == FILE_DIRECTORY && i != g->l->root;
	if (any)
		root_fault(g->s->root, (struct fault){ .kind = FAULT_PART, .file = g->l->ref.evidence_path,
		    .what = "attributes of overlayfs are shown to root alone: a directory that was deleted and made anew looks merged" });
}

void
stack_load_folder(struct stack *s, struct layer *l)
{
	enum layer_form form = l->ref.form;
	struct loading g = { .s = s, .l = l, .names = arena_open(LIMIT_ROW), .row = arena_open(LIMIT_ROW),
		.devices = form == FORM_OVERLAY || form == FORM_FUSE || form == FORM_UNKNOWN,
		.wh = form == FORM_OCI || form == FORM_AUFS || form == FORM_FUSE || form == FORM_UNKNOWN };
	struct file file;

	g.attributes = g.devices;
	if (root_stat(s->root, l->ref.evidence_path, &file).kind == FAULT_NONE)
		fill(&g, l->ref.evidence_path, &file, l->root);
	for (uint32_t i = l->root; i < s->tree.n && !s->full; i++)
		if (entry_at(s, i)->type == FILE_DIRECTORY && !entry_is_marker(entry_at(s, i)))
			read_folder(&g, i);
	say_unprivileged(&g);
	l->damaged |= g.unseen;
	arena_close(&g.names);
	arena_close(&g.row);
}
