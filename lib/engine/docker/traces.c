/* SPDX-License-Identifier: ISC */
/* When a container is known to have lived. Its record cannot tell for one that ended with its engine: on a dead disk it still
 * runs, and an engine that starts after a crash gives each that it finds dead the exit code 255 and its own start as the end.
 * A health check is a clock: the record is written after each probe. Source: moby daemon/monitor.go, container/health.go. */

#include "engine/docker/docker.h"

static void
trace(struct arena *a, struct container *c, const char *what, struct span path, struct timestamp t)
{
	struct trace *to;

	if (!t.known)
		return;
	to = list_add(a, &c->traces, sizeof(*to));
	*to = (struct trace){ .trace = span_of(what), .evidence_path = path, .time = t };
}

static void
latest(struct timestamp *last, struct timestamp t)
{
	if (t.known && (!last->known || time_cmp(t, *last) > 0))
		*last = t;
}

static void
written(struct engine *e, struct arena *a, struct container *c, const char *what, struct span path)
{
	struct file file;

	if (path.len > 0 && root_stat(e->root, path, &file).kind == FAULT_NONE && file.type == FILE_REGULAR)
		trace(a, c, what, path, file.mtime);
}

void
docker_traces(struct engine *e, const struct docker_record *d, struct span record, struct arena *a, struct container *c)
{
	bool up = c->state == RUNNING || c->state == PAUSED || c->state == RESTARTING;
	bool found_dead = !up && c->exit_code.known && c->exit_code.n == 255 && c->state_error.len == 0 && c->oom_killed != YES;
	const struct probe *probes = d->state.health.log.v;
	const struct trace *t;

	c->traces = list_none();
	for (size_t i = 0; i < d->state.health.log.n; i++)
		if (i + 1 == d->state.health.log.n)
			trace(a, c, "probe", record, probes[i].end);
	if (up)
		written(e, a, c, "record", record);
	if (up || found_dead)
		written(e, a, c, "log", c->log.evidence_path);
	latest(&c->last_seen, c->created);
	latest(&c->last_seen, c->started);
	if (!found_dead)
		latest(&c->last_seen, c->finished);
	t = c->traces.v;
	for (size_t i = 0; i < c->traces.n; i++)
		latest(&c->last_seen, t[i].time);
	if (found_dead)
		trace(a, c, "found-dead", record, c->finished);
	c->first_seen = c->created;
}
