/* SPDX-License-Identifier: ISC */
/* One verdict of a layer, whatever it is kept as. */

#include "image/verify.h"

static void
archive(const struct layer *l, struct arena *a, struct verified *out)
{
	struct verified blob = { 0 }, tar = { 0 };

	if (l->diff_id.len == 0 && l->digest.len == 0) {
		out->verdict = VERDICT_UNVERIFIABLE;
		out->why = SPAN("it could not be read whole");
		return;
	}
	digest_verify(l->ref.digest, l->digest, a, &blob);
	digest_verify(l->ref.diff_id, l->diff_id, a, &tar);
	if (blob.verdict == VERDICT_MISMATCH || tar.verdict == VERDICT_MISMATCH) {
		out->verdict = VERDICT_MISMATCH;
		out->why = blob.verdict != VERDICT_MISMATCH ? arena_concat(a, SPAN("diff_id: "), tar.why) :
		    tar.verdict != VERDICT_MISMATCH ? arena_concat(a, SPAN("digest: "), blob.why) :
		    arena_concat(a, SPAN("digest: "), blob.why, SPAN("; diff_id: "), tar.why);
	} else if (blob.verdict == VERDICT_OK || tar.verdict == VERDICT_OK) {
		out->verdict = VERDICT_OK;
		out->why = blob.verdict != VERDICT_OK ? SPAN("diff_id") : tar.verdict != VERDICT_OK ? SPAN("digest") :
		    SPAN("digest, diff_id");
	} else {
		out->verdict = VERDICT_UNVERIFIABLE;
		out->why = l->ref.diff_id.len > 0 || l->ref.digest.len > 0 ? tar.why : SPAN("nothing is claimed of it");
	}
}

void
layer_verify(struct stack *s, size_t layer, struct arena *a, struct verified *out)
{
	const struct layer *l = &s->layers[layer];
	struct file file;

	*out = (struct verified){ 0 };
	if (l->ref.kind == LAYER_RW || l->ref.kind == LAYER_INIT) {
		out->verdict = VERDICT_UNVERIFIABLE;
		out->why = SPAN("nobody keeps a record of what a container writes");
	} else if (l->ref.evidence_path.len == 0 || root_stat(s->root, l->ref.evidence_path, &file).kind == FAULT_ABSENT) {
		out->verdict = VERDICT_MISSING;
		out->why = SPAN("it is not in this evidence");
	} else if (file.type == FILE_DIRECTORY) {
		layer_verify_folder(s->root, &l->ref, a, out);
	} else {
		archive(l, a, out);
	}
}
