/* SPDX-License-Identifier: ISC */
/* Whose evidence it is. Sources: hostname(5), machine-id(5), os-release(5), localtime(5). */

#include "base/limits.h"
#include "engine/engine.h"

/* KEY=VALUE lines, the value perhaps in quotes. */
static struct span
variable(struct span text, const char *key)
{
	struct span line, name = SPAN("");

	while (span_cut(&text, '\n', &line))
		if (span_cut(&line, '=', &name) && span_is(name, key) && line.ptr != NULL) {
			if (line.len >= 2 && (*line.ptr == '"' || *line.ptr == '\'') &&
			    line.ptr[line.len - 1] == *line.ptr)
				line = span_sub(line, 1, line.len - 2);
			return line;
		}
	return (struct span){ 0 };
}

static void
take(struct root *r, struct arena *a, const char *path, struct span *to, struct provenance *p)
{
	struct fault f = root_line(r, span_of(path), a, to);

	if (f.kind == FAULT_NONE)
		list_add_span(a, &p->read_from, span_of(path));
	else if (f.kind != FAULT_ABSENT)
		root_fault(r, f);
	if (to->len == 0)
		*to = (struct span){ 0 };
}

void
engine_host(struct root *r, struct arena *a, struct host *h)
{
	static const char *const releases[] = { "/etc/os-release", "/usr/lib/os-release" };
	struct provenance *p = &h->provenance;
	struct span text, link;
	struct list modules;
	size_t at;

	p->host = r->host;
	p->evidence = r->name;
	p->read_from = list_none();
	take(r, a, "/etc/hostname", &h->hostname, p);
	take(r, a, "/etc/machine-id", &h->machine_id, p);
	take(r, a, "/etc/timezone", &h->timezone, p);
	for (size_t i = 0; i < 2 && h->os.ptr == NULL; i++)
		if (root_read(r, span_of(releases[i]), a, LIMIT_DOCUMENT, &text).kind == FAULT_NONE) {
			h->os = variable(text, "PRETTY_NAME");
			list_add_span(a, &p->read_from, span_of(releases[i]));
		}
	if (h->timezone.ptr == NULL && root_link(r, SPAN("/etc/localtime"), a, &link).kind == FAULT_NONE &&
	    (at = span_find(link, SPAN("/zoneinfo/"))) != SIZE_MAX)
		h->timezone = span_sub(link, at + 10, SIZE_MAX);
	root_list(r, SPAN("/lib/modules"), a, &modules);
	if (modules.n > 0)
		h->kernel = list_span(&modules, modules.n - 1);
}
