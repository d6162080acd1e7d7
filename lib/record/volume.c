/* SPDX-License-Identifier: ISC */
/* The columns of a volume. */

#include "record/volume.h"

#define ROW struct volume
static const struct column columns[] = {
	COL_PART(provenance, provenance_record),
	COL(volume, TEXT, SHOWN | HEADLINE, "name"),
	COL(driver, TEXT, HIDDEN, "local, or a plugin"),
	COL(evidence_path, PATH, SHOWN, "where its content lies"),
	COL(created, TIME, SHOWN | SECONDS, "when its folder was made"),
	COL_MAP(options, HIDDEN, "of its driver; null: not recorded where we read"),
	COL_MAP(labels, HIDDEN, "of the volume; null: not recorded where we read"),
	COL_LIST(containers, ID, SHOWN | BRIEF, "that mount it"),
	COL(scope, TEXT, HIDDEN, "local or global"),
	COL_ENUM(present, presence_words, HIDDEN, "its content is in this evidence: yes, no, unknown"),
	COL(size, U64, HIDDEN, "bytes"),
	COL(engine, TEXT, HIDDEN, "docker, containerd, podman ..."),
};
const struct record volume_record = RECORD("volume", "ctr-ls --show volumes", columns);
#undef ROW
