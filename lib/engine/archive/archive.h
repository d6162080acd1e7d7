/* SPDX-License-Identifier: ISC */
/* An archive of images, between the files of this folder. What names images in it is read once, into a list of what each
 * is made of; a row then takes its configuration and its layers. Nothing but documents is read, and the first bytes of
 * layers. A directory and a tar are one code: the root keeps every path inside.
 * Sources: moby image/tarexport (20.10 to 29), daemon/containerd/image_exporter.go; OCI image-spec 1.1 (index, manifest,
 * descriptor, image-layout, annotations); containers/image directory/ and docker/archive/; and what they wrote. */
#ifndef ENGINE_ARCHIVE_ARCHIVE_H
#define ENGINE_ARCHIVE_ARCHIVE_H

#include "engine/document.h"
#include "engine/image_config.h"

/* --- the documents, by keys.c ------------------------------------------------------------------ */

struct archive_platform {
	struct span os, architecture, variant;
};

struct archive_descriptor {
	struct span media_type, digest, artifact_type;
	struct u64 size;
	struct archive_platform platform;
	struct list annotations, urls;
};

struct archive_index {			/* index.json, an image index, a manifest list */
	struct list manifests;		/* [archive_descriptor] */
};

struct archive_manifest {
	struct span artifact_type;
	struct archive_descriptor config;
	struct list layers;		/* [archive_descriptor] */
};

struct archive_saved {			/* an item of docker save's manifest.json */
	struct span config, parent;
	struct list names, layers;	/* [text], [path] */
	struct list sources;		/* [archive_source] */
};

struct archive_source {			/* of LayerSources, by diff_id */
	struct span diff_id;
	struct archive_descriptor is;
};

extern const struct record archive_index_keys, archive_manifest_keys, archive_saved_keys;

/* --- what they name ---------------------------------------------------------------------------- */

struct archive_layer {
	struct span path, digest, media_type;
	struct u64 size;		/* as claimed */
	bool elsewhere;			/* it may be left out of an archive: it has addresses of its own */
};

struct archive_image {
	struct span key;		/* by which the engine is asked for it: unlike all others' */
	struct span image_id;		/* of its configuration as it is; where that is not read, as it is claimed */
	struct span config, claimed;	/* its path; the digest that what names it gives */
	struct span manifest;
	struct list names;
	struct span platform, parent;	/* as what names it says */
	struct list layers;		/* [archive_layer] */
	struct list sources;		/* [archive_source] */
	struct provenance provenance;	/* read_from and error of what names it */
	size_t top;			/* which descriptor of index.json led here, from 1; 0: manifest.json */
	bool saved;			/* manifest.json names it */
	bool unread;			/* its configuration was not read; that is said */
};

/* What is known of an archive for the whole run: engine->state. */
struct archive {
	bool oci, saved, dir;		/* which forms it has: one of Docker's, from 25 on, is the first two */
	bool listed;
	struct list images;		/* [archive_image]; in the order of the documents */
	struct index by_key;
	struct index by_manifest;	/* images by the digest of their manifest */
	uint64_t steps, bytes;		/* descriptors followed, and bytes of documents read: LIMIT_DESCRIPTORS, LIMIT_DOCUMENTS */
	bool full;			/* too many of the first, which is said */
};

/* layout.c: the images of an OCI layout; of a directory of skopeo's. */
void archive_list_layout(struct engine *);
void archive_list_dir(struct engine *);

/* saved.c: those of docker save's manifest.json; where there are some of a layout, the two are held against each other. */
void archive_list_saved(struct engine *);

/* image.c: one of them as a row. */
void archive_image_row(struct engine *, const struct archive_image *, enum want, struct arena *, struct image *);

/* archive.c, for the others: */

/* A document, hashed and parsed, DIGEST becomes "sha256:" and that of its bytes. NULL with a fault of FAULT_PART; ABSENT
 * says what is none and is left to the caller, with NULL. Counts against LIMIT_DOCUMENTS. */
struct json *archive_document(struct engine *, struct span path, struct arena *, struct provenance *,
    struct span *digest, bool *absent);

/* Counts a step; false, with a fault the first time, where there were too many. */
bool archive_step(struct engine *);

/* The digest of all of TEXT, on the arena. */
struct span archive_digest(struct arena *, struct span text);

/* Where a blob lies: of a layout blobs/ALGORITHM/DIGITS, of a directory DIGITS. Absent where DIGEST is no digest. */
struct span archive_blob(struct engine *, struct arena *, struct span digest);

/* A fault of FAULT_PART that PATH is not in the archive: that is not damage of what is there. */
struct fault archive_absent(struct span path);

/* A new image on the engine's arena. */
struct archive_image *archive_add(struct engine *);

/* Adds NAME to an image's if it has it not yet. */
void archive_name(struct engine *, struct archive_image *, struct span name);

#endif
