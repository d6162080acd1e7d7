/* SPDX-License-Identifier: ISC */
/* tar-split's lines. Source: vbatts/tar-split 0.11, tar/storage/entry.go. */

#include "base/limits.h"
#include "base/num.h"
#include "base/scan.h"
#include "base/text.h"
#include "format/json.h"
#include "format/tarsplit.h"

enum { BLOCK = 64 * 1024, SHORT = 4096, SUM = 8 };

struct tarsplit
tarsplit_open(struct bytes *in)
{
	return (struct tarsplit){ .window = window_open(in, BLOCK), .line = 1 };
}

void
tarsplit_close(struct tarsplit *t)
{
	window_close(&t->window);
}

/* Which line is wrong, for a message. */
static struct span
line_name(struct arena *a, uint64_t line)
{
	struct out o = out_memory();
	struct span name;

	out_text(&o, "line ");
	out_u64(&o, line);
	name = arena_copy(a, out_span(&o));
	out_close(&o);
	return name;
}

static struct fault
bad(const struct tarsplit *t, struct arena *a, const char *what, const char *expected)
{
	return fault_item(t->at, what, line_name(a, t->line), expected);
}

/* What is said is the first of what is wrong. */
static void
note(struct fault *f, struct fault g)
{
	if (f->kind == FAULT_NONE)
		*f = g;
}

/* The next line without its newline; of the last one that may be missing. False at the end. */
static bool
next_line(struct tarsplit *t, struct arena *a, struct span *line, struct fault *f)
{
	size_t want = SHORT, n = 0;
	struct span s;

	for (;; want *= 2) {
		s = window_at(&t->window, t->at, want);
		if (t->window.fault.kind != FAULT_NONE) {	/* said once: what was got of the bytes before it stands */
			note(f, t->window.fault);
			t->window.fault = NO_FAULT;
		}
		n += scan_byte(s.ptr + n, s.len - n, '\n');
		if (n < s.len || s.len < want)
			break;
		if (want > LIMIT_SEGMENT) {
			note(f, bad(t, a, "line of tar-split is too long", "at most 16 MiB; nothing behind it is read"));
			t->ended = true;
			return false;
		}
	}
	*line = span_sub(s, 0, n);
	t->ended = n == s.len;
	return s.len > 0;
}

static bool
number(const struct json *j, uint64_t *n)
{
	*n = 0;
	return j == NULL || num_parse(j->text, n);
}

/* A string of base64; null and what is not there are no bytes. */
static bool
bytes_of(const struct json *j, struct arena *a, struct span *out)
{
	*out = SPAN("");
	if (j == NULL || cJSON_IsNull(&j->node))
		return true;
	if (!cJSON_IsString(&j->node))
		return false;
	*out = text_unbase64(a, j->text);
	return out->ptr != NULL;
}

static const char *
file_entry(const struct json *j, struct arena *a, struct tarsplit_entry *e)
{
	const struct json *name = json_get(j, "name"), *raw = json_get(j, "name_raw");
	struct span sum;

	if (raw != NULL && !cJSON_IsNull(&raw->node)) {
		if (!bytes_of(raw, a, &e->name))
			return "name_raw of a file is no base64";
	} else if (name != NULL && cJSON_IsString(&name->node)) {
		e->name = name->text;
	} else {
		return "file without a name";
	}
	if (!number(json_get(j, "size"), &e->size))
		return "size of a file is no number";
	if (!bytes_of(json_get(j, "payload"), a, &sum) || (sum.len != SUM && (sum.len != 0 || e->size != 0)))
		return "sum of a file is no base64 of 8 bytes";
	e->sum = 0;
	for (size_t i = 0; i < sum.len; i++)
		e->sum = e->sum << 8 | (unsigned char)sum.ptr[i];
	return NULL;
}

/* What a line says; what is wrong with it, or NULL. */
static const char *
read_entry(const struct json *j, struct arena *a, struct tarsplit_entry *e)
{
	uint64_t type;

	if (!cJSON_IsObject(&j->node) || json_get(j, "type") == NULL || !number(json_get(j, "type"), &type))
		return "line of tar-split is no entry";
	if (type == TARSPLIT_SEGMENT) {
		e->type = TARSPLIT_SEGMENT;
		return bytes_of(json_get(j, "payload"), a, &e->bytes) ? NULL : "payload of a segment is no base64";
	}
	e->type = TARSPLIT_FILE;
	return type == TARSPLIT_FILE ? file_entry(j, a, e) : "entry of tar-split of an unknown type";
}

/* Whether LINE is an entry; it may be one at another position than its own. */
static bool
entry(struct tarsplit *t, struct span line, struct arena *a, struct tarsplit_entry *e, struct fault *f)
{
	struct json *j;
	struct fault g = json_parse(line, a, &j, NULL);
	const char *wrong = j == NULL ? g.what : read_entry(j, a, e);
	uint64_t position = t->position;

	if (a->full)
		wrong = "line of tar-split needs more memory than it may take";
	if (wrong != NULL)
		note(f, bad(t, a, wrong, NULL));
	else if (json_get(j, "position") == NULL || !number(json_get(j, "position"), &position) || position != t->position)
		note(f, bad(t, a, "line of tar-split is not at its position", "positions that count up from 0, each once"));
	t->position = position + 1;
	return wrong == NULL;
}

bool
tarsplit_next(struct tarsplit *t, struct arena *a, struct tarsplit_entry *e, struct fault *f)
{
	struct span line;
	bool got = false;

	*f = NO_FAULT;
	while (!got && !t->ended && next_line(t, a, &line, f)) {
		*e = (struct tarsplit_entry){ .at = t->at, .line = t->line };
		got = entry(t, line, a, e, f);
		t->at += line.len + 1;
		t->line++;
	}
	return got;
}
