/* SPDX-License-Identifier: ISC */
/* The columns of a layer and of a step of its history. */

#include "record/layer.h"

const char *const verdict_words[] = { NULL, "ok", "mismatch", "missing", "unverifiable", NULL };

#define ROW struct difference_row
static const struct column difference_columns[] = {
	COL(path, PATH, HIDDEN, "within the container"),
	COL(what, TEXT, HIDDEN, "what is there, and what was recorded"),
};
static const struct record difference_in = RECORD(NULL, NULL, difference_columns);
#undef ROW

#define ROW struct layer_row
static const struct column columns[] = {
	COL_PART(provenance, provenance_record),
	COL_ENUM(risk, severity_words, RISK, "highest severity of its findings; none; null: not judged"),
	COL(container, ID, HIDDEN | BRIEF, "full id; null of an image"),
	COL(name, TEXT, MANY | HEADLINE, "of the container, or of the image"),
	COL(image, TEXT, HIDDEN, "reference as given, or the id of an image"),
	COL(n, U64, SHOWN | HEADLINE, "1 is the base"),
	COL_ENUM(kind, layer_words, SHOWN, "layer, init (the engine's files) or rw (the container's own)"),
	COL_ENUM(form, form_words, HIDDEN, "how it says what it deletes: oci, aufs, overlay, fuse; whole: it holds all beneath it too"),
	COL(digest, DIGEST, SHOWN | BRIEF, "of the blob as stored"),
	COL(diff_id, DIGEST, HIDDEN, "of the tar, inflated"),
	COL(chain_id, DIGEST, HIDDEN, "of this layer upon those beneath"),
	COL(created, TIME, SHOWN | SECONDS, "as the image's history claims"),
	COL(media_type, TEXT, HIDDEN, "as the manifest claims"),
	COL(compression, TEXT, HIDDEN, "by content"),
	COL(size_compressed, U64, HIDDEN, "bytes of the blob, where it is compressed"),
	COL(size, U64, SHOWN, "bytes of the files in it"),
	COL(entries, U64, HIDDEN, "names in it"),
	COL(added, U64, SHOWN, "names that nothing beneath had"),
	COL(modified, U64, SHOWN, "names that differ from what is beneath"),
	COL(deleted, U64, SHOWN, "names that it hides"),
	COL(evidence_path, PATH, HIDDEN, "directory, file or member"),
	COL(comment, TEXT, HIDDEN, "note of the step that made it"),
	COL_ENUM(verify, verdict_words, HIDDEN, "ok, mismatch, missing, unverifiable (--verify)"),
	COL(verify_why, TEXT, HIDDEN, "what was compared, or what differs"),
	COL_EACH(differences, difference_in, HIDDEN, "what is not as the engine recorded it (--verify)"),
	COL_LIST(rules, TEXT, RISK, "rules that fired, gravest first"),
	COL_EACH(findings, finding_in, HIDDEN, "what they saw"),
	COL(created_by, TEXT, SHOWN | HEADLINE, "the command that made it, as the image's history claims"),
};
const struct record layer_record = RECORD("layer", "ctr-layers", columns);
#undef ROW

#define ROW struct history_row
static const struct column history_columns[] = {
	COL_PART(provenance, provenance_record),
	COL_ENUM(risk, severity_words, RISK, "highest severity of its findings; none; null: not judged"),
	COL(container, ID, HIDDEN | BRIEF, "full id; null of an image"),
	COL(name, TEXT, MANY | HEADLINE, "of the container, or of the image"),
	COL(image, TEXT, HIDDEN, "reference as given, or the id of an image"),
	COL(n, U64, SHOWN, "of the layer that it made; null: none, or it is not known which"),
	COL(created, TIME, SHOWN | SECONDS, "as the history claims"),
	COL(comment, TEXT, HIDDEN, "note"),
	COL(author, TEXT, HIDDEN, "of the step"),
	COL(empty, BOOL, HIDDEN, "it made no layer"),
	COL_LIST(traces, TEXT, HIDDEN, "of docker commit: what says that this step was made by hand"),
	COL_LIST(rules, TEXT, RISK, "rules that fired, gravest first"),
	COL_EACH(findings, finding_in, HIDDEN, "what they saw"),
	COL(created_by, TEXT, HIDDEN, "the command, as the history has it"),
	COL(instruction, TEXT, SHOWN | HEADLINE, "the same, as it stood in a Dockerfile"),
};
const struct record history_record = RECORD("history", "ctr-layers --show history", history_columns);
#undef ROW
