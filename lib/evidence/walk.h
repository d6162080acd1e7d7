/* SPDX-License-Identifier: ISC */
/* Opening beneath a directory as if that were the root. */
#ifndef EVIDENCE_WALK_H
#define EVIDENCE_WALK_H

#include "base/span.h"

/* Opens PATH (relative, NUL-terminated, shorter than 4096) beneath ROOT with openat(2) FLAGS: absolute links and ".."
 * stay inside, magic links of /proc are not followed. A descriptor, or -1 with errno as openat2(2) with
 * RESOLVE_IN_ROOT | RESOLVE_NO_MAGICLINKS gives it. Where the kernel has no openat2 (before Linux 5.6) or a
 * filter denies it, walk_components() does the same; which of the two is asked once a run. */
int walk_open(int root, const char *path, int flags);

/* Component by component: each is opened without following, a link is read and walked in its turn. */
int walk_components(int root, const char *path, int flags);

#endif
