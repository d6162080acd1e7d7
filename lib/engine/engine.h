/* SPDX-License-Identifier: ISC */
/* Engines on a disk: who fills container, image and volume records from a root. An engine is one folder
 * here and one line in kinds[] of roots.c. */
#ifndef ENGINE_ENGINE_H
#define ENGINE_ENGINE_H

#include "evidence/root.h"
#include "record/image.h"
#include "record/volume.h"

enum subject { CONTAINERS, IMAGES, VOLUMES };

struct engine {
	const struct engine_kind *kind;
	struct root *root;
	struct span place;		/* its folder within the evidence */
	const char *how_found;		/* default, config, operand */
	struct arena arena;		/* of the run */
	void *state;			/* the kind's own, on the arena */
};

enum want { WANT_NAMES, WANT_ALL };	/* id, name, image and mounts' names; or every column */

/* Rows are filled on the arena given, damage is in their `error` and in the root's faults. */
struct engine_kind {
	const char *name;
	const char *const *places;	/* where it lies by default, NULL at the end */
	/* Adds to PLACES what configuration of the host says, each on ARENA. */
	void (*configured)(struct root *, struct arena *, struct list *places);
	/* Is there one? NO is known; UNKNOWN comes with a fault. */
	enum tri (*here)(struct root *, struct span path, struct fault *);
	struct fault (*open)(struct engine *);
	/* The ids or names of all there are, sorted, on the engine's arena. */
	void (*list)(struct engine *, enum subject, struct list *ids);
	void (*container)(struct engine *, struct span id, enum want, struct arena *, struct container *);
	void (*image)(struct engine *, struct span id, enum want, struct arena *, struct image *);
	void (*volume)(struct engine *, struct span name, struct arena *, struct volume *);
};

extern const struct engine_kind docker_kind;

/* All engines of a root. */
struct engines {
	struct root *root;
	struct list list;		/* [struct engine *] */
	struct arena arena;
};

/* Finds them. FAULT_ALL when there is none: item says where was looked. */
struct fault engines_open(struct engines *, struct root *);
void engines_close(struct engines *);

/* One subject of some engine. */
struct item {
	struct span id;
	struct engine *engine;
};

/* All subjects of a kind, in the order of their ids, on the engines' arena. */
void engines_items(struct engines *, enum subject, struct list *items);

#endif
