/* SPDX-License-Identifier: ISC */
/* Engines on a disk: who fills container, image and volume records from a root. An engine is one folder
 * here and one line in kinds[] of roots.c. */
#ifndef ENGINE_ENGINE_H
#define ENGINE_ENGINE_H

#include "base/index.h"
#include "evidence/root.h"
#include "record/host.h"
#include "record/image.h"
#include "record/volume.h"

enum subject { CONTAINERS, IMAGES, VOLUMES, STACKS };	/* STACKS: what has layers, containers and images; of a selection alone */

struct engine {
	const struct engine_kind *kind;
	struct root *root;
	struct span place;		/* its folder within the evidence */
	struct span how_found;		/* default, config:FILE, operand, nested */
	struct arena arena;		/* of the run */
	void *state;			/* the kind's own, on the arena */
};

/* Id, name, image; with what the log room takes; with layers and history, and of a container every column, but without what
 * other records say of an image; every column but sizes, for which whole trees are walked; or every one. */
enum want { WANT_NAMES, WANT_LOG, WANT_LAYERS, WANT_ALL, WANT_SIZES };

/* Rows are filled on the arena given, damage is in their `error` and in the root's faults. */
struct engine_kind {
	const char *name;
	/* Appends where it may lie, by default and by the host's configuration: pairs of a path and how it came up. */
	void (*places)(struct root *, struct arena *, struct list *places);
	/* The same of what may lie within one that was looked at, whether or not it is one itself. */
	void (*within)(struct root *, struct span place, struct arena *, struct list *places);
	/* Is there one? NO is known; UNKNOWN comes with a fault. */
	enum tri (*here)(struct root *, struct span path, struct fault *);
	struct fault (*open)(struct engine *);
	/* What only the kind knows of its data root. */
	void (*row)(struct engine *, struct arena *, struct data_root *);
	/* The ids or names of all there are, sorted, on the engine's arena; absent, with a fault, when they are not read. */
	void (*list)(struct engine *, enum subject, struct list *ids);
	/* NULL of a kind that holds images alone: then it lists no containers and no volumes. */
	void (*container)(struct engine *, struct span id, enum want, struct arena *, struct container *);
	void (*image)(struct engine *, struct span id, enum want, struct arena *, struct image *);
	void (*volume)(struct engine *, struct span name, enum want, struct arena *, struct volume *);
	/* Appends [layer_ref] that no image and no container refers to; NULL: the kind has none. */
	void (*orphans)(struct engine *, struct arena *, struct list *refs);
};

extern const struct engine_kind docker_kind, archive_kind, rootfs_kind;

struct place {
	struct span path;
	enum tri found;
};

/* All engines of a root. */
struct engines {
	struct root *root;
	struct list list;		/* [struct engine *] */
	struct list looked;		/* [struct place]: what was looked at, each once */
	struct index seen;		/* their paths */
	struct index folders;		/* of the engines found, by device and inode */
	struct arena arena;
};

/* Finds them. FAULT_ALL when there is none: item says where was looked. */
struct fault engines_open(struct engines *, struct root *);
void engines_close(struct engines *);

/* The I-th engine as a row, on the arena. False past the last. */
bool engines_row(struct engines *, size_t i, struct arena *, struct data_root *);

/* host.c: what the root says of the host that it is of. */
void engine_host(struct root *, struct arena *, struct host *);

/* One subject of some engine. */
struct item {
	struct span id;
	struct engine *engine;
	enum subject kind;
};

/* All subjects of a kind (of STACKS containers, then images), in the order of their ids, on the engines' arena. Where nothing but images can be here, that is
 * said in place of an empty answer: FAULT_ODD of an archive of images; of a file system FAULT_ALL, as it has no engine. */
void engines_items(struct engines *, enum subject, struct list *items);

#endif
