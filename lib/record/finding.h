/* SPDX-License-Identifier: ISC */
/* What a rule saw in a row. */
#ifndef RECORD_FINDING_H
#define RECORD_FINDING_H

#include "record/provenance.h"

enum severity { SEVERITY_UNKNOWN, SEVERITY_NONE, INFO, NOTICE, WARNING, CRITICAL };

extern const char *const severity_words[];

struct finding {
	struct provenance provenance;	/* absent where the finding lies within a row */
	enum severity severity;
	struct span rule, container, image, path, fact, technique, why, check, evidence_path;
	struct u64 pid;
};

extern const struct record finding_record;	/* printed alone */
extern const struct record finding_in;		/* within another record: without provenance */

#endif
