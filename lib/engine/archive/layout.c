/* SPDX-License-Identifier: ISC */
/* A layout: index.json, indexes within it, manifests; and a directory of skopeo's, which is one manifest.
 * What is no image, an attestation or an artifact, is named and passed. Source: OCI image-spec 1.1, image-layout.md,
 * image-index.md, manifest.md "Guidelines for Artifact Usage"; moby buildkit docs/attestations. */

#include "base/limits.h"
#include "engine/archive/archive.h"
#include "record/read.h"

/* The way from index.json down. */
struct walk {
	struct engine *e;
	const struct archive_descriptor *first;	/* of index.json: names count for all that is beneath */
	struct span indexes[LIMIT_INDEXES];	/* paths of those that we are within */
	size_t depth, top;
	size_t found, absent;		/* images so far, and manifests that are not here */
};

static void follow(struct walk *, const struct archive_descriptor *);

static void
say(struct engine *e, enum fault_kind kind, const char *what, struct span item, struct span file)
{
	root_fault(e->root, (struct fault){ .kind = kind, .what = what, .item = item, .file = file });
}

/* containerd's name is the whole reference, that of the specification may be a tag alone. */
static void
take_names(struct engine *e, const struct archive_descriptor *d, struct archive_image *i)
{
	struct span name = list_value(&d->annotations, "io.containerd.image.name");

	if (name.len == 0)
		name = list_value(&d->annotations, "org.opencontainers.image.ref.name");
	archive_name(e, i, name);
}

static void
take_platform(struct engine *e, const struct archive_platform *p, struct archive_image *i)
{
	if (p->os.len > 0)
		i->platform = arena_concat(&e->arena, p->os, SPAN("/"), p->architecture,
		    span_of(p->variant.len > 0 ? "/" : ""), p->variant);
}

/* An image is what has a configuration of one, and a layer that could be a file system. */
static bool
is_image(const struct archive_manifest *m)
{
	static const char *const configs[] = { "application/vnd.oci.image.config.v1+json",
		"application/vnd.docker.container.image.v1+json" };
	const struct archive_descriptor *d = m->layers.v;
	struct span type = m->config.media_type;
	bool layers = m->layers.n == 0;

	for (size_t i = 0; i < m->layers.n && !layers; i++)
		layers = d[i].media_type.len == 0 || span_has(d[i].media_type, ".image.layer.") ||
		    span_has(d[i].media_type, ".image.rootfs.");
	return layers && (type.len == 0 || span_is(type, configs[0]) || span_is(type, configs[1])) &&
	    (m->artifact_type.len == 0 || span_is(m->artifact_type, configs[0]));
}

static void
take_layers(struct engine *e, const struct archive_manifest *m, struct archive_image *i)
{
	const struct archive_descriptor *d = m->layers.v;
	struct archive_layer *l;

	if (m->layers.v != NULL)
		i->layers = list_none();
	for (size_t k = 0; k < m->layers.n && k < LIMIT_LAYERS; k++) {
		l = list_add(&e->arena, &i->layers, sizeof(*l));
		*l = (struct archive_layer){ .digest = arena_copy(&e->arena, d[k].digest), .size = d[k].size,
			.path = archive_blob(e, &e->arena, d[k].digest), .media_type = arena_copy(&e->arena, d[k].media_type),
			.elsewhere = d[k].urls.n > 0 };
	}
	if (m->layers.n > LIMIT_LAYERS)
		engine_fault(e, &e->arena, &i->provenance, (struct fault){ .kind = FAULT_PART,
		    .what = "image with more layers than it may have; those above are not shown", .item = i->manifest });
}

/* A manifest as an image, D: what led to it. */
static void
take_manifest(struct engine *e, const struct archive_descriptor *d, const struct archive_manifest *m, struct span path,
    struct span digest, struct archive_image *i)
{
	i->manifest = arena_copy(&e->arena, digest);
	list_add_span(&e->arena, &i->provenance.read_from, path);
	if (d != NULL)
		take_platform(e, &d->platform, i);
	i->claimed = arena_copy(&e->arena, m->config.digest);
	i->config = archive_blob(e, &e->arena, m->config.digest);
	if (i->config.ptr == NULL)
		engine_fault(e, &e->arena, &i->provenance, (struct fault){ .kind = FAULT_PART, .file = path,
		    .what = "manifest whose configuration has no digest:", .item = m->config.digest });
	take_layers(e, m, i);
}

/* Reads one; false, and says it, where that is no image's. */
static bool
read_manifest(struct engine *e, struct json *json, struct span path, struct arena *a, struct archive_manifest *m,
    struct provenance *p)
{
	struct reading reading = { .foreign = true, .arena = a, .faults = &e->root->faults, .file = path };
	const char *why = NULL;
	enum fault_kind kind = FAULT_PART;

	if (json_get(json, "fsLayers") != NULL)
		why = "manifest of schema 1, whose images are not read";
	else if (json_get(json, "config") == NULL && json_get(json, "layers") == NULL)
		why = "neither an index nor a manifest of an image";
	if (why == NULL) {
		record_read(&reading, &archive_manifest_keys, m, json);
		if (reading.first.kind != FAULT_NONE)
			p->error = arena_concat(&e->arena, path, SPAN(": "), span_of(reading.first.what), SPAN(" "),
			    reading.first.item);
		kind = FAULT_ODD;
		why = is_image(m) ? NULL : "artifact, which is no image; not shown";
	}
	if (why != NULL)
		say(e, kind, why, (struct span){ 0 }, path);
	return why == NULL;
}

static void
read_index(struct walk *w, struct json *json, struct span path, struct arena *a)
{
	struct reading reading = { .foreign = true, .arena = a, .faults = &w->e->root->faults, .file = path };
	struct archive_index index = { 0 };
	const struct archive_descriptor *d;

	record_read(&reading, &archive_index_keys, &index, json);
	d = index.manifests.v;
	if (json_get(json, "manifests") == NULL)
		say(w->e, FAULT_PART, "index without a list of manifests", (struct span){ 0 }, path);
	if (w->depth == LIMIT_INDEXES) {
		say(w->e, FAULT_PART, "index too deep within others; not read", (struct span){ 0 }, path);
		return;
	}
	for (size_t i = 0; i < w->depth; i++)
		if (span_eq(w->indexes[i], path)) {
			say(w->e, FAULT_PART, "index within itself; not read again", (struct span){ 0 }, path);
			return;
		}
	w->indexes[w->depth++] = path;
	for (size_t i = 0; i < index.manifests.n && archive_step(w->e); i++) {
		if (w->depth == 1) {
			w->first = &d[i];
			w->top = i + 1;
		}
		follow(w, &d[i]);
	}
	w->depth--;
}

/* An image of which nothing is here but what names it. */
static void
add_absent(struct walk *w, const struct archive_descriptor *d, struct span path)
{
	struct archive_image *i = archive_add(w->e);

	i->manifest = arena_copy(&w->e->arena, d->digest);
	i->top = w->top;
	take_platform(w->e, &d->platform, i);
	take_names(w->e, w->first, i);
	engine_fault(w->e, &w->e->arena, &i->provenance, archive_absent(path));
}

/* Of several platforms mostly one was pulled, and is here. */
static void
say_absent(struct walk *w, const struct archive_descriptor *d, struct span path)
{
	const struct archive_platform *p = &d->platform;

	w->absent++;
	if (w->depth > 1)
		say(w->e, FAULT_ODD, "absent from the archive: an image of its index, for", p->os.len == 0 ?
		    SPAN("no platform") : arena_concat(&w->e->arena, p->os, SPAN("/"), p->architecture), path);
	else
		add_absent(w, d, path);
}

static void
compare(struct engine *e, const struct archive_descriptor *d, struct span path, struct span digest, struct provenance *p)
{
	if (engine_hex(d->digest).len > 0 && !span_eq(d->digest, digest))
		engine_fault(e, &e->arena, p, (struct fault){ .kind = FAULT_PART, .file = path,
		    .what = "manifest is another than what leads to it says:",
		    .item = arena_concat(&e->arena, digest, SPAN(" in place of "), d->digest) });
}

/* An index within another. Where none of its images is here, there is one row for its name. */
static void
follow_index(struct walk *w, const struct archive_descriptor *d, struct json *json, struct span path, struct arena *a)
{
	size_t found = w->found, absent = w->absent;

	read_index(w, json, path, a);
	if (w->depth == 1 && w->found == found && w->absent > absent)
		add_absent(w, d, path);
}

/* A manifest, or another index, that is told by what it holds. */
static void
follow_document(struct walk *w, const struct archive_descriptor *d, struct span path, struct arena *a)
{
	struct engine *e = w->e;
	struct archive *v = e->state;
	struct archive_manifest m = { 0 };
	struct provenance p = { 0 };
	struct archive_image *i;
	struct span digest = { 0 };
	struct json *json;
	bool absent;

	json = archive_document(e, path, a, &p, &digest, &absent);
	if (absent)
		say_absent(w, d, path);
	if (json == NULL)
		return;
	p.error = (struct span){ 0 };
	compare(e, d, path, digest, &p);
	if (json_get(json, "manifests") != NULL) {
		follow_index(w, d, json, path, a);
	} else if (read_manifest(e, json, path, a, &m, &p)) {
		index_put(&v->by_manifest, &e->arena, path, v->images.n);
		w->found++;
		i = archive_add(e);
		i->top = w->top;
		i->provenance.error = p.error;
		take_manifest(e, d, &m, path, digest, i);
		take_names(e, w->first, i);
	}
}

static void
follow(struct walk *w, const struct archive_descriptor *d)
{
	struct engine *e = w->e;
	struct archive *v = e->state;
	struct span path = archive_blob(e, &e->arena, d->digest), from = w->indexes[w->depth - 1];
	struct arena a;
	size_t seen;

	if (list_value(&d->annotations, "vnd.docker.reference.type").len > 0) {
		say(e, FAULT_ODD, "attestation, which is no image; not shown:", d->digest, from);
		return;
	}
	if (path.ptr == NULL) {
		say(e, FAULT_PART, "manifest whose digest is none:", d->digest, from);
		return;
	}
	if (v->dir)
		path = arena_concat(&e->arena, path, SPAN(".manifest.json"));
	seen = index_get(&v->by_manifest, path);
	if (seen != SIZE_MAX) {			/* two tags of one image */
		w->found++;
		take_names(e, w->first, (struct archive_image *)v->images.v + seen);
		return;
	}
	a = arena_open(LIMIT_ROW);
	follow_document(w, d, path, &a);
	arena_close(&a);
}

void
archive_list_layout(struct engine *e)
{
	struct arena a = arena_open(LIMIT_ROW);
	struct walk w = { .e = e };
	struct provenance p = { 0 };
	struct span path = path_join(&e->arena, e->place, SPAN("index.json")), digest;
	struct json *json;
	bool absent;

	json = archive_document(e, path, &a, &p, &digest, &absent);
	if (json != NULL)
		read_index(&w, json, path, &a);
	arena_close(&a);
}

/* One manifest, or an index whose manifests lie beside it as DIGITS.manifest.json (skopeo copy --all). */
void
archive_list_dir(struct engine *e)
{
	struct arena a = arena_open(LIMIT_ROW);
	struct archive_manifest m = { 0 };
	struct archive_image *i;
	struct walk w = { .e = e };
	struct provenance p = { 0 };
	struct span path = path_join(&e->arena, e->place, SPAN("manifest.json")), digest;
	struct json *json;
	bool absent;

	json = archive_document(e, path, &a, &p, &digest, &absent);
	if (json != NULL && json_get(json, "manifests") != NULL) {
		read_index(&w, json, path, &a);
	} else if (json != NULL && read_manifest(e, json, path, &a, &m, &p)) {
		i = archive_add(e);
		i->provenance.error = p.error;
		take_manifest(e, NULL, &m, path, digest, i);
	}
	arena_close(&a);
}
