/* SPDX-License-Identifier: ISC */
/* Lines out of pieces: joined by stream and never by neighbourhood, since the other stream writes in between; over
 * the borders of parts; not over a start of the container. */

#include <stdlib.h>
#include <string.h>

#include "base/limits.h"
#include "log/log.h"

void
lines_open(struct log_lines *l, size_t limit)
{
	l->limit = limit;
	for (unsigned i = 0; i <= STDERR; i++)
		l->open[i].arena = arena_open(LIMIT_LINE);
}

static void
forget(struct log_open_line *o)
{
	o->open = o->cut = false;
	o->n = 0;
	o->attrs = (struct span){ 0 };
	arena_reset(&o->arena);
}

static void
append(struct log_lines *l, struct log_open_line *o, const struct log_piece *p)
{
	size_t n = p->text.len, room = o->room == 0 ? 64 * 1024 : o->room;
	char *grown;

	if (!o->open) {
		forget(o);
		o->open = true;
		o->time = p->time;
		o->file = p->file;
		o->offset = p->offset;
		o->attrs = arena_copy(&o->arena, p->attrs);
	}
	if (n > l->limit - o->n) {
		n = l->limit - o->n;
		o->cut = true;
	}
	o->cut |= p->cut;
	while (room - o->n < n)
		room *= 2;
	if (room != o->room) {
		grown = realloc(o->text, room);
		if (grown == NULL) {
			o->cut = true;
			return;
		}
		o->text = grown;
		o->room = room;
	}
	if (n > 0)
		memcpy(o->text + o->n, p->text.ptr, n);
	o->n += n;
}

static void
give_open(struct log_open_line *o, enum stream stream, bool newline, struct log_line *out)
{
	*out = (struct log_line){ .time = o->time, .stream = stream, .message = { o->n > 0 ? o->text : "", o->n },
		.newline = newline, .cut = o->cut, .attrs = o->attrs, .file = o->file, .offset = o->offset };
	o->open = false;
}

static void
give_piece(struct log_lines *l, const struct log_piece *p, struct log_line *out)
{
	*out = (struct log_line){ .time = p->time, .stream = p->stream, .message = p->text,
		.newline = p->newline, .cut = p->cut, .attrs = p->attrs, .file = p->file,
		.offset = p->offset };
	if (out->message.len > l->limit) {
		out->message.len = l->limit;
		out->cut = true;
	}
}

/* What was open when the container stopped has no end; it began before the start and this piece came after it. */
static bool
started_between(const struct log_lines *l, const struct log_open_line *o, const struct log_piece *p)
{
	return o->open && l->source.started.known && o->time.known && p->time.known && time_cmp(o->time, l->source.started) < 0 &&
	    time_cmp(p->time, l->source.started) >= 0;
}

bool
lines_next(struct log_lines *l, struct log_line *out)
{
	struct log_piece *p = &l->pending;
	struct log_open_line *o;

	for (;;) {
		l->source.joining = l->open[STREAM_UNKNOWN].open || l->open[STDOUT].open || l->open[STDERR].open;
		if (!l->has_pending && (l->ended || !log_next_piece(&l->source, p))) {
			l->ended = true;
			for (unsigned i = 0; i <= STDERR; i++)
				if (l->open[i].open) {
					give_open(&l->open[i], (enum stream)i, false, out);
					return true;
				}
			return false;
		}
		o = &l->open[p->stream];
		if (started_between(l, o, p)) {
			l->has_pending = true;
			give_open(o, p->stream, false, out);
			return true;
		}
		l->has_pending = false;
		if (!o->open && !p->more) {
			give_piece(l, p, out);
			return true;
		}
		append(l, o, p);
		if (!p->more) {
			give_open(o, p->stream, p->newline, out);
			return true;
		}
	}
}

void
lines_rewind(struct log_lines *l)
{
	log_rewind(&l->source);
	l->has_pending = l->ended = false;
	for (unsigned i = 0; i <= STDERR; i++)
		forget(&l->open[i]);
}

void
lines_close(struct log_lines *l)
{
	for (unsigned i = 0; i <= STDERR; i++) {
		free(l->open[i].text);
		arena_close(&l->open[i].arena);
	}
	log_close(&l->source);
}
