/* SPDX-License-Identifier: ISC */
/* An image's configuration into the record. */

#include "engine/image_config.h"
#include "record/read.h"

#define ROW struct healthcheck
static const struct column test_columns[] = {
	KEY_LIST("Test", test, TEXT),
	KEY("Interval", interval, I64),
	KEY("Timeout", timeout, I64),
	KEY("Retries", retries, I64),
};
static const struct record test_keys = RECORD_KEYS(test_columns);
#undef ROW

#define ROW struct engine_config
static const struct column config_columns[] = {
	KEY("Hostname", hostname, TEXT),
	KEY("User", user, TEXT),
	KEY("Tty", tty, BOOL),
	KEY("OpenStdin", open_stdin, BOOL),
	KEY_LIST("Env", env, TEXT),
	KEY_LIST("Cmd", cmd, TEXT),
	KEY_IN("Healthcheck", healthcheck, test_keys),
	KEY("Image", image, TEXT),
	KEY("WorkingDir", workdir, PATH),
	KEY_LIST("Entrypoint", entrypoint, TEXT),
	KEY_MAP("Labels", labels, TEXT),
	KEY("StopSignal", stop_signal, TEXT),
	KEY_MAP_KEPT("ExposedPorts", exposed_ports, ANY),
	KEY_MAP_KEPT("Volumes", volumes, ANY),
};
const struct record engine_config_keys = RECORD_KEYS(config_columns);
#undef ROW

struct rootfs {
	struct list diff_ids;
};

struct document {			/* an image's configuration */
	struct timestamp created;
	struct span author, os, architecture, variant;
	struct engine_config config;
	struct list history;
	struct rootfs rootfs;
};

#define ROW struct history
static const struct column history_columns[] = {
	KEY("created", created, TIME),
	KEY("created_by", created_by, TEXT),
	KEY("comment", comment, TEXT),
	KEY("author", author, TEXT),
	KEY("empty_layer", empty, BOOL),
};
static const struct record history_keys = RECORD_KEYS(history_columns);
#undef ROW

#define ROW struct rootfs
static const struct column rootfs_columns[] = {
	KEY_LIST("diff_ids", diff_ids, DIGEST),
};
static const struct record rootfs_keys = RECORD_KEYS(rootfs_columns);
#undef ROW

#define ROW struct document
static const struct column document_columns[] = {
	KEY("created", created, TIME),
	KEY("author", author, TEXT),
	KEY("os", os, TEXT),
	KEY("architecture", architecture, TEXT),
	KEY("variant", variant, TEXT),
	KEY_IN("config", config, engine_config_keys),
	KEY_EACH("history", history, history_keys),
	KEY_IN("rootfs", rootfs, rootfs_keys),
};
static const struct record document_keys = RECORD_KEYS(document_columns);
#undef ROW

void
engine_config_image(const struct engine_config *g, struct arena *a, struct image *i)
{
	i->config.cmd = g->cmd;
	i->config.entrypoint = g->entrypoint;
	i->config.env = g->env;
	i->config.user = g->user;
	i->config.workdir = g->workdir;
	i->config.labels = g->labels;
	i->config.healthcheck = g->healthcheck;
	for (size_t k = 0; k < g->exposed_ports.n; k++)
		list_add_span(a, &i->config.exposed_ports, list_pair(&g->exposed_ports, k)->key);
	for (size_t k = 0; k < g->volumes.n; k++)
		list_add_span(a, &i->config.volumes, list_pair(&g->volumes, k)->key);
}

struct list
image_config_read(struct engine *e, struct span file, struct json *document, struct arena *a, struct image *i)
{
	struct reading reading = { .foreign = true, .arena = a, .faults = &e->root->faults, .file = file };
	struct document d = { 0 };

	record_read(&reading, &document_keys, &d, document);
	if (reading.first.kind != FAULT_NONE && i->provenance.error.ptr == NULL)
		i->provenance.error = arena_concat(a, reading.file, SPAN(": "), span_of(reading.first.what),
		    SPAN(" "), reading.first.item);
	i->created = d.created;
	i->author = d.author;
	i->history = d.history;
	if (d.os.len > 0)
		i->platform = arena_concat(a, d.os, SPAN("/"), d.architecture,
		    span_of(d.variant.len > 0 ? "/" : ""), d.variant);
	engine_config_image(&d.config, a, i);
	return d.rootfs.diff_ids;
}
