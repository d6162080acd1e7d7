/* SPDX-License-Identifier: ISC */
/* The volume record. */
#ifndef RECORD_VOLUME_H
#define RECORD_VOLUME_H

#include "record/provenance.h"

struct volume {
	struct provenance provenance;
	struct span volume, driver, evidence_path;
	struct timestamp created;
	struct list options, labels, containers;
	struct span scope;
	enum presence present;
	struct u64 size;
	struct span engine;
};

extern const struct record volume_record;

#endif
