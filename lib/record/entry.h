/* SPDX-License-Identifier: ISC */
/* One line that a container printed. */
#ifndef RECORD_ENTRY_H
#define RECORD_ENTRY_H

#include "record/provenance.h"

enum stream { STREAM_UNKNOWN, STDOUT, STDERR };

struct entry {
	struct provenance provenance;
	struct timestamp time;
	struct span container, name;
	enum stream stream;
	struct span message;
	struct list attrs;
	struct span driver;
	enum tri partial;
	struct span pod, kube_container;
	struct u64 attempt;
	struct span image;
	struct u64 offset;
};

extern const struct record log_record;

#endif
