/* SPDX-License-Identifier: ISC */
/* The image record. */
#ifndef RECORD_IMAGE_H
#define RECORD_IMAGE_H

#include "record/container.h"

struct image_settings {
	struct list cmd, entrypoint, env;
	struct span user, workdir;
	struct list labels, exposed_ports, volumes;
	struct healthcheck healthcheck;
};

struct history {
	struct timestamp created;
	struct span created_by, comment, author;
	enum tri empty;
};

struct image_source {
	struct span registry, repository, digest;
};

struct image {
	struct provenance provenance;
	enum severity risk;
	struct span image_id;
	struct list names;
	struct span manifest;
	struct timestamp created, arrived;
	struct span author;
	struct u64 size;
	struct span platform, parent;
	struct image_settings config;
	struct span image_config;
	struct list layers;		/* [layer_ref] */
	struct list history, sources;
	struct list signed_by;
	struct list containers;
	enum tri dangling;
	struct span engine;
	struct list rest;
	struct list rules, findings;
};

extern const struct record image_record;

#endif
