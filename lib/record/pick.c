/* SPDX-License-Identifier: ISC */
/* Columns by name, and tests on them. */

#include "base/num.h"
#include "base/time.h"
#include "record/pick.h"

static struct fault
no_column(struct span name)
{
	return (struct fault){ .kind = FAULT_USAGE, .what = "no such column:", .item = name,
		.expected = "one that --list-columns names" };
}

struct fault
pick_parse(const struct record *r, struct span name, struct pick *out)
{
	struct span rest = name, head;
	const struct column *c;
	size_t base;

	*out = (struct pick){ .name = name };
	for (;;) {
		if (out->depth == PICK_DEPTH || !span_cut(&rest, '.', &head))
			return no_column(name);
		c = record_column(r, head, &base);
		if (c == NULL || head.len == 0)
			return no_column(name);
		if (out->depth == 0)
			out->base = base;
		out->path[out->depth++] = c;
		if (rest.ptr == NULL)
			return NO_FAULT;
		if (c->kind == K_MAP) {
			out->key = rest;
			return NO_FAULT;
		}
		if (c->kind != K_IN && c->kind != K_EACH)
			return no_column(name);
		r = c->in;
	}
}

bool
pick_many(const struct pick *p)
{
	for (unsigned d = 0; d + 1 < p->depth; d++)
		if (p->path[d]->kind == K_EACH)
			return true;
	return false;
}

struct values
values_open(const struct pick *p, const void *row, bool items)
{
	struct values v = { .pick = p, .items = items };

	v.row[0] = (const char *)row + p->base;
	return v;
}

/* Opens the levels from D down to the column itself; false where a list on the way has nothing more. */
static bool
descend(struct values *v, unsigned d)
{
	const struct pick *p = v->pick;

	for (; d + 1 < p->depth; d++) {
		const struct column *c = p->path[d];
		const char *at = (const char *)v->row[d] + c->at;

		v->list[d] = NULL;
		if (c->kind == K_IN) {
			v->row[d + 1] = at;
			continue;
		}
		v->list[d] = (const struct list *)(const void *)at;
		v->i[d] = 0;
		if (v->list[d]->n == 0)
			return false;
		v->row[d + 1] = v->list[d]->v;
	}
	return true;
}

/* The next record of the innermost list that has one. */
static bool
advance(struct values *v)
{
	const struct pick *p = v->pick;
	unsigned d = 0;
	bool fresh = !v->started;

	v->started = true;
	if (fresh && descend(v, 0))
		return true;
	for (d = p->depth - 1; d-- > 0;) {
		if (p->path[d]->kind != K_EACH || v->list[d] == NULL)
			continue;
		while (++v->i[d] < v->list[d]->n) {
			v->row[d + 1] = (const char *)v->list[d]->v + v->i[d] * p->path[d]->in->size;
			if (descend(v, d + 1))
				return true;
		}
		v->list[d] = NULL;
	}
	return false;
}

static bool
next_item(struct values *v, struct value *out)
{
	const struct column *c = v->current.column;

	while (v->of != NULL && v->next < v->of->n) {
		size_t i = v->next++;

		*out = (struct value){ c, NULL, true };
		if (c->kind == K_MAP) {
			const struct pair *pair = list_pair(v->of, i);

			if (v->pick->key.ptr != NULL && !span_eq(v->pick->key, pair->key))
				continue;
			out->at = &pair->value;
		} else {
			size_t size = c->of == K_U64 ? sizeof(struct u64) :
			    c->of == K_I64 ? sizeof(struct i64) : sizeof(struct span);

			out->at = (const char *)v->of->v + i * size;
		}
		return true;
	}
	v->of = NULL;
	return false;
}

bool
values_next(struct values *v, struct value *out)
{
	const struct pick *p = v->pick;
	const struct column *c = p->path[p->depth - 1];

	for (;;) {
		if (next_item(v, out))
			return true;
		if (!advance(v))
			return false;
		v->current = (struct value){ c, (const char *)v->row[p->depth - 1] + c->at, false };
		if ((v->items && (c->kind == K_LIST || c->kind == K_MAP)) || p->key.ptr != NULL) {
			v->of = v->current.at;
			v->next = 0;
			continue;
		}
		*out = v->current;
		return true;
	}
}

static struct fault
bad_value(struct span text, const char *expected)
{
	return (struct fault){ .kind = FAULT_USAGE, .what = "test that cannot be made:", .item = text,
		.expected = expected };
}

static bool
parse_value(const struct column *c, enum kind kind, struct test *t)
{
	switch (kind) {
	case K_TIME:
		return time_parse_loose(t->text, &t->time);
	case K_U64: case K_I64:
		t->number.known = num_parse_signed(t->text, &t->number.n);
		return t->number.known;
	case K_BOOL:
		t->word = span_is(t->text, "true") ? YES : span_is(t->text, "false") ? NO : 0;
		return t->word != 0 && t->op == '=';
	case K_ENUM:
		for (unsigned w = 1; c->words[w] != NULL; w++)
			if (span_is(t->text, c->words[w]))
				t->word = w;
		return t->word != 0;
	case K_IN: case K_EACH: case K_PART:
		return false;
	default:
		return true;
	}
}

struct fault
test_parse(const struct record *r, struct span text, struct test *out)
{
	struct span rest = text;
	size_t n = 0;
	const struct column *c;
	struct fault f;

	*out = (struct test){ 0 };
	while (span_starts(rest, "!")) {
		out->negated = !out->negated;
		rest = span_sub(rest, 1, SIZE_MAX);
	}
	while (n < rest.len && !span_has(SPAN("=~<>"), (char[]){ rest.ptr[n], 0 }))
		n++;
	if (n == 0 || n == rest.len)
		return bad_value(text, "COLUMN=VALUE, COLUMN~TEXT, COLUMN>VALUE, >=, <, <=, or ! before one");
	f = pick_parse(r, span_sub(rest, 0, n), &out->pick);
	if (f.kind != FAULT_NONE)
		return f;
	out->op = rest.ptr[n++];
	if ((out->op == '<' || out->op == '>') && n < rest.len && rest.ptr[n] == '=') {
		out->op = out->op == '<' ? 'l' : 'g';
		n++;
	}
	out->text = span_sub(rest, n, SIZE_MAX);
	c = out->pick.path[out->pick.depth - 1];
	if (c->kind == K_IN || c->kind == K_EACH)
		return bad_value(text, "a column within that record, as NAME.COLUMN");
	if (out->op == '~')
		return NO_FAULT;
	if (!parse_value(c, c->kind == K_LIST || c->kind == K_MAP ? c->of : c->kind, out))
		return bad_value(text, "a value of the column's kind (a number, a time, true, a word of it)");
	return NO_FAULT;
}

static bool
ordered(char op, int order)
{
	switch (op) {
	case '=':
		return order == 0;
	case '>':
		return order > 0;
	case '<':
		return order < 0;
	case 'g':
		return order >= 0;
	default:
		return order <= 0;
	}
}

/* What ~ looks in: the text that a table would show of a scalar, unescaped. */
static struct span
shown(const struct column *c, enum kind kind, const void *at, struct out *scratch)
{
	switch (kind) {
	case K_TIME:
		time_print(scratch, *(const struct timestamp *)at, TIME_EXACT);
		return out_span(scratch);
	case K_U64:
		out_u64(scratch, ((const struct u64 *)at)->n);
		return out_span(scratch);
	case K_I64:
		out_i64(scratch, ((const struct i64 *)at)->n);
		return out_span(scratch);
	case K_BOOL:
		return *(const unsigned *)at == YES ? SPAN("true") : SPAN("false");
	case K_ENUM:
		return span_of(c->words[*(const unsigned *)at]);
	default:
		return *(const struct span *)at;
	}
}

static bool
holds(const struct test *t, const struct value *v)
{
	const struct column *c = v->column;
	enum kind kind = v->item ? c->of : c->kind;
	const struct i64 *i = v->at;
	const struct u64 *u = v->at;
	unsigned word;

	if (!v->item && value_absent(c, v->at))
		return false;
	if (t->op == '~') {
		struct out scratch = out_memory();
		bool found = span_find(shown(c, kind, v->at, &scratch), t->text) != SIZE_MAX;

		out_close(&scratch);
		return found;
	}
	switch (kind) {
	case K_TIME:
		return ordered(t->op, time_cmp(*(const struct timestamp *)v->at, t->time));
	case K_U64:
		if (t->number.n < 0)
			return ordered(t->op, 1);
		return ordered(t->op, num_cmp(u->n, (uint64_t)t->number.n));
	case K_I64:
		return ordered(t->op, (i->n > t->number.n) - (i->n < t->number.n));
	case K_BOOL: case K_ENUM:
		word = *(const unsigned *)v->at;
		return ordered(t->op, (word > t->word) - (word < t->word));
	case K_ID:
		/* as a table shows it: 12 characters are enough */
		if (t->op == '=' && t->text.len >= 12 && span_begins(*(const struct span *)v->at, t->text))
			return true;
		/* fall through */
	default:
		return ordered(t->op, span_cmp(*(const struct span *)v->at, t->text));
	}
}

bool
test_holds(const struct test *t, const void *row)
{
	struct values it = values_open(&t->pick, row, true);
	struct value v;

	while (values_next(&it, &v))
		if (holds(t, &v))
			return !t->negated;
	return t->negated;
}
