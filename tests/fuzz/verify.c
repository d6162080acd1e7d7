/* SPDX-License-Identifier: ISC */
/* A record of tar-split beside a layer that has what the records of the corpus name: a verdict comes of it, with a reason where it
 * is not ok, and each difference is a path and a sentence. */

#include "base/limits.h"
#include "fuzz.h"
#include "image/verify.h"

static const struct layer_ref layer = { .n = { 1, true }, .kind = LAYER_LAYER, .evidence_path = SPAN("/layer"),
	.tar_split = SPAN("/record"),
	.diff_id = SPAN("sha256:e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855") };

static void
judge(struct root *r, enum layer_form form)
{
	struct arena a = arena_open(LIMIT_ROW);
	struct layer_ref ref = layer;
	const struct difference *d;
	struct verified v;

	ref.form = form;
	layer_verify_folder(r, &ref, &a, &v);
	MUST(v.verdict == VERDICT_OK || v.verdict == VERDICT_MISMATCH || v.verdict == VERDICT_UNVERIFIABLE);
	MUST(v.verdict == VERDICT_OK || v.why.len > 0);
	MUST(v.verdict == VERDICT_MISMATCH || v.differences.n == 0);
	touch(v.why);
	d = v.differences.v;
	for (size_t i = 0; i < v.differences.n; i++) {
		MUST(d[i].path.len > 0 && *d[i].path.ptr == '/' && d[i].what.len > 0);
		touch(d[i].path);
		touch(d[i].what);
	}
	arena_close(&a);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static const char *const names[] = { "layer/bin/fail", "layer/etc/motd", "layer/etc/version", "layer/a", "layer/hole" };
	static const char zeros[9000];
	struct made m = { 0 };

	made_file(&m, "record", input(data, size));
	for (size_t i = 0; i < sizeof(names) / sizeof(*names); i++)
		made_file(&m, names[i], (struct span){ zeros, i * i * 560 });
	made_open(&m);
	for (int form = FORM_UNKNOWN; form <= FORM_WHOLE; form++) {
		judge(&m.root, (enum layer_form)form);
		faults_reset(&m.root.faults);
	}
	made_close(&m);
	return 0;
}
