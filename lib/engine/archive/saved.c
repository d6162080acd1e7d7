/* SPDX-License-Identifier: ISC */
/* docker save's manifest.json, which podman, kaniko, ko, crane and bazel write too: an array of images, each with the member
 * of its configuration, of its layers, and its names. Members may have any name. From Docker 25 on a layout names the same
 * images; what either leaves out or says otherwise is said. Source: moby image/tarexport/{save,load}.go. */

#include "base/limits.h"
#include "base/text.h"
#include "engine/archive/archive.h"
#include "record/read.h"

static void
odd(struct engine *e, const char *what, struct span item, struct span file)
{
	root_fault(e->root, (struct fault){ .kind = FAULT_ODD, .what = what, .item = item, .file = file });
}

/* Whether a name, that counts from a folder DEPTH levels down, leads out of the archive. */
static bool
leads_outside(struct span name, size_t depth)
{
	struct span part;

	if (span_starts(name, "/"))
		return true;
	while (span_cut(&name, '/', &part)) {
		if (span_is(part, ".."))
			if (depth-- == 0)
				return true;
		if (part.len > 0 && !span_is(part, ".") && !span_is(part, ".."))
			depth++;
	}
	return false;
}

static size_t
folders_of(struct span name)
{
	struct span part;
	size_t n = 0;

	while (span_cut(&name, '/', &part))
		n += part.len > 0 && !span_is(part, ".");
	return n > 0 ? n - 1 : 0;
}

/* The path of a member. One that leads outside is looked for inside, as the root does with all; but no tool writes such. */
static struct span
member(struct engine *e, struct archive_image *i, struct span name, struct span file)
{
	struct span path = path_join(&e->arena, e->place, name), target;
	struct file there;

	if (leads_outside(name, 0)) {
		engine_fault(e, &e->arena, &i->provenance, (struct fault){ .kind = FAULT_PART, .file = file,
		    .what = "names a member outside of the archive; looked for within it:", .item = name });
		return path;
	}
	if (root_lstat(e->root, path, &there).kind == FAULT_NONE && there.type == FILE_LINK &&
	    root_link(e->root, path, &e->arena, &target).kind == FAULT_NONE && leads_outside(target, folders_of(name)))
		engine_fault(e, &e->arena, &i->provenance, (struct fault){ .kind = FAULT_PART, .file = path,
		    .what = "link that leads outside of the archive; followed within it:", .item = target });
	return path;
}

/* The digest that the name of a configuration claims: HEX.json, sha256:HEX, blobs/sha256/HEX. */
static struct span
claimed(struct arena *a, struct span name)
{
	name = span_base(name);
	if (span_ends(name, ".json"))
		name.len -= 5;
	if (span_starts(name, "sha256:"))
		name = span_sub(name, 7, SIZE_MAX);
	return text_hex(name, 64) ? arena_concat(a, SPAN("sha256:"), name) : (struct span){ 0 };
}

static void
take_sources(struct engine *e, const struct archive_saved *s, struct archive_image *i)
{
	const struct archive_source *v = s->sources.v;

	for (size_t k = 0; k < s->sources.n && k < LIMIT_LAYERS; k++)
		*(struct archive_source *)list_add(&e->arena, &i->sources, sizeof(*v)) = (struct archive_source){
			.diff_id = arena_copy(&e->arena, v[k].diff_id), .is = { .size = v[k].is.size,
			.digest = arena_copy(&e->arena, v[k].is.digest), .media_type = arena_copy(&e->arena, v[k].is.media_type) } };
}

static void
take_item(struct engine *e, const struct archive_saved *s, struct span file, struct archive_image *i)
{
	struct archive_layer *l;

	i->saved = true;
	list_add_span(&e->arena, &i->provenance.read_from, file);
	if (s->config.len > 0) {
		i->config = member(e, i, s->config, file);
		i->claimed = claimed(&e->arena, s->config);
	} else {
		engine_fault(e, &e->arena, &i->provenance, (struct fault){ .kind = FAULT_PART, .file = file,
		    .what = "image without a configuration, its names are", .item = s->names.n > 0 ? list_span(&s->names, 0) :
		    SPAN("none") });
	}
	for (size_t k = 0; k < s->names.n; k++)
		archive_name(e, i, list_span(&s->names, k));
	if (s->layers.v != NULL)
		i->layers = list_none();
	for (size_t k = 0; k < s->layers.n && k < LIMIT_LAYERS; k++) {
		l = list_add(&e->arena, &i->layers, sizeof(*l));
		l->path = member(e, i, list_span(&s->layers, k), file);
	}
	if (s->layers.n > LIMIT_LAYERS)
		engine_fault(e, &e->arena, &i->provenance, (struct fault){ .kind = FAULT_PART, .file = file,
		    .what = "image with more layers than it may have; those above are not shown:", .item = s->config });
	if (s->parent.len > 0)
		i->parent = arena_copy(&e->arena, s->parent);
	take_sources(e, s, i);
}

/* --- the two indexes of one archive --------------------------------------------------------------- */

/* containerd writes the registry that Docker leaves out; some write the tag alone. */
static bool
same_name(struct span saved, struct span indexed)
{
	if (span_starts(indexed, "docker.io/"))
		indexed = span_sub(indexed, 10, SIZE_MAX);
	if (span_starts(indexed, "library/") && !span_starts(saved, "library/"))
		indexed = span_sub(indexed, 8, SIZE_MAX);
	return span_eq(saved, indexed) || (saved.len > indexed.len && saved.ptr[saved.len - indexed.len - 1] == ':' &&
	    span_eq(span_sub(saved, saved.len - indexed.len, SIZE_MAX), indexed));
}

static bool
among(struct span name, const struct list *names, bool name_is_saved)
{
	for (size_t i = 0; i < names->n; i++)
		if (name_is_saved ? same_name(name, list_span(names, i)) : same_name(list_span(names, i), name))
			return true;
	return false;
}

static void
merge_names(struct engine *e, const struct archive_image *saved, struct span file, struct archive_image *indexed)
{
	struct list names = indexed->names;

	indexed->names = list_none();
	for (size_t i = 0; i < saved->names.n; i++) {
		archive_name(e, indexed, list_span(&saved->names, i));
		if (!among(list_span(&saved->names, i), &names, true))
			odd(e, "name that manifest.json has and index.json has not:", list_span(&saved->names, i), file);
	}
	for (size_t i = 0; i < names.n; i++)
		if (!among(list_span(&names, i), &saved->names, false)) {
			archive_name(e, indexed, list_span(&names, i));
			odd(e, "name that index.json has and manifest.json has not:", list_span(&names, i), file);
		}
}

/* Docker 25.0 wrote manifests without layers beside a manifest.json that had them (moby/moby#47065). */
static void
merge_layers(struct engine *e, const struct archive_image *saved, struct span file, struct archive_image *indexed)
{
	const struct archive_layer *s = saved->layers.v, *x = indexed->layers.v;
	bool same = saved->layers.n == indexed->layers.n, none = indexed->layers.n == 0;

	for (size_t i = 0; i < saved->layers.n && same; i++)
		same = span_eq(s[i].path, x[i].path);
	if (same)
		return;
	engine_fault(e, &e->arena, &indexed->provenance, (struct fault){ .kind = FAULT_PART, .file = file,
	    .what = none ? "image of which index.json has no layers; those of manifest.json are shown:" :
	    "image of which index.json and manifest.json have other layers; those of index.json are shown:",
	    .item = indexed->claimed });
	if (none)
		indexed->layers = saved->layers;
}

/* What index.json says, with what manifest.json says of the same image. */
static void
merge(struct engine *e, const struct archive_image *saved, struct span file, struct archive_image *indexed)
{
	indexed->saved = true;
	list_add_span(&e->arena, &indexed->provenance.read_from, file);
	merge_names(e, saved, file, indexed);
	merge_layers(e, saved, file, indexed);
	indexed->parent = saved->parent;
	indexed->sources = saved->sources;
	if (indexed->provenance.error.ptr == NULL)
		indexed->provenance.error = saved->provenance.error;
}

static struct span
number(size_t *n)
{
	return (struct span){ (const char *)n, sizeof(*n) };
}

/* manifest.json has one platform of an image of several, which is no disagreement. */
static void
say_unsaved(struct engine *e, size_t indexed, struct span file)
{
	struct archive *v = e->state;
	struct archive_image *i = v->images.v;
	struct index tops = { 0 };

	for (size_t n = 0; n < indexed; n++)
		if (i[n].saved && index_get(&tops, number(&i[n].top)) == SIZE_MAX)
			index_put(&tops, &e->arena, number(&i[n].top), n);
	for (size_t n = 0; n < indexed; n++)
		if (index_get(&tops, number(&i[n].top)) == SIZE_MAX)
			odd(e, "image that index.json has and manifest.json has not:", i[n].claimed, file);
}

/* Adds an image of manifest.json, unless it is one of the first INDEXED. */
static void
add_item(struct engine *e, const struct archive_saved *s, struct span file, size_t indexed, const struct index *configs)
{
	struct archive *v = e->state;
	struct archive_image i = { .names = list_none(), .provenance.read_from = list_none() };
	size_t n;

	take_item(e, s, file, &i);
	n = i.claimed.len == 0 ? SIZE_MAX : index_get(configs, i.claimed);
	if (n != SIZE_MAX) {
		merge(e, &i, file, (struct archive_image *)v->images.v + n);
		return;
	}
	if (indexed > 0)
		odd(e, "image that manifest.json has and index.json has not:", s->config, file);
	*archive_add(e) = i;
}

void
archive_list_saved(struct engine *e)
{
	struct archive *v = e->state;
	struct arena a = arena_open(LIMIT_ROW), row = arena_open(LIMIT_ROW);
	struct span path = path_join(&e->arena, e->place, SPAN("manifest.json")), digest;
	struct reading reading = { .foreign = true, .arena = &row, .faults = &e->root->faults, .file = path };
	size_t indexed = v->images.n;
	struct provenance p = { 0 };
	struct index configs = { 0 };
	const struct archive_image *i = v->images.v;
	struct json *json;
	bool absent;

	for (size_t n = 0; n < indexed; n++)
		if (i[n].claimed.len > 0 && index_get(&configs, i[n].claimed) == SIZE_MAX)
			index_put(&configs, &e->arena, i[n].claimed, n);
	json = archive_document(e, path, &a, &p, &digest, &absent);
	for (json = json_child(json); json != NULL && archive_step(e); json = json_next(json), arena_reset(&row)) {
		struct archive_saved s = { 0 };

		record_read(&reading, &archive_saved_keys, &s, json);
		if (cJSON_IsObject(&json->node))
			add_item(e, &s, path, indexed, &configs);
	}
	if (indexed > 0 && p.error.ptr == NULL)
		say_unsaved(e, indexed, path);
	arena_close(&row);
	arena_close(&a);
}
