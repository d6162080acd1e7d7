/* SPDX-License-Identifier: ISC */
/* The columns of a change. */

#include "record/change.h"

static const char *const change_words[] = { NULL, "A", "M", "D", "=", NULL };
const char *const content_words[] = { NULL, "file", "dir", "symlink", "hardlink", "char", "block", "fifo", "socket",
	"mount", NULL };

#define ROW struct change
static const struct column columns[] = {
	COL_PART(provenance, provenance_record),
	COL_ENUM(risk, severity_words, RISK, "highest severity of its findings; none; null: not judged"),
	COL(container, ID, HIDDEN | BRIEF, "full id; null of an image"),
	COL(name, TEXT, MANY | HEADLINE, "of the container, or of the image"),
	COL(image, TEXT, HIDDEN, "reference as given, or the id of an image"),
	COL(n, U64, SHOWN, "layer; 1 is the base"),
	COL_ENUM(kind, layer_words, HIDDEN, "layer, init (the engine's files) or rw (the container's own)"),
	COL_ENUM(change, change_words, SHOWN | HEADLINE, "A added, M modified, D deleted, = nothing that is recorded differs"),
	COL_LIST(differs, TEXT, HIDDEN, "content, content? (not compared), mode, owner, mtime, xattr, type, link"),
	COL_ENUM(type, content_words, HIDDEN, "file, dir, symlink, hardlink, char, block, fifo, socket; mount: beneath it lies what no layer holds"),
	COL(mode, TEXT, SHOWN, "as ls prints it"),
	COL(uid, U64, SHOWN, "owner"),
	COL(gid, U64, SHOWN, "group"),
	COL(size, U64, SHOWN, "bytes"),
	COL(mtime, TIME, SHOWN | SECONDS, "when the content was changed, as it claims"),
	COL(atime, TIME, HIDDEN, "when it was read (layers of an engine only)"),
	COL(ctime, TIME, HIDDEN, "when its inode was changed (layers of an engine only)"),
	COL(birth, TIME, HIDDEN, "when its inode was made: here, in this layer (layers of an engine only)"),
	COL(target, TEXT, HIDDEN, "of a link"),
	COL_MAP(xattrs, HIDDEN, "extended attributes"),
	COL_LIST(capabilities, TEXT, HIDDEN, "of an executable"),
	COL(origin, PATH, HIDDEN, "what it was copied up or moved from"),
	COL(noise, TEXT, HIDDEN, "what of the engine's own doing it is"),
	COL(magic, TEXT, HIDDEN, "by content: elf, script:INTERPRETER, php, jsp, asp, zip, gzip, tar, java, pyc, deb ..."),
	COL(sha256, TEXT, HIDDEN, "of the content (--hash)"),
	COL_LIST(same_as, PATH, HIDDEN, "other names in this answer with that content (--hash)"),
	COL(hidden_by, U64, HIDDEN, "the layer above that hides or replaces it"),
	COL(device, TEXT, HIDDEN, "major:minor of a device"),
	COL(ino, U64, HIDDEN, "inode (layers of an engine only)"),
	COL(evidence_path, PATH, HIDDEN, "where it lies: a file, or the archive of its layer"),
	COL(layer_created, TIME, HIDDEN, "when the layer was made, as the image's history claims"),
	COL(by_hand, BOOL, HIDDEN, "the layer is a container's own, or was committed from one"),
	COL_LIST(rules, TEXT, RISK, "rules that fired, gravest first"),
	COL_EACH(findings, finding_in, HIDDEN, "what they saw"),
	COL(path, PATH, SHOWN | HEADLINE, "within the container"),
};
const struct record change_record = RECORD("change", "ctr-layers --show changes", columns);
#undef ROW
