/* SPDX-License-Identifier: ISC */
/* Bytes as text. Sources: RFC 3629, RFC 8259, RFC 4648; the characters that hide or reorder are those
 * of Unicode 15 with category Cf, Zl, Zp, and the blank fillers. */

#include <wchar.h>

#include "base/scan.h"
#include "base/text.h"

bool
text_next(struct span *s, uint32_t *code)
{
	static const uint32_t least[] = { 0, 0, 0x80, 0x800, 0x10000 };
	const unsigned char *p = (const unsigned char *)s->ptr;
	uint32_t c = p[0];
	size_t n = c < 0x80 ? 1 : c >= 0xf0 ? 4 : c >= 0xe0 ? 3 : 2;

	*code = c;
	if (n == 1) {
		*s = span_sub(*s, 1, SIZE_MAX);
		return true;
	}
	c &= 0x7fU >> n;
	for (size_t i = 1; i < n; i++) {
		if (i >= s->len || (p[i] & 0xc0) != 0x80)
			goto bad;
		c = c << 6 | (p[i] & 0x3f);
	}
	if (p[0] < 0xc2 || p[0] > 0xf4 || c < least[n] || c > 0x10ffff || (c >= 0xd800 && c <= 0xdfff))
		goto bad;
	*code = c;
	*s = span_sub(*s, n, SIZE_MAX);
	return true;
bad:
	*s = span_sub(*s, 1, SIZE_MAX);
	return false;
}

size_t
text_encode(uint32_t c, char out[4])
{
	size_t n = c < 0x80 ? 1 : c < 0x800 ? 2 : c < 0x10000 ? 3 : 4;

	for (size_t i = n; i-- > 1; c >>= 6)
		out[i] = (char)(0x80 | (c & 0x3f));
	out[0] = (char)(n == 1 ? c : (0xf00U >> n & 0xf0) | c);
	return n;
}

bool
text_valid(struct span s)
{
	uint32_t code;

	for (;;) {
		s = span_sub(s, scan_printable(s.ptr, s.len, '\\'), SIZE_MAX);
		if (s.len == 0)
			return true;
		if (!text_next(&s, &code))
			return false;
	}
}

static bool
hides(uint32_t c)
{
	static const uint32_t ranges[][2] = {
		{ 0x80, 0x9f }, { 0xad, 0xad }, { 0x34f, 0x34f }, { 0x600, 0x605 }, { 0x61c, 0x61c },
		{ 0x6dd, 0x6dd }, { 0x70f, 0x70f }, { 0x890, 0x891 }, { 0x8e2, 0x8e2 },
		{ 0x115f, 0x1160 }, { 0x17b4, 0x17b5 }, { 0x180b, 0x180f }, { 0x200b, 0x200f },
		{ 0x2028, 0x202e }, { 0x2060, 0x206f }, { 0x2800, 0x2800 }, { 0x3164, 0x3164 },
		{ 0xfe00, 0xfe0f }, { 0xfeff, 0xfeff }, { 0xffa0, 0xffa0 }, { 0xfff0, 0xfffb },
		{ 0x110bd, 0x110bd }, { 0x110cd, 0x110cd }, { 0x13430, 0x1343f }, { 0x1bca0, 0x1bca3 },
		{ 0x1d173, 0x1d17a }, { 0xe0000, 0xe0fff }, { 0x10fffe, 0x10ffff },
	};

	for (size_t i = 0; i < sizeof(ranges) / sizeof(*ranges) && c >= ranges[i][0]; i++)
		if (c <= ranges[i][1])
			return true;
	return false;
}

static const char hex[] = "0123456789abcdef";

static void
escape_code(struct out *o, uint32_t c)
{
	unsigned shift = 24;

	out_text(o, "\\u{");
	while (shift > 4 && c >> (shift - 4) == 0)
		shift -= 4;
	do
		out_byte(o, hex[c >> (shift -= 4) & 15]);
	while (shift > 0);
	out_byte(o, '}');
}

static void
escape_byte(struct out *o, unsigned char c)
{
	switch (c) {
	case '\n':
		out_text(o, "\\n");
		break;
	case '\r':
		out_text(o, "\\r");
		break;
	case '\t':
		out_text(o, "\\t");
		break;
	case '\\':
		out_text(o, "\\\\");
		break;
	default:
		out_text(o, "\\x");
		out_byte(o, hex[c >> 4]);
		out_byte(o, hex[c & 15]);
	}
}

void
text_escape(struct out *o, struct span s)
{
	struct span was;
	uint32_t c;
	size_t n;

	while (s.len > 0) {
		n = scan_printable(s.ptr, s.len, '\\');
		out_write(o, span_sub(s, 0, n));
		s = was = span_sub(s, n, SIZE_MAX);
		if (s.len == 0)
			break;
		if (!text_next(&s, &c) || c < ' ' || c == 0x7f || c == '\\')
			escape_byte(o, (unsigned char)*was.ptr);
		else if (hides(c))
			escape_code(o, c);
		else
			out_write(o, span_sub(was, 0, was.len - s.len));
	}
}

/* The length of the control sequence or string at the head of S, after its introducer of SKIP bytes. Source: ECMA-48 5.4,
 * 5.6; a string ends at ST, and at BEL where xterm lets it. One that has no end is not taken for one. */
static size_t
sequence(struct span s, size_t skip, bool string)
{
	for (size_t i = skip; i < s.len; i++) {
		unsigned char c = (unsigned char)s.ptr[i];

		if (string && c == 0x07)
			return i + 1;
		if (string && c == 0x1b)
			return i + 1 < s.len && s.ptr[i + 1] == '\\' ? i + 2 : 0;
		if (!string && c >= 0x40 && c <= 0x7e)
			return i + 1;
		if (!string && (c < 0x20 || c > 0x3f))
			return 0;
	}
	return 0;
}

static size_t
steering(struct span s)
{
	unsigned char c;

	if (s.len < 2)
		return 0;
	c = (unsigned char)s.ptr[1];
	if ((unsigned char)s.ptr[0] == 0xc2)	/* C1, as UTF-8 */
		return c == 0x9b ? sequence(s, 2, false) : c == 0x90 || (c >= 0x98 && c <= 0x9f) ? sequence(s, 2, true) : 0;
	if (s.ptr[0] != 0x1b)
		return 0;
	if (c == '[')
		return sequence(s, 2, false);
	if (c == ']' || c == 'P' || c == 'X' || c == '^' || c == '_')
		return sequence(s, 2, true);
	if (c >= 0x20 && c <= 0x2f)		/* intermediate bytes, and a final one */
		return s.len > 2 ? 3 : 0;
	return c >= 0x30 && c <= 0x7e ? 2 : 0;
}

void
text_strip(struct out *o, struct span s)
{
	size_t n, run;

	while (s.len > 0) {
		for (run = 0; run < s.len && s.ptr[run] != 0x1b && (unsigned char)s.ptr[run] != 0xc2; run++)
			;
		out_write(o, span_sub(s, 0, run));
		s = span_sub(s, run, SIZE_MAX);
		n = steering(s);
		if (n == 0 && s.len > 0)
			out_byte(o, s.ptr[n++]);
		s = span_sub(s, n, SIZE_MAX);
	}
}

static size_t
width(uint32_t c)
{
	int n = c < 0x7f ? 1 : wcwidth((wchar_t)c);

	return n < 0 ? 1 : (size_t)n;
}

size_t
text_width(struct span s)
{
	size_t n = 0;
	uint32_t c;

	while (s.len > 0) {
		size_t run = scan_printable(s.ptr, s.len, '\\');

		n += run;
		s = span_sub(s, run, SIZE_MAX);
		if (s.len == 0)
			break;
		text_next(&s, &c);
		n += width(c);
	}
	return n;
}

struct span
text_clip(struct span s, size_t columns)
{
	struct span rest = s;
	size_t n = 0, fits = 0;
	uint32_t c;

	while (rest.len > 0) {
		text_next(&rest, &c);
		n += width(c);
		if (n > columns)
			break;
		fits = s.len - rest.len;
	}
	return span_sub(s, 0, fits);
}

static void
json_unit(struct out *o, uint32_t unit)
{
	out_text(o, "\\u");
	for (unsigned shift = 16; shift > 0;)
		out_byte(o, hex[unit >> (shift -= 4) & 15]);
}

static void
json_escape(struct out *o, unsigned char c)
{
	static const char two[] = "\"\"\\\\\bb\ff\nn\rr\tt";

	for (const char *p = two; *p != '\0'; p += 2)
		if ((unsigned char)*p == c) {
			out_byte(o, '\\');
			out_byte(o, p[1]);
			return;
		}
	json_unit(o, c);
}

/* A character by its escape, a pair of surrogates beyond U+FFFF. */
static void
json_code(struct out *o, uint32_t c)
{
	if (c > 0xffff) {
		json_unit(o, 0xd7c0 + (c >> 10));
		c = 0xdc00 + (c & 0x3ff);
	}
	json_unit(o, c);
}

void
text_json(struct out *o, struct span s)
{
	struct span was;
	uint32_t c;
	size_t n;

	out_byte(o, '"');
	while (s.len > 0) {
		n = scan_printable(s.ptr, s.len, '"');
		out_write(o, span_sub(s, 0, n));
		s = was = span_sub(s, n, SIZE_MAX);
		if (s.len == 0)
			break;
		if (!text_next(&s, &c))
			out_text(o, "\xef\xbf\xbd");
		else if (c < ' ' || c == '"' || c == '\\')
			json_escape(o, (unsigned char)c);
		else if (c == 0x7f || hides(c))	/* JSON is read on terminals too */
			json_code(o, c);
		else
			out_write(o, span_sub(was, 0, was.len - s.len));
	}
	out_byte(o, '"');
}

static const char alphabet[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

void
text_base64(struct out *o, struct span s)
{
	const unsigned char *p = (const unsigned char *)s.ptr;

	for (size_t i = 0; i < s.len; i += 3) {
		size_t left = s.len - i;
		uint32_t v = (uint32_t)p[i] << 16;

		if (left > 1)
			v |= (uint32_t)p[i + 1] << 8;
		if (left > 2)
			v |= p[i + 2];
		out_byte(o, alphabet[v >> 18]);
		out_byte(o, alphabet[v >> 12 & 63]);
		out_byte(o, left > 1 ? alphabet[v >> 6 & 63] : '=');
		out_byte(o, left > 2 ? alphabet[v & 63] : '=');
	}
}

struct span
text_unbase64(struct arena *a, struct span s)
{
	size_t pad = span_ends(s, "==") ? 2 : span_ends(s, "="), n = 0;
	unsigned char of[256], digit, bad = 0;
	uint32_t v = 0;
	char *p = arena_room(a, s.len / 4 * 3 + 1);

	if (s.ptr == NULL || s.len % 4 != 0 || p == NULL)
		return (struct span){ 0 };
	memset(of, 0x40, sizeof(of));
	for (size_t i = 0; i < 64; i++)
		of[(unsigned char)alphabet[i]] = (unsigned char)i;
	for (size_t i = 0; i < s.len; i++) {
		digit = i < s.len - pad ? of[(unsigned char)s.ptr[i]] : 0;
		bad |= digit;			/* 0x40: one that is none */
		v = v << 6 | digit;
		if (i % 4 == 3) {
			p[n++] = (char)(v >> 16);
			p[n++] = (char)(v >> 8);
			p[n++] = (char)v;
		}
	}
	if (bad > 63 || (v & ((1U << 8 * pad) - 1)) != 0)
		return (struct span){ 0 };	/* or bits that no encoder leaves */
	n -= pad;
	p[n] = '\0';
	return (struct span){ p, n };
}

bool
text_hex(struct span s, size_t len)
{
	if (s.len != len)
		return false;
	for (size_t i = 0; i < len; i++)
		if (!((s.ptr[i] >= '0' && s.ptr[i] <= '9') || (s.ptr[i] >= 'a' && s.ptr[i] <= 'f')))
			return false;
	return true;
}

void
text_lines(struct out *o, struct span s)
{
	struct span rest = s, part;
	size_t n;

	while (rest.len > 0) {
		for (n = 0; n < rest.len && memchr("\n\t\\", rest.ptr[n], 3) == NULL; n++)
			;
		part = span_sub(rest, 0, n);
		text_escape(o, part);
		if (n < rest.len)
			out_byte(o, rest.ptr[n]);
		rest = span_sub(rest, n + 1, SIZE_MAX);
	}
}
