/* SPDX-License-Identifier: ISC */
/* The columns of a whiteout. */

#include "record/whiteout.h"

static const char *const dialect_words[] = { NULL, "aufs", "overlay-dev", "overlay-xattr", "opaque", "fuse", "redirect", NULL };
static const char *const how_words[] = { NULL, "exact", "shared-inode", "layer", "none", NULL };

#define ROW struct whiteout
static const struct column columns[] = {
	COL_PART(provenance, provenance_record),
	COL(container, ID, HIDDEN | BRIEF, "full id; null of an image"),
	COL(name, TEXT, MANY | HEADLINE, "of the container, or of the image"),
	COL(image, TEXT, HIDDEN, "reference as given, or the id of an image"),
	COL(n, U64, SHOWN, "layer of the marker"),
	COL_ENUM(kind, layer_words, HIDDEN, "layer, init (the engine's files) or rw (the container's own)"),
	COL_ENUM(dialect, dialect_words, SHOWN, "aufs (OCI's too), overlay-dev, overlay-xattr, opaque, fuse, redirect"),
	COL(hides_n, U64, SHOWN, "layer of what is hidden; null: nothing beneath has that name"),
	COL_ENUM(type, content_words, SHOWN, "file, dir, symlink, hardlink, char, block, fifo or socket"),
	COL(size, U64, SHOWN, "bytes of the hidden file"),
	COL(mtime, TIME, SHOWN | SECONDS, "of the hidden file"),
	COL(mode, TEXT, HIDDEN, "of it, as ls prints it"),
	COL(uid, U64, HIDDEN, "its owner"),
	COL(gid, U64, HIDDEN, "its group"),
	COL(target, TEXT, HIDDEN, "of a link"),
	COL_MAP(xattrs, HIDDEN, "its extended attributes"),
	COL(recoverable, TEXT, SHOWN, "yes, or no: and why"),
	COL(moved_to, PATH, HIDDEN, "it was renamed: where the layer has it now"),
	COL(marker_path, PATH, HIDDEN, "the marker, within the layer"),
	COL(marker_mtime, TIME, HIDDEN, "of the marker"),
	COL(marker_ctime, TIME, HIDDEN, "of the marker (layers of an engine only)"),
	COL(marker_ino, U64, HIDDEN, "inode of the marker (layers of an engine only)"),
	COL(deleted_after, TIME, SHOWN | SECONDS, "it was not deleted before this; null: nothing proves it"),
	COL(deleted_before, TIME, SHOWN | SECONDS, "it was not deleted after this; null: nothing proves it"),
	COL_ENUM(deleted_how, how_words, HIDDEN, "exact, shared-inode (of one start of the container), layer (its making), none"),
	COL(same_start, U64, HIDDEN, "the same number: deleted in the same start of the container"),
	COL(differs, TEXT, HIDDEN, "engines and the specification disagree about this marker: how"),
	COL(sha256, TEXT, HIDDEN, "of what is hidden (--hash)"),
	COL(evidence_path, PATH, HIDDEN, "the marker, or the archive of its layer"),
	COL(path, PATH, SHOWN | HEADLINE, "that it hides"),
};
const struct record whiteout_record = RECORD("whiteout", "ctr-whiteouts", columns);
#undef ROW
