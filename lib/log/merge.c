/* SPDX-License-Identifier: ISC */
/* Many logs in one stream. A heap holds the next line of each; its key is the latest time that this container has
 * shown, so that a clock which went back, or a long line whose end came late, keeps its place among its own. */

#include <stdlib.h>

#include "base/limits.h"
#include "base/text.h"
#include "format/json.h"
#include "log/log.h"

enum { SPARING = 16, MEMORY = 4 << 20, LEAST_BLOCK = 8 * 1024, MOST_BLOCK = 64 * 1024 };

void
merge_open(struct log_merge *m, struct root *r, const struct log_query *q)
{
	*m = (struct log_merge){ .root = r, .query = q, .arena = arena_open(r->arena.ceiling),
		.text = out_memory() };
}

void
merge_add(struct log_merge *m, const struct container *c)
{
	struct log_feed *f = calloc(1, sizeof(*f));
	size_t n = m->feeds.n;

	if (f == NULL) {
		root_fault(m->root, (struct fault){ .kind = FAULT_PART, .what = "not enough memory for the log of",
		    .item = c->container });
		return;
	}
	log_open(&f->lines.source, m->root, c, &m->arena);
	*(struct log_feed **)list_add(&m->arena, &m->feeds, sizeof(f)) = f;
	if (m->feeds.n == n)		/* no room in the list: merge_close() says it */
		free(f);
}

static struct log_feed *
feed(const struct log_merge *m, size_t i)
{
	return ((struct log_feed **)m->feeds.v)[i];
}

/* The attributes of a line, which the scan of its record only found the end of. */
static void
attributes(const struct log_merge *m, const struct log_line *l, struct arena *a, struct list *out)
{
	struct json *json, *member;
	struct fault f;

	if (l->attrs.ptr == NULL)
		return;
	f = json_parse(l->attrs, a, &json, NULL);
	if (f.kind == FAULT_NONE && !cJSON_IsObject(&json->node))
		f = fault_at(0, "attributes of a log record are none", "an object");
	if (f.kind != FAULT_NONE) {
		f.offset = u64_of(l->offset);		/* of the record: JSON's own is within the attributes */
		root_fault(m->root, fault_in(fault_as(f, FAULT_PART), l->file));
		return;
	}
	*out = list_none();
	for (member = json_child(json); member != NULL; member = json_next(member))
		list_add_pair(a, out, member->key, cJSON_IsString(&member->node) ? member->text : member->raw);
}

static void
describe(const struct log_merge *m, const struct log_feed *f, struct arena *a, struct entry *e)
{
	const struct log_source *s = &f->lines.source;
	const struct log_line *l = &f->line;

	*e = (struct entry){ .time = l->time, .container = s->container, .name = s->name,
		.stream = l->stream, .message = l->message, .driver = s->driver_name,
		.partial = tri_of(!l->newline || l->cut), .pod = s->pod, .kube_container = s->kube_container,
		.attempt = s->attempt, .image = s->image, .offset = u64_of(l->offset) };
	e->provenance.host = m->root->host;
	e->provenance.evidence = m->root->name;
	e->provenance.read_from = (struct list){ .v = (void *)(uintptr_t)&l->file, .n = 1, .room = 1 };
	attributes(m, l, a, &e->attrs);
}

/* regexec() ends at a NUL: what stands between NULs is looked at piece by piece. */
static bool
matches(struct log_merge *m, struct span message)
{
	struct span piece;

	while (span_cut(&message, '\0', &piece)) {
		out_reset(&m->text);
		out_write(&m->text, piece);
		out_byte(&m->text, '\0');
		if (regexec(m->query->regex, out_span(&m->text).ptr, 0, NULL, 0) == 0)
			return true;
	}
	return false;
}

/* Times before the last line, now that it can be asked which that is. */
static struct timestamp
resolve(struct log_merge *m, const struct when *w, struct timestamp *last)
{
	bool asked = last->known;

	if (!w->relative)
		return w->time;
	for (size_t i = 0; !asked && i < m->feeds.n; i++) {
		struct timestamp t = log_last_time(&feed(m, i)->lines.source);

		if (t.known && (!last->known || time_cmp(t, *last) > 0))
			*last = t;
	}
	return last->known ? (struct timestamp){ last->s - w->time.s, last->ns, true } : *last;
}

/* A line without a time could be of any: its fault is said beside it. */
static bool
in_time(const struct log_merge *m, const struct log_line *l)
{
	return !l->time.known || ((!m->since.known || time_cmp(l->time, m->since) >= 0) &&
	    (!m->until.known || time_cmp(l->time, m->until) <= 0));
}

static bool
holds(struct log_merge *m, const struct log_feed *f)
{
	const struct log_query *q = m->query;
	const struct log_line *l = &f->line;
	struct arena a;
	struct entry e;
	bool yes;

	if (q->grep.ptr != NULL && span_find(l->message, q->grep) == SIZE_MAX)
		return false;
	if (q->regex != NULL && !matches(m, l->message))
		return false;
	if (q->wanted == NULL)
		return true;
	a = arena_open(LIMIT_ROW);
	describe(m, f, &a, &e);
	yes = q->wanted(q->context, &e);
	arena_close(&a);
	return yes;
}

/* What is not in the beginning of a line may be in the rest of it, which was not tested. */
static void
say_untested(struct log_merge *m, const struct log_line *l)
{
	const struct log_query *q = m->query;

	if (l->cut && (q->grep.ptr != NULL || q->regex != NULL || q->wanted_message))
		root_fault(m->root, fault_in(fault_at(l->offset,
		    "message too long, only its beginning was tested; --raw without a test gives it whole", NULL), l->file));
}

/* The next line of a feed that is wanted. */
static bool
advance(struct log_merge *m, struct log_feed *f)
{
	struct log_line *l = &f->line;

	while (lines_next(&f->lines, l)) {
		if (!in_time(m, l))
			continue;
		if (!holds(m, f)) {
			say_untested(m, l);
			continue;
		}
		if (f->skip > 0 && f->skip-- > 0)
			continue;
		if (l->cut)
			root_fault(m->root, fault_in(fault_at(l->offset,
			    "message too long, cut; --raw without a test gives it whole", NULL), l->file));
		if (l->time.known && (!f->key.known || time_cmp(l->time, f->key) > 0))
			f->key = l->time;
		return true;
	}
	return false;
}

/* The lines are read twice: the memory of --tail does not depend on how many or how long they are. */
static void
tail(struct log_merge *m, struct log_feed *f)
{
	uint64_t n = 0;

	while (lines_next(&f->lines, &f->line))
		n += in_time(m, &f->line) && holds(m, f);
	lines_rewind(&f->lines);
	f->skip = n > m->query->tail.n ? n - m->query->tail.n : 0;
}

static bool
before(const struct log_next *a, const struct log_next *b)
{
	int order = time_cmp(a->key, b->key);

	return order != 0 ? order < 0 : a->feed < b->feed;
}

static void
sift(struct log_merge *m, size_t i)
{
	struct log_next *h = m->heap, moved = h[i];

	for (size_t child; (child = 2 * i + 1) < m->heaped; i = child) {
		child += child + 1 < m->heaped && before(&h[child + 1], &h[child]);
		if (!before(&h[child], &moved))
			break;
		h[i] = h[child];
	}
	h[i] = moved;
}

uint64_t
merge_size(struct log_merge *m)
{
	uint64_t sum = 0;
	struct file file;

	for (size_t i = 0; i < m->feeds.n; i++) {
		const struct list *parts = &feed(m, i)->lines.source.parts;

		for (size_t k = 0; k < parts->n; k++)
			if (root_stat(m->root, ((const struct log_part *)parts->v)[k].path, &file).kind == FAULT_NONE)
				sum += file.size;
	}
	return sum;
}

static void
start_feeds(struct log_merge *m, size_t limit)
{
	size_t n = m->feeds.n, block = n == 0 ? MOST_BLOCK : MEMORY / n;
	struct timestamp last = { 0 };

	for (size_t i = 0; i < n; i++)
		feed(m, i)->lines.source.unsorted = m->query->unsorted;
	m->since = resolve(m, &m->query->since, &last);
	m->until = resolve(m, &m->query->until, &last);
	block = block < LEAST_BLOCK ? LEAST_BLOCK : block > MOST_BLOCK ? MOST_BLOCK : block;
	for (size_t i = 0; i < n; i++) {
		struct log_feed *f = feed(m, i);

		f->lines.source.block = block;
		f->lines.source.sparing = n > SPARING;
		f->lines.source.since = m->since;
		f->lines.source.until = m->until;
		if (f->lines.source.driver != NULL)
			f->lines.source.literal = f->lines.source.driver->literal(m->query->grep);
		lines_open(&f->lines, limit);
		if (m->query->tail.known)
			tail(m, f);
	}
	m->started = true;
}

static void
start(struct log_merge *m)
{
	start_feeds(m, LIMIT_MESSAGE);
	m->heap = calloc(m->feeds.n + 1, sizeof(*m->heap));
	if (m->heap == NULL)
		memory_refuse();
	for (size_t i = 0; m->heap != NULL && i < m->feeds.n; i++)
		if (advance(m, feed(m, i)))
			m->heap[m->heaped++] = (struct log_next){ feed(m, i)->key, i };
	for (size_t i = m->heaped / 2; i-- > 0;)
		sift(m, i);
}

bool
merge_next(struct log_merge *m, struct arena *a, struct entry *e, bool *newline)
{
	if (!m->started) {
		start(m);
	} else if (m->heaped > 0) {
		if (advance(m, feed(m, m->heap[0].feed)))
			m->heap[0].key = feed(m, m->heap[0].feed)->key;
		else
			m->heap[0] = m->heap[--m->heaped];
		sift(m, 0);
	}
	if (m->heaped == 0)
		return false;
	describe(m, feed(m, m->heap[0].feed), a, e);
	if (m->query->strip) {
		out_reset(&m->text);
		text_strip(&m->text, e->message);
		e->message = out_span(&m->text);
	}
	*newline = feed(m, m->heap[0].feed)->line.newline;
	return true;
}

bool
merge_next_raw(struct log_merge *m, struct span *message, bool *newline)
{
	if (!m->started)
		start_feeds(m, LIMIT_RAW_MESSAGE);
	for (; m->heaped < m->feeds.n; m->heaped++)	/* here: the feed that is being read */
		if (advance(m, feed(m, m->heaped))) {
			*message = feed(m, m->heaped)->line.message;
			*newline = feed(m, m->heaped)->line.newline;
			return true;
		}
	return false;
}

void
merge_bytes(struct log_merge *m, struct out *o)
{
	struct log_piece p;

	for (size_t i = 0; i < m->feeds.n; i++) {
		struct log_source *s = &feed(m, i)->lines.source;

		s->timeless = true;
		while (o->error == 0 && log_next_piece(s, &p)) {
			if (p.cut) {
				s->driver->whole(s, &p, o);
				continue;
			}
			out_write(o, p.text);
			if (p.newline)
				out_byte(o, '\n');
		}
		log_close(s);
	}
}

void
merge_close(struct log_merge *m)
{
	for (size_t i = 0; i < m->feeds.n; i++) {
		lines_close(&feed(m, i)->lines);
		free(feed(m, i));
	}
	free(m->heap);
	if (m->arena.full)
		root_fault(m->root, (struct fault){ .kind = FAULT_PART, .what = "the logs need more memory than there is, or than "
		    "--memory; the answer may lack something" });
	out_close(&m->text);
	arena_close(&m->arena);
}
