/* SPDX-License-Identifier: ISC */
/* Errors are values that name evidence: which file, where in it, what was found, what was expected.
 * A parser returns one; whoever reads evidence adds it, with its file, to the root's faults; the tool
 * says them. Nothing else prints or exits. */
#ifndef BASE_FAULT_H
#define BASE_FAULT_H

#include "base/value.h"

enum fault_kind {
	FAULT_NONE,
	FAULT_ABSENT,	/* not there: the caller knows whether that is worth a word */
	FAULT_ODD,	/* said, but nothing was lost: status 0 */
	FAULT_PART,	/* something could not be read: status 1 */
	FAULT_USAGE,	/* the question was wrong: status 2 */
	FAULT_ALL,	/* the evidence could not be read at all: status 3 */
};

struct fault {
	enum fault_kind kind;
	struct u64 offset;		/* within file */
	const char *what, *expected;	/* literals; expected may be NULL */
	struct span item;		/* the key or value found; may hold any bytes */
	struct span file;
	uint64_t repeated;		/* this many more like it were not kept */
};

#define NO_FAULT ((struct fault){ 0 })

/* Damage at an offset of what is being parsed. */
struct fault fault_at(uint64_t offset, const char *what, const char *expected);

/* Damage with the key or value that was found; ITEM must live until the fault is added or said. */
struct fault fault_item(uint64_t offset, const char *what, struct span item, const char *expected);

/* A system call failed on FILE: WHAT was tried, errno ERROR. Not found is FAULT_ABSENT, all else
 * FAULT_PART. */
struct fault fault_system(const char *what, struct span file, int error);

static inline struct fault
fault_in(struct fault f, struct span file)
{
	f.file = file;
	return f;
}

static inline struct fault
fault_as(struct fault f, enum fault_kind kind)
{
	f.kind = kind;
	return f;
}

/* Faults on their way to the tool, on an arena of their own. At most LIMIT_FAULTS are kept; what comes
 * after them is counted in the last one. */
struct faults {
	struct arena arena;
	struct list list;
};

/* None yet; whoever opens it closes it. Adding copies what a fault points at, NO_FAULT adds nothing; a reset forgets all. */
struct faults faults_open(void);
void faults_add(struct faults *, struct fault);
void faults_reset(struct faults *);
void faults_close(struct faults *);

#endif
