/* SPDX-License-Identifier: ISC */
/* Whose evidence it is, and which engines were found on it. */
#ifndef RECORD_HOST_H
#define RECORD_HOST_H

#include "record/provenance.h"

struct host {
	struct provenance provenance;
	struct span hostname, machine_id, os, kernel, timezone;
};

struct looked {
	struct span evidence_path;
	enum tri found;
};

struct data_root {
	struct provenance provenance;
	struct span engine, evidence_path, how_found, version, storage_driver;
	struct list namespaces;
	struct u64 containers, images;
	struct list config;
	struct span rootless_user;
	struct list looked_for;
};

extern const struct record host_record, root_record;

#endif
