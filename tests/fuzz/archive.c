/* SPDX-License-Identifier: ISC */
/* An archive of images whose documents are hostile: each image is a row of valid JSON, its id is unlike all others', and
 * every path begins at the evidence. The input is parted at each "\n--\n" into index.json, manifest.json, three blobs whose
 * names are no digests of theirs, and version. */

#include "base/limits.h"
#include "engine/engine.h"
#include "format/json.h"
#include "fuzz.h"
#include "record/emit.h"

#define A "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"
#define B "bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb"
#define C "cccccccccccccccccccccccccccccccccccccccccccccccccccccccccccccccc"

static const char *const files[] = { "index.json", "manifest.json", "blobs/sha256/" A, "blobs/sha256/" B, "blobs/sha256/" C,
	"version" };

static void
row(const struct record *r, const void *row, const struct arena *a)
{
	struct arena scratch = arena_open((size_t)1 << 30);
	struct out o = out_memory();
	struct emitter e;
	struct json *j;

	emit_open(&e, r, FORMAT_JSONL, SHOWN, NULL, &o);
	emit_row(&e, row, false);
	emit_close(&e);
	if (!a->full)
		MUST(json_parse(span_sub(out_span(&o), 0, out_span(&o).len - 1), &scratch, &j, NULL).kind == FAULT_NONE);
	out_close(&o);
	arena_close(&scratch);
}

static void
image(const struct item *it, struct arena *a)
{
	struct image names = { 0 }, i = { 0 };
	const struct layer_ref *l;

	it->engine->kind->image(it->engine, it->id, WANT_NAMES, a, &names);
	it->engine->kind->image(it->engine, it->id, WANT_ALL, a, &i);
	MUST(span_eq(names.image_id, i.image_id) && names.names.n == i.names.n);
	MUST(i.layers.n <= LIMIT_LAYERS && i.names.n <= LIMIT_TAGS);
	l = i.layers.v;
	for (size_t k = 0; k < i.layers.n; k++) {
		MUST(l[k].n.n == k + 1);
		MUST(l[k].evidence_path.ptr == NULL || span_starts(l[k].evidence_path, "/"));
		MUST((l[k].evidence_path.ptr == NULL) == !l[k].size.known);
		MUST((l[k].chain_id.ptr == NULL) == (l[k].diff_id.ptr == NULL));
	}
	row(&image_record, &i, a);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct span rest = input(data, size), mark = SPAN("\n--\n"), last = { 0 };
	struct arena a = arena_open(LIMIT_ROW);
	struct data_root root;
	struct made m = { 0 };
	struct engines all;
	struct list items;
	size_t at;

	made_file(&m, "oci-layout", SPAN("{}"));
	for (size_t i = 0; i < sizeof(files) / sizeof(*files); i++) {
		at = span_find(rest, mark);
		if (at > 0 && rest.len > 0)	/* an empty part is no member */
			made_file(&m, files[i], span_sub(rest, 0, at));
		rest = at == SIZE_MAX ? SPAN("") : span_sub(rest, at + mark.len, SIZE_MAX);
	}
	made_open(&m);
	engines_open(&all, &m.root);
	for (size_t i = 0; engines_row(&all, i, &a, &root); i++)
		row(&root_record, &root, &a);
	engines_items(&all, IMAGES, &items);
	for (size_t i = 0; i < items.n; i++) {
		const struct item *it = (const struct item *)items.v + i;

		MUST(i == 0 || span_cmp(last, it->id) < 0);
		last = it->id;
		image(it, &a);
		arena_reset(&a);
	}
	engines_close(&all);
	made_close(&m);
	arena_close(&a);
	return 0;
}
