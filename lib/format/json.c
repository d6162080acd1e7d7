/* SPDX-License-Identifier: ISC */
/* JSON documents, strictly. Source: RFC 8259; a key twice as Go's encoding/json takes it. */

#include <stdlib.h>
#include <string.h>

#include "base/copy.h"
#include "base/limits.h"
#include "base/num.h"
#include "base/scan.h"
#include "base/text.h"
#include "format/json.h"

struct parser {
	struct span in;
	size_t at;
	struct arena *arena;
	struct fault fault, *odd;
};

static bool
fail(struct parser *p, size_t at, const char *what, const char *expected)
{
	if (p->fault.kind == FAULT_NONE)
		p->fault = fault_at(at, what, expected);
	return false;
}

static void
odd(struct parser *p, struct fault f)
{
	if (p->odd->kind == FAULT_NONE)
		*p->odd = fault_as(f, FAULT_ODD);
}

static int
peek(const struct parser *p)
{
	return p->at < p->in.len ? (unsigned char)p->in.ptr[p->at] : -1;
}

static void
blanks(struct parser *p)
{
	for (; p->at < p->in.len; p->at++) {
		char c = p->in.ptr[p->at];

		if (c != ' ' && c != '\t' && c != '\r' && c != '\n')
			break;
	}
}

static bool
hex4(struct parser *p, uint32_t *out)
{
	uint32_t v = 0;

	for (unsigned i = 0; i < 4; i++, p->at++) {
		int c = peek(p);
		int digit = c >= '0' && c <= '9' ? c - '0' :
		    c >= 'a' && c <= 'f' ? c - 'a' + 10 : c >= 'A' && c <= 'F' ? c - 'A' + 10 : -1;

		if (digit < 0)
			return fail(p, p->at, "bad \\u escape", "four hexadecimal digits");
		v = v << 4 | (uint32_t)digit;
	}
	*out = v;
	return true;
}

static bool
escape(struct parser *p, char *to, size_t *n)
{
	static const char from[] = "\"\\/bfnrt", is[] = "\"\\/\b\f\n\r\t";
	int c = peek(p);
	const char *hit = c <= 0 ? NULL : strchr(from, c);
	uint32_t code = 0, low = 0;
	size_t back;

	if (hit != NULL) {
		p->at++;
		to[(*n)++] = is[hit - from];
		return true;
	}
	if (c != 'u')
		return fail(p, p->at, "unknown escape in a string", "one of \" \\ / b f n r t u");
	p->at++;
	if (!hex4(p, &code))
		return false;
	if (code >= 0xd800 && code <= 0xdbff && span_starts(span_sub(p->in, p->at, 2), "\\u")) {
		back = p->at;
		p->at += 2;
		if (!hex4(p, &low))
			return false;
		if (low >= 0xdc00 && low <= 0xdfff)
			code = 0x10000 + ((code - 0xd800) << 10) + (low - 0xdc00);
		else
			p->at = back;
	}
	*n += text_encode(code, to + *n);
	return true;
}

/* At the opening quote. Decoded text is never longer than what it was written as. */
static bool
string(struct parser *p, struct span *out)
{
	size_t from = p->at + 1, n = 0, clean, end = from + scan_quoted(p->in.ptr + from, p->in.len - from, &clean);
	bool escaped = clean < end - from;
	char *to;

	if (end >= p->in.len)
		return fail(p, p->in.len, "input ends within a string", "a closing quote");
	if (p->in.ptr[end] != '"')
		return fail(p, end, "control byte within a string", "an escape");
	to = arena_room(p->arena, end - from + 1);
	if (to == NULL)
		return fail(p, from, "document needs more memory than a row may take", NULL);
	if (!escaped) {
		n = end - from;
		copy_short(to, p->in.ptr + from, n);
	}
	for (p->at = from; escaped && p->at < end;) {
		char c = p->in.ptr[p->at++];

		if (c != '\\')
			to[n++] = c;
		else if (!escape(p, to, &n))
			return false;
	}
	p->at = end + 1;
	to[n] = '\0';
	*out = (struct span){ to, n };
	if (!text_valid(escaped ? span_sub(p->in, from, end - from) : *out))
		odd(p, fault_at(from, "string is not valid UTF-8", NULL));
	return true;
}

/* Short whole numbers, which nearly all are, need no strtod(). */
static double
double_of(struct span text)
{
	uint64_t n;

	return text.len <= 15 && num_parse(text, &n) ? (double)n : strtod(text.ptr, NULL);
}

static bool
number(struct parser *p, struct json *j)
{
	struct span rest = span_sub(p->in, p->at, SIZE_MAX);
	size_t n = rest.len > 0 && rest.ptr[0] == '-', digits;

#define DIGITS()                                                                                   \
	for (digits = 0; n < rest.len && rest.ptr[n] >= '0' && rest.ptr[n] <= '9'; n++)           \
		digits++
	DIGITS();
	if (digits == 0 || (digits > 1 && rest.ptr[n - digits] == '0'))
		return fail(p, p->at, "bad number", "digits without a leading zero");
	if (n < rest.len && rest.ptr[n] == '.') {
		n++;
		DIGITS();
		if (digits == 0)
			return fail(p, p->at, "bad number", "digits after the point");
	}
	if (n < rest.len && (rest.ptr[n] == 'e' || rest.ptr[n] == 'E')) {
		n++;
		n += n < rest.len && (rest.ptr[n] == '+' || rest.ptr[n] == '-');
		DIGITS();
		if (digits == 0)
			return fail(p, p->at, "bad number", "digits in the exponent");
	}
#undef DIGITS
	j->node.type = cJSON_Number;
	j->text = arena_copy(p->arena, span_sub(rest, 0, n));
	j->node.valuedouble = double_of(j->text);
	j->node.valueint = j->node.valuedouble >= INT32_MAX ? INT32_MAX :
	    j->node.valuedouble <= INT32_MIN ? INT32_MIN : (int)j->node.valuedouble;
	p->at += n;
	return true;
}

static bool
word(struct parser *p, struct json *j)
{
	static const struct {
		const char *word;
		int type;
	} words[] = { { "true", cJSON_True }, { "false", cJSON_False }, { "null", cJSON_NULL } };

	for (size_t i = 0; i < 3; i++)
		if (span_starts(span_sub(p->in, p->at, SIZE_MAX), words[i].word)) {
			j->node.type = words[i].type;
			p->at += strlen(words[i].word);
			return true;
		}
	return fail(p, p->at, "no JSON value", "an object, array, string, number, true, false or null");
}

static int
by_key(const void *a, const void *b)
{
	const struct json *const *x = a, *const *y = b;
	int order = span_cmp((*x)->key, (*y)->key);

	return order != 0 ? order : ((*x)->at > (*y)->at) - ((*x)->at < (*y)->at);
}

/* Whether a key of an object may stand there twice: by the bits of their hashes. False is certain. */
static bool
may_repeat(const struct json *object)
{
	enum { BITS = 8192 };
	unsigned char seen[BITS / 8] = { 0 };
	const struct json *m;
	uint32_t h;

	for (m = json_child(object); m != NULL; m = json_next(m)) {
		h = 2166136261;		/* FNV-1a: who chooses keys that collide has them sorted */
		for (size_t i = 0; i < m->key.len; i++)
			h = (h ^ (unsigned char)m->key.ptr[i]) * 16777619;
		h = (h ^ h >> 13) % BITS;
		if ((seen[h / 8] & 1 << h % 8) != 0)
			return true;
		seen[h / 8] |= (unsigned char)(1 << h % 8);
	}
	return false;
}

/* Leaves earlier members of a key out that comes again: sorted, so that a map of 100,000 keys costs
 * no more than it must. */
static bool
last_counts(struct parser *p, struct json *object, size_t n)
{
	struct json **members, *m, *next, *kept = NULL;
	size_t i = 0;
	bool any = false;

	if (!may_repeat(object))
		return true;
	members = malloc(n * sizeof(struct json *));
	if (members == NULL)
		return fail(p, p->at, "not enough memory", NULL);
	for (m = json_child(object); m != NULL; m = json_next(m))
		members[i++] = m;
	qsort(members, n, sizeof(struct json *), by_key);
	for (i = 0; i + 1 < n; i++)
		if (span_eq(members[i]->key, members[i + 1]->key)) {
			odd(p, fault_item(members[i + 1]->at, "key twice in one object", members[i]->key,
			    NULL));
			members[i]->node.type = cJSON_Invalid;
			any = true;
		}
	free(members);
	if (!any)
		return true;
	for (m = json_child(object), object->node.child = NULL; m != NULL; m = next) {
		next = json_next(m);
		if (m->node.type == cJSON_Invalid)
			continue;
		m->node.prev = (cJSON *)kept;
		m->node.next = NULL;
		if (kept == NULL)
			object->node.child = &m->node;
		else
			kept->node.next = &m->node;
		kept = m;
	}
	object->node.child->prev = &kept->node;
	return true;
}

static bool value(struct parser *p, struct json *j, unsigned depth);

static bool
member(struct parser *p, struct json *j)
{
	if (peek(p) != '"')
		return fail(p, p->at, "no key", "a string in quotes");
	if (!string(p, &j->key))
		return false;
	j->node.string = (char *)(uintptr_t)j->key.ptr;
	blanks(p);
	if (peek(p) != ':')
		return fail(p, p->at, "key without a value", "a colon");
	p->at++;
	blanks(p);
	return true;
}

/* Children as cJSON links them: the first one's prev is the last. */
static bool
children(struct parser *p, struct json *parent, bool keyed, unsigned depth)
{
	char closing = keyed ? '}' : ']';
	struct json *last = NULL, *j;
	size_t n = 0;

	if (depth >= LIMIT_DEPTH)
		return fail(p, p->at, "nested too deep", "at most 100 levels");
	p->at++;
	blanks(p);
	if (peek(p) == closing)
		goto done;
	for (;; n++) {
		j = arena_take(p->arena, sizeof(*j));
		if (p->arena->full)
			return fail(p, p->at, "document needs more memory than a row may take", NULL);
		if (keyed && !member(p, j))
			return false;
		if (!value(p, j, depth + 1))
			return false;
		if (last == NULL)
			parent->node.child = &j->node;
		else
			last->node.next = &j->node;
		j->node.prev = (cJSON *)last;	/* the same address; NULL for the first */
		last = j;
		blanks(p);
		if (peek(p) == closing)
			break;
		if (peek(p) != ',')
			return fail(p, p->at, p->at < p->in.len ? "members not parted" : "input ends early",
			    keyed ? "a comma or }" : "a comma or ]");
		p->at++;
		blanks(p);
	}
	parent->node.child->prev = &last->node;
	if (keyed && n > 0 && !last_counts(p, parent, n + 1))
		return false;
done:
	p->at++;
	return true;
}

static bool
value(struct parser *p, struct json *j, unsigned depth)
{
	bool ok;
	int c = peek(p);

	j->at = p->at;
	if (c == '{' || c == '[') {
		j->node.type = c == '{' ? cJSON_Object : cJSON_Array;
		ok = children(p, j, c == '{', depth);
	} else if (c == '"') {
		j->node.type = cJSON_String;
		ok = string(p, &j->text);
		j->node.valuestring = (char *)(uintptr_t)j->text.ptr;
	} else if (c == '-' || (c >= '0' && c <= '9')) {
		ok = number(p, j);
	} else {
		ok = c < 0 ? fail(p, p->at, "input ends early", "a value") : word(p, j);
	}
	j->raw = span_sub(p->in, (size_t)j->at, p->at - (size_t)j->at);
	return ok;
}

struct fault
json_parse(struct span text, struct arena *arena, struct json **root, struct fault *odd_out)
{
	struct fault ignored = NO_FAULT;
	struct parser p = { .in = text, .arena = arena, .odd = odd_out ? odd_out : &ignored };
	struct json *j = arena_take(arena, sizeof(*j));

	*p.odd = NO_FAULT;
	*root = NULL;
	blanks(&p);
	if (arena->full)
		return fault_at(0, "document needs more memory than a row may take", NULL);
	if (!value(&p, j, 0))
		return p.fault;
	blanks(&p);
	if (p.at < text.len)
		return fault_at(p.at, "bytes after the end of the document", "nothing");
	*root = j;
	return NO_FAULT;
}

struct json *
json_get(const struct json *object, const char *key)
{
	struct json *j;

	if (object == NULL || !cJSON_IsObject(&object->node))
		return NULL;
	for (j = json_child(object); j != NULL; j = json_next(j))
		if (span_is(j->key, key))
			return j;
	return NULL;
}
