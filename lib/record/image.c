/* SPDX-License-Identifier: ISC */
/* The columns of an image. */

#include "record/image.h"

#define ROW struct image_settings
static const struct column settings_columns[] = {
	COL_LIST(cmd, TEXT, HIDDEN, "command, or arguments to the entrypoint"),
	COL_LIST(entrypoint, TEXT, HIDDEN, "program that is started"),
	COL_LIST(env, TEXT, HIDDEN, "NAME=VALUE"),
	COL(user, TEXT, HIDDEN, "that it runs as; empty is root"),
	COL(workdir, PATH, HIDDEN, "folder that it starts in"),
	COL_MAP(labels, HIDDEN, "of the image"),
	COL_LIST(exposed_ports, TEXT, HIDDEN, "PORT/PROTO"),
	COL_LIST(volumes, PATH, HIDDEN, "paths that get a volume"),
	COL_IN(healthcheck, health_in, HIDDEN, "how it is probed"),
};
static const struct record settings_in = RECORD(NULL, NULL, settings_columns);
#undef ROW

#define ROW struct history
static const struct column history_columns[] = {
	COL(created, TIME, HIDDEN, "when the step was made"),
	COL(created_by, TEXT, HIDDEN, "the command"),
	COL(comment, TEXT, HIDDEN, "note"),
	COL(author, TEXT, HIDDEN, "of the step"),
	COL(empty, BOOL, HIDDEN, "it made no layer"),
};
static const struct record history_in = RECORD(NULL, NULL, history_columns);
#undef ROW

#define ROW struct image_source
static const struct column source_columns[] = {
	COL(registry, TEXT, HIDDEN, "host"),
	COL(repository, TEXT, HIDDEN, "name there"),
	COL(digest, DIGEST, HIDDEN, "of the blob that came from there"),
};
static const struct record source_in = RECORD(NULL, NULL, source_columns);
#undef ROW

#define ROW struct image
static const struct column columns[] = {
	COL_PART(provenance, provenance_record),
	COL_ENUM(risk, severity_words, RISK, "highest severity of its findings; none; null: not judged"),
	COL(image_id, DIGEST, SHOWN | RISK | BRIEF | HEADLINE, "digest of its configuration (in a table: 12 characters)"),
	COL_LIST(names, TEXT, SHOWN | RISK | HEADLINE, "references that mean it now"),
	COL(manifest, DIGEST, HIDDEN, "digest of the manifest that names its configuration and layers"),
	COL(created, TIME, SHOWN | SECONDS, "as its configuration claims"),
	COL(arrived, TIME, SHOWN | SECONDS, "first trace on this host"),
	COL(author, TEXT, HIDDEN, "as its configuration claims"),
	COL(size, U64, SHOWN, "bytes of files in its layers, as the engine recorded them; of an archive's, bytes of its layers, as their manifest says"),
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
	COL(engine, TEXT, SHOWN, "docker, containerd, podman ...; of an archive its form: docker-archive, oci, dir, rootfs"),
	COL_MAP(rest, HIDDEN, "every leaf of its configuration that no column took: dotted key, JSON text"),
	COL_LIST(rules, TEXT, RISK, "rules that fired, gravest first"),
	COL_EACH(findings, finding_in, HIDDEN, "what they saw"),
};
const struct record image_record = RECORD("image", "ctr-ls --show images", columns);
#undef ROW
