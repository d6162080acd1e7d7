/* SPDX-License-Identifier: ISC */
/* Digests as the documents of images write them: "sha256:" and 64 digits. Source: OCI image-spec, descriptor.md, "Digests". */
#ifndef FORMAT_DIGEST_H
#define FORMAT_DIGEST_H

#include "base/bytes.h"
#include "base/sha256.h"

/* That of what was added; the state is used up. On the arena. */
struct span digest_text(struct arena *, struct sha256 *);

/* That of all bytes: of a config its image's id, of a blob its digest. Damage is returned; absent then. */
struct fault digest_of(struct bytes *, struct arena *, struct span *digest);

/* The chain id of a layer: of the base (PARENT absent or empty) its diff id, else of that and its parent's chain id. Absent
 * where one is absent. Source: OCI image-spec, config.md, "Layer ChainID". */
struct span chain_id(struct arena *, struct span parent, struct span diff_id);

#endif
