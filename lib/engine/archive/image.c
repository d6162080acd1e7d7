/* SPDX-License-Identifier: ISC */
/* An image of an archive as a row: what names it, its configuration, and what lies there of its layers. */

#include "base/limits.h"
#include "base/num.h"
#include "base/out.h"
#include "engine/archive/archive.h"
#include "format/codec.h"

static void
take_provenance(const struct archive_image *it, struct arena *a, struct provenance *p)
{
	p->read_from = list_none();
	for (size_t i = 0; i < it->provenance.read_from.n; i++)
		list_add_span(a, &p->read_from, list_span(&it->provenance.read_from, i));
	p->error = it->provenance.error;
}

static void
fault(struct engine *e, struct arena *a, struct image *i, const char *what, struct span item, struct span file)
{
	engine_fault(e, a, &i->provenance, (struct fault){ .kind = FAULT_PART, .what = what, .item = item, .file = file });
}

/* N in place of OF. */
static struct span
instead(struct arena *a, uint64_t n, uint64_t of)
{
	struct out o = out_memory();
	struct span s;

	out_u64(&o, n);
	out_text(&o, " in place of ");
	out_u64(&o, of);
	s = arena_copy(a, out_span(&o));
	out_close(&o);
	return s;
}

/* Layers with addresses of their own, and those that may not be handed on, are left out by design. */
static bool
may_be_absent(const struct archive_layer *l)
{
	return l->elsewhere || span_has(l->media_type, "nondistributable") || span_has(l->media_type, ".foreign.");
}

/* What lies there, told by its first bytes; a media type is a claim. */
static void
take_blob(struct engine *e, const struct archive_layer *l, struct arena *a, struct image *i, struct layer_ref *r)
{
	struct file file;
	struct bytes b;
	struct fault f = root_file(e->root, l->path, &file, &b);
	char head[8];
	size_t got = 0;

	if (f.kind == FAULT_ABSENT) {
		f = archive_absent(l->path);
		f.kind = may_be_absent(l) ? FAULT_ODD : FAULT_PART;
	}
	if (f.kind == FAULT_NONE) {
		r->evidence_path = l->path;
		r->size = u64_of(file.size);
		f = fault_in(bytes_read(&b, 0, head, sizeof(head), &got), l->path);
	}
	if (f.kind == FAULT_NONE)
		r->compression = span_of(codec_name(codec_of((struct span){ head, got })));
	bytes_close(&b);
	engine_fault(e, a, &i->provenance, f);
	if (r->size.known && l->size.known && r->size.n != l->size.n)
		fault(e, a, i, "layer is of another size than its manifest says:", instead(a, r->size.n, l->size.n), l->path);
}

static const struct archive_source *
source_of(const struct archive_image *it, struct span diff_id)
{
	const struct archive_source *s = it->sources.v;

	for (size_t i = 0; i < it->sources.n && diff_id.len > 0; i++)
		if (span_eq(s[i].diff_id, diff_id))
			return &s[i];
	return NULL;
}

/* DIFF_IDS: one for each layer, or none where it is not known which is whose. */
static void
take_layers(struct engine *e, const struct archive_image *it, const struct list *diff_ids, struct arena *a, struct image *i)
{
	const struct archive_layer *v = it->layers.v;
	struct span chain = { 0 };
	uint64_t size = 0;
	bool sized = it->layers.n > 0 || it->manifest.ptr != NULL;	/* docker save states none */

	if (it->layers.v == NULL)		/* nothing that is here says which */
		return;
	i->layers = list_none();
	for (size_t k = 0; k < it->layers.n && !a->full; k++) {
		struct layer_ref *r = list_add(a, &i->layers, sizeof(*r)), new = { .n = u64_of(k + 1), .kind = LAYER_LAYER,
			.form = FORM_OCI };
		struct archive_layer l = v[k];
		const struct archive_source *from;

		if (k < diff_ids->n) {
			new.diff_id = list_span(diff_ids, k);
			new.chain_id = chain = chain_id(a, chain, new.diff_id);
		}
		from = source_of(it, new.diff_id);
		if (from != NULL && l.digest.ptr == NULL)
			l = (struct archive_layer){ l.path, from->is.digest, from->is.media_type, from->is.size, l.elsewhere };
		new.digest = l.digest;
		new.media_type = l.media_type;
		sized &= l.size.known && num_add(size, l.size.n, &size);
		if (l.path.ptr != NULL)
			take_blob(e, &l, a, i, &new);
		else
			fault(e, a, i, "layer whose digest is none:", l.digest, list_span(&i->provenance.read_from, 0));
		*r = new;
	}
	if (sized)
		i->size = u64_of(size);
}

/* Which digest is whose is not known: they stay in `rest`, as they stand. */
static void
give_back(struct json *document)
{
	struct json *ids = json_get(json_get(document, "rootfs"), "diff_ids"), *id;

	if (ids == NULL)
		return;
	ids->taken = false;
	for (id = json_child(ids); id != NULL; id = json_next(id))
		id->taken = false;
}

/* The one that says more. Where an index says a variant, a configuration need not (arm64/v8). */
static void
take_platform(struct engine *e, const struct archive_image *it, struct arena *a, struct image *i)
{
	struct span more = it->platform, less = i->platform;

	if (more.ptr == NULL)
		return;
	if (less.ptr == NULL || (span_begins(more, less) && (more.len == less.len || more.ptr[less.len] == '/')))
		i->platform = more;
	else if (!span_begins(less, more) || less.ptr[more.len] != '/')
		root_fault(e->root, (struct fault){ .kind = FAULT_ODD, .file = it->config,
		    .what = "index and configuration name other platforms; shown is the second:",
		    .item = arena_concat(a, more, SPAN(", "), less) });
}

static struct list
take_config(struct engine *e, const struct archive_image *it, struct json *json, struct arena *a, struct image *i)
{
	struct list diff_ids = image_config_read(e, it->config, json, a, i);

	take_platform(e, it, a, i);
	if (it->layers.v != NULL && diff_ids.n != it->layers.n) {
		fault(e, a, i, "configuration has other layers than what names it, their number is",
		    instead(a, diff_ids.n, it->layers.n), it->config);
		give_back(json);
		diff_ids = (struct list){ 0 };
	}
	i->rest = list_none();
	engine_rest(a, &i->rest, "", json);
	return diff_ids;
}

void
archive_image_row(struct engine *e, const struct archive_image *it, enum want want, struct arena *a, struct image *i)
{
	struct list diff_ids = { 0 };
	struct json *json = NULL;

	i->image_id = it->image_id;
	i->names = it->names;
	i->manifest = it->manifest;
	take_provenance(it, a, &i->provenance);
	if (want < WANT_LAYERS)
		return;
	i->parent = it->parent;
	if (it->config.ptr != NULL && !it->unread) {
		i->image_config = it->config;
		json = engine_document(e, it->config, a, false, &i->provenance);
	}
	if (json != NULL)
		diff_ids = take_config(e, it, json, a, i);
	else
		i->platform = it->platform;
	take_layers(e, it, &diff_ids, a, i);
}
