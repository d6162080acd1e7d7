/* SPDX-License-Identifier: ISC */
/* Rows of what a layer has at a path. */

#include <stdio.h>
#include <string.h>

#include "base/limits.h"
#include "image/change.h"
#include "image/content.h"

enum content_type
content_type_of(const struct entry *e)
{
	static const enum content_type types[] = { [FILE_REGULAR] = CONTENT_FILE, [FILE_DIRECTORY] = CONTENT_DIR,
		[FILE_LINK] = CONTENT_SYMLINK, [FILE_FIFO] = CONTENT_FIFO, [FILE_SOCKET] = CONTENT_SOCKET,
		[FILE_CHAR] = CONTENT_CHAR, [FILE_BLOCK] = CONTENT_BLOCK };

	return (e->flags & ENTRY_HARDLINK) != 0 ? CONTENT_HARDLINK : types[e->type];
}

struct span
mode_text(enum file_type type, unsigned mode, struct arena *a)
{
	static const char letters[] = { [FILE_UNKNOWN] = '?', [FILE_REGULAR] = '-', [FILE_DIRECTORY] = 'd', [FILE_LINK] = 'l',
		[FILE_FIFO] = 'p', [FILE_SOCKET] = 's', [FILE_CHAR] = 'c', [FILE_BLOCK] = 'b' };
	char text[10] = "?rwxrwxrwx";

	text[0] = letters[type];
	for (unsigned i = 0; i < 9; i++)
		if ((mode >> (8 - i) & 1) == 0)
			text[1 + i] = '-';
	if ((mode & 04000) != 0)
		text[3] = text[3] == 'x' ? 's' : 'S';
	if ((mode & 02000) != 0)
		text[6] = text[6] == 'x' ? 's' : 'S';
	if ((mode & 01000) != 0)
		text[9] = text[9] == 'x' ? 't' : 'T';
	return arena_copy(a, (struct span){ text, sizeof(text) });
}

static const char *const capability_words[] = { "cap_chown", "cap_dac_override", "cap_dac_read_search", "cap_fowner",
	"cap_fsetid", "cap_kill", "cap_setgid", "cap_setuid", "cap_setpcap", "cap_linux_immutable", "cap_net_bind_service",
	"cap_net_broadcast", "cap_net_admin", "cap_net_raw", "cap_ipc_lock", "cap_ipc_owner", "cap_sys_module", "cap_sys_rawio",
	"cap_sys_chroot", "cap_sys_ptrace", "cap_sys_pacct", "cap_sys_admin", "cap_sys_boot", "cap_sys_nice",
	"cap_sys_resource", "cap_sys_time", "cap_sys_tty_config", "cap_mknod", "cap_lease", "cap_audit_write",
	"cap_audit_control", "cap_setfcap", "cap_mac_override", "cap_mac_admin", "cap_syslog", "cap_wake_alarm",
	"cap_block_suspend", "cap_audit_read", "cap_perfmon", "cap_bpf", "cap_checkpoint_restore" };

static uint32_t
le32(struct span s, size_t at)
{
	const unsigned char *p = (const unsigned char *)s.ptr + at;

	return at + 4 > s.len ? 0 : (uint32_t)p[0] | (uint32_t)p[1] << 8 | (uint32_t)p[2] << 16 | (uint32_t)p[3] << 24;
}

/* security.capability: what it permits or lets be inherited. Source: linux/capability.h, struct vfs_ns_cap_data. */
static void
capabilities(struct span value, struct arena *a, struct list *out)
{
	uint64_t permitted = le32(value, 4), inheritable = le32(value, 8);
	bool effective = (le32(value, 0) & 1) != 0;

	if (value.len < 12)
		return;
	permitted |= (uint64_t)le32(value, 12) << 32;
	inheritable |= (uint64_t)le32(value, 16) << 32;
	for (unsigned i = 0; i < 64; i++) {
		bool p = (permitted >> i & 1) != 0, h = (inheritable >> i & 1) != 0;
		char number[16];
		struct span name;

		if (!p && !h)
			continue;
		snprintf(number, sizeof(number), "cap_%u", i);
		name = span_of(i < sizeof(capability_words) / sizeof(*capability_words) ? capability_words[i] : number);
		list_add_span(a, out, arena_concat(a, name, span_of(effective && p ? "=e" : "="), span_of(h ? "i" : ""),
		    span_of(p ? "p" : "")));
	}
}

static void
differs_text(unsigned d, struct arena *a, struct list *out)
{
	static const char *const words[] = { "content", "content?", "mode", "owner", "mtime", "xattr", "type", "link" };

	*out = list_none();
	for (unsigned i = 0; i < sizeof(words) / sizeof(*words); i++)
		if ((d >> i & 1) != 0)
			list_add_span(a, out, span_of(words[i]));
}

/* What every container gets from its engine: files that its own layer or the one beneath only has for mounts to lie upon. */
static struct span
noise_of(enum layer_kind kind, struct span path)
{
	static const char *const files[] = { "/.dockerenv", "/etc/hosts", "/etc/hostname", "/etc/resolv.conf", "/etc/mtab",
		"/run/.containerenv", "/run/secrets", "/dev/console" };

	if (kind == LAYER_INIT)
		return SPAN("made by the engine for every container");
	for (size_t i = 0; i < sizeof(files) / sizeof(*files) && kind == LAYER_RW; i++)
		if (span_is(path, files[i]))
			return SPAN("the engine mounts its own there");
	return (struct span){ 0 };
}

/* The entries of folders beneath LAYER by inode: looked at once, when a file was moved. */
static uint32_t
by_inode(struct stack *s, size_t layer, uint32_t ino)
{
	struct span key = { (const char *)&ino, sizeof(ino) };
	struct file file;
	size_t i;

	for (; s->inodes_seen < s->tree.n && !s->arena.full; s->inodes_seen++) {
		const struct entry *e = entry_at(s, (uint32_t)s->inodes_seen);
		struct span name;

		if (!s->layers[e->layer].folder || entry_is_marker(e) || e->type == FILE_DIRECTORY ||
		    entry_stat(s, (uint32_t)s->inodes_seen, &file).kind != FAULT_NONE || file.dev == 0)
			continue;
		name = arena_copy(&s->arena, (struct span){ (const char *)&(uint32_t){ (uint32_t)file.ino }, sizeof(uint32_t) });
		if (!s->arena.full && index_get(&s->inodes, name) == SIZE_MAX)
			index_put(&s->inodes, &s->arena, name, s->inodes_seen);
	}
	i = index_get(&s->inodes, key);
	return i == SIZE_MAX || entry_at(s, (uint32_t)i)->layer >= layer ? TREE_NONE : (uint32_t)i;
}

/* What overlayfs wrote when it copied a file up names the inode that it was: one beneath, here or under the name that it had
 * before it was moved. In a copy of the folders inodes are others, and nothing is found. Source: fs/overlayfs/overlayfs.h,
 * struct ovl_fb; the identifier of ext4 and of others of type 1 begins with the inode. */
static struct span
origin_of(struct stack *s, const struct delta *d, struct arena *a)
{
	static const char *const names[] = { "trusted.overlay.origin", "user.overlay.origin" };
	struct span value = { 0 }, place;
	struct file file;
	uint32_t from;

	if (d->entry == TREE_NONE || !s->layers[entry_at(s, d->entry)->layer].folder ||
	    s->layers[entry_at(s, d->entry)->layer].ref.kind == LAYER_LAYER)
		return value;
	place = entry_place(s, d->entry, a);
	for (size_t k = 0; k < 2 && value.ptr == NULL; k++)
		root_xattr(s->root, place, span_of(names[k]), a, &value);
	if (value.len < 29 || value.ptr[4] != 1)
		return (struct span){ 0 };
	if (d->below != TREE_NONE && s->layers[entry_at(s, d->below)->layer].folder &&
	    entry_stat(s, d->below, &file).kind == FAULT_NONE && (uint32_t)file.ino == le32(value, 21))
		return d->path;
	if (entry_at(s, d->entry)->type == FILE_DIRECTORY)
		return (struct span){ 0 };
	from = by_inode(s, d->layer, le32(value, 21));
	return from == TREE_NONE ? (struct span){ 0 } : entry_path(s, from, a);
}

static void
fill_stat(struct stack *s, uint32_t i, struct change *row)
{
	struct file file;

	if (!s->layers[entry_at(s, i)->layer].folder || entry_stat(s, i, &file).kind != FAULT_NONE)
		return;
	row->atime = file.atime;
	row->ctime = file.ctime;
	row->birth = file.birth;
	if (file.dev != 0)			/* the number of a node in a tar's index is none */
		row->ino = u64_of(file.ino);
}

void
change_fill(struct stack *s, const struct delta *d, unsigned want, struct arena *a, struct change *row)
{
	uint32_t i = d->entry != TREE_NONE ? d->entry : d->below;
	const struct entry *e = entry_at(s, i), *what = entry_of(s, i);
	const struct layer *l = &s->layers[d->layer];
	char number[32];

	row->change = d->change;
	row->n = l->ref.n.known ? l->ref.n : u64_of((uint64_t)(l - s->layers) + 1);
	row->kind = l->ref.kind;
	row->path = d->path;
	differs_text(d->differs, a, &row->differs);
	row->type = content_type_of(e);
	row->mode = mode_text(what->type, what->mode, a);
	row->uid = u64_of(what->uid);
	row->gid = u64_of(what->gid);
	row->size = u64_of(what->type == FILE_LINK ? what->extra->link.len : what->size);
	row->mtime = what->mtime;
	if (e->extra != NULL && e->extra->link.len > 0)
		row->target = e->extra->link;
	if (what->type == FILE_CHAR || what->type == FILE_BLOCK) {
		snprintf(number, sizeof(number), "%u:%u", what->extra->major, what->extra->minor);
		row->device = arena_copy(a, span_of(number));
	}
	content_xattrs(s, i, a, &row->xattrs);
	row->capabilities = list_none();
	capabilities(list_value(&row->xattrs, "security.capability"), a, &row->capabilities);
	fill_stat(s, i, row);
	row->noise = noise_of(l->ref.kind, d->path);
	row->origin = origin_of(s, d, a);
	row->evidence_path = entry_place(s, d->entry == TREE_NONE && d->marker != TREE_NONE ? d->marker : i, a);
	if (what->type != FILE_REGULAR || d->change == CHANGE_DELETED)
		return;
	if ((want & STACK_HEADS) != 0)
		row->magic = content_magic(content_head(s, i, sizeof(what->extra->head), a), a);
	if ((want & STACK_HASH) != 0)
		row->sha256 = content_sha256(s, i, a);
}
