/* SPDX-License-Identifier: ISC */
/* Records of json-file: views lie within the line, text in pieces is text at once, and what JSON takes too agrees. */

#include "base/limits.h"
#include "format/json.h"
#include "format/jsonlog.h"
#include "fuzz.h"

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct arena a = arena_open(LIMIT_ROW);
	struct span in = input(data, size);
	char *whole = malloc(size + 8), *pieces = malloc(size + 8);
	uint64_t lossy = 0, again = 0;
	struct jsonlog r;
	struct fault f = jsonlog_parse(in, &r);
	size_t n, m = 0, used, at, end, cut = size % 37 + 12;
	struct json *j;

	MUST(whole != NULL && pieces != NULL);
	MUST(f.offset.n <= size && r.len <= size);
	MUST((at = jsonlog_resync(in, 1)) == SIZE_MAX || at < size);
	if (f.kind == FAULT_NONE) {
		touch(r.stream);
		touch(r.time);
		touch(r.attrs);
		n = jsonlog_text(r.log, true, whole, size + 8, &used, &lossy);
		MUST(used == r.log.len && n <= r.log.len);
		for (at = 0; at < r.log.len; at += used) {
			end = at + cut < r.log.len ? at + cut : r.log.len;
			m += jsonlog_text(span_sub(r.log, at, end - at), end == r.log.len, pieces + m, size + 8 - m,
			    &used, &again);
			MUST(used > 0);
		}
		MUST(m == n && lossy == again && memcmp(whole, pieces, n) == 0);
		/* what is there is never passed over */
		at = n == 0 ? 0 : cut * 7 % n;
		MUST(jsonlog_may_hold(&r, jsonlog_literal(span_sub((struct span){ whole, n }, at, size % 7 + 1))));
		MUST(memchr(in.ptr, '\n', r.len) == NULL);
		if (json_parse(span_sub(in, 0, r.len), &a, &j, NULL).kind == FAULT_NONE && json_get(j, "log") != NULL)
			MUST(span_eq(json_get(j, "log")->text, (struct span){ whole, n }));
	}
	free(whole);
	free(pieces);
	arena_close(&a);
	return 0;
}
