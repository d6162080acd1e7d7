/* SPDX-License-Identifier: ISC */
/* JSON into structs, by their tables. */

#include <string.h>

#include "base/num.h"
#include "base/text.h"
#include "base/time.h"
#include "record/read.h"

/* Where we are, for the name of a key that is wrong: innermost first. */
struct place {
	const struct place *outer;
	struct span key;
};

static struct span
dotted(struct arena *a, const struct place *p)
{
	struct span outer;

	if (p == NULL || p->key.ptr == NULL)
		return p == NULL || p->outer == NULL ? (struct span){ 0 } : dotted(a, p->outer);
	outer = dotted(a, p->outer);
	return outer.ptr == NULL ? p->key : arena_concat(a, outer, SPAN("."), p->key);
}

static void
wrong(struct reading *r, const struct place *p, const struct json *j, const char *expected)
{
	struct span key = dotted(r->arena, p);
	struct fault f = fault_item(j->at, "value of the wrong kind for key",
	    key.ptr == NULL ? SPAN("(document)") : key, expected);

	f.file = r->file;
	if (r->first.kind == FAULT_NONE)
		r->first = f;
	faults_add(r->faults, f);
}

static bool
scalar(const struct column *c, enum kind kind, const struct json *j, void *at)
{
	struct u64 *u = at;
	struct i64 *i = at;

	switch (kind) {
	case K_TEXT: case K_ID: case K_DIGEST: case K_PATH:
		if (!cJSON_IsString(&j->node))
			return false;
		*(struct span *)at = j->text;
		return true;
	case K_ANY:
		*(struct span *)at = j->raw;
		return true;
	case K_TIME:
		return cJSON_IsString(&j->node) && time_parse(j->text, at);
	case K_U64:
		u->known = cJSON_IsNumber(&j->node) && num_parse(j->text, &u->n);
		return u->known;
	case K_I64:
		i->known = cJSON_IsNumber(&j->node) && num_parse_signed(j->text, &i->n);
		return i->known;
	case K_BOOL:
		if (!cJSON_IsBool(&j->node))
			return false;
		*(enum tri *)at = tri_of(cJSON_IsTrue(&j->node));
		return true;
	case K_ENUM:
		for (unsigned w = 1; cJSON_IsString(&j->node) && c->words[w] != NULL; w++)
			if (span_is(j->text, c->words[w])) {
				*(unsigned *)at = w;
				return true;
			}
		return false;
	default:
		return false;
	}
}

static const char *
expected(enum kind kind)
{
	static const char *const words[] = { "a string", "a string", "a string", "a string", "a value",
		"a time (RFC 3339)", "a whole number that is not negative", "a whole number",
		"true or false", "a known word", "an array", "an object", "an object", "an array",
		"an object" };

	return words[kind];
}

static size_t
item_size(enum kind of)
{
	return of == K_U64 ? sizeof(struct u64) : of == K_I64 ? sizeof(struct i64) : sizeof(struct span);
}

/* A string where a list should be is a list of one, as Docker takes its older records (strslice). */
static bool
list(struct reading *r, const struct place *p, const struct column *c, struct json *j, struct list *out)
{
	struct json *item;
	void *slot;

	*out = list_none();
	if (cJSON_IsString(&j->node) && c->of == K_TEXT) {
		*out = (struct list){ 0 };
		list_add_span(r->arena, out, j->text);
		return true;
	}
	if (!cJSON_IsArray(&j->node))
		return false;
	for (item = json_child(j); item != NULL; item = json_next(item)) {
		union {
			struct span s;
			struct u64 u;
			struct i64 i;
		} v = { 0 };

		item->taken = true;
		if (!scalar(c, c->of, item, &v)) {
			wrong(r, p, item, expected(c->of));
			continue;
		}
		slot = list_add(r->arena, out, item_size(c->of));
		memcpy(slot, &v, item_size(c->of));
	}
	return true;
}

static bool
map(struct reading *r, const struct place *p, const struct column *c, struct json *j, struct list *out)
{
	struct json *member;
	struct span value;

	*out = list_none();
	if (!cJSON_IsObject(&j->node))
		return false;
	for (member = json_child(j); member != NULL; member = json_next(member)) {
		struct place here = { p, member->key };

		member->taken = true;
		value = SPAN("");
		if (!cJSON_IsNull(&member->node) && !scalar(c, c->of, member, &value))
			wrong(r, &here, member, expected(c->of));
		else
			list_add_pair(r->arena, out, member->key, value);
	}
	return true;
}

static void row_of(struct reading *, const struct place *, const struct record *, void *, struct json *);

/* An array of objects, or an object of objects whose rows have a column for the key. */
static bool
each(struct reading *r, const struct place *p, const struct column *c, struct json *j, struct list *out)
{
	bool keyed = cJSON_IsObject(&j->node);
	struct json *item;

	*out = list_none();
	if (!keyed && !cJSON_IsArray(&j->node))
		return false;
	for (item = json_child(j); item != NULL; item = json_next(item)) {
		struct place here = { p, item->key };
		bool as_value = false;
		void *row;

		row = list_add(r->arena, out, c->in->size);
		for (size_t i = 0; i < c->in->n; i++) {
			const struct column *k = &c->in->columns[i];

			if (keyed && k->show == KEYED)
				*(struct span *)(void *)((char *)row + k->at) = item->key;
			as_value |= k->show == ITSELF;
		}
		if (cJSON_IsObject(&item->node) || as_value)
			row_of(r, &here, c->in, row, item);
		else if (!cJSON_IsNull(&item->node))
			wrong(r, &here, item, "an object");
	}
	return true;
}

static void
keep(struct json *j)
{
	struct json *child;

	j->taken = false;
	for (child = json_child(j); child != NULL; child = json_next(child))
		keep(child);
}

static void
value(struct reading *r, const struct place *p, const struct column *c, struct json *j, void *at)
{
	bool good;

	j->taken = c->show != KEPT;
	if (cJSON_IsNull(&j->node))
		return;
	switch (c->kind) {
	case K_LIST:
		good = list(r, p, c, j, at);
		break;
	case K_MAP:
		good = map(r, p, c, j, at);
		break;
	case K_EACH:
		good = each(r, p, c, j, at);
		j->taken = json_child(j) == NULL;	/* else its members say what was taken */
		break;
	case K_IN:
		good = cJSON_IsObject(&j->node);
		if (good)
			row_of(r, p, c->in, at, j);
		j->taken = json_child(j) == NULL;
		break;
	default:
		good = scalar(c, c->kind, j, at);
		break;
	}
	if (!good) {
		j->taken = false;
		memset(at, 0, c->kind == K_LIST || c->kind == K_MAP || c->kind == K_EACH ?
		    sizeof(struct list) : 0);
		wrong(r, p, j, expected(c->kind));
	}
	if (c->show == KEPT)
		keep(j);
}

/* A list of texts item by item, or a map as pairs, each in base64; else one text. */
static void
unbase64(struct reading *r, const struct column *c, struct json *j, void *at)
{
	struct list l = list_none();
	struct json *item, *second;

	if (c->kind < K_ANY) {
		*(struct span *)at = text_unbase64(r->arena, j->text);
		return;
	}
	for (item = json_child(j); item != NULL; item = json_next(item)) {
		if (c->kind == K_LIST) {
			list_add_span(r->arena, &l, text_unbase64(r->arena, item->text));
			continue;
		}
		second = json_child(item);
		if (second != NULL && json_next(second) != NULL)
			list_add_pair(r->arena, &l, text_unbase64(r->arena, second->text),
			    text_unbase64(r->arena, json_next(second)->text));
	}
	*(struct list *)at = l;
}

static void
row_of(struct reading *r, const struct place *p, const struct record *record, void *row, struct json *object)
{
	const struct column *c;
	struct json *j;
	size_t base;

	for (size_t i = 0; i < record->n; i++)
		if (record->columns[i].show == ITSELF)
			value(r, p, &record->columns[i], object, (char *)row + record->columns[i].at);
	if (!cJSON_IsObject(&object->node))
		return;
	for (j = json_child(object); j != NULL; j = json_next(j)) {
		struct place here = { p, j->key };

		c = r->foreign ? record_column_folded(record, j->key, &base) : record_column(record, j->key, &base);
		if (c != NULL && j->key.len > 0) {
			value(r, &here, c, j, (char *)row + base + c->at);
		} else if (!r->foreign && span_ends(j->key, "_b64")) {
			c = record_column(record, span_sub(j->key, 0, j->key.len - 4), &base);
			if (c != NULL && (c->kind < K_ANY || c->kind == K_LIST || c->kind == K_MAP))
				unbase64(r, c, j, (char *)row + base + c->at);
		}
	}
}

void
record_read(struct reading *r, const struct record *record, void *row, struct json *object)
{
	if (cJSON_IsObject(&object->node))
		row_of(r, NULL, record, row, object);
	else
		wrong(r, NULL, object, "an object");
}
