/* SPDX-License-Identifier: ISC */
/* Logs of parts that are hostile: every part is read to its end, lines keep the order of their pieces' offsets by stream, and
 * all bytes of lines are bytes of pieces. The input is parted at each "\n--\n" into parts: the first is the newest. */

#include "base/limits.h"
#include "fuzz.h"
#include "log/log.h"

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static const char *const names[] = { "log", "log.1", "log.2.gz", "log.2" };
	struct span rest = input(data, size), mark = SPAN("\n--\n"), files[4];
	struct container c = { .container = SPAN("c"), .started = { 1767225600, 0, true } };
	struct arena a = arena_open(LIMIT_ROW), row = arena_open(LIMIT_ROW);
	struct log_query q = { .tail = { 3, size > 0 && (data[0] & 1) } };
	struct made m = { 0 };
	struct log_merge merge;
	struct log_lines lines = { 0 };
	struct log_line line;
	struct log_piece p;
	struct entry e;
	uint64_t in_pieces = 0, in_lines = 0;
	bool newline;
	size_t at;

	c.log.driver = SPAN("json-file");
	c.log.evidence_path = SPAN("/log");
	for (size_t i = 0; i < 4; i++) {
		at = span_find(rest, mark);
		made_file(&m, names[i], span_sub(rest, 0, at));
		rest = at == SIZE_MAX ? SPAN("") : span_sub(rest, at + mark.len, SIZE_MAX);
		files[i] = arena_concat(&a, SPAN("/"), span_of(names[i]));
		list_add_span(&a, &c.log.files, files[i]);
	}
	made_open(&m);
	log_open(&lines.source, &m.root, &c, &a);
	lines.source.block = size % 5000 + 16;
	while (log_next_piece(&lines.source, &p)) {
		touch(p.text);
		touch(p.attrs);
		in_pieces += p.cut ? 0 : p.text.len;
	}
	log_last_time(&lines.source);
	lines_open(&lines, LIMIT_MESSAGE);
	while (lines_next(&lines, &line)) {
		touch(line.message);
		in_lines += line.cut ? 0 : line.message.len;
	}
	MUST(in_lines <= in_pieces);
	lines_close(&lines);
	merge_open(&merge, &m.root, &q);
	merge_add(&merge, &c);
	merge_add(&merge, &c);
	while (merge_next(&merge, &row, &e, &newline))
		arena_reset(&row);
	merge_close(&merge);
	made_close(&m);
	arena_close(&row);
	arena_close(&a);
	return 0;
}
