/* SPDX-License-Identifier: ISC */
/* A data root whose documents are hostile: each container, image and volume is a row of valid JSON, judged by its rules.
 * The input is parted at each "\n--\n" into config.v2.json, hostconfig.json, repositories.json, an image's
 * configuration, mount-id, parent. */

#include "base/limits.h"
#include "engine/engine.h"
#include "finding/finding.h"
#include "format/json.h"
#include "fuzz.h"
#include "record/emit.h"

#define ID "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"
#define D "var/lib/docker/"

static const char *const files[] = { D "containers/" ID "/config.v2.json", D "containers/" ID "/hostconfig.json",
	D "image/overlay2/repositories.json", D "image/overlay2/imagedb/content/sha256/" ID,
	D "image/overlay2/layerdb/mounts/" ID "/mount-id", D "image/overlay2/layerdb/mounts/" ID "/parent" };

static void
row(const struct record *r, void *row, struct arena *a)
{
	struct arena scratch = arena_open((size_t)1 << 30);
	struct out o = out_memory();
	struct emitter e;
	struct json *j;

	findings_fill(r, row, a);
	emit_open(&e, r, FORMAT_JSONL, SHOWN, NULL, &o);
	emit_row(&e, row, false);
	emit_close(&e);
	if (!a->full)
		MUST(json_parse(span_sub(out_span(&o), 0, out_span(&o).len - 1), &scratch, &j, NULL).kind == FAULT_NONE);
	out_close(&o);
	arena_close(&scratch);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct span rest = input(data, size), mark = SPAN("\n--\n");
	struct arena a = arena_open(LIMIT_ROW);
	struct made m = { 0 };
	struct engines all;
	struct list items;
	size_t at;

	for (size_t i = 0; i < sizeof(files) / sizeof(*files); i++) {
		at = span_find(rest, mark);
		made_file(&m, files[i], span_sub(rest, 0, at));
		rest = at == SIZE_MAX ? SPAN("") : span_sub(rest, at + mark.len, SIZE_MAX);
	}
	made_open(&m);
	MUST(engines_open(&all, &m.root).kind == FAULT_NONE);
	for (int kind = CONTAINERS; kind <= VOLUMES; kind++) {
		engines_items(&all, (enum subject)kind, &items);
		for (size_t i = 0; i < items.n; i++) {
			struct item it = ((struct item *)items.v)[i];
			struct container c = { 0 };
			struct image image = { 0 };
			struct volume v = { 0 };

			if (kind == CONTAINERS) {
				it.engine->kind->container(it.engine, it.id, WANT_ALL, &a, &c);
				row(&container_record, &c, &a);
			} else if (kind == IMAGES) {
				it.engine->kind->image(it.engine, it.id, WANT_ALL, &a, &image);
				row(&image_record, &image, &a);
			} else {
				it.engine->kind->volume(it.engine, it.id, WANT_SIZES, &a, &v);
				row(&volume_record, &v, &a);
			}
			arena_reset(&a);
		}
	}
	engines_close(&all);
	made_close(&m);
	arena_close(&a);
	return 0;
}
