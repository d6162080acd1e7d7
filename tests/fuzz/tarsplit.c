/* SPDX-License-Identifier: ISC */
/* tar-split's lines: places within the input, in order; an entry that is written again as the engine would is the same. */

#include "base/limits.h"
#include "base/text.h"
#include "format/tarsplit.h"
#include "fuzz.h"

static void
write_entry(struct out *o, const struct tarsplit_entry *e)
{
	char sum[8];

	for (int i = 0; i < 8; i++)
		sum[i] = (char)(e->sum >> (56 - 8 * i));
	out_text(o, e->type == TARSPLIT_SEGMENT ? "{\"type\":2,\"payload\":\"" : "{\"type\":1,\"name_raw\":\"");
	text_base64(o, e->type == TARSPLIT_SEGMENT ? e->bytes : e->name);
	if (e->type == TARSPLIT_FILE) {
		out_text(o, "\",\"size\":");
		out_u64(o, e->size);
		out_text(o, ",\"payload\":\"");
		text_base64(o, (struct span){ sum, 8 });
	}
	out_text(o, "\",\"position\":0}\n");
}

static void
again(const struct tarsplit_entry *e, struct arena *a)
{
	struct out o = out_memory();
	struct tarsplit_entry same;
	struct tarsplit t;
	struct bytes in;
	struct fault f;

	write_entry(&o, e);
	in = bytes_mem(out_span(&o));
	t = tarsplit_open(&in);
	MUST(tarsplit_next(&t, a, &same, &f) && f.kind == FAULT_NONE && same.type == e->type);
	MUST(e->type == TARSPLIT_SEGMENT ? span_eq(same.bytes, e->bytes) : span_eq(same.name, e->name) && same.size == e->size &&
	    same.sum == e->sum);
	MUST(!tarsplit_next(&t, a, &same, &f) && f.kind == FAULT_NONE);
	tarsplit_close(&t);
	out_close(&o);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct arena a = arena_open(LIMIT_ROW);
	struct span text = input(data, size);
	struct bytes in = bytes_mem(text);
	struct tarsplit t = tarsplit_open(&in);
	struct tarsplit_entry e;
	uint64_t at = 0, line = 0;
	struct fault f;
	bool more;

	do {
		more = tarsplit_next(&t, &a, &e, &f);
		MUST(f.kind == FAULT_NONE || (f.kind == FAULT_PART && f.offset.known && f.offset.n <= size));
		if (!more)
			break;
		MUST(e.at >= at && e.at < size && e.line > line && (line == 0 || e.at > at));
		at = e.at;
		line = e.line;
		touch(e.bytes);
		touch(e.name);
		MUST(e.type == TARSPLIT_SEGMENT ? e.bytes.len <= size : e.name.ptr != NULL);
		again(&e, &a);
		arena_reset(&a);
	} while (more);
	tarsplit_close(&t);
	arena_close(&a);
	return 0;
}
