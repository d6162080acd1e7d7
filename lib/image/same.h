/* SPDX-License-Identifier: ISC */
/* The same content under many names. */
#ifndef IMAGE_SAME_H
#define IMAGE_SAME_H

#include "base/index.h"
#include "base/value.h"

struct same {
	struct arena arena;
	struct index first;		/* digest -> the first of its names */
	struct list names;
};

/* Memory: at most CEILING; a name takes 40 bytes and its own, a digest 150. */
void same_open(struct same *, size_t ceiling);
void same_add(struct same *, struct span digest, struct span path);

/* The other names of DIGEST than PATH, in the order in which they came, SAME_MOST at most, on the arena. */
enum { SAME_MOST = 16 };
void same_list(const struct same *, struct span digest, struct span path, struct arena *, struct list *out);
void same_close(struct same *);

#endif
