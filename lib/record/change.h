/* SPDX-License-Identifier: ISC */
/* What a layer does to a path. */
#ifndef RECORD_CHANGE_H
#define RECORD_CHANGE_H

#include "record/container.h"

enum change_kind { CHANGE_UNKNOWN, CHANGE_ADDED, CHANGE_MODIFIED, CHANGE_DELETED, CHANGE_SAME };
enum content_type { CONTENT_UNKNOWN, CONTENT_FILE, CONTENT_DIR, CONTENT_SYMLINK, CONTENT_HARDLINK, CONTENT_CHAR,
	CONTENT_BLOCK, CONTENT_FIFO, CONTENT_SOCKET, CONTENT_MOUNT };

extern const char *const content_words[];

struct change {
	struct provenance provenance;
	enum severity risk;
	struct span container, name, image;
	struct u64 n;
	enum layer_kind kind;
	enum change_kind change;
	struct list differs;
	enum content_type type;
	struct span mode;		/* as ls prints it */
	struct u64 uid, gid, size;
	struct timestamp mtime, atime, ctime, birth;
	struct span path, target;
	struct list xattrs;		/* [pair]; values that are no text as they are */
	struct list capabilities;
	struct span origin;		/* where it was copied up or moved from */
	struct span noise;		/* the engine's own doing: what */
	struct span magic;
	struct span sha256;
	struct list same_as;
	struct u64 hidden_by, ino;
	struct span device;		/* major:minor */
	struct span evidence_path;
	struct timestamp layer_created;	/* as the history claims */
	enum tri by_hand;		/* the layer is a container's own, or was committed from one */
	struct list rules, findings;
};

extern const struct record change_record;

#endif
