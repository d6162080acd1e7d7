/* SPDX-License-Identifier: ISC */
/* Digests that are claimed. Source: OCI image-spec, descriptor.md, "Digests"; config.md. */

#include "base/text.h"
#include "format/digest.h"
#include "image/verify.h"

enum { SHA256 = 64 };

void
digest_verify(struct span claimed, struct span computed, struct arena *a, struct verified *out)
{
	struct span hex = claimed, algorithm;

	out->verdict = VERDICT_UNVERIFIABLE;
	if (claimed.len == 0) {
		out->why = SPAN("no digest is claimed");
	} else if (!span_cut(&hex, ':', &algorithm) || hex.len == 0 || algorithm.len == 0) {
		out->verdict = VERDICT_MISMATCH;
		out->why = arena_concat(a, SPAN("what is claimed is no digest: "), claimed);
	} else if (!span_is(algorithm, "sha256")) {
		out->why = arena_concat(a, algorithm, SPAN(" is not computed"));
	} else if (!text_hex(hex, SHA256)) {
		out->verdict = VERDICT_MISMATCH;
		out->why = arena_concat(a, SPAN("what is claimed is no sha256: "), claimed);
	} else if (computed.len == 0) {
		out->why = SPAN("it could not be computed");
	} else if (!span_eq(claimed, computed)) {
		out->verdict = VERDICT_MISMATCH;
		out->why = arena_concat(a, SPAN("it is "), computed, SPAN(", claimed is "), claimed);
	} else {
		out->verdict = VERDICT_OK;
		out->why = (struct span){ 0 };
	}
}

void
config_verify(struct root *r, struct span image_id, struct span path, struct arena *a, struct verified *out)
{
	struct span digest = { 0 };
	struct bytes b;
	struct fault f = root_file(r, path, NULL, &b);

	*out = (struct verified){ .verdict = VERDICT_MISSING, .why = SPAN("it is not in this evidence") };
	if (f.kind == FAULT_ABSENT)
		return;
	if (f.kind == FAULT_NONE) {
		f = digest_of(&b, a, &digest);
		bytes_close(&b);
	}
	root_fault(r, fault_in(f, path));
	digest_verify(image_id, digest, a, out);
}
