/* SPDX-License-Identifier: ISC */
/* The columns of a host and of an engine's data root. */

#include "record/host.h"

#define ROW struct host
static const struct column host_columns[] = {
	COL_PART(provenance, provenance_record),
	COL(hostname, TEXT, SHOWN, "etc/hostname"),
	COL(machine_id, ID, SHOWN, "etc/machine-id"),
	COL(os, TEXT, SHOWN, "PRETTY_NAME of os-release"),
	COL(kernel, TEXT, SHOWN, "newest release that has modules here"),
	COL(timezone, TEXT, SHOWN, "the zone that its own logs are in"),
};
const struct record host_record = RECORD("host", "ctr-ls --show host", host_columns);
#undef ROW

#define ROW struct looked
static const struct column looked_columns[] = {
	COL(evidence_path, PATH, HIDDEN, "where was looked"),
	COL(found, BOOL, HIDDEN, "null: could not be told"),
};
static const struct record looked_in = RECORD(NULL, NULL, looked_columns);
#undef ROW

#define ROW struct data_root
static const struct column root_columns[] = {
	COL_PART(provenance, provenance_record),
	COL(engine, TEXT, SHOWN, "docker, containerd, podman ..."),
	COL(evidence_path, PATH, SHOWN, "its folder"),
	COL(how_found, TEXT, SHOWN, "default, config:FILE, operand or nested"),
	COL(version, TEXT, HIDDEN, "of the engine, where its files tell"),
	COL(storage_driver, TEXT, SHOWN, "with layers here; several by comma"),
	COL_LIST(namespaces, TEXT, HIDDEN, "containerd's"),
	COL(containers, U64, SHOWN, "records of them"),
	COL(images, U64, SHOWN, "configurations of them"),
	COL_MAP(config, HIDDEN, "etc/docker/daemon.json: key, JSON text"),
	COL(rootless_user, TEXT, HIDDEN, "in whose home it lies"),
	COL_EACH(looked_for, looked_in, HIDDEN, "everywhere that an engine was looked for"),
};
const struct record root_record = RECORD("root", "ctr-ls --show roots", root_columns);
#undef ROW
