/* SPDX-License-Identifier: ISC */
/* Text and times: what leaves is safe and loses nothing; what is printed is read back. */

#include "base/limits.h"
#include "base/text.h"
#include "base/time.h"
#include "fuzz.h"

static void
times(struct span in)
{
	struct timestamp t, back;
	struct when w;
	struct out o = out_memory();

	time_parse_when(in, &w);
	if (time_parse(in, &t)) {
		time_print(&o, t, TIME_EXACT);
		MUST(time_parse(out_span(&o), &back) && time_cmp(t, back) == 0);
	}
	out_close(&o);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct span in = input(data, size), rest, s;
	struct arena a = arena_open(LIMIT_ROW);
	struct out o = out_memory();
	uint32_t c;

	times(in);
	text_escape(&o, in);
	for (rest = out_span(&o); rest.len > 0;) {
		MUST(text_next(&rest, &c));
		MUST(c >= ' ' && c != 0x7f && (c < 0x80 || c > 0x9f) && (c < 0x202a || c > 0x202e) &&
		    (c < 0x2066 || c > 0x2069));
	}
	s = text_clip(out_span(&o), 10);
	MUST(text_width(s) <= 10 && text_valid(s));
	out_reset(&o);
	text_base64(&o, in);
	s = text_unbase64(&a, out_span(&o));
	MUST(size == 0 ? s.len == 0 : span_eq(s, in));
	touch(text_unbase64(&a, in));
	out_reset(&o);
	text_strip(&o, in);
	MUST(out_span(&o).len <= size);
	out_close(&o);
	arena_close(&a);
	return 0;
}
