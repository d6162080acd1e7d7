/* SPDX-License-Identifier: ISC */
/* JSON: a place that exists, or a tree in which every value lies within the input, and whose texts survive being printed. */

#include "base/limits.h"
#include "base/text.h"
#include "format/json.h"
#include "fuzz.h"

static void
check(const struct json *j, struct span in, struct arena *a)
{
	const struct json *child;
	struct out o = out_memory();
	struct json *again;

	MUST(j->at <= in.len && j->raw.ptr >= in.ptr && j->raw.ptr + j->raw.len <= in.ptr + in.len);
	touch(j->raw);
	touch(j->text);
	touch(j->key);
	if (cJSON_IsString(&j->node) && text_valid(j->text)) {
		text_json(&o, j->text);
		MUST(json_parse(out_span(&o), a, &again, NULL).kind == FAULT_NONE || a->full);
		MUST(a->full || span_eq(again->text, j->text));
	}
	out_close(&o);
	for (child = json_child(j); child != NULL; child = json_next(child))
		check(child, in, a);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct arena a = arena_open(LIMIT_ROW), scratch = arena_open(LIMIT_ROW);
	struct span in = input(data, size);
	struct json *j;
	struct fault odd, f = json_parse(in, &a, &j, &odd);

	MUST((f.kind == FAULT_NONE) == (j != NULL));
	MUST(f.offset.n <= size && odd.offset.n <= size && odd.kind <= FAULT_ODD);
	if (j != NULL)
		check(j, in, &scratch);
	arena_close(&scratch);
	arena_close(&a);
	return 0;
}
