/* SPDX-License-Identifier: ISC */
/* History and layers. */

#include "base/limits.h"
#include "image/history.h"

static const struct history *
step(const struct image *m, size_t i)
{
	return (const struct history *)m->history.v + i;
}

struct u64
history_layer(const struct image *m, size_t i)
{
	size_t above = 0;

	if (step(m, i)->empty == YES)
		return (struct u64){ 0 };
	for (size_t k = i + 1; k < m->history.n; k++)
		above += step(m, k)->empty != YES;
	return above < m->layers.n ? u64_of(m->layers.n - above) : (struct u64){ 0 };
}

const struct history *
history_of(const struct image *m, uint64_t n)
{
	uint64_t at = m->layers.n;

	for (size_t i = m->history.n; i-- > 0;) {
		if (step(m, i)->empty == YES)
			continue;
		if (at == n)
			return step(m, i);
		if (at-- == 0)
			break;
	}
	return NULL;
}

static struct span
trimmed(struct span s)
{
	while (s.len > 0 && (*s.ptr == ' ' || *s.ptr == '\t'))
		s = span_sub(s, 1, SIZE_MAX);
	while (s.len > 0 && (s.ptr[s.len - 1] == ' ' || s.ptr[s.len - 1] == '\t'))
		s.len--;
	return s;
}

static const char *const words[] = { "ADD", "ARG", "CMD", "COPY", "ENTRYPOINT", "ENV", "EXPOSE", "FROM", "HEALTHCHECK",
	"LABEL", "MAINTAINER", "ONBUILD", "RUN", "SHELL", "STOPSIGNAL", "USER", "VOLUME", "WORKDIR" };

static bool
is_instruction(struct span s)
{
	for (size_t i = 0; i < sizeof(words) / sizeof(*words); i++) {
		struct span word = span_of(words[i]);

		if (span_begins(s, word) && (s.len == word.len || s.ptr[word.len] == ' '))
			return true;
	}
	return false;
}

/* "file:HASH in /dest" as the classic builder writes it: what stood there is not recorded, only its hash. */
static struct span
without_in(struct span s, struct arena *a)
{
	size_t at = span_find(s, SPAN(" in "));

	if (at == SIZE_MAX || (!span_starts(s, "ADD ") && !span_starts(s, "COPY ")))
		return s;
	return arena_concat(a, span_sub(s, 0, at), SPAN(" "), trimmed(span_sub(s, at + 4, SIZE_MAX)));
}

/* "|2 A=1 B=2 /bin/sh -c command": arguments of the build before it. */
static struct span
without_arguments(struct span s)
{
	size_t at = span_find(s, SPAN("/bin/sh -c "));

	return span_starts(s, "|") && at != SIZE_MAX ? span_sub(s, at, SIZE_MAX) : s;
}

struct span
history_instruction(const struct history *h, struct arena *a)
{
	struct span s = trimmed(h->created_by), shell = SPAN("/bin/sh -c ");
	size_t mark;

	if (s.len == 0)
		return h->comment.len > 0 ? arena_concat(a, SPAN("# "), h->comment) : h->created_by;
	mark = span_find(s, SPAN("# buildkit"));
	if (mark != SIZE_MAX && mark + 10 == s.len)
		s = trimmed(span_sub(s, 0, mark));
	s = without_arguments(s);
	if (span_begins(s, SPAN("RUN /bin/sh -c ")))
		return arena_concat(a, SPAN("RUN "), trimmed(span_sub(s, 15, SIZE_MAX)));
	if (span_begins(s, SPAN("RUN |"))) {
		s = without_arguments(span_sub(s, 4, SIZE_MAX));
		return arena_concat(a, SPAN("RUN "), trimmed(span_begins(s, shell) ? span_sub(s, shell.len, SIZE_MAX) : s));
	}
	if (!span_begins(s, shell))
		return s;
	s = trimmed(span_sub(s, shell.len, SIZE_MAX));
	if (!span_starts(s, "#(nop)"))
		return arena_concat(a, SPAN("RUN "), s);
	return without_in(trimmed(span_sub(s, 6, SIZE_MAX)), a);
}

static bool
by_builder(const struct history *h)
{
	struct span s = trimmed(h->created_by);

	return span_starts(s, "/bin/sh -c ") || span_starts(s, "|") || span_has(s, "#(nop)") || span_has(s, "# buildkit") ||
	    span_starts(h->comment, "buildkit.") || span_starts(h->comment, "FROM ") || span_starts(s, "bazel ") ||
	    span_starts(s, "ko build") || span_starts(h->author, "kaniko") || is_instruction(s);
}

void
history_traces(const struct image *m, size_t i, struct arena *a, struct list *traces)
{
	const struct history *h = step(m, i);
	struct span container = list_value(&m->rest, "container");
	bool top = true;

	*traces = list_none();
	for (size_t k = i + 1; k < m->history.n; k++)
		top &= step(m, k)->empty == YES;
	if (h->empty == YES)
		return;
	if (trimmed(h->created_by).len == 0) {
		list_add_span(a, traces, i == 0 ? SPAN("docker import: a file system without a history") :
		    SPAN("no builder writes a step without a command"));
	} else if (by_builder(h)) {
		return;
	} else {
		list_add_span(a, traces, SPAN("no builder writes such a step: it is a container's own command"));
	}
	if (h->author.len > 0)
		list_add_span(a, traces, arena_concat(a, SPAN("author: "), h->author));
	if (h->comment.len > 0)
		list_add_span(a, traces, arena_concat(a, SPAN("comment: "), h->comment));
	if (top && container.len > 2)
		list_add_span(a, traces, arena_concat(a, SPAN("made of container "), span_sub(container, 1, container.len - 2)));
}

enum tri
history_by_hand(const struct image *m, uint64_t n)
{
	const struct history *h = history_of(m, n);
	struct arena a = arena_open(LIMIT_ROW);
	struct list traces = { 0 };

	if (h != NULL)
		history_traces(m, (size_t)(h - (const struct history *)m->history.v), &a, &traces);
	arena_close(&a);
	return h == NULL ? UNKNOWN : tri_of(traces.n > 0);
}

void
history_fill(const struct image *m, size_t i, struct arena *a, struct history_row *row)
{
	const struct history *h = step(m, i);

	row->n = history_layer(m, i);
	row->created = h->created;
	row->created_by = h->created_by;
	row->instruction = history_instruction(h, a);
	row->comment = h->comment;
	row->author = h->author;
	row->empty = h->empty == UNKNOWN ? NO : h->empty;
	history_traces(m, i, a, &row->traces);
}
