/* SPDX-License-Identifier: ISC */
/* One record of Docker's json-file log. Source: moby jsonlogbytes.go. */

#include <string.h>

#include "base/text.h"
#include "format/jsonlog.h"

/* At the opening quote: *text is what lies between the quotes, *at behind the closing one. */
static bool
string(struct span line, size_t *at, struct span *text)
{
	const unsigned char *p = (const unsigned char *)line.ptr;
	size_t from = *at + 1, i = from;

	if (*at >= line.len || p[*at] != '"')
		return false;
	for (; i < line.len && p[i] != '"'; i++) {
		if (p[i] == '\\')
			i++;
		if (i >= line.len || p[i] < ' ') {
			*at = i;
			return false;
		}
	}
	*at = i;
	if (i >= line.len)
		return false;
	*text = span_sub(line, from, i - from);
	*at = i + 1;
	return true;
}

/* Any value: up to the comma or brace that ends it at this depth. */
static bool
value(struct span line, size_t *at, struct span *raw)
{
	size_t from = *at, depth = 0;
	struct span ignored;

	while (*at < line.len) {
		char c = line.ptr[*at];

		if (c == '"') {
			if (!string(line, at, &ignored))
				return false;
			continue;
		}
		if (depth == 0 && (c == ',' || c == '}'))
			break;
		depth += c == '{' || c == '[';
		if (c == '}' || c == ']')
			depth--;
		(*at)++;
	}
	*raw = span_sub(line, from, *at - from);
	return *at < line.len && raw->len > 0;
}

static bool
expect(struct span line, size_t *at, char c)
{
	if (*at >= line.len || line.ptr[*at] != c)
		return false;
	(*at)++;
	return true;
}

static bool
member(struct span line, size_t *at, struct jsonlog *out)
{
	struct span key, raw;

	if (!string(line, at, &key) || !expect(line, at, ':'))
		return false;
	if (span_eq(key, SPAN("log")))
		return string(line, at, &out->log);
	if (span_eq(key, SPAN("stream")))
		return string(line, at, &out->stream);
	if (span_eq(key, SPAN("time")))
		return string(line, at, &out->time);
	return value(line, at, span_eq(key, SPAN("attrs")) ? &out->attrs : &raw);
}

struct fault
jsonlog_parse(struct span line, struct jsonlog *out)
{
	size_t at = 0;

	*out = (struct jsonlog){ .log = SPAN("") };
	if (!expect(line, &at, '{'))
		return fault_at(0, "no log record", "{\"log\":...}");
	do {
		if (!member(line, &at, out))
			return fault_at(at < line.len ? at : line.len, "damaged log record",
			    "a key and its value");
	} while (expect(line, &at, ','));
	if (!expect(line, &at, '}'))
		return fault_at(at, "damaged log record", "a comma or }");
	while (at < line.len && (line.ptr[at] == ' ' || line.ptr[at] == '\r'))
		at++;
	if (at < line.len)
		return fault_at(at, "bytes behind a log record", "a newline");
	if (out->time.ptr == NULL)
		return fault_at(at, "log record without a time", "a key \"time\"");
	return NO_FAULT;
}

static bool
hex4(struct span s, uint32_t *out)
{
	uint32_t v = 0;

	for (size_t i = 0; i < 4; i++) {
		char c = s.ptr[i];

		if (c >= '0' && c <= '9')
			v = v << 4 | (uint32_t)(c - '0');
		else if ((c | 32) >= 'a' && (c | 32) <= 'f')
			v = v << 4 | (uint32_t)((c | 32) - 'a' + 10);
		else
			return false;
	}
	*out = v;
	return true;
}

/* The escape at the head of S, which begins with a backslash: the bytes it takes, 0 if more are needed. What is
 * no escape stands for itself. */
static size_t
escape(struct span s, bool last, char *to, size_t *n, uint64_t *lossy)
{
	static const char from[] = "\"\\/bfnrt", is[] = "\"\\/\b\f\n\r\t";
	const char *hit;
	uint32_t code, low;

	if (s.len < 2) {
		if (last)
			to[(*n)++] = '\\';
		return last;
	}
	hit = s.ptr[1] == 0 ? NULL : strchr(from, s.ptr[1]);
	if (hit != NULL) {
		to[(*n)++] = is[hit - from];
		return 2;
	}
	if (s.ptr[1] != 'u' || s.len < 6) {
		if (s.ptr[1] == 'u' && !last)
			return 0;
		to[(*n)++] = '\\';
		return 1;
	}
	if (!hex4(span_sub(s, 2, 4), &code)) {
		to[(*n)++] = '\\';
		return 1;
	}
	if (code >= 0xd800 && code <= 0xdbff) {
		if (s.len < 12 && !last)
			return 0;
		if (s.len >= 12 && span_starts(span_sub(s, 6, 2), "\\u") && hex4(span_sub(s, 8, 4), &low) &&
		    low >= 0xdc00 && low <= 0xdfff) {
			*n += text_encode(0x10000 + ((code - 0xd800) << 10) + (low - 0xdc00), to + *n);
			return 12;
		}
	}
	*lossy += code == 0xfffd;
	*n += text_encode(code, to + *n);
	return 6;
}

size_t
jsonlog_text(struct span text, bool last, char *to, size_t room, size_t *used, uint64_t *lossy)
{
	size_t n = 0, at = 0, run, took;
	const char *hit;

	while (at < text.len && n < room) {
		hit = memchr(text.ptr + at, '\\', text.len - at);
		run = hit == NULL ? text.len - at : (size_t)(hit - (text.ptr + at));
		if (run > room - n)
			run = room - n;
		memcpy(to + n, text.ptr + at, run);
		n += run;
		at += run;
		if (at == text.len || text.ptr[at] != '\\' || room - n < 4)
			break;
		took = escape(span_sub(text, at, SIZE_MAX), last, to, &n, lossy);
		if (took == 0)
			break;
		at += took;
	}
	*used = at;
	return n;
}

size_t
jsonlog_resync(struct span bytes, size_t from)
{
	struct span rest = span_sub(bytes, from, SIZE_MAX);
	size_t log = span_find(rest, SPAN("{\"log\":\"")), time = span_find(rest, SPAN("{\"time\":\""));
	size_t stream = span_find(rest, SPAN("{\"stream\":\"")), at;

	at = log < time ? log : time;
	at = at < stream ? at : stream;
	return at == SIZE_MAX ? at : from + at;
}
