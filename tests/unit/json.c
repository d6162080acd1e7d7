/* SPDX-License-Identifier: ISC */
/* Our reader of JSON beside cJSON's, and the lines of json-file beside the same reader.
 * usage: json			the cases below
 *        json --twin FILE...	each document, read by both, gives the same tree */

#include <stdlib.h>
#include <string.h>

#include "base/limits.h"
#include "base/out.h"
#include "format/json.h"
#include "format/jsonlog.h"
#include "tap.h"

static const struct {
	const char *text;
	size_t at;		/* of the fault */
} bad[] = {
	{ "", 0 }, { " ", 1 }, { "{", 1 }, { "[1,]", 3 }, { "{\"a\"}", 4 }, { "{\"a\":1,}", 7 }, { "{a:1}", 1 }, { "[1 2]", 3 },
	{ "01", 0 }, { "1.", 0 }, { ".5", 0 }, { "1e", 0 }, { "-", 0 }, { "+1", 0 }, { "nul", 0 }, { "truex", 4 }, { "\"a", 2 },
	{ "\"\\x\"", 2 }, { "\"\\u12g4\"", 5 }, { "\"a\tb\"", 2 }, { "{} {}", 3 }, { "[1]]", 3 }, { "\xef\xbb\xbf{}", 0 },
	{ "'a'", 0 }, { "[1//x\n]", 2 }, { "NaN", 0 }, { "{\"a\":1 \"b\":2}", 7 },
};

static const char *const good[] = { "{}", "[]", " [ ] ", "null", "true", "-0", "1e+5", "\"\"", "[[],{},\"x\",1.5e-3,false,null]",
	"{\"a\":{\"b\":[1,2,{\"c\":\"d\"}]},\"e\":\"\\u00e9\\ud83d\\ude00\\n\\/\"}", "\t{\r\n\"k\" : [ 1 , 2 ] }\n" };

static void
refused(void)
{
	struct arena a = arena_open(LIMIT_ROW);
	struct json *j;
	struct fault f;
	bool all = true;

	for (size_t i = 0; i < sizeof(bad) / sizeof(*bad); i++) {
		f = json_parse(span_of(bad[i].text), &a, &j, NULL);
		if (f.kind != FAULT_PART || j != NULL || f.offset.n != bad[i].at) {
			printf("# %s: %s at %llu\n", bad[i].text, f.what, (unsigned long long)f.offset.n);
			all = false;
		}
	}
	OK(all, "what is no JSON is refused, at the byte that is wrong");
	arena_close(&a);
}

static bool
same_as_cjson(struct span text, struct arena *a)
{
	cJSON *theirs = cJSON_ParseWithLengthOpts(text.ptr, text.len, NULL, false);
	struct json *ours;
	struct fault f = json_parse(text, a, &ours, NULL);
	bool same = f.kind == FAULT_NONE && theirs != NULL && cJSON_Compare(&ours->node, theirs, true);

	cJSON_Delete(theirs);
	return same;
}

static void
twins(void)
{
	struct arena a = arena_open(LIMIT_ROW);
	bool all = true;

	for (size_t i = 0; i < sizeof(good) / sizeof(*good); i++)
		all &= same_as_cjson(span_of(good[i]), &a);
	OK(all, "what is JSON gives cJSON's tree");
	arena_close(&a);
}

static void
kept(void)
{
	struct arena a = arena_open(LIMIT_ROW);
	struct json *j;
	struct fault odd;

	json_parse(SPAN("{\"n\":1.50e3,\"big\":123456789012345678901234567890}"), &a, &j, &odd);
	OK(span_is(json_get(j, "n")->text, "1.50e3") && span_is(json_get(j, "big")->text, "123456789012345678901234567890"),
	    "numbers keep their text");
	json_parse(SPAN("\"a\\u0000b\\ud800c\""), &a, &j, &odd);
	OK(span_eq(j->text, (struct span){ "a\0b\xed\xa0\x80" "c", 7 }), "U+0000 and a lone surrogate are kept");
	json_parse(SPAN("\"\\ud83d\\ude00\""), &a, &j, &odd);
	OK(span_is(j->text, "\xf0\x9f\x98\x80"), "a pair of surrogates is one character");
	json_parse(SPAN("{\"a\":1,\"b\":2,\"a\":3}"), &a, &j, &odd);
	OK(span_is(json_get(j, "a")->text, "3") && cJSON_GetArraySize(&j->node) == 2 && odd.kind == FAULT_ODD &&
	    span_is(odd.item, "a") && odd.offset.n == 17, "of a key twice the last counts, and it is said");
	json_parse(SPAN("[\"\xff\"]"), &a, &j, &odd);
	OK(odd.kind == FAULT_ODD && span_is(json_child(j)->text, "\xff"), "invalid UTF-8 is kept, and said");
	json_parse(SPAN("[1, {\"a\": [ 2 ]}]"), &a, &j, &odd);
	OK(span_is(json_next(json_child(j))->raw, "{\"a\": [ 2 ]}") && json_next(json_child(j))->at == 4,
	    "a value knows its own bytes");
	arena_close(&a);
}

static void
limits(void)
{
	struct arena a = arena_open(LIMIT_ROW), small = arena_open(2000);
	char deep[2 * LIMIT_DEPTH + 2];
	struct json *j;
	struct fault f;

	memset(deep, '[', LIMIT_DEPTH + 1);
	memset(deep + LIMIT_DEPTH + 1, ']', LIMIT_DEPTH + 1);
	f = json_parse((struct span){ deep + 1, 2 * LIMIT_DEPTH }, &a, &j, NULL);
	OK(f.kind == FAULT_NONE, "at the limit of depth");
	f = json_parse((struct span){ deep, 2 * LIMIT_DEPTH + 2 }, &a, &j, NULL);
	OK(f.kind == FAULT_PART && f.offset.n == LIMIT_DEPTH, "one level more");
	f = json_parse(SPAN("[1,2,3,4,5,6,7,8,9,10,11,12,13,14,15,16,17,18,19,20]"), &small, &j, NULL);
	OK(f.kind == FAULT_PART && j == NULL, "more than its memory");
	arena_close(&small);
	arena_close(&a);
}

/* Unescaping in pieces gives what unescaping at once gives, wherever the pieces end and however small the room is. */
static void
lines(void)
{
	static const char record[] = "{\"log\":\"a\\u001b[1m\\t\\\\\\\"\\ud83d\\ude00\\ufffd\xc3\xa9\\r\\n\",\"stream\":\"stderr\","
	    "\"attrs\":{\"k\":\"v}\\\"\"},\"time\":\"2026-01-01T00:00:00Z\"}";
	struct arena a = arena_open(LIMIT_ROW);
	struct jsonlog r;
	struct json *j;
	char whole[256], pieces[256];
	uint64_t lossy = 0, ignored = 0;
	size_t used, n, m;
	bool same = true, torn = true;

	OK(jsonlog_parse(SPAN(record), &r).kind == FAULT_NONE && span_is(r.stream, "stderr") &&
	    span_is(r.time, "2026-01-01T00:00:00Z") && span_is(r.attrs, "{\"k\":\"v}\\\"\"}"), "a record with everything");
	n = jsonlog_text(r.log, true, whole, sizeof(whole), &used, &lossy);
	json_parse(SPAN(record), &a, &j, NULL);
	OK(span_eq(json_get(j, "log")->text, (struct span){ whole, n }) && lossy == 1, "its text is what JSON says it is");
	for (size_t cut = 1; cut <= r.log.len; cut++) {
		size_t at = 0;

		for (m = 0; at < r.log.len;) {
			size_t end = at + cut < r.log.len ? at + cut : r.log.len;
			size_t got = jsonlog_text(span_sub(r.log, at, end - at), end == r.log.len, pieces + m,
			    sizeof(pieces) - m, &used, &ignored);

			if (used == 0 && cut < 12) {	/* an escape longer than the cut: more is needed */
				end = at + 12 < r.log.len ? at + 12 : r.log.len;
				got = jsonlog_text(span_sub(r.log, at, end - at), end == r.log.len, pieces + m,
				    sizeof(pieces) - m, &used, &ignored);
			}
			m += got;
			at += used;
			if (used == 0)
				break;
		}
		same &= m == n && memcmp(whole, pieces, n) == 0;
	}
	OK(same, "its text in pieces is the same text");
	for (size_t cut = 0; cut + 1 < sizeof(record); cut++) {
		struct fault f = jsonlog_parse((struct span){ record, cut }, &r);

		torn &= f.kind == FAULT_PART && f.offset.n <= cut;
	}
	OK(torn, "cut anywhere it is no record, and the place exists");
	OK(jsonlog_parse(SPAN("{\"time\":\"2026-01-01T00:00:00Z\"}"), &r).kind == FAULT_NONE && r.log.len == 0,
	    "log and stream may be left out");
	OK(jsonlog_parse(SPAN("{\"log\":\"x\"}{"), &r).kind == FAULT_NONE && r.time.ptr == NULL && r.len == 11,
	    "the time may be left out, and what lies behind a record is not of it");
	OK(jsonlog_parse(SPAN("{\"a\":1}"), &r).kind == FAULT_PART, "but not all three");
	OK(jsonlog_resync(SPAN("{\"log\":\"abc{\"log\":\"x\""), 1) == 11 && jsonlog_resync(SPAN("{\\\"log\\\":\\\""), 0) == SIZE_MAX,
	    "a record glued to a torn one is found, a quoted one is none");
	arena_close(&a);
}

static int
twin_files(int n, char **files)
{
	for (int i = 0; i < n; i++) {
		struct arena a = arena_open(LIMIT_ROW);
		FILE *f = fopen(files[i], "rb");
		char *text = malloc(LIMIT_DOCUMENT);
		size_t len = f == NULL || text == NULL ? 0 : fread(text, 1, LIMIT_DOCUMENT, f);

		OK(len > 0 && same_as_cjson((struct span){ text, len }, &a), "the same tree of a real document");
		free(text);
		if (f != NULL)
			fclose(f);
		arena_close(&a);
	}
	return tap_done();
}

int
main(int argc, char **argv)
{
	if (argc > 2 && strcmp(argv[1], "--twin") == 0)
		return twin_files(argc - 2, argv + 2);
	refused();
	twins();
	kept();
	limits();
	lines();
	return tap_done();
}
