/* SPDX-License-Identifier: ISC */
/* Where a row comes from: first in every record. */
#ifndef RECORD_PROVENANCE_H
#define RECORD_PROVENANCE_H

#include "record/record.h"

struct provenance {
	struct span host;		/* whose evidence */
	struct span evidence;		/* the root, as it was given */
	struct list read_from;		/* [path] within the evidence */
	struct span error;		/* the row's first fault */
};

enum presence { PRESENCE_NULL, PRESENT, NOT_PRESENT, PRESENCE_UNKNOWN };

extern const char *const presence_words[];
extern const struct record provenance_record;

#endif
