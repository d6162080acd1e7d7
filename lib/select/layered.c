/* SPDX-License-Identifier: ISC */
/* A container or an image as what has layers. */

#include "select/layered.h"

void
layered_of(struct selection *sel, struct selected *s, struct layered *of)
{
	const struct image *i = &s->image;

	*of = (struct layered){ 0 };
	if (s->kind == IMAGES) {
		of->layers = &i->layers;
		of->provenance = &i->provenance;
		of->image = i->image_id;
		of->name = i->names.n > 0 ? list_span(&i->names, 0) : i->image_id;
		of->made_of = i;
		return;
	}
	of->layers = &s->container.layers;
	of->provenance = &s->container.provenance;
	of->container = s->container.container;
	of->name = s->container.name;
	of->image = s->container.image;
	if (select_image(sel, s, s->arena, &of->own))
		of->made_of = &of->own;
}

static bool
is_of(struct span platform, struct span wanted)
{
	return span_eq(platform, wanted) || (platform.ptr != NULL && span_begins(platform, wanted) &&
	    platform.ptr[wanted.len] == '/');
}

void
layered_platform(struct selection *sel, const char *platform)
{
	size_t kept = 0, before = sel->chosen.n;
	struct selected s;

	if (platform == NULL)
		return;
	for (size_t i = 0; i < before; i++) {
		sel->next = i;
		if (select_next(sel, &s) && (s.kind != IMAGES || is_of(s.image.platform, span_of(platform))))
			select_keep(sel, i, kept++);
	}
	sel->next = 0;
	sel->chosen.n = kept;
	if (kept == 0 && before > 0)
		root_fault(sel->root, (struct fault){ .kind = FAULT_USAGE, .what = "no image here is of platform", .item = span_of(platform) });
}

bool
layered_one(struct selection *sel)
{
	struct span all = SPAN("");
	struct selected s;
	struct layered of;
	size_t n = sel->chosen.n;

	if (n == 1)
		return true;
	if (n == 0) {
		if (sel->fault.kind == FAULT_NONE && sel->root->faults.list.n == 0)
			root_fault(sel->root, (struct fault){ .kind = FAULT_USAGE, .what = "nothing is chosen; name one container or image" });
		return false;
	}
	for (size_t i = 0; i < n && i < 20 && select_next(sel, &s); i++) {
		layered_of(sel, &s, &of);
		all = arena_concat(&sel->arena, all, span_of(i > 0 ? ", " : ""),
		    span_sub(of.container.len > 0 ? of.container : of.image, 0, of.container.len > 0 ? 12 : 19), SPAN(" "), of.name,
		    SPAN(" "), s.kind == IMAGES ? s.image.platform : (struct span){ 0 });
	}
	root_fault(sel->root, (struct fault){ .kind = FAULT_USAGE, .what = "one is needed, and these are meant:",
	    .item = n > 20 ? arena_concat(&sel->arena, all, SPAN(" ...")) : all });
	return false;
}
