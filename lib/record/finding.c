/* SPDX-License-Identifier: ISC */
/* The columns of provenance and of a finding. */

#include "record/finding.h"

const char *const presence_words[] = { NULL, "yes", "no", "unknown", NULL };

#define ROW struct provenance
static const struct column provenance_columns[] = {
	COL(host, TEXT, HIDDEN, "whose evidence it is: --host, else the evidence's own hostname"),
	COL(evidence, TEXT, HIDDEN, "the root that it was read from, as it was given"),
	COL_LIST(read_from, PATH, HIDDEN, "the files that it was read from, within the evidence"),
	COL(error, TEXT, HIDDEN, "the first thing that could not be read; null where undamaged"),
};
const struct record provenance_record = RECORD(NULL, NULL, provenance_columns);
#undef ROW

const char *const severity_words[] = { NULL, "none", "info", "notice", "warning", "critical", NULL };

#define ROW struct finding
#define FINDING_COLUMNS                                                                            \
	COL_ENUM(severity, severity_words, SHOWN, "info, notice, warning or critical"),            \
	COL(rule, TEXT, SHOWN, "name of the rule"),                                                \
	COL(container, ID, SHOWN | BRIEF, "full id"),                                              \
	COL(image, TEXT, HIDDEN, "reference as given, or the id of an image row"),                 \
	COL(pid, U64, HIDDEN, "the host's"),                                                       \
	COL(path, PATH, HIDDEN, "what it is about"),                                               \
	COL(fact, TEXT, SHOWN, "one sentence with what was seen"),                                 \
	COL(technique, TEXT, HIDDEN, "ATT&CK technique"),                                          \
	COL(why, TEXT, HIDDEN, "one sentence: why that matters"),                                  \
	COL(check, TEXT, HIDDEN, "the command that looks again"),                                  \
	COL(evidence_path, PATH, HIDDEN, "the file that says so")

static const struct column in_columns[] = { FINDING_COLUMNS };
const struct record finding_in = RECORD("finding", NULL, in_columns);

static const struct column columns[] = { COL_PART(provenance, provenance_record), FINDING_COLUMNS };
const struct record finding_record = RECORD("finding", "any tool with --show findings", columns);
#undef ROW
