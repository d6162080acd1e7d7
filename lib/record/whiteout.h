/* SPDX-License-Identifier: ISC */
/* A deletion, and what it hides. */
#ifndef RECORD_WHITEOUT_H
#define RECORD_WHITEOUT_H

#include "record/change.h"

enum dialect { DIALECT_UNKNOWN, DIALECT_AUFS, DIALECT_DEVICE, DIALECT_XATTR, DIALECT_OPAQUE, DIALECT_FUSE, DIALECT_REDIRECT };
enum how { HOW_UNKNOWN, HOW_EXACT, HOW_SHARED_INODE, HOW_LAYER, HOW_NONE };

struct whiteout {
	struct provenance provenance;
	struct span container, name, image;
	struct u64 n;			/* of the marker */
	enum layer_kind kind;
	enum dialect dialect;
	struct span path;		/* hidden */
	struct u64 hides_n;
	enum content_type type;
	struct u64 size;
	struct timestamp mtime;		/* of the hidden file */
	struct span mode;
	struct u64 uid, gid;
	struct span target;
	struct list xattrs;
	struct span recoverable;	/* yes, no:WHY */
	struct span moved_to;		/* it was not deleted but renamed */
	struct span marker_path;
	struct timestamp marker_mtime, marker_ctime;
	struct u64 marker_ino;
	struct timestamp deleted_after, deleted_before;
	enum how deleted_how;
	struct u64 same_start;
	struct span differs;		/* where appliers of this layer disagree: how */
	struct span sha256;
	struct span evidence_path;
};

extern const struct record whiteout_record;

#endif
