/* SPDX-License-Identifier: ISC */
/* Whether a layer is what it claims to be: its folder against the record that the engine made of it, and digests. */
#ifndef IMAGE_VERIFY_H
#define IMAGE_VERIFY_H

#include "image/stack.h"
#include "record/layer.h"

/* What each verdict (record/layer.h) proves. OK: everything that was recorded is so, but for what `why` says. MISMATCH: something is not; it is named.
 * MISSING: what is claimed is not there at all. UNVERIFIABLE: there is nothing to hold it against, or that is damaged. */
struct difference {
	struct span path;		/* within the layer, begins with '/' */
	struct span what;		/* one sentence without a point: "mode is 4777, the engine recorded 0755"; may hold any bytes */
};

struct verified {
	enum verdict verdict;
	struct span why;		/* what the verdict stands on, or does not; absent where there is nothing to say */
	struct list differences;	/* [difference], in the order of the tar, then what was added, by path */
};

/* A layer whose evidence_path is a folder, by its tar_split and diff_id: the tar is put together again (assemble.h) and hashed,
 * and, what an engine does not, each header in it is held against its file: type, mode, owner, mtime, size, sum, link, device,
 * extended attributes; names that only one of the two has are told. Every difference is named, each as one.
 *
 *	mtime		in whole seconds where the header has no more
 *	owner		in a data root of remapped users that of the header and a constant: what the folder's name says
 *			("300000.300000"), else the owner of the layer's own folder, where more entries bear that out than 0
 *	deleted		.wh.NAME is a device 0:0 (overlay2), itself (aufs), or the absence of NAME (vfs, overlay); .wh..wh..opq is
 *			an attribute of its directory, which root alone sees and a tar may lack: then that is said, no difference
 *	hard links	are compared once, by the name that has the bytes; the others must be the same file
 *	added		in a folder that holds what is beneath it too (vfs, overlay) not told: that is said
 *	not compared	access and change times, names of owners, modes of links; directories without an entry of their own, as the
 *			layer's folder is even where the tar has ./: engines leave it as they made it; attributes that the system, a
 *			security module or overlayfs keeps for itself
 *
 * Damage is added to the root's faults. Results lie on the arena; differences that do not fit there are counted in `why`.
 * Memory beside it: at most 4 MiB of headers, and of each name in the layer its bytes and 100 to 200 more (measured: 8 MB in
 * all for 40,000 files), at most --memory. */
void layer_verify_folder(struct root *, const struct layer_ref *, struct arena *, struct verified *);

/* Any layer of a stack that was opened with STACK_DIGESTS: a folder as above; an archive by its digest (of the blob as it
 * lies there) and its diff id (of the tar within), whichever are claimed. UNVERIFIABLE too: a container's own layer, and what
 * an engine makes for it, of which nobody keeps a record. */
void layer_verify(struct stack *, size_t layer, struct arena *, struct verified *);

/* A digest that is claimed ("sha256:" and 64 digits) against the one that was computed, both as text.
 * UNVERIFIABLE: nothing is claimed, or by another algorithm than sha256, which is not computed. MISMATCH: another, or what
 * cannot be a digest. */
void digest_verify(struct span claimed, struct span computed, struct arena *, struct verified *);

/* An image's configuration, which lies at PATH, by the digest that is its id. Damage is added to the root's faults. */
void config_verify(struct root *, struct span image_id, struct span path, struct arena *, struct verified *);

#endif
