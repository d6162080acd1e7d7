/* SPDX-License-Identifier: ISC */
/* The columns of an image. */

#include "record/image.h"

#define ROW struct image_settings
static const struct column settings_columns[] = {
	COL_LIST(cmd, TEXT, HIDDEN, ""),
	COL_LIST(entrypoint, TEXT, HIDDEN, ""),
	COL_LIST(env, TEXT, HIDDEN, ""),
	COL(user, TEXT, HIDDEN, ""),
	COL(workdir, PATH, HIDDEN, ""),
	COL_MAP(labels, HIDDEN, ""),
	COL_LIST(exposed_ports, TEXT, HIDDEN, ""),
	COL_LIST(volumes, PATH, HIDDEN, ""),
	COL_IN(healthcheck, health_in, HIDDEN, ""),
};
static const struct record settings_in = RECORD(NULL, NULL, settings_columns);
#undef ROW

#define ROW struct history
static const struct column history_columns[] = {
	COL(created, TIME, HIDDEN, ""),
	COL(created_by, TEXT, HIDDEN, "the command"),
	COL(comment, TEXT, HIDDEN, ""),
	COL(author, TEXT, HIDDEN, ""),
	COL(empty, BOOL, HIDDEN, "it made no layer"),
};
static const struct record history_in = RECORD(NULL, NULL, history_columns);
#undef ROW

#define ROW struct image_source
static const struct column source_columns[] = {
	COL(registry, TEXT, HIDDEN, ""),
	COL(repository, TEXT, HIDDEN, ""),
	COL(digest, DIGEST, HIDDEN, "of the blob that came from there"),
};
static const struct record source_in = RECORD(NULL, NULL, source_columns);
#undef ROW

#define ROW struct image
static const struct column columns[] = {
	COL_PART(provenance, provenance_record),
	COL_ENUM(risk, severity_words, RISK, "highest severity of its findings; none; null: not judged"),
	COL(image_id, DIGEST, SHOWN | RISK | BRIEF, "digest of its configuration (in a table: 12 characters)"),
	COL_LIST(names, TEXT, SHOWN | RISK, "references that mean it now"),
	COL(manifest, DIGEST, HIDDEN, ""),
	COL(created, TIME, SHOWN | SECONDS, "as its configuration claims"),
	COL(arrived, TIME, SHOWN | SECONDS, "first trace on this host"),
	COL(author, TEXT, HIDDEN, ""),
	COL(size, U64, SHOWN, "bytes of files in its layers, as the engine recorded them"),
	COL(platform, TEXT, HIDDEN, "os/architecture"),
	COL(parent, DIGEST, HIDDEN, "the image that it was built upon here"),
	COL_IN(config, settings_in, HIDDEN, "what a container of it begins with"),
	COL(image_config, PATH, HIDDEN, "the configuration, within the evidence"),
	COL_EACH(layers, layer_ref_in, HIDDEN, "from the base up"),
	COL_EACH(history, history_in, HIDDEN, "steps that made it, from the base up"),
	COL_EACH(sources, source_in, HIDDEN, "where it was pulled from; [] where there is no trace of that"),
	COLUMN("signed", signed_by, LIST, .of = K_TEXT, .doc = "signatures seen"),
	COL_LIST(containers, ID, HIDDEN, "made of it"),
	COL(dangling, BOOL, HIDDEN, "no name means it and no image stands on it"),
	COL(engine, TEXT, SHOWN, ""),
	COL_MAP(rest, HIDDEN, "every leaf of its configuration that no column took: dotted key, JSON text"),
	COL_LIST(rules, TEXT, RISK, "rules that fired, gravest first"),
	COL_EACH(findings, finding_in, HIDDEN, "what they saw"),
};
const struct record image_record = RECORD("image", "ctr-ls --show images", columns);
#undef ROW
