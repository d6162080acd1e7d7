/* SPDX-License-Identifier: ISC */
/* An archive of images: is there one, of which form, and its list. */

#include "base/limits.h"
#include "base/text.h"
#include "engine/archive/archive.h"

enum { HEAD = 4096 };	/* of manifest.json: enough to tell an array from an object with a schemaVersion */

static bool
is(struct root *r, struct span place, struct arena *a, const char *name, enum file_type type)
{
	return root_is(r, path_join(a, place, span_of(name)), type);
}

/* The first bytes of a file, blanks before them left out; empty where it is not there or cannot be read, which F says. */
static struct span
head(struct root *r, struct span place, const char *name, struct arena *a, struct fault *f)
{
	char *p = arena_take(a, HEAD);
	struct bytes b;
	size_t got = 0;
	struct span s;

	*f = root_file(r, path_join(a, place, span_of(name)), NULL, &b);
	if (f->kind == FAULT_NONE)
		*f = bytes_read(&b, 0, p, HEAD, &got);
	bytes_close(&b);
	if (f->kind == FAULT_ABSENT)
		*f = NO_FAULT;
	for (s = (struct span){ p, got }; s.len > 0 && span_find(SPAN(" \t\r\n"), span_sub(s, 0, 1)) != SIZE_MAX; )
		s = span_sub(s, 1, SIZE_MAX);
	return s;
}

/* By members, never by the name of the file. manifest.json is an array in what docker save writes, and an object in a
 * directory of skopeo's, which has its version beside it. */
static struct archive
form(struct root *r, struct span place, struct arena *a, struct fault *fault)
{
	struct archive f = { 0 };
	struct fault ignored;
	struct span manifest;

	*fault = NO_FAULT;
	if (is(r, place, a, "index.json", FILE_REGULAR))
		f.oci = is(r, place, a, "oci-layout", FILE_REGULAR) || is(r, place, a, "blobs", FILE_DIRECTORY);
	if (!is(r, place, a, "manifest.json", FILE_REGULAR))
		return f;
	manifest = head(r, place, "manifest.json", a, fault);
	f.saved = span_starts(manifest, "[");
	f.dir = !f.oci && span_starts(manifest, "{") && (span_has(manifest, "\"schemaVersion\"") ||
	    span_starts(head(r, place, "version", a, &ignored), "Directory Transport Version"));
	return f;
}

static enum tri
here(struct root *r, struct span path, struct fault *fault)
{
	struct arena a = arena_open(LIMIT_ROW);
	struct archive f = form(r, path, &a, fault);

	arena_close(&a);
	if (f.oci || f.saved || f.dir)
		*fault = NO_FAULT;
	if (fault->kind == FAULT_NONE)
		return tri_of(f.oci || f.saved || f.dir);
	fault->file = path;			/* the arena is gone */
	fault->what = "manifest.json, which may be of an archive of images, cannot be read:";
	return UNKNOWN;
}

static void
places(struct root *r, struct arena *a, struct list *to)
{
	(void)r;
	(void)a;
	(void)to;
}

/* A layout within a folder, as a tar of one has it, and a folder of several: at the top alone, anywhere else it is data. */
static void
within(struct root *r, struct span place, struct arena *a, struct list *to)
{
	struct list names;
	struct fault ignored;

	if (!span_is(place, "/") || here(r, place, &ignored) == YES)
		return;
	root_list(r, place, a, &names);
	for (size_t i = 0; i < names.n; i++) {
		struct span path = path_join(a, place, list_span(&names, i));

		if (here(r, path, &ignored) == YES)
			list_add_pair(a, to, path, SPAN("nested"));
	}
}

static struct fault
open_archive(struct engine *e)
{
	struct archive *v = arena_take(&e->arena, sizeof(*v));

	struct fault f;

	*v = form(e->root, e->place, &e->arena, &f);
	e->state = v;
	return f;
}

static struct span
form_name(const struct archive *v)
{
	return v->saved ? SPAN("docker-archive") : v->oci ? SPAN("oci") : SPAN("dir");
}

static void
row(struct engine *e, struct arena *a, struct data_root *r)
{
	(void)a;
	r->engine = form_name(e->state);
}

bool
archive_step(struct engine *e)
{
	struct archive *v = e->state;

	if (!v->full && ++v->steps > LIMIT_DESCRIPTORS) {
		v->full = true;
		root_fault(e->root, (struct fault){ .kind = FAULT_PART, .file = e->place,
		    .what = "archive that names more images than it may; the others are not shown" });
	}
	return !v->full && !e->arena.full;
}

struct fault
archive_absent(struct span path)
{
	return (struct fault){ .kind = FAULT_PART, .what = "absent from the archive", .file = path };
}

struct span
archive_digest(struct arena *a, struct span text)
{
	struct sha256 s = sha256_open();

	sha256_add(&s, text);
	return digest_text(a, &s);
}

/* Reads one of its documents, which are limited one by one and in all. */
static struct fault
archive_read(struct engine *e, struct span path, struct arena *a, struct span *text)
{
	struct archive *v = e->state;
	struct fault f = root_read(e->root, path, a, LIMIT_DOCUMENT, text);

	if (f.kind == FAULT_NONE && (v->bytes += text->len) > LIMIT_DOCUMENTS)
		f = (struct fault){ .kind = FAULT_PART, .file = path, .what = "not read, nor what follows: the documents of the "
		    "archive are larger than they may be in all" };
	return f;
}

struct json *
archive_document(struct engine *e, struct span path, struct arena *a, struct provenance *p, struct span *digest,
    bool *absent)
{
	struct archive *v = e->state;
	struct span text;
	struct fault f;

	*absent = false;
	if (v->bytes > LIMIT_DOCUMENTS)
		return NULL;		/* it was said */
	f = archive_read(e, path, a, &text);
	if (f.kind == FAULT_ABSENT) {
		*absent = true;
		return NULL;
	}
	if (f.kind != FAULT_NONE) {
		engine_fault(e, &e->arena, p, f);
		return NULL;
	}
	*digest = archive_digest(a, text);
	return engine_parse(e, path, text, a, p);
}

/* Source: OCI image-spec, descriptor.md, "Digests". What is none could name a file that is no blob. */
struct span
archive_blob(struct engine *e, struct arena *a, struct span digest)
{
	const struct archive *v = e->state;
	struct span digits = digest, algorithm;

	if (!span_cut(&digits, ':', &algorithm) || algorithm.len == 0 || digits.len == 0)
		return (struct span){ 0 };
	for (size_t i = 0; i < digest.len; i++) {
		char c = digest.ptr[i];

		if (!((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || c == ':' ||
		    (i > 0 && span_has(SPAN("+._-="), (char[]){ c, '\0' }))))
			return (struct span){ 0 };
	}
	if (digits.ptr[0] == '.' || algorithm.ptr[0] == '.')
		return (struct span){ 0 };
	if (v->dir)
		return path_join(a, e->place, span_is(algorithm, "sha256") ? digits :
		    arena_concat(a, algorithm, SPAN("-"), digits));
	return path_join(a, e->place, arena_concat(a, SPAN("blobs/"), algorithm, SPAN("/"), digits));
}

struct archive_image *
archive_add(struct engine *e)
{
	struct archive *v = e->state;
	struct archive_image *i = list_add(&e->arena, &v->images, sizeof(*i));

	i->names = list_none();
	i->provenance.read_from = list_none();
	return i;
}

void
archive_name(struct engine *e, struct archive_image *i, struct span name)
{
	if (name.len == 0 || list_has(&i->names, name))
		return;
	if (i->names.n < LIMIT_TAGS)
		list_add_span(&e->arena, &i->names, arena_copy(&e->arena, name));
	else
		engine_fault(e, &e->arena, &i->provenance, (struct fault){ .kind = FAULT_PART, .file = e->place,
		    .what = "image with more names than it may have; the others are not shown, its digest is", .item = i->claimed });
}

/* --- the list ---------------------------------------------------------------------------------- */

/* Its id is that of the bytes that lie there: what names it may say another, then both are told. */
static void
identify(struct engine *e, struct archive_image *i)
{
	struct archive *v = e->state;
	struct arena a = arena_open(LIMIT_ROW);
	struct span text = { 0 };
	struct fault f = NO_FAULT;

	i->image_id = i->claimed;
	i->unread = i->config.ptr == NULL || v->bytes > LIMIT_DOCUMENTS;
	if (!i->unread)
		f = archive_read(e, i->config, &a, &text);
	i->unread |= f.kind != FAULT_NONE;
	if (!i->unread)
		i->image_id = archive_digest(&e->arena, text);
	if (f.kind == FAULT_ABSENT)
		f = archive_absent(i->config);
	engine_fault(e, &e->arena, &i->provenance, f);
	if (!i->unread && engine_hex(i->claimed).len > 0 && !span_eq(i->claimed, i->image_id))
		engine_fault(e, &e->arena, &i->provenance, (struct fault){ .kind = FAULT_PART, .file = i->config,
		    .what = "configuration is another than its name or its manifest says:",
		    .item = arena_concat(&e->arena, i->image_id, SPAN(" in place of "), i->claimed) });
	arena_close(&a);
}

/* Unlike every other's: one configuration may belong to two manifests. */
static void
take_key(struct engine *e, struct archive_image *i, size_t n)
{
	struct archive *v = e->state;
	char digits[24];
	size_t at = sizeof(digits);

	i->key = i->image_id.len > 0 ? i->image_id : i->manifest;
	if (i->key.len == 0 || index_get(&v->by_key, i->key) != SIZE_MAX) {
		size_t rest = n + 1;

		do
			digits[--at] = (char)('0' + rest % 10);
		while ((rest /= 10) > 0);
		i->key = arena_concat(&e->arena, i->key, SPAN("#"), (struct span){ digits + at, sizeof(digits) - at });
	}
	index_put(&v->by_key, &e->arena, i->key, n);
}

static void
read_list(struct engine *e)
{
	struct archive *v = e->state;
	struct archive_image *i;

	if (v->oci)
		archive_list_layout(e);
	if (v->dir)
		archive_list_dir(e);
	if (v->saved)
		archive_list_saved(e);
	i = v->images.v;
	for (size_t n = 0; n < v->images.n && !e->arena.full; n++) {
		identify(e, &i[n]);
		take_key(e, &i[n], n);
	}
	v->listed = true;
}

static void
list_subjects(struct engine *e, enum subject what, struct list *ids)
{
	struct archive *v = e->state;
	const struct archive_image *i;

	*ids = list_none();
	if (what != IMAGES)
		return;
	if (!v->listed)
		read_list(e);
	i = v->images.v;
	for (size_t n = 0; n < v->images.n; n++)
		if (i[n].key.ptr != NULL)
			list_add_span(&e->arena, ids, i[n].key);
	list_sort_once(ids);
}

static void
image(struct engine *e, struct span id, enum want want, struct arena *a, struct image *out)
{
	struct archive *v = e->state;
	size_t n = index_get(&v->by_key, id);

	out->engine = form_name(v);
	out->provenance.host = e->root->host;
	out->provenance.evidence = e->root->name;
	if (n != SIZE_MAX)
		archive_image_row(e, (const struct archive_image *)v->images.v + n, want, a, out);
}

const struct engine_kind archive_kind = {
	.name = "archive",
	.places = places,
	.within = within,
	.here = here,
	.open = open_archive,
	.row = row,
	.list = list_subjects,
	.image = image,
};
