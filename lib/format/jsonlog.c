/* SPDX-License-Identifier: ISC */
/* One record of Docker's json-file log. Source: moby jsonlogbytes.go. */

#include <string.h>

#include "base/scan.h"
#include "base/text.h"
#include "format/jsonlog.h"

/* At the opening quote: *text is what lies between the quotes, *clean how much of it comes before its first escape, *at
 * behind the closing one. */
static bool
string(struct span s, size_t *at, struct span *text, size_t *clean)
{
	size_t from = *at + 1, len;

	if (*at >= s.len || s.ptr[*at] != '"')
		return false;
	len = scan_quoted(s.ptr + from, s.len - from, clean);
	*at = from + len;
	if (*at >= s.len || s.ptr[*at] != '"')
		return false;
	*text = (struct span){ s.ptr + from, len };
	++*at;
	return true;
}

/* Any value: up to the comma or brace that ends it at this depth. */
static bool
value(struct span s, size_t *at, struct span *raw)
{
	size_t from = *at, depth = 0, clean;
	struct span ignored;

	while (*at < s.len) {
		char c = s.ptr[*at];

		if (c == '"') {
			if (!string(s, at, &ignored, &clean))
				return false;
			continue;
		}
		if (depth == 0 && (c == ',' || c == '}'))
			break;
		depth += c == '{' || c == '[';
		if ((unsigned char)c < ' ' || depth > JSONLOG_DEPTH || (depth == 0 && c == ']'))
			return false;		/* what was never opened would open all that follows to one record */
		if (c == '}' || c == ']')
			depth--;
		(*at)++;
	}
	*raw = span_sub(s, from, *at - from);
	return *at < s.len && raw->len > 0;
}

static bool
expect(struct span s, size_t *at, char c)
{
	if (*at >= s.len || s.ptr[*at] != c)
		return false;
	(*at)++;
	return true;
}

static bool
member(struct span s, size_t *at, struct jsonlog *out)
{
	struct span key, raw;
	size_t clean;

	if (!string(s, at, &key, &clean) || !expect(s, at, ':'))
		return false;
	if (span_eq(key, SPAN("log")))
		return string(s, at, &out->log, &out->clean);
	if (span_eq(key, SPAN("stream")))
		return string(s, at, &out->stream, &clean);
	if (span_eq(key, SPAN("time")))
		return string(s, at, &out->time, &clean);
	return value(s, at, span_eq(key, SPAN("attrs")) ? &out->attrs : &raw);
}

static bool
literal(struct span s, size_t *at, struct span text)
{
	if (s.len - *at < text.len || memcmp(s.ptr + *at, text.ptr, text.len) != 0)
		return false;
	*at += text.len;
	return true;
}

/* A record as every engine of today writes it, unless it has attributes: the keys need not be read. */
static bool
usual(struct span s, struct jsonlog *out)
{
	size_t at = 7, clean;

	if (!literal(s, &(size_t){ 0 }, SPAN("{\"log\":\"")) || !string(s, &at, &out->log, &out->clean) ||
	    !literal(s, &at, SPAN(",\"stream\":\"std")))
		return false;
	out->stream = span_sub(s, at - 3, 6);
	if (!literal(s, &at, SPAN("out\",\"time\":")) && !literal(s, &at, SPAN("err\",\"time\":")))
		return false;
	if (!string(s, &at, &out->time, &clean) || !literal(s, &at, SPAN("}")))
		return false;
	out->len = at;
	return true;
}

struct fault
jsonlog_parse(struct span s, struct jsonlog *out)
{
	size_t at = 0;

	*out = (struct jsonlog){ 0 };
	if (usual(s, out))
		return NO_FAULT;
	*out = (struct jsonlog){ .log = SPAN("") };
	if (!expect(s, &at, '{'))
		return fault_at(0, "no log record", "{\"log\":...}");
	do {
		if (!member(s, &at, out))
			return fault_at(at < s.len ? at : s.len, "damaged log record", "a key and its value");
	} while (expect(s, &at, ','));
	if (!expect(s, &at, '}'))
		return fault_at(at, "damaged log record", "a comma or }");
	out->len = at;
	if (out->time.ptr == NULL && out->stream.ptr == NULL && out->log.len == 0)
		return fault_at(0, "no log record", "a key \"log\", \"stream\" or \"time\"");
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
	static const char is[128] = { ['"'] = '"', ['\\'] = '\\', ['/'] = '/', ['b'] = '\b', ['f'] = '\f', ['n'] = '\n',
		['r'] = '\r', ['t'] = '\t' };
	unsigned char c;
	uint32_t code, low;

	if (s.len < 2) {
		if (last)
			to[(*n)++] = '\\';
		return last;
	}
	c = (unsigned char)s.ptr[1];
	if (c < sizeof(is) && is[c] != 0) {
		to[(*n)++] = is[c];
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

	while (at < text.len && n < room) {
		run = text.len - at < room - n ? text.len - at : room - n;
		run = scan_copy(to + n, text.ptr + at, run, '\\');
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

/* Go's encoder escapes & < > too; / may be escaped. */
static bool
escapable(char c)
{
	return (unsigned char)c < ' ' || (unsigned char)c >= 0x7f || c == '"' || c == '\\' || c == '/' || c == '&' ||
	    c == '<' || c == '>';
}

struct span
jsonlog_literal(struct span needle)
{
	struct span best = span_sub(needle, 0, 0);
	size_t from = 0;

	for (size_t i = 0; i <= needle.len; i++)
		if (i == needle.len || escapable(needle.ptr[i])) {
			if (i - from > best.len)
				best = span_sub(needle, from, i - from);
			from = i + 1;
		}
	return best;
}

bool
jsonlog_may_hold(const struct jsonlog *r, struct span literal)
{
	struct span rest = span_sub(r->log, r->clean, SIZE_MAX);
	uint32_t code;
	size_t at;

	if (span_find(r->log, literal) != SIZE_MAX)
		return true;
	while ((at = span_find(rest, SPAN("\\u"))) != SIZE_MAX) {
		rest = span_sub(rest, at + 2, SIZE_MAX);
		if (rest.len >= 4 && hex4(rest, &code) && code < 0x80 && !escapable((char)code))
			return true;
	}
	return false;
}

/* The first newline or brace, or N. */
static size_t
scan_start(const char *p, size_t n)
{
	size_t i = 0;

	while (i < n && p[i] != '\n' && p[i] != '{')
		i++;
	return i;
}

size_t
jsonlog_resync(struct span bytes, size_t from)
{
	for (size_t i = from; i < bytes.len; i++) {
		struct span rest;

		i += scan_start(bytes.ptr + i, bytes.len - i);
		rest = span_sub(bytes, i, JSONLOG_MARK);
		if (span_starts(rest, "\n") || span_starts(rest, "{\"log\":\"") || span_starts(rest, "{\"time\":\"") ||
		    span_starts(rest, "{\"stream\":\""))
			return i;
	}
	return SIZE_MAX;
}
