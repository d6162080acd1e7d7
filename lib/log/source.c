/* SPDX-License-Identifier: ISC */
/* The log of one container, part after part. */

#include <stdlib.h>

#include "base/limits.h"
#include "log/log.h"

enum { BLOCK = 64 * 1024, LAST = 256 * 1024 };	/* LAST: so much of a part's end has its last time */

static const struct log_driver *const drivers[] = { &log_json_file };

static const struct log_driver *
driver_of(struct span name)
{
	for (size_t i = 0; i < sizeof(drivers) / sizeof(*drivers); i++)
		if (span_is(name, drivers[i]->name))
			return drivers[i];
	return NULL;
}

/* Says why there is nothing to read, where that is not plain: the worst answer is an empty one. */
static void
say_nothing(struct log_source *s, const struct container *c)
{
	struct fault f = { .kind = FAULT_PART, .file = s->name.len > 0 ? s->name : s->container,
		.item = s->driver_name };

	if (span_is(s->driver_name, "none")) {
		f.kind = FAULT_ODD;
		f.what = "nothing was kept of what this container printed: log driver";
	} else if (s->driver_name.len > 0 && s->driver == NULL) {
		f.what = "log is of a driver that is not read:";
		f.expected = "json-file";
	} else if (s->driver_name.len == 0 && (c->started.known || c->log.files.n > 0 || c->name.ptr == NULL)) {
		f.what = "container whose record does not say how it is logged";
	} else if (s->driver != NULL && s->parts.n == 0 && c->started.known) {
		f.what = "container was started, and its log is not there; driver";
	}
	f.file = arena_concat(&s->root->faults.arena, SPAN("("), f.file, SPAN(")"));
	if (f.what != NULL)
		root_fault(s->root, f);
}

void
log_open(struct log_source *s, struct root *r, const struct container *c, struct arena *a)
{
	*s = (struct log_source){ .root = r, .container = arena_copy(a, c->container),
		.name = arena_copy(a, c->name), .image = arena_copy(a, c->image), .pod = arena_copy(a, c->pod),
		.kube_container = arena_copy(a, c->kube_container), .attempt = c->attempt,
		.driver_name = arena_copy(a, c->log.driver), .started = c->started, .block = BLOCK };
	s->driver = driver_of(s->driver_name);
	if (s->driver != NULL)
		log_parts(r, &c->log, a, &s->parts);
	say_nothing(s, c);
}

static void
close_part(struct log_source *s)
{
	window_close(&s->window);
	bytes_close(&s->again);
	bytes_close(&s->inflated);
	bytes_close(&s->file);
	s->view = (struct span){ 0 };
}

static const struct log_part *
current(const struct log_source *s)
{
	return &((const struct log_part *)s->parts.v)[s->part - 1];
}

/* A file that is opened anew for each block: there may be more logs than descriptors. */
static struct fault
again_read(struct bytes *b, uint64_t at, char *buf, size_t len, size_t *got)
{
	struct log_source *s = b->state;
	struct bytes file;
	struct fault f = root_file(s->root, current(s)->path, NULL, &file);

	if (f.kind == FAULT_NONE)
		f = bytes_read(&file, at, buf, len, got);
	bytes_close(&file);
	return f;
}

static void
again_close(struct bytes *b)
{
	(void)b;
}

static const struct bytes_kind again_kind = { again_read, again_close };

static struct fault
open_file(struct log_source *s, struct span path)
{
	struct fault f = root_file(s->root, path, NULL, &s->file);
	struct u64 size = s->file.size;

	if (f.kind == FAULT_NONE && s->sparing) {
		bytes_close(&s->file);
		s->file = (struct bytes){ .kind = &again_kind, .size = size, .state = s };
	}
	return f;
}

/* A stream that goes back begins anew: what is inflated is read again by a second one, which goes forward as the first does. */
struct bytes *
log_again(struct log_source *s)
{
	if (s->window.in != &s->inflated)
		return s->window.in;
	if (s->again.kind == NULL && codec_open(&s->file, current(s)->codec, LIMIT_INFLATED, &s->again).kind != FAULT_NONE) {
		bytes_close(&s->again);		/* no memory for a second */
		return s->window.in;
	}
	return &s->again;
}

/* Of the part that is open, if it can be looked ahead in. */
static struct u64
plain_size(const struct log_source *s)
{
	return current(s)->codec == CODEC_NONE ? s->file.size : (struct u64){ 0 };
}

/* Opens the next part that can be opened. */
static bool
next_part(struct log_source *s)
{
	const struct log_part *p;
	struct fault f;

	close_part(s);
	while (s->part < s->parts.n) {
		s->part++;
		p = current(s);
		s->at = 0;
		s->reads_on = false;
		s->view = SPAN("");
		f = open_file(s, p->path);
		if (f.kind == FAULT_NONE && p->codec != CODEC_NONE)
			f = fault_in(codec_open(&s->file, p->codec, LIMIT_INFLATED, &s->inflated), p->path);
		if (f.kind == FAULT_NONE) {
			s->window = window_open(p->codec != CODEC_NONE ? &s->inflated : &s->file, s->block);
			if (plain_size(s).known)
				s->at = log_seek(s, s->file.size.n);
			return true;
		}
		root_fault(s->root, f.kind == FAULT_ABSENT ? fault_as(f, FAULT_PART) : f);
		close_part(s);
	}
	s->part = s->parts.n + 1;
	return false;
}

/* What stopped the reading of a part: a torn end is given as far as it goes, and said. */
static void
say_damage(struct log_source *s)
{
	root_fault(s->root, fault_in(s->window.fault, current(s)->path));
}

bool
log_next_piece(struct log_source *s, struct log_piece *p)
{
	if (s->driver == NULL || s->part > s->parts.n)
		return false;
	if (s->part == 0 && !next_part(s))
		return false;
	for (;;) {
		*p = (struct log_piece){ .file = current(s)->path };
		if (s->driver->next(s, p) && !log_is_past(s, p->time, plain_size(s)))
			return true;
		say_damage(s);
		if (!next_part(s))
			return false;
	}
}

void
log_rewind(struct log_source *s)
{
	close_part(s);
	s->part = 0;
	s->lossy = 0;
}

/* Of the part that is open. */
static struct timestamp
last_of_part(struct log_source *s)
{
	struct u64 size = plain_size(s);
	struct timestamp last = { 0 };
	struct log_piece p;

	if (!s->unsorted && size.known && size.n > LAST)
		last = log_times(s, size.n - LAST, LAST).latest;
	if (last.known)
		return last;
	for (;;) {
		p = (struct log_piece){ .file = current(s)->path };
		if (!s->driver->next(s, &p))
			return last;
		if (p.time.known && (!last.known || time_cmp(p.time, last) > 0))
			last = p.time;
	}
}

struct timestamp
log_last_time(struct log_source *s)
{
	struct timestamp last = { 0 };

	for (size_t part = s->parts.n; s->driver != NULL && part > 0 && !last.known; part--) {
		log_rewind(s);
		s->part = part - 1;
		if (next_part(s) && s->part == part)
			last = last_of_part(s);
	}
	log_rewind(s);
	return last;
}

void
log_close(struct log_source *s)
{
	close_part(s);
	free(s->text);
	s->text = NULL;
}
