/* SPDX-License-Identifier: ISC */
/* A layer's folder against the engine's record of it. */

#include "base/num.h"
#include "base/limits.h"
#include "base/time.h"
#include "image/verify_internal.h"

void
differs_join(struct checking *c, struct list *to, struct span name, size_t n, const struct span *pieces)
{
	struct difference d;

	d.path = arena_concat(c->arena, SPAN("/"), name);
	d.what = arena_join(c->arena, n, pieces);
	if (c->arena->full)
		c->unkept++;
	else
		*(struct difference *)list_add(c->arena, to, sizeof(d)) = d;
}

static struct span
said(struct checking *c, struct out *o)
{
	struct span s = arena_copy(&c->entry, out_span(o));

	out_close(o);
	return s;
}

struct span
say_u64(struct checking *c, uint64_t n)
{
	struct out o = out_memory();

	out_u64(&o, n);
	return said(c, &o);
}

struct span
say_owner(struct checking *c, uint64_t uid, uint64_t gid)
{
	struct out o = out_memory();

	out_u64(&o, uid);
	out_byte(&o, ':');
	out_u64(&o, gid);
	return said(c, &o);
}

struct span
say_mode(struct checking *c, uint32_t mode)
{
	struct out o = out_memory();

	for (int shift = 9; shift >= 0; shift -= 3)
		out_byte(&o, (char)('0' + (mode >> shift & 7)));
	return said(c, &o);
}

struct span
say_time(struct checking *c, struct timestamp t)
{
	struct out o = out_memory();

	time_print(&o, t, TIME_EXACT);
	return said(c, &o);
}

/* "300000.300000": the name that an engine gives to the data root of remapped users. */
static bool
shift_of(struct span name, uint64_t *uid, uint64_t *gid)
{
	struct span rest = name, u;

	return span_cut(&rest, '.', &u) && rest.ptr != NULL && num_parse(u, uid) && num_parse(rest, gid);
}

static void
find_shift(struct checking *c, const struct file *folder)
{
	struct span paths[] = { c->ref->evidence_path, c->root->name }, rest, part;

	for (size_t i = 0; i < 2; i++)
		for (rest = paths[i]; span_cut(&rest, '/', &part);)
			if (shift_of(part, &c->uid, &c->gid))
				return;
	c->uid = folder->uid;
	c->gid = folder->gid;
}

static void
take(struct checking *c, const struct list *from)
{
	const struct difference *d = from->v;

	for (size_t i = 0; i < from->n; i++) {
		*(struct difference *)list_add(c->arena, &c->out->differences, sizeof(*d)) = d[i];
		c->unkept += c->arena->full;
	}
}

/* Those that are gone and that no engine took away. */
static void
settle_capabilities(struct checking *c)
{
	const struct difference *d = c->capabilities.v;

	for (size_t i = 0; i < c->capabilities.n; i++)
		if ((verify_flags(c, span_sub(d[i].path, 1, SIZE_MAX)) & SEEN_UNABLE) == 0)
			*(struct difference *)list_add(c->arena, &c->attributes, sizeof(*d)) = d[i];
}

/* What hung on what was seen of the whole layer. Returns whether its owners are those of remapped users. */
static bool
settle(struct checking *c)
{
	bool shifted = (c->uid | c->gid) != 0 && c->owners[1].n < c->owners[0].n;

	take(c, &c->owners[shifted]);
	if (c->root->kind == &root_tar && !c->any)	/* it was made without attributes */
		c->blind |= c->attributes.n > 0;
	else
		take(c, &c->attributes);
	return shifted;
}

static void
because(struct checking *c, enum verdict v, struct span why)
{
	c->out->verdict = v;
	c->out->why = why;
}

/* Whether the layer's folder has names that are of others. */
static bool
holds_beneath(const struct layer_ref *ref)
{
	return ref->form == FORM_WHOLE && !(ref->n.known && ref->n.n == 1);
}

/* What an ok leaves open. */
static struct span
left_open(struct checking *c, bool shifted)
{
	struct out o = out_memory();
	struct span s;

	if (holds_beneath(c->ref))
		out_text(&o, "the folder holds what is beneath it too: what was added is not known");
	if (c->blind) {
		out_text(&o, o.n > 0 ? "; " : "");
		out_text(&o, "attributes that the engine recorded are not shown to this user, or not in the evidence");
	}
	if (shifted) {
		out_text(&o, o.n > 0 ? "; " : "");
		out_text(&o, "owners are those of remapped users, higher by ");
		out_write(&o, say_owner(c, c->uid, c->gid));
	}
	s = o.n > 0 ? arena_copy(c->arena, out_span(&o)) : (struct span){ 0 };
	out_close(&o);
	return s;
}

static void
judge_digest(struct checking *c, const struct assembly *as, struct span digest, bool shifted)
{
	digest_verify(c->ref->diff_id, digest, c->arena, c->out);
	if (c->out->verdict == VERDICT_OK)
		c->out->why = left_open(c, shifted);
	else if (c->out->verdict == VERDICT_MISMATCH && as->guessed)
		because(c, VERDICT_UNVERIFIABLE, SPAN("files are as recorded, but no record has the map of a sparse one, and none that was "
		    "made anew gives the diff_id"));
	else if (c->out->verdict == VERDICT_MISMATCH)
		c->out->why = arena_concat(c->arena, SPAN("files are as recorded, but the record or the diff_id was changed: "),
		    c->out->why);
	else
		c->out->why = arena_concat(c->arena, SPAN("files are as recorded, but nothing proves the record: "), c->out->why);
}

static void
judge(struct checking *c, struct assembly *as)
{
	bool shifted = settle(c);
	uint64_t n = c->out->differences.n + c->unkept;
	unsigned way;
	struct span digest = assemble_digest(as, c->ref->diff_id, c->arena, &way);

	if (n > 0)
		because(c, VERDICT_MISMATCH, arena_concat(c->arena, say_u64(c, n), span_of(n == 1 ? " difference" : " differences"),
		    span_of(c->unkept > 0 ? ", of which memory holds the first" : ""),
		    span_of(digest.ptr != NULL && span_eq(digest, c->ref->diff_id) ? "; bytes of recorded files have the diff_id" : "")));
	else if (as->damaged)
		because(c, VERDICT_UNVERIFIABLE, SPAN("its record, tar-split, is damaged"));
	else if (c->unread > 0)
		because(c, VERDICT_UNVERIFIABLE, arena_concat(c->arena, SPAN("what could not be read: "), say_u64(c, c->unread)));
	else if (c->run.full)
		because(c, VERDICT_UNVERIFIABLE, SPAN("its names need more memory than --memory"));
	else if (c->payload)
		because(c, VERDICT_UNVERIFIABLE, SPAN("an entry that deletes had bytes, which no engine keeps"));
	else if (as->broken)
		because(c, VERDICT_UNVERIFIABLE, SPAN("files are as recorded, but no record has the map of a sparse one, and it could not "
		    "be made anew"));
	else
		judge_digest(c, as, digest, shifted);
}

static void
run(struct checking *c, struct assembly *as)
{
	struct assembled e;

	while (assemble_next(as, &c->entry, &e)) {
		if (c->entry.full)		/* its headers: said, where they were read */
			c->unread++;
		else
			verify_entry(c, &e);
		arena_reset(&c->entry);
	}
	verify_deletions(c);
	settle_capabilities(c);
	if (!as->damaged && !holds_beneath(c->ref))
		verify_names(c);
	judge(c, as);
}

/* Whether there is a folder, and a record to hold it against. */
static bool
ready(struct checking *c, struct assembly *as)
{
	const struct layer_ref *ref = c->ref;
	struct file folder;
	struct fault f;

	if (ref->evidence_path.len == 0) {
		because(c, VERDICT_UNVERIFIABLE, SPAN("where its files lie is not known"));
		return false;
	}
	f = root_lstat(c->root, ref->evidence_path, &folder);
	if (f.kind == FAULT_ABSENT) {
		because(c, VERDICT_MISSING, SPAN("its folder is not there"));
		return false;
	}
	root_fault(c->root, f);
	if (f.kind != FAULT_NONE || folder.type != FILE_DIRECTORY) {
		because(c, VERDICT_UNVERIFIABLE, f.kind != FAULT_NONE ? SPAN("its folder cannot be read") :
		    arena_concat(c->arena, SPAN("its folder is "), span_of(file_word(folder.type))));
		return false;
	}
	find_shift(c, &folder);
	if (ref->tar_split.len == 0) {
		because(c, VERDICT_UNVERIFIABLE, SPAN("the engine keeps no record of its tar"));
		return false;
	}
	f = assemble_open(as, c->root, ref->evidence_path, ref->tar_split);
	if (f.kind > FAULT_ABSENT)
		root_fault(c->root, f);
	if (f.kind != FAULT_NONE)
		because(c, VERDICT_UNVERIFIABLE, f.kind == FAULT_ABSENT ? SPAN("the record of its tar, tar-split, is not there") :
		    SPAN("the record of its tar, tar-split, cannot be read"));
	return f.kind == FAULT_NONE;
}

void
layer_verify_folder(struct root *r, const struct layer_ref *ref, struct arena *a, struct verified *out)
{
	size_t memory = r->options.memory > SIZE_MAX ? SIZE_MAX : (size_t)r->options.memory;
	struct checking c = { .root = r, .ref = ref, .arena = a, .out = out, .run = arena_open(memory),
		.entry = arena_open(LIMIT_ROW), .trusted = r->kind == &root_tar || verify_trusted() };
	struct assembly as = { 0 };

	*out = (struct verified){ .differences = list_none() };
	if (ready(&c, &as))
		run(&c, &as);
	assemble_close(&as);
	arena_close(&c.run);
	arena_close(&c.entry);
}
