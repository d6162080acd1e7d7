/* SPDX-License-Identifier: ISC */
/* Layers against their records.
 *
 *	verify ROOT [DIR]	each layer of each image, once: "ID VERDICT FORM PATH WHY", then "	PATH WHAT" for each difference;
 *				with DIR the tar of each that is whole is written there as ID.tar. ID: the diff id's first 12.
 *	verify			cases of digests, chain ids, names */

#include <fcntl.h>
#include <string.h>
#include <unistd.h>

#include "base/limits.h"
#include "base/text.h"
#include "engine/engine.h"
#include "image/assemble.h"
#include "format/digest.h"
#include "image/verify.h"
#include "tap.h"

struct driver {
	struct root root;
	struct arena run, row, result;
	struct index seen;
	struct out out;
	const char *dir;
};

static void
put(void *state, struct span s)
{
	out_write(state, s);
}

static struct span
short_id(struct span digest)
{
	return span_sub(digest, sizeof("sha256:") - 1, 12);
}

/* The digest of a layer's tar, whose bytes go to OUT, if any; maps by one way, if any. */
static struct span
assemble(struct driver *d, const struct layer_ref *ref, struct out *out, unsigned *way)
{
	struct arena a = arena_open(LIMIT_ROW);
	struct span digest = { 0 };
	struct assembly as;
	struct assembled e;

	if (assemble_open(&as, &d->root, ref->evidence_path, ref->tar_split).kind == FAULT_NONE) {
		if (out != NULL) {
			as.put = put;
			as.state = out;
			assemble_only(&as, *way);
		}
		while (assemble_next(&as, &a, &e))
			arena_reset(&a);
		digest = assemble_digest(&as, ref->diff_id, &d->result, way);
	}
	assemble_close(&as);
	arena_close(&a);
	return digest;
}

/* The tar of a layer, as DIR/ID.tar; none where it is not whole. */
static void
write_tar(struct driver *d, const struct layer_ref *ref)
{
	struct span name = arena_concat(&d->result, span_of(d->dir), SPAN("/"), short_id(ref->diff_id), SPAN(".tar"));
	unsigned way = 0;
	struct out o;

	if (!span_eq(assemble(d, ref, NULL, &way), ref->diff_id))
		return;
	o = out_open(open(name.ptr, O_WRONLY | O_CREAT | O_TRUNC, 0644));
	assemble(d, ref, &o, &way);
	if (!out_flush(&o))
		unlink(name.ptr);
	close(o.fd);
	out_close(&o);
}

static void
line(struct driver *d, size_t n, const struct span *words)
{
	for (size_t i = 0; i < n; i++) {
		text_escape(&d->out, words[i]);
		out_byte(&d->out, i + 1 < n ? ' ' : '\n');
	}
}

static void
verify_layer(struct driver *d, const struct layer_ref *ref)
{
	static const char *const forms[] = { "unknown", "oci", "aufs", "overlay", "fuse", "whole" };
	struct span name = ref->chain_id.len > 0 ? ref->chain_id : ref->evidence_path;
	const struct difference *what;
	struct verified v;

	if (index_get(&d->seen, name) != SIZE_MAX)
		return;
	index_put(&d->seen, &d->run, arena_copy(&d->run, name), 0);
	layer_verify_folder(&d->root, ref, &d->result, &v);
	line(d, 5, (struct span[]){ short_id(ref->diff_id), span_of(verdict_words[v.verdict]), span_of(forms[ref->form]),
	    ref->evidence_path, v.why });
	what = v.differences.v;
	for (size_t i = 0; i < v.differences.n; i++) {
		out_byte(&d->out, '\t');
		line(d, 2, (struct span[]){ what[i].path, what[i].what });
	}
	if (d->dir != NULL)
		write_tar(d, ref);
	arena_reset(&d->result);
}

static void
say_faults(struct driver *d)
{
	const struct fault *f = d->root.faults.list.v;

	for (size_t i = 0; i < d->root.faults.list.n; i++)
		line(d, 4, (struct span[]){ SPAN("fault"), f[i].file, span_of(f[i].what), f[i].item });
	faults_reset(&d->root.faults);
}

static int
verify_root(const char *path, const char *dir)
{
	struct root_options options = { 0 };
	struct driver d = { .dir = dir, .run = arena_open(LIMIT_ROW), .row = arena_open(LIMIT_ROW), .result = arena_open(LIMIT_ROW),
		.out = out_open(1) };
	struct list items = { 0 };
	struct engines engines = { 0 };
	bool good;

	good = root_open(&d.root, path, &options).kind == FAULT_NONE && root_index(&d.root).kind == FAULT_NONE &&
	    engines_open(&engines, &d.root).kind == FAULT_NONE;
	if (good)
		engines_items(&engines, IMAGES, &items);
	for (size_t i = 0; i < items.n; i++) {
		const struct item *it = (const struct item *)items.v + i;
		struct image image = { 0 };

		it->engine->kind->image(it->engine, it->id, WANT_ALL, &d.row, &image);
		for (size_t k = 0; k < image.layers.n; k++)
			verify_layer(&d, (const struct layer_ref *)image.layers.v + k);
		arena_reset(&d.row);
	}
	say_faults(&d);
	engines_close(&engines);
	root_close(&d.root);
	out_flush(&d.out);
	out_close(&d.out);
	arena_close(&d.run);
	arena_close(&d.row);
	arena_close(&d.result);
	return good ? 0 : 1;
}

/* --- cases ------------------------------------------------------------------------------------ */

#define EMPTY "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"

static bool
judged(const char *claimed, const char *computed, enum verdict verdict, const char *why, struct arena *a)
{
	struct verified v = { 0 };

	digest_verify(span_of(claimed), span_of(computed), a, &v);
	return v.verdict == verdict && (why == NULL ? v.why.ptr == NULL : span_is(v.why, why));
}

static void
digests(struct arena *a)
{
	static const char is[] = "sha256:" EMPTY;
	struct bytes none = bytes_mem(SPAN(""));
	struct span digest;

	OK(digest_of(&none, a, &digest).kind == FAULT_NONE && span_is(digest, is), "the digest of nothing");
	OK(judged(is, is, VERDICT_OK, NULL, a), "the same");
	OK(judged(is, "sha256:0", VERDICT_MISMATCH, "it is sha256:0, claimed is sha256:" EMPTY, a), "another");
	OK(judged(NULL, is, VERDICT_UNVERIFIABLE, "no digest is claimed", a), "none");
	OK(judged("sha512:00", is, VERDICT_UNVERIFIABLE, "sha512 is not computed", a), "another algorithm");
	OK(judged(EMPTY, is, VERDICT_MISMATCH, "what is claimed is no digest: " EMPTY, a), "without its algorithm");
	OK(judged("sha256:E3", is, VERDICT_MISMATCH, "what is claimed is no sha256: sha256:E3", a), "what no digest looks like");
	OK(judged(is, NULL, VERDICT_UNVERIFIABLE, "it could not be computed", a), "what is there was not read");
}

/* Of the host vfs of layouts.tar.zst, as the engine wrote them: layerdb/sha256/CHAIN/diff and parent. */
static void
chains(struct arena *a)
{
	struct span base = SPAN("sha256:9acf0e6551529acfb29df477c1add251f59a20a5bbeafaaf6535f096e96a54f8");

	OK(span_eq(chain_id(a, (struct span){ 0 }, base), base), "the chain id of a base is its diff id");
	OK(chain_id(a, base, (struct span){ 0 }).ptr == NULL, "without a diff id there is none");
	OK(span_is(chain_id(a, base, SPAN("sha256:ff036b3256df7b55a64a5c8c91c0a0b5dab71daa729a0b70c5250ae3cab4a586")), "sha256:edeb565df63de15c1d0c5c8435eacf120989a15c1aed6573a383653a9aec5fdc"), "of a layer on it, as the engine has it");
}

static void
names(struct arena *a)
{
	OK(span_is(assemble_name(a, SPAN("./bin/")), "bin"), "./bin/");
	OK(span_is(assemble_name(a, SPAN("/a//b/./c")), "a/b/c"), "/a//b/./c");
	OK(span_is(assemble_name(a, SPAN("d/../up")), "up"), "d/../up");
	OK(span_is(assemble_name(a, SPAN("a/b/../../../x")), "x"), "a/b/../../../x");
	OK(span_is(assemble_name(a, SPAN("./")), "") && span_is(assemble_name(a, SPAN("/")), ""), "the root");
}

int
main(int argc, char **argv)
{
	struct arena a = arena_open(LIMIT_ROW);

	if (argc > 1)
		return verify_root(argv[1], argc > 2 ? argv[2] : NULL);
	digests(&a);
	chains(&a);
	names(&a);
	arena_close(&a);
	return tap_done();
}
