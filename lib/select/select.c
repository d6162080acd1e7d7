/* SPDX-License-Identifier: ISC */
/* Names, ids, images and records on stdin into a selection. */

#include <sys/stat.h>

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/limits.h"
#include "base/text.h"
#include "record/read.h"
#include "select/select.h"

struct choice {
	struct item item;		/* engine NULL: `json` is the record itself */
	struct span json, path;
};

struct operand {
	struct span text, path;
	unsigned best;			/* the best rank that matched so far */
};

/* How well a name fits; the best rank of an operand wins, and takes all of that rank. */
enum { RANK_NONE, RANK_SUBSTRING = 2, RANK_PREFIX = 4, RANK_EXACT = 6, RANK_CONTAINER = 1 };

struct match {
	struct item item;
	size_t operand;
	unsigned rank;
};

static void
fail(struct selection *s, struct fault f)
{
	if (f.kind > s->fault.kind)
		s->fault = f;
	if (f.kind == FAULT_USAGE)	/* each operand that means nothing is said */
		root_fault(s->root, f);
}

static bool
search(struct selection *s)
{
	if (!s->searched) {
		s->searched = true;
		s->fault = engines_open(&s->engines, s->root);
		if (s->fault.kind != FAULT_NONE)
			root_fault(s->root, s->fault);
	}
	return s->engines.list.n > 0;
}

static void
choose(struct selection *s, struct item item, struct span json, struct span path)
{
	*(struct choice *)list_add(&s->arena, &s->chosen, sizeof(struct choice)) =
	    (struct choice){ item, json, path };
}

static unsigned
rank_container(const struct container *c, struct span text)
{
	if (span_starts(text, "pod:"))
		return c->pod.ptr != NULL && span_eq(c->pod, span_sub(text, 4, SIZE_MAX)) ? RANK_EXACT : RANK_NONE;
	if (span_eq(c->name, text) || span_eq(c->container, text))
		return RANK_EXACT;
	if (text.len > 0 && span_begins(c->container, text))
		return RANK_PREFIX;
	return text.len > 0 && span_find(c->image, text) != SIZE_MAX ? RANK_SUBSTRING : RANK_NONE;
}

/* NAME as TEXT gives it: a tag that is left out is `latest`. */
static bool
names_image(struct span name, struct span text)
{
	return span_eq(name, text) || (name.len == text.len + 7 && text.len > 0 && span_begins(name, text) &&
	    span_ends(name, ":latest"));
}

/* How well a digest begins as HEX does, all of which its digits may be. */
static unsigned
rank_digest(struct span digest, struct span hex)
{
	struct span digits = span_starts(digest, "sha256:") ? span_sub(digest, 7, SIZE_MAX) : digest;

	return hex.len == 0 || digits.len == 0 || !span_begins(digits, hex) ? RANK_NONE :
	    digits.len == hex.len ? RANK_EXACT : RANK_PREFIX;
}

static unsigned
rank_image(const struct image *i, struct span text)
{
	struct span hex;
	unsigned best, of_manifest;

	if (span_starts(text, "image:"))
		text = span_sub(text, 6, SIZE_MAX);
	hex = span_starts(text, "sha256:") ? span_sub(text, 7, SIZE_MAX) : text;
	best = rank_digest(i->image_id, hex);
	of_manifest = rank_digest(i->manifest, hex);
	if (of_manifest > best)
		best = of_manifest;
	for (size_t k = 0; k < i->names.n; k++) {
		if (names_image(list_span(&i->names, k), text))
			return RANK_EXACT;
		if (best == RANK_NONE && span_find(list_span(&i->names, k), text) != SIZE_MAX)
			best = RANK_SUBSTRING;
	}
	return best;
}

/* What a subject can be called by. */
struct names {
	struct span id;
	struct container container;
	struct image image;
};

static void
read_names(struct selection *s, struct item item, struct names *n)
{
	*n = (struct names){ .id = item.id };
	if (item.kind == CONTAINERS)
		item.engine->kind->container(item.engine, item.id, WANT_NAMES, &s->row, &n->container);
	else if (item.kind == IMAGES)
		item.engine->kind->image(item.engine, item.id, WANT_NAMES, &s->row, &n->image);
}

static unsigned
rank(enum subject kind, const struct names *n, struct span text)
{
	switch (kind) {
	case CONTAINERS:
		return rank_container(&n->container, text);
	case IMAGES:
		return rank_image(&n->image, text);
	default:
		return span_eq(n->id, text) ? RANK_EXACT :
		    span_begins(n->id, text) ? RANK_PREFIX :
		    span_find(n->id, text) != SIZE_MAX ? RANK_SUBSTRING : RANK_NONE;
	}
}

/* A record that could not be read has no name by which it could match. That matters where others may match too: not
 * beside an exact name, which an engine gives once, nor an id, which is the name of a folder. */
static void
say_unread(struct selection *s, const struct list *operands, struct faults *of_names)
{
	const struct operand *o = operands->v;
	const struct fault *f = of_names->list.v;
	bool matters = false;

	for (size_t k = 0; k < operands->n; k++)
		matters |= o[k].best < RANK_PREFIX || span_starts(o[k].text, "pod:");
	for (size_t i = 0; matters && i < of_names->list.n; i++)
		root_fault(s->root, f[i]);
	faults_close(of_names);
}

/* Every subject against every operand: a subject is read once. */
static void
match_names(struct selection *s, const struct list *items, struct operand *o, size_t n)
{
	struct list matches = { 0 };
	struct names names;
	unsigned r;

	for (size_t i = 0; i < items->n; i++) {
		struct item item = ((struct item *)items->v)[i];

		read_names(s, item, &names);
		for (size_t k = 0; k < n; k++) {
			r = rank(item.kind, &names, o[k].text);
			if (r > RANK_NONE && s->kind == STACKS && item.kind == CONTAINERS)
				r += RANK_CONTAINER;
			if (r > o[k].best)
				o[k].best = r;
			if (r > RANK_NONE && r == o[k].best)
				*(struct match *)list_add(&s->arena, &matches, sizeof(struct match)) =
				    (struct match){ item, k, r };
		}
		arena_reset(&s->row);
	}
	for (size_t i = 0; i < matches.n; i++) {
		const struct match *m = (struct match *)matches.v + i;

		if (m->rank == o[m->operand].best)
			choose(s, m->item, (struct span){ 0 }, o[m->operand].path);
	}
}

/* id:HEX: the items are in the order of ids, and none has to be read. */
static void
match_id(struct selection *s, const struct list *items, struct operand *o)
{
	const struct item *v = items->v;
	struct span hex = span_sub(o->text, 3, SIZE_MAX);
	size_t low = 0, high = items->n, middle;

	while (low < high) {
		middle = low + (high - low) / 2;
		if (span_cmp(v[middle].id, hex) < 0)
			low = middle + 1;
		else
			high = middle;
	}
	for (; hex.len > 0 && low < items->n && span_begins(v[low].id, hex); low++) {
		choose(s, v[low], (struct span){ 0 }, o->path);
		o->best = RANK_EXACT;
	}
}

/* Those that begin with id: stand last. */
static int
by_text(const void *a, const void *b)
{
	struct span x = ((const struct operand *)a)->text, y = ((const struct operand *)b)->text;
	int order = span_starts(x, "id:") - span_starts(y, "id:");

	if (order == 0)
		order = span_cmp(x, y);
	return order != 0 ? order : span_cmp(((const struct operand *)a)->path, ((const struct operand *)b)->path);
}

/* Each operand once. Returns how many of them are no id:HEX. */
static size_t
sort_operands(struct list *operands)
{
	struct operand *o = operands->v;
	size_t n = 0;

	qsort(o, operands->n, sizeof(*o), by_text);
	for (size_t k = 0; k < operands->n; k++)
		if (n == 0 || !span_eq(o[n - 1].text, o[k].text) || !span_eq(o[n - 1].path, o[k].path))
			o[n++] = o[k];
	operands->n = n;
	while (n > 0 && span_starts(o[n - 1].text, "id:"))
		n--;
	return n;
}

/* How many of the items of STACKS are containers: they come first. */
static size_t
containers_of(const struct list *items)
{
	const struct item *v = items->v;
	size_t n = 0;

	while (n < items->n && v[n].kind == CONTAINERS)
		n++;
	return n;
}

static void
match(struct selection *s, struct list *operands)
{
	struct operand *o = operands->v;
	struct faults of_names = faults_open(), kept;
	struct list items;
	size_t names, all;

	if (!search(s))
		return;
	engines_items(&s->engines, s->kind, &items);
	all = items.n;
	items.n = s->kind == STACKS ? containers_of(&items) : all;
	names = sort_operands(operands);
	if (s->kind != CONTAINERS && s->kind != STACKS)
		names = operands->n;
	for (size_t k = names; k < operands->n; k++)
		match_id(s, &items, &o[k]);
	items.n = all;
	kept = s->root->faults;
	s->root->faults = of_names;
	if (names > 0)
		match_names(s, &items, o, names);
	of_names = s->root->faults;
	s->root->faults = kept;
	say_unread(s, operands, &of_names);
	for (size_t k = 0; k < operands->n; k++)
		if (o[k].best == RANK_NONE)
			fail(s, (struct fault){ .kind = FAULT_USAGE, .what = "nothing matches", .item = o[k].text,
			    .expected = "a name, the beginning of an id, or a part of an image's name; -w name~TEXT for a part of a name" });
}

static void
add_operand(struct selection *s, struct list *operands, struct span text)
{
	size_t colon = s->kind == STACKS ? span_find(text, SPAN(":/")) : SIZE_MAX;
	struct operand *o;

	if (span_starts(text, "/"))	/* as docker inspect prints a name */
		text = span_sub(text, 1, SIZE_MAX), colon -= colon != SIZE_MAX;
	if (text.len == 0)
		return;
	o = list_add(&s->arena, operands, sizeof(struct operand));
	o->text = span_sub(text, 0, colon);
	if (colon != SIZE_MAX)
		o->path = span_sub(text, colon + 1, SIZE_MAX);
}

/* Whether EVIDENCE, as another run spelled it, is the root that is open. */
static bool
same_root(const struct root *r, struct span evidence)
{
	char path[4096];
	struct stat st;

	if (evidence.ptr == NULL || span_eq(evidence, r->name))
		return true;
	if (evidence.len >= sizeof(path))
		return false;
	memcpy(path, evidence.ptr, evidence.len);
	path[evidence.len] = '\0';
	return stat(path, &st) == 0 && st.st_dev == r->dev && st.st_ino == r->ino;
}

static void
refuse(struct selection *s, uint64_t at, const char *what, struct span item, const char *expected)
{
	fail(s, (struct fault){ .kind = FAULT_USAGE, .file = SPAN("(stdin)"), .offset = u64_of(at), .what = what,
	    .item = item, .expected = expected });
}

static bool
known(const struct json *object, const char *key)
{
	const struct json *j = json_get(object, key);

	return j != NULL && !cJSON_IsNull(&j->node);
}

/* A record of the kind that is asked for and that names files is taken as it is; of every other only the id. */
static void
add_record(struct selection *s, struct list *operands, struct span line, struct json *json, uint64_t at)
{
	static const struct {
		const char *record, *id, *expected;
	} kinds[] = {
		[CONTAINERS] = { "container", "container", "a key \"container\" with its id" },
		[IMAGES] = { "image", "image_id", "a key \"image_id\"" },
		[VOLUMES] = { "volume", "volume", "a key \"volume\" with its name" },
	};
	struct json *record = json_get(json, "record"), *id;
	enum subject kind = s->kind != STACKS ? s->kind : record != NULL && span_is(record->text, "image") ? IMAGES : CONTAINERS;
	struct json *exact = json_get(json, "volume_b64");	/* the one id that may be any bytes */
	struct json *evidence = json_get(json, "evidence");
	bool whole = kind != VOLUMES && record != NULL && span_is(record->text, kinds[kind].record) &&
	    (known(json, "layers") || known(json, "log"));

	id = json_get(json, kinds[kind].id);
	if (s->kind == STACKS && kind == CONTAINERS && !known(json, "container") && known(json, "image")) {
		add_operand(s, operands, arena_concat(&s->arena, SPAN("image:"), json_get(json, "image")->text));
		return;				/* a row about an image, of another tool */
	}
	if (id == NULL || !cJSON_IsString(&id->node) || id->text.len == 0)
		refuse(s, at, "record that does not name what is asked for", (struct span){ 0 }, kinds[kind].expected);
	else if (kind == VOLUMES && exact != NULL && cJSON_IsString(&exact->node))
		add_operand(s, operands, text_unbase64(&s->arena, exact->text));
	else if (!whole)
		add_operand(s, operands, kind == CONTAINERS ?
		    arena_concat(&s->arena, SPAN("id:"), id->text) : arena_copy(&s->arena, id->text));
	else if (evidence != NULL && cJSON_IsString(&evidence->node) && !same_root(s->root, evidence->text))
		refuse(s, at, "record of other evidence; give this tool -r", arena_copy(&s->arena, evidence->text), NULL);
	else
		choose(s, (struct item){ .id = arena_copy(&s->arena, id->text), .kind = kind }, arena_copy(&s->arena, line),
		    (struct span){ 0 });
}

/* A line, or as much of it as tells that it is longer than LIMIT_SELECTION. Bytes in *LINE; 0 at the end. */
static ssize_t
read_line(char **line, size_t *room)
{
	size_t n = 0;
	char *more;
	int c;

	flockfile(stdin);
	while (n <= LIMIT_SELECTION && (c = getc_unlocked(stdin)) != EOF) {
		if (n == *room) {
			more = realloc(*line, *room * 2 + 4096);
			if (more == NULL) {
				memory_refuse();
				break;
			}
			*line = more;
			*room = *room * 2 + 4096;
		}
		(*line)[n++] = (char)c;
		if (c == '\n')
			break;
	}
	funlockfile(stdin);
	return (ssize_t)n;
}

static void
read_stdin(struct selection *s, struct list *operands)
{
	char *line = NULL;
	size_t room = 0;
	uint64_t at = 0;
	ssize_t n;

	while ((n = read_line(&line, &room)) > 0 && !s->arena.full) {
		struct span text = { line, (size_t)n };
		struct json *json;
		struct fault f;

		if (n > LIMIT_SELECTION) {
			refuse(s, at, "line longer than a selection may have, and what follows it is not read", (struct span){ 0 },
			    "at most 64 MiB");
			break;
		}
		while (text.len > 0 && memchr(" \t\r\n", text.ptr[text.len - 1], 4) != NULL)
			text.len--;
		if (!span_starts(text, "{")) {
			add_operand(s, operands, arena_copy(&s->arena, text));
		} else {
			f = json_parse(text, &s->row, &json, NULL);
			if (f.kind == FAULT_NONE) {
				add_record(s, operands, text, json, at);
			} else {
				f.offset.n += at;
				fail(s, fault_as(fault_in(f, SPAN("(stdin)")), FAULT_USAGE));
			}
			arena_reset(&s->row);
		}
		at += (uint64_t)n;
	}
	if (ferror(stdin))
		fail(s, fault_as(fault_system("cannot read:", SPAN("(stdin)"), errno), FAULT_USAGE));
	free(line);
}

static struct span
place(const struct choice *c)
{
	return c->item.engine == NULL ? (struct span){ 0 } : c->item.engine->place;
}

static int
by_id(const void *a, const void *b)
{
	const struct choice *x = a, *y = b;
	int order = (x->item.kind > y->item.kind) - (x->item.kind < y->item.kind);

	if (order == 0)
		order = span_cmp(x->item.id, y->item.id);
	if (order == 0)
		order = span_cmp(x->path, y->path);
	/* the record that was handed in counts before what the engine says */
	if (order == 0)
		order = (y->json.ptr != NULL) - (x->json.ptr != NULL);
	return order != 0 ? order : span_cmp(place(x), place(y));
}

void
select_open(struct selection *s, struct root *root, char *const *operands, enum subject kind, enum want want)
{
	struct list texts = { 0 }, items;
	struct choice *c;
	bool from_stdin = false;
	size_t n = 0;

	*s = (struct selection){ .root = root, .kind = kind, .want = want, .arena = arena_open(root->arena.ceiling),
		.row = arena_open(LIMIT_ROW) };
	if (*operands == NULL && search(s)) {
		engines_items(&s->engines, kind, &items);
		if (kind == STACKS && containers_of(&items) > 0)
			items.n = containers_of(&items);
		for (size_t i = 0; i < items.n; i++)
			choose(s, ((struct item *)items.v)[i], (struct span){ 0 }, (struct span){ 0 });
	}
	for (; *operands != NULL; operands++) {
		if (strcmp(*operands, "-") != 0)
			add_operand(s, &texts, span_of(*operands));
		else if (!from_stdin)
			read_stdin(s, &texts);
		from_stdin |= strcmp(*operands, "-") == 0;
	}
	if (texts.n > 0)
		match(s, &texts);
	if (s->arena.full)
		fail(s, (struct fault){ .kind = FAULT_USAGE, .what = "selection needs more memory than --memory" });
	if (s->chosen.n > 1)
		qsort(s->chosen.v, s->chosen.n, sizeof(*c), by_id);
	c = s->chosen.v;
	for (size_t i = 0; i < s->chosen.n; i++)
		/* two roots may hold one id, as a copy does: both are shown */
		if (n == 0 || !span_eq(c[n - 1].item.id, c[i].item.id) || c[n - 1].item.kind != c[i].item.kind ||
		    !span_eq(c[n - 1].path, c[i].path) || (c[n - 1].item.engine != c[i].item.engine &&
		    c[n - 1].json.ptr == NULL))
			c[n++] = c[i];
	s->chosen.n = n;
}

static void
fill(struct selection *s, const struct choice *c, struct selected *out)
{
	struct reading reading = { .arena = &s->row, .faults = &s->root->faults, .file = SPAN("(stdin)") };
	struct item item = c->item;
	struct json *json;

	if (item.engine == NULL) {
		if (json_parse(c->json, &s->row, &json, NULL).kind != FAULT_NONE)
			return;			/* it was read when it came in */
		if (item.kind == CONTAINERS)
			record_read(&reading, &container_record, &out->container, json);
		else
			record_read(&reading, &image_record, &out->image, json);
	} else if (item.kind == CONTAINERS) {
		item.engine->kind->container(item.engine, item.id, s->want, &s->row, &out->container);
	} else if (item.kind == IMAGES) {
		item.engine->kind->image(item.engine, item.id, s->want, &s->row, &out->image);
	} else {
		item.engine->kind->volume(item.engine, item.id, s->want, &s->row, &out->volume);
	}
	if (s->row.full) {
		static const struct span large = { "record larger than a row may be", 31 };

		root_fault(s->root, (struct fault){ .kind = FAULT_PART, .item = item.id,
		    .what = "record larger than a row may be; not all of it is shown:" });
		out->container.provenance.error = out->image.provenance.error = large;
	}
}

bool
select_next(struct selection *s, struct selected *out)
{
	const struct choice *c;

	*out = (struct selected){ .kind = s->kind, .arena = &s->row };
	arena_reset(&s->row);
	if (s->next == s->chosen.n)
		return false;
	c = (const struct choice *)s->chosen.v + s->next;
	out->kind = c->item.kind;
	out->path = c->path;
	out->engine = c->item.engine;
	s->next++;
	fill(s, c, out);
	return true;
}

void
select_keep(struct selection *s, size_t from, size_t to)
{
	struct choice *v = s->chosen.v;

	v[to] = v[from];
}

bool
select_image(struct selection *s, const struct selected *of, struct arena *a, struct image *out)
{
	const struct item *v;

	*out = (struct image){ 0 };
	if (of->kind != CONTAINERS || of->container.image_id.len == 0 || (of->engine == NULL && !search(s)))
		return false;
	if (s->images.v == NULL)
		engines_items(&s->engines, IMAGES, &s->images);
	v = s->images.v;
	for (size_t i = 0; i < s->images.n; i++)
		if (span_eq(v[i].id, of->container.image_id) && (of->engine == NULL || of->engine == v[i].engine)) {
			v[i].engine->kind->image(v[i].engine, v[i].id, WANT_LAYERS, a, out);
			return true;
		}
	return false;
}

void
select_close(struct selection *s)
{
	if (s->searched)
		engines_close(&s->engines);
	arena_close(&s->row);
	arena_close(&s->arena);
}
