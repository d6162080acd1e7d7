/* SPDX-License-Identifier: ISC */
/* Where a host says that its Docker data root lies: daemon.json, unit files and their drop-ins, /etc/default; rootless
 * daemons in homes. Sources: dockerd(8), systemd.unit(5), moby contrib/dockerd-rootless.sh. */

#include <string.h>

#include "base/limits.h"
#include "engine/docker/docker.h"
#include "record/read.h"

struct daemon {
	struct span data_root, graph;
};

#define ROW struct daemon
static const struct column daemon_columns[] = {
	KEY("data-root", data_root, PATH),
	KEY("graph", graph, PATH),
};
static const struct record daemon_keys = RECORD_KEYS(daemon_columns);
#undef ROW

static void
add(struct arena *a, struct list *to, struct span path, struct span file)
{
	if (span_starts(path, "/"))
		list_add_pair(a, to, path, arena_concat(a, SPAN("config:"), file));
}

static void
daemon_json(struct root *r, struct arena *a, struct span file, struct list *to)
{
	struct reading reading = { .foreign = true, .arena = a, .faults = &r->faults, .file = file };
	struct daemon d = { 0 };
	struct json *json;
	struct span text;
	struct fault odd, f = root_read(r, file, a, LIMIT_DOCUMENT, &text);

	if (f.kind == FAULT_ABSENT || (f.kind == FAULT_NONE && text.len == 0))
		return;
	if (f.kind == FAULT_NONE)
		f = fault_in(json_parse(text, a, &json, &odd), file);
	if (f.kind != FAULT_NONE) {
		root_fault(r, f);
		return;
	}
	root_fault(r, fault_in(odd, file));
	record_read(&reading, &daemon_keys, &d, json);
	add(a, to, d.data_root, file);
	add(a, to, d.graph, file);
}

/* The value behind an option in a line of words: "--data-root=X", "--data-root X", "-g X", with quotes around. */
static void
options(struct arena *a, struct span line, struct span file, struct list *to)
{
	static const char *const names[] = { "--data-root", "--graph", "-g" };
	struct span word, value = { 0 };
	bool next = false;

	while (line.ptr != NULL && span_cut(&line, ' ', &word)) {
		while (word.len > 0 && strchr("\"'\\", word.ptr[0]) != NULL)
			word = span_sub(word, 1, SIZE_MAX);
		while (word.len > 0 && strchr("\"'\\\r", word.ptr[word.len - 1]) != NULL)
			word.len--;
		if (next && word.len > 0)
			add(a, to, word, file);
		next = false;
		for (size_t i = 0; i < 3; i++) {
			if (span_is(word, names[i]))
				next = true;
			value = span_sub(word, strlen(names[i]), SIZE_MAX);
			if (span_starts(word, names[i]) && span_starts(value, "="))
				add(a, to, span_sub(value, 1, SIZE_MAX), file);
		}
		if (span_has(word, "=--data-root=")) {	/* DOCKER_OPTS=--data-root=X */
			value = span_sub(word, span_find(word, SPAN("=--data-root=")) + 13, SIZE_MAX);
			add(a, to, value, file);
		}
	}
}

/* A unit file, or a file of shell variables: lines, those with '#' in front left out. */
static void
lines(struct root *r, struct arena *a, struct span file, struct list *to)
{
	struct span text, line;
	struct fault f = root_read(r, file, a, 1 << 20, &text);
	char *p;

	if (f.kind != FAULT_NONE) {
		if (f.kind != FAULT_ABSENT)
			root_fault(r, f);
		return;
	}
	p = (char *)(uintptr_t)text.ptr;	/* our copy: tabs and continued lines become blanks */
	for (size_t i = 0; i < text.len; i++)
		if (p[i] == '\t' || (p[i] == '\\' && i + 1 < text.len && p[i + 1] == '\n'))
			p[i] = ' ', p[i + (p[i + 1] == '\n')] = ' ';
	while (span_cut(&text, '\n', &line))
		if (!span_starts(line, "#"))
			options(a, line, file, to);
}

static void
units(struct root *r, struct arena *a, struct list *to)
{
	static const char *const folders[] = { "/etc/systemd/system", "/run/systemd/system", "/usr/lib/systemd/system",
		"/lib/systemd/system" };
	struct list names;

	for (size_t i = 0; i < 4; i++) {
		struct span unit = arena_concat(a, span_of(folders[i]), SPAN("/docker.service"));
		struct span drop_ins = arena_concat(a, unit, SPAN(".d"));

		lines(r, a, unit, to);
		root_list(r, drop_ins, a, &names);
		for (size_t k = 0; k < names.n; k++)
			lines(r, a, path_join(a, drop_ins, list_span(&names, k)), to);
	}
	lines(r, a, SPAN("/etc/default/docker"), to);
	lines(r, a, SPAN("/etc/sysconfig/docker"), to);
}

static void
home(struct root *r, struct arena *a, struct span path, struct list *to)
{
	struct span docker = path_join(a, path, SPAN(".local/share/docker"));

	daemon_json(r, a, path_join(a, path, SPAN(".config/docker/daemon.json")), to);
	if (root_is(r, docker, FILE_DIRECTORY))
		list_add_pair(a, to, docker, SPAN("default"));
}

static void
once(struct arena *a, struct list *paths, struct index *seen, struct span path)
{
	if (index_get(seen, path) != SIZE_MAX)
		return;
	index_put(seen, a, path, paths->n);
	list_add_span(a, paths, path);
}

/* Homes that passwd names, and those that lie there without: a user who was deleted leaves his home. */
static void
homes(struct root *r, struct arena *a, struct list *to)
{
	static const char *const folders[] = { "/home", "/var/home" };
	struct span text, line, field = SPAN("");
	struct list names, paths = { 0 };
	struct index seen = { 0 };
	struct fault f;

	f = root_read(r, SPAN("/etc/passwd"), a, LIMIT_DOCUMENT, &text);
	if (f.kind != FAULT_ABSENT)
		root_fault(r, f);
	while (span_cut(&text, '\n', &line)) {
		for (int i = 0; i < 6 && span_cut(&line, ':', &field); i++)
			;
		if (span_starts(field, "/") && field.len > 1 && line.ptr != NULL)
			once(a, &paths, &seen, field);
	}
	once(a, &paths, &seen, SPAN("/root"));
	for (size_t i = 0; i < 2; i++) {
		root_list(r, span_of(folders[i]), a, &names);
		for (size_t k = 0; k < names.n; k++)
			once(a, &paths, &seen, path_join(a, span_of(folders[i]), list_span(&names, k)));
	}
	for (size_t i = 0; i < paths.n; i++)
		home(r, a, list_span(&paths, i), to);
}

void
docker_places(struct root *r, struct arena *a, struct list *to)
{
	static const char *const defaults[] = { "/var/lib/docker", "/var/snap/docker/common/var-lib-docker",
		"/mnt/data/docker", "/mnt/vda1/var/lib/docker", "/volume1/@docker",
		"/share/CACHEDEV1_DATA/Container/container-station-data/lib/docker", "/var/lib/balena-engine",
		/* Container-Optimized OS: its stateful partition, as a host has it mounted */
		"/mnt/stateful_partition/var/lib/docker" };

	for (size_t i = 0; i < sizeof(defaults) / sizeof(*defaults); i++)
		list_add_pair(a, to, span_of(defaults[i]), SPAN("default"));
	daemon_json(r, a, SPAN("/etc/docker/daemon.json"), to);
	daemon_json(r, a, SPAN("/var/snap/docker/current/config/daemon.json"), to);
	units(r, a, to);
	homes(r, a, to);
}
