/* SPDX-License-Identifier: ISC */
/* ctr-cat: the bytes of one file of a container or an image. */

#include <stdlib.h>

#include "base/limits.h"
#include "base/num.h"
#include "base/text.h"
#include "image/content.h"
#include "image/merge.h"
#include "select/layered.h"
#include "tool/tool.h"

struct query {
	const char *layer, *platform;
	bool no_follow, raw, volumes;
};

static const struct opt options[] = {
	{ "layer", "N|rw", OPT_TEXT, offsetof(struct query, layer), .doc = "as this layer alone holds it: a number (1 is the base) or rw (the "
	    "container's own)" },
	{ "platform", "OS/ARCH", OPT_TEXT, offsetof(struct query, platform), .doc = "of an image for several: the one for this" },
	{ "no-follow", NULL, OPT_FLAG, offsetof(struct query, no_follow), .doc = "a symbolic link is not followed, but said" },
	{ "raw", NULL, OPT_FLAG, offsetof(struct query, raw), .doc = "exact bytes, and a terminal is refused; without it, bytes that could "
	    "take a terminal over are escaped on one" },
	{ "volumes", NULL, OPT_FLAG, offsetof(struct query, volumes), .doc = "a path beneath a mount is read from what is mounted there, "
	    "where that is in the evidence" },
	{ 0 },
};

static const struct about about = {
	.name = "ctr-cat",
	.gist = "the exact bytes of a file of a container or an image, out of its layers",
	.takes = "CONTAINER:/PATH | IMAGE:/PATH ...",
	.options = options,
};

enum { PIECE = 256 * 1024 };

/* As much of a piece as ends with a character: the rest comes with the next one. */
static size_t
whole(struct span s)
{
	size_t n = s.len;

	while (n > 0 && s.len - n < 3 && ((unsigned char)s.ptr[n - 1] & 0xc0) == 0x80)
		n--;
	return s.len < PIECE || n == 0 || (unsigned char)s.ptr[n - 1] < 0xc0 ? s.len : n - 1;
}

static void
give(struct tool *t, struct bytes *b, struct span name)
{
	char *buf = malloc(PIECE);
	size_t got = 1;
	uint64_t at = 0;
	struct fault f = NO_FAULT;

	if (buf == NULL)
		memory_refuse();
	for (; buf != NULL && got > 0 && f.kind == FAULT_NONE && t->out.error == 0; at += got) {
		f = bytes_read(b, at, buf, PIECE, &got);
		if (t->tty)
			got = whole((struct span){ buf, got });
		if (t->tty)
			text_lines(&t->out, (struct span){ buf, got });
		else
			out_write(&t->out, (struct span){ buf, got });
	}
	free(buf);
	if (f.kind == FAULT_NONE && t->out.error == 0 && b->size.known && at < b->size.n)
		f = fault_at(at, "ends before its size", NULL);
	root_fault(t->root, f.kind == FAULT_NONE ? f : fault_in(fault_as(f, FAULT_PART), name));
	bytes_close(b);
}

static void
say(struct tool *t, struct span path, const char *what, struct span item, const char *expected)
{
	root_fault(t->root, (struct fault){ .kind = FAULT_PART, .file = path, .what = what, .item = item, .expected = expected });
}

/* The innermost of some mounts that a path lies beneath, or what was found before. */
static const struct mount *
mount_of(const struct list *mounts, struct span path, const struct mount *found)
{
	const struct mount *m = mounts->v;

	for (size_t i = 0; i < mounts->n; i++) {
		struct span at = m[i].path;

		while (at.len > 1 && at.ptr[at.len - 1] == '/')
			at.len--;
		if (at.len > 1 && span_begins(path, at) && (path.len == at.len || path.ptr[at.len] == '/') &&
		    (found == NULL || at.len >= found->path.len))
			found = &m[i];
	}
	return found;
}

/* What the container saw there is not in its layers. */
static void
mounted(struct tool *t, const struct query *q, const struct mount *m, struct span path)
{
	struct span inner = span_sub(path, m->path.len, SIZE_MAX), file;
	struct bytes b;
	struct fault f;

	if (q->volumes && m->present == PRESENT && m->evidence_path.len > 0) {
		file = inner.len == 0 ? m->evidence_path : path_join(&t->row, m->evidence_path, inner);
		f = root_file(t->root, file, NULL, &b);
		root_fault(t->root, fault_as(f, f.kind == FAULT_ABSENT ? FAULT_PART : f.kind));
		if (f.kind == FAULT_NONE)
			give(t, &b, file);
		return;
	}
	say(t, path, "not read: what the container saw there was mounted:", arena_concat(&t->row, m->type, SPAN(" "),
	    m->source.len > 0 ? m->source : m->volume, SPAN(" on "), m->path,
	    span_of(m->present == PRESENT ? ", in the evidence" : ", not in the evidence"),
	    m->why.len > 0 ? SPAN(": ") : SPAN(""), m->why,
	    span_of(m->present == PRESENT ? "; --volumes reads it" : "")), NULL);
}

static void
give_entry(struct tool *t, struct stack *s, uint32_t i, struct span path)
{
	const struct entry *e = entry_of(s, i);
	struct bytes b;
	struct fault f;

	if (e->type == FILE_DIRECTORY)
		say(t, path, "is a directory; list it:", arena_concat(&t->row, SPAN("ctr-layers NAME:"), path), NULL);
	else if (e->type == FILE_LINK)
		say(t, path, "is a symbolic link to", e->extra->link, NULL);
	else if (e->type != FILE_REGULAR)
		say(t, path, "has no bytes: it is", span_of(file_word((enum file_type)e->type)), file_word(FILE_REGULAR));
	else {
		f = content_open(s, i, &b);
		root_fault(t->root, f);
		if (f.kind == FAULT_NONE)
			give(t, &b, path);
	}
}

/* What one layer alone has at a path. */
static uint32_t
in_layer(struct tool *t, const struct query *q, struct stack *s, struct span path)
{
	struct span rest = path, name;
	uint64_t n = s->n;
	uint32_t at;

	if (span_is(span_of(q->layer), "rw"))
		while (n > 0 && s->layers[n - 1].ref.kind != LAYER_RW)
			n--;
	else if (!num_parse(span_of(q->layer), &n) || n > s->n)
		n = 0;
	if (n == 0) {
		tool_usage(t, "has no layer", span_of(q->layer));
		return TREE_NONE;
	}
	at = s->layers[n - 1].root;
	while (at != TREE_NONE && span_cut(&rest, '/', &name))
		if (name.len > 0)
			at = tree_child(&s->tree, at, name);
	if (at == TREE_NONE)
		say(t, path, "is not in that layer:", span_of(q->layer), NULL);
	return at;
}

static void
cat(struct tool *t, const struct query *q, struct selection *sel, struct selected *one)
{
	struct dirs ignored = { 0 };
	struct layered of;
	struct stack s;
	struct span real = one->path;
	const struct mount *m = NULL;
	const char *why = NULL;
	uint32_t i;

	layered_of(sel, one, &of);
	stack_open(&s, t->root, of.layers, 0);
	tool_faults(t);
	i = q->layer != NULL ? in_layer(t, q, &s, one->path) :
	    merge_find(&s, s.n, one->path, !q->no_follow, &ignored, &t->row, &real, &why);
	if (q->layer == NULL && one->kind == CONTAINERS)
		m = mount_of(&one->container.mounts, i != TREE_NONE ? real : one->path,
		    mount_of(&one->container.engine_mounts, i != TREE_NONE ? real : one->path, NULL));
	if (m != NULL)
		mounted(t, q, m, i != TREE_NONE ? real : one->path);
	else if (i != TREE_NONE)
		give_entry(t, &s, i, real);
	else if (why != NULL)
		say(t, one->path, why, (struct span){ 0 }, NULL);
	tool_faults(t);
	dirs_close(&ignored);
	stack_close(&s);
}

/* Each operand by itself, in the order in which they were given. */
static void
all(struct tool *t, const struct query *q)
{
	for (char *const *o = t->operands; *o != NULL; o++) {
		char *one[] = { *o, NULL };
		struct selection sel;
		struct selected s;

		if (!span_has(span_of(*o), ":/")) {
			tool_usage(t, "no file is named by", span_of(*o));
			continue;
		}
		select_open(&sel, t->root, one, STACKS, WANT_LAYERS);
		layered_platform(&sel, q->platform);
		if (layered_one(&sel) && select_next(&sel, &s))
			cat(t, q, &sel, &s);
		tool_faults(t);
		select_close(&sel);
		arena_reset(&t->row);
	}
}

int
main(int argc, char **argv)
{
	struct query q = { 0 };
	struct tool t;

	if (tool_open(&t, &about, &q, argc, argv)) {
		t.raw = true;
		if (q.raw && t.tty)
			tool_usage(&t, "--raw to a terminal: the bytes could take it over; give it a pipe or a file", (struct span){ 0 });
		else if (*t.operands == NULL)
			tool_usage(&t, "which file? CONTAINER:/PATH or IMAGE:/PATH", (struct span){ 0 });
		else
			all(&t, &q);
	}
	return tool_close(&t);
}
