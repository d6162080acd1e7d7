/* SPDX-License-Identifier: ISC */
/* Values as JSON: what JSON cannot hold stands beside it in base64, whole. */

#include "base/text.h"
#include "base/time.h"
#include "record/emit_value.h"

size_t
value_item_size(const struct column *c)
{
	return c->of == K_U64 ? sizeof(struct u64) : c->of == K_I64 ? sizeof(struct i64) : sizeof(struct span);
}

void
emit_json_scalar(struct out *o, const struct column *c, enum kind kind, const void *at)
{
	const struct timestamp *t = at;

	switch (kind) {
	case K_TIME:
		out_byte(o, '"');
		time_print(o, *t, TIME_EXACT);
		out_byte(o, '"');
		break;
	case K_U64:
		out_u64(o, ((const struct u64 *)at)->n);
		break;
	case K_I64:
		out_i64(o, ((const struct i64 *)at)->n);
		break;
	case K_BOOL:
		out_text(o, *(const unsigned *)at == YES ? "true" : "false");
		break;
	case K_ENUM:
		text_json(o, span_of(c->words[*(const unsigned *)at]));
		break;
	default:
		text_json(o, *(const struct span *)at);
	}
}

static void
base64(struct out *o, struct span s)
{
	out_byte(o, '"');
	text_base64(o, s);
	out_byte(o, '"');
}

static bool
exact(const struct column *c, const void *at)
{
	const struct list *l = at;

	switch (c->kind) {
	case K_TEXT: case K_ID: case K_DIGEST: case K_PATH: case K_ANY:
		return text_valid(*(const struct span *)at);
	case K_LIST:
		for (size_t i = 0; c->of <= K_ANY && i < l->n; i++)
			if (!text_valid(list_span(l, i)))
				return false;
		return true;
	case K_MAP:
		for (size_t i = 0; i < l->n; i++)
			if (!text_valid(list_pair(l, i)->key) || !text_valid(list_pair(l, i)->value))
				return false;
		return true;
	default:
		return true;
	}
}

/* The whole value beside one that JSON cannot hold: a text, a list item by item, a map as pairs. */
static void
json_exactly(struct out *o, const struct column *c, const void *at)
{
	const struct list *l = at;

	if (c->kind <= K_ANY) {
		base64(o, *(const struct span *)at);
		return;
	}
	out_byte(o, '[');
	for (size_t i = 0; i < l->n; i++) {
		out_text(o, i > 0 ? "," : "");
		if (c->kind == K_LIST) {
			base64(o, list_span(l, i));
			continue;
		}
		out_byte(o, '[');
		base64(o, list_pair(l, i)->key);
		out_byte(o, ',');
		base64(o, list_pair(l, i)->value);
		out_byte(o, ']');
	}
	out_byte(o, ']');
}

static void
json_key(struct out *o, struct span name, const char *suffix)
{
	out_byte(o, '"');
	out_write(o, name);
	out_text(o, suffix);
	out_text(o, "\":");
}

void
emit_json_member(struct out *o, struct span name, const struct column *c, const void *at)
{
	json_key(o, name, "");
	emit_json(o, c, at);
	if (!exact(c, at)) {
		out_byte(o, ',');
		json_key(o, name, "_b64");
		json_exactly(o, c, at);
	}
}

static void
json_record(struct out *o, const struct record *r, const void *row)
{
	const struct column *c;
	const char *comma = "";
	size_t base;

	out_byte(o, '{');
	for (size_t i = 0; (c = record_next(r, &i, &base)) != NULL; comma = ",") {
		out_text(o, comma);
		emit_json_member(o, (struct span){ c->name, c->len }, c, (const char *)row + base + c->at);
	}
	out_byte(o, '}');
}

static void
json_list(struct out *o, const struct column *c, const struct list *l)
{
	out_byte(o, c->kind == K_MAP ? '{' : '[');
	for (size_t i = 0; i < l->n; i++) {
		out_text(o, i > 0 ? "," : "");
		if (c->kind == K_MAP) {
			text_json(o, list_pair(l, i)->key);
			out_byte(o, ':');
			text_json(o, list_pair(l, i)->value);
		} else if (c->kind == K_EACH) {
			json_record(o, c->in, (const char *)l->v + i * c->in->size);
		} else {
			emit_json_scalar(o, c, c->of, (const char *)l->v + i * value_item_size(c));
		}
	}
	out_byte(o, c->kind == K_MAP ? '}' : ']');
}

void
emit_json(struct out *o, const struct column *c, const void *at)
{
	if (value_absent(c, at))
		out_text(o, "null");
	else if (c->kind == K_LIST || c->kind == K_MAP || c->kind == K_EACH)
		json_list(o, c, at);
	else if (c->kind == K_IN)
		json_record(o, c->in, at);
	else
		emit_json_scalar(o, c, c->kind, at);
}
