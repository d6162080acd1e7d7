/* SPDX-License-Identifier: ISC */
/* What verify.c, verify_entry.c, verify_xattr.c and verify_names.c share. */
#ifndef IMAGE_VERIFY_INTERNAL_H
#define IMAGE_VERIFY_INTERNAL_H

#include "base/index.h"
#include "base/out.h"
#include "image/assemble.h"
#include "image/verify.h"

/* Of a name: it is a directory; has an entry of its own; lies there; is the parent of an entry; is deleted; hides what is beneath;
 * was met while looking for names; lost its capability when the engine linked it. */
enum { SEEN_DIRECTORY = 1, SEEN_ENTRY = 2, SEEN_THERE = 4, SEEN_PARENT = 8, SEEN_DELETED = 16, SEEN_OPAQUE = 32, SEEN_FOUND = 64,
	SEEN_UNABLE = 128 };

struct deletion {
	struct span name;
	uint64_t uid, gid;		/* of its entry */
};

struct checking {
	struct root *root;
	const struct layer_ref *ref;
	struct arena *arena;		/* the caller's: results */
	struct verified *out;
	uint64_t unkept;		/* differences that did not fit */
	struct arena run;		/* names */
	struct arena entry;		/* of one entry, or of one directory */
	struct index seen;		/* names in the layer, without a '/' before or behind */
	struct list flags;		/* [unsigned char]: SEEN_* of each */
	struct list deletions;		/* [deletion]: looked at when all entries are known */
	uint64_t uid, gid;		/* what remapped users are higher by, if they are */
	struct list owners[2];		/* [difference]: if they are not, if they are */
	struct list attributes;		/* [difference]: of attributes that are gone */
	struct list capabilities;	/* the same, of security.capability */
	bool any;			/* some attribute was seen: a tar may have none at all */
	bool trusted;			/* trusted.* is shown to this user */
	bool blind;			/* an attribute is expected that this user is not shown */
	bool payload;			/* a whiteout had bytes, which no engine keeps */
	uint64_t unread;		/* what could not be looked at */
};

/* What was seen of PATH, as a sentence of N pieces. */
void differs_join(struct checking *, struct list *to, struct span name, size_t n, const struct span *pieces);
#define differs(c, name, ...)                                                                       \
	differs_join(c, &(c)->out->differences, name, sizeof((struct span[]){ __VA_ARGS__ }) / sizeof(struct span), \
	    (struct span[]){ __VA_ARGS__ })

/* Numbers and times for sentences, on the arena of the entry. */
struct span say_owner(struct checking *, uint64_t uid, uint64_t gid);
struct span say_u64(struct checking *, uint64_t);
struct span say_mode(struct checking *, uint32_t);
struct span say_time(struct checking *, struct timestamp);

/* verify_entry.c: an entry of the tar against its file. */
void verify_entry(struct checking *, const struct assembled *);

/* verify_xattr.c: the attributes of an entry against those of its file; whether a directory hides what is beneath as it should.
 * Whether this user is shown trusted.*: the system's own root is. */
void verify_xattrs(struct checking *, const struct assembled *);
void verify_opaque(struct checking *, struct span name, struct span path, bool recorded);
bool verify_trusted(void);

/* verify_names.c. Notes a name that the tar has, and its parents. */
void verify_seen(struct checking *, struct span name, unsigned flags);

/* What was noted of a name; 0: it was not seen. */
unsigned verify_flags(const struct checking *, struct span name);

/* The name before the last '/', or "". */
struct span verify_parent(struct span name);

/* What the entries that delete must have left; then names that the tar has not, and those that only a link leads to. */
void verify_deletions(struct checking *);
void verify_names(struct checking *);

#endif
