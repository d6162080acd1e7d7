/* SPDX-License-Identifier: ISC */
/* Extended attributes of a layer's files. Engines take those of a header over as they are; what the system, overlayfs or
 * fuse-overlayfs put there by themselves is nobody's change. */

#include <sys/stat.h>
#include <sys/syscall.h>

#include <linux/capability.h>
#include <string.h>
#include <unistd.h>

#include "image/verify_internal.h"

bool
verify_trusted(void)
{
	enum { INITIAL = 0xeffffffd };		/* linux/proc_ns.h: PROC_USER_INIT_INO */
	struct __user_cap_header_struct head = { _LINUX_CAPABILITY_VERSION_3, 0 };
	struct __user_cap_data_struct data[2] = { 0 };
	struct stat st;

	return syscall(SYS_capget, &head, data) == 0 && (data[0].effective & 1U << CAP_SYS_ADMIN) != 0 &&
	    stat("/proc/self/ns/user", &st) == 0 && st.st_ino == INITIAL;
}

/* Labels of the security modules, and marks that say nothing of the layer's content. */
static bool
of_system(struct span name)
{
	static const char *const begin[] = { "security.selinux", "security.ima", "security.evm", "security.SMACK64", "btrfs.",
		"trusted.overlay.origin", "trusted.overlay.impure", "trusted.overlay.uuid", "trusted.overlay.nlink",
		"trusted.overlay.upper", "trusted.overlay.opaque", "user.overlay.origin", "user.overlay.impure", "user.overlay.uuid",
		"user.overlay.nlink", "user.overlay.upper", "user.overlay.opaque", "user.fuseoverlayfs.", "user.containers." };
	bool found = false;

	for (size_t i = 0; i < sizeof(begin) / sizeof(*begin); i++)
		found |= span_starts(name, begin[i]);
	return found;
}

/* Hexadecimal: values are seldom text. */
static struct span
say_value(struct checking *c, struct span value)
{
	static const char digits[] = "0123456789abcdef";
	enum { MOST = 64 };
	struct out o = out_memory();
	struct span s;

	for (size_t i = 0; i < value.len && i < MOST; i++) {
		out_byte(&o, digits[(unsigned char)value.ptr[i] >> 4]);
		out_byte(&o, digits[value.ptr[i] & 15]);
	}
	if (value.len > MOST)
		out_text(&o, "...");
	else if (value.len == 0)
		out_text(&o, "empty");
	s = arena_copy(&c->entry, out_span(&o));
	out_close(&o);
	return s;
}

/* A capability that was set within a user namespace has 4 bytes more, the root of that, and revision 3. Source:
 * linux/capability.h. */
static bool
same_value(struct span name, struct span is, struct span was)
{
	enum { V2 = 20, V3 = 24, REVISION = 3 };

	if (span_is(name, "security.capability") && is.len == V3 && was.len == V2)
		return memcmp(is.ptr, was.ptr, REVISION) == 0 && is.ptr[REVISION] == 3 && was.ptr[REVISION] == 2 &&
		    memcmp(is.ptr + 4, was.ptr + 4, V2 - 4) == 0;
	return span_eq(is, was);
}

static void
check_recorded(struct checking *c, const struct assembled *e, const struct pair *p, const struct list *names)
{
	struct span value = { 0 };
	struct fault f;

	if (of_system(p->key) || p->value.ptr == NULL)
		return;
	if (!list_has(names, p->key)) {
		if (span_starts(p->key, "trusted.") && !c->trusted)
			c->blind = true;
		else
			differs_join(c, span_is(p->key, "security.capability") ? &c->capabilities : &c->attributes, e->name, 4, (struct span[]){ SPAN("attribute "), p->key,
			    SPAN(" is gone, the engine recorded "), say_value(c, p->value) });
		return;
	}
	f = root_xattr(c->root, e->path, p->key, &c->entry, &value);
	if (f.kind != FAULT_NONE) {
		root_fault(c->root, fault_as(f, FAULT_PART));
		c->unread++;
	} else if (!same_value(p->key, value, p->value)) {
		differs(c, e->name, SPAN("attribute "), p->key, SPAN(" is "), say_value(c, value), SPAN(", the engine recorded "),
		    say_value(c, p->value));
	}
}

static void
check_added(struct checking *c, const struct assembled *e, struct span name)
{
	struct span value = { 0 };

	if (of_system(name) || list_value_of(&e->entry.xattrs, name).ptr != NULL)
		return;
	root_xattr(c->root, e->path, name, &c->entry, &value);
	differs(c, e->name, SPAN("attribute "), name, SPAN(" was added: "), say_value(c, value));
}

void
verify_xattrs(struct checking *c, const struct assembled *e)
{
	struct list names = { 0 };
	struct fault f = root_xattrs(c->root, e->path, &c->entry, &names);

	if (f.kind > FAULT_ABSENT) {
		root_fault(c->root, f);
		c->unread++;
		return;
	}
	c->any |= names.n > 0;
	for (size_t i = 0; i < e->entry.xattrs.n; i++)
		check_recorded(c, e, list_pair(&e->entry.xattrs, i), &names);
	for (size_t i = 0; i < names.n; i++)
		check_added(c, e, list_span(&names, i));
}

void
verify_opaque(struct checking *c, struct span name, struct span path, bool recorded)
{
	static const char *const marks[] = { "trusted.overlay.opaque", "user.overlay.opaque", "user.fuseoverlayfs.opaque" };
	struct list names = { 0 };
	struct span value;
	bool is = false;
	struct fault f = root_xattrs(c->root, path, &c->entry, &names);

	if (f.kind > FAULT_ABSENT) {
		root_fault(c->root, f);
		c->unread++;
		return;
	}
	c->any |= names.n > 0;
	for (size_t i = 0; i < sizeof(marks) / sizeof(*marks); i++) {
		value = (struct span){ 0 };
		if (list_has(&names, span_of(marks[i])) &&
		    root_xattr(c->root, path, span_of(marks[i]), &c->entry, &value).kind == FAULT_NONE)
			is |= span_is(value, "y");
	}
	if (is && !recorded)
		differs(c, name, SPAN("hides what is beneath (opaque), the engine did not record that"));
	else if (!is && recorded && !c->trusted)
		c->blind = true;
	else if (!is && recorded)
		differs_join(c, &c->attributes, name, 1, (struct span[]){ SPAN("does not hide what is beneath, the engine recorded "
		    "that it does (opaque)") });
}
