/* SPDX-License-Identifier: ISC */
/* The columns of a log line. */

#include "record/entry.h"

static const char *const stream_words[] = { NULL, "stdout", "stderr", NULL };

#define ROW struct entry
static const struct column columns[] = {
	COL_PART(provenance, provenance_record),
	COL(time, TIME, SHOWN, "when the engine read it"),
	COL(container, ID, HIDDEN | BRIEF, "full id"),
	COL(name, TEXT, MANY | HEADLINE, "of the container"),
	COL_ENUM(stream, stream_words, SHOWN | HEADLINE, "stdout or stderr"),
	COL(message, TEXT, SHOWN | HEADLINE, "the line, its pieces joined, without its newline"),
	COL_MAP(attrs, HIDDEN, "what log options attach to each line"),
	COL(driver, TEXT, HIDDEN, "log driver"),
	COL(partial, BOOL, HIDDEN, "the line has no end, or was cut at 1 MiB"),
	COL(pod, TEXT, HIDDEN, "name of its pod"),
	COL(kube_container, TEXT, HIDDEN, "its name within the pod"),
	COL(attempt, U64, HIDDEN, "Kubernetes' count of restarts"),
	COL(image, TEXT, HIDDEN, "reference as given"),
	COL(offset, U64, HIDDEN, "of its first piece, in the file of read_from (inflated)"),
};
const struct record log_record = RECORD("log", "ctr-logcat", columns);
#undef ROW
