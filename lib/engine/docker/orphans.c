/* SPDX-License-Identifier: ISC */
/* Folders of layers that nothing refers to: what a removal or a crash left of images and containers. */

#include "base/text.h"
#include "engine/docker/docker.h"

/* The ids of folders that the store names: of layers, and of containers that are still there. */
static void
known_ids(struct engine *e, struct span driver, struct arena *a, struct index *known)
{
	static const struct {
		const char *folder, *files[2];
	} places[] = { { "sha256", { "cache-id", NULL } }, { "mounts", { "mount-id", "init-id" } } };
	struct provenance ignored = { 0 };
	struct list names;
	struct span path, id;

	for (size_t p = 0; p < 2; p++) {
		path = docker_path(e, a, SPAN("image/"), driver, SPAN("/layerdb/"), span_of(places[p].folder));
		if (root_list(e->root, path, a, &names).kind != FAULT_NONE)
			continue;
		for (size_t i = 0; i < names.n; i++) {
			if (p == 1 && !root_is(e->root, docker_path(e, a, SPAN("containers/"), list_span(&names, i)), FILE_DIRECTORY))
				continue;		/* its container was removed */
			for (size_t k = 0; k < 2 && places[p].files[k] != NULL; k++) {
				id = engine_line(e, path_join(a, path_join(a, path, list_span(&names, i)),
				    span_of(places[p].files[k])), a, false, &ignored);
				if (id.len > 0 && index_get(known, id) == SIZE_MAX)
					index_put(known, a, id, 0);
			}
		}
	}
}

/* A name of a folder that a driver gives: 64 digits, of a container's engine files with a word behind. */
static bool
is_id(struct span name)
{
	return text_hex(span_sub(name, 0, 64), 64) && (name.len == 64 || span_is(span_sub(name, 64, SIZE_MAX), "-init"));
}

void
docker_orphans(struct engine *e, struct arena *a, struct list *refs)
{
	struct docker *d = e->state;
	struct layer_ref *r;
	struct list names;
	bool unread = false;

	for (size_t k = 0; k < d->drivers.n && !a->full; k++) {
		struct span driver = list_span(&d->drivers, k), folder = docker_folder(e, a, driver);
		struct index known = { 0 };

		if (folder.len == 0 || root_list(e->root, folder, a, &names).kind != FAULT_NONE)
			continue;
		known_ids(e, driver, a, &known);
		for (size_t i = 0; i < names.n && !a->full; i++) {
			struct span name = list_span(&names, i);
			bool init = span_ends(name, "-init");

			if (!is_id(name) || index_get(&known, name) != SIZE_MAX)
				continue;
			r = list_add(a, refs, sizeof(*r));
			*r = (struct layer_ref){ .kind = init ? LAYER_INIT : LAYER_UNKNOWN, .form = docker_form(driver, LAYER_LAYER),
				.evidence_path = docker_content(e, a, driver, name, LAYER_LAYER, &unread) };
		}
	}
}
