/* SPDX-License-Identifier: ISC */
/* A fault as one line: tool, file, offset, what, found, expected. Nothing from evidence leaves it raw. */

#include <unistd.h>

#include "base/hash.h"
#include "base/text.h"
#include "tool/internal.h"

/* A path within the evidence as the user would type it: behind the root's own name. */
static void
where(struct tool *t, struct out *o, const struct fault *f)
{
	const struct root *r = &t->evidence;
	struct span name = r->name;

	if (f->kind == FAULT_USAGE || span_starts(f->file, "(")) {	/* a file that is not of the evidence */
		text_escape(o, f->file);
	} else if (r->name.ptr != NULL && (f->file.len > 0 || f->offset.known || f->kind == FAULT_ALL)) {
		if (f->file.len > 0 && r->kind == &root_dir)
			while (name.len > 0 && name.ptr[name.len - 1] == '/')
				name.len--;
		text_escape(o, name);
		if (f->file.len > 0)
			out_text(o, r->kind == NULL ? "" : r->kind->joint);
		text_escape(o, f->file);
	} else {
		return;
	}
	if (f->file.len > 0 || f->kind != FAULT_USAGE)
		out_text(o, ": ");
}

static void
compose(struct tool *t, struct out *o, const struct fault *f)
{
	out_text(o, t->about->name);
	out_text(o, ": ");
	where(t, o, f);
	if (f->offset.known) {
		out_text(o, "offset ");
		out_u64(o, f->offset.n);
		out_text(o, ": ");
	}
	out_text(o, f->what);
	if (f->item.ptr != NULL) {
		out_byte(o, ' ');
		text_escape(o, f->item);
	}
	if (f->expected != NULL) {
		out_text(o, " (expected ");
		out_text(o, f->expected);
		out_byte(o, ')');
	}
	if (f->repeated > 0) {
		out_text(o, "; and ");
		out_u64(o, f->repeated);
		out_text(o, " more that are not listed");
	}
	out_byte(o, '\n');
}

/* The same document may be read twice in a run; what is wrong with it is said once. The table forgets what a
 * later message overwrites, which costs a repetition at most. */
static bool
said_before(struct tool *t, struct span message)
{
	static const uint64_t key[2] = { 1, 2 };
	uint64_t hash = hash_sip(key, message);
	uint64_t *slot = &t->said[hash % (sizeof(t->said) / sizeof(*t->said))];

	if (*slot == hash)
		return true;
	*slot = hash;
	return false;
}

void
say(struct tool *t, const struct fault *f)
{
	struct out o = out_memory();
	int status = f->kind == FAULT_ODD ? 0 : f->kind == FAULT_USAGE ? 2 : f->kind == FAULT_ALL ? 3 : 1;

	compose(t, &o, f);
	if (status > t->status)
		t->status = status;
	if (!said_before(t, out_span(&o)) && (!t->quiet || status >= 2)) {
		struct out to = out_open(STDERR_FILENO);

		progress_clear();
		if (t->emitting || t->raw)	/* what was printed stands before what is wrong with it */
			out_flush(&t->out);
		if (o.error == 0)
			out_write(&to, out_span(&o));
		else				/* no memory to compose it in: piece by piece */
			compose(t, &to, f);
		out_flush(&to);
		out_close(&to);
	}
	out_close(&o);
}
