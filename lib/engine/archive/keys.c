/* SPDX-License-Identifier: ISC */
/* The keys of an archive's documents that are read. Sources: OCI image-spec 1.1, manifest.md, image-index.md,
 * descriptor.md; moby image/tarexport/tarexport.go. */

#include "engine/archive/archive.h"

#define ROW struct archive_platform
static const struct column platform_columns[] = {
	KEY("os", os, TEXT),
	KEY("architecture", architecture, TEXT),
	KEY("variant", variant, TEXT),
};
static const struct record platform_keys = RECORD_KEYS(platform_columns);
#undef ROW

#define ROW struct archive_descriptor
static const struct column descriptor_columns[] = {
	KEY("mediaType", media_type, TEXT),
	KEY("digest", digest, DIGEST),
	KEY("size", size, U64),
	KEY("artifactType", artifact_type, TEXT),
	KEY_IN("platform", platform, platform_keys),
	KEY_MAP("annotations", annotations, TEXT),
	KEY_LIST("urls", urls, TEXT),
};
static const struct record descriptor_keys = RECORD_KEYS(descriptor_columns);
#undef ROW

#define ROW struct archive_index
static const struct column index_columns[] = {
	KEY_EACH("manifests", manifests, descriptor_keys),
};
const struct record archive_index_keys = RECORD_KEYS(index_columns);
#undef ROW

#define ROW struct archive_manifest
static const struct column manifest_columns[] = {
	KEY("artifactType", artifact_type, TEXT),
	KEY_IN("config", config, descriptor_keys),
	KEY_EACH("layers", layers, descriptor_keys),
};
const struct record archive_manifest_keys = RECORD_KEYS(manifest_columns);
#undef ROW

#define ROW struct archive_source
static const struct column source_columns[] = {
	KEY_ITSELF(diff_id, DIGEST),
	KEY("mediaType", is.media_type, TEXT),
	KEY("digest", is.digest, DIGEST),
	KEY("size", is.size, U64),
	KEY_LIST("urls", is.urls, TEXT),
};
static const struct record source_keys = RECORD_KEYS(source_columns);
#undef ROW

#define ROW struct archive_saved
static const struct column saved_columns[] = {
	KEY("Config", config, PATH),
	KEY("Parent", parent, DIGEST),
	KEY_LIST("RepoTags", names, TEXT),
	KEY_LIST("Layers", layers, PATH),
	KEY_EACH("LayerSources", sources, source_keys),
};
const struct record archive_saved_keys = RECORD_KEYS(saved_columns);
#undef ROW
