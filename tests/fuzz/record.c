/* SPDX-License-Identifier: ISC */
/* Records: what was read, printed, read and printed again is the same bytes, whatever was read first. */

#include "base/limits.h"
#include "fuzz.h"
#include "record/emit.h"
#include "record/image.h"
#include "record/read.h"

static struct span
print(const struct record *r, struct span in, void *row, struct arena *a, struct faults *faults, struct out *o)
{
	struct reading reading = { .arena = a, .faults = faults };
	struct emitter e;
	struct json *j;

	memset(row, 0, r->size);
	if (json_parse(in, a, &j, NULL).kind != FAULT_NONE)
		return (struct span){ 0 };
	record_read(&reading, r, row, j);
	MUST(emit_open(&e, r, FORMAT_JSONL, SHOWN, NULL, o).kind == FAULT_NONE);
	emit_row(&e, row, false);
	emit_close(&e);
	return out_span(o);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static struct container c;
	static struct image i;
	struct arena a = arena_open(LIMIT_ROW);
	struct faults faults = faults_open();
	struct out first = out_memory(), second = out_memory(), table = out_memory();
	bool image = size > 0 && data[0] & 1;
	const struct record *r = image ? &image_record : &container_record;
	void *row = image ? (void *)&i : (void *)&c;
	struct span one = print(r, input(data + (size > 0), size - (size > 0)), row, &a, &faults, &first), two;
	struct emitter e;

	if (one.ptr != NULL && !a.full) {
		emit_open(&e, r, FORMAT_TIMESKETCH, SHOWN, NULL, &table);
		emit_row(&e, row, false);
		emit_close(&e);
		two = print(r, one, row, &a, &faults, &second);
		MUST(a.full || span_eq(one, two));
	}
	out_close(&first);
	out_close(&second);
	out_close(&table);
	faults_close(&faults);
	arena_close(&a);
	return 0;
}
