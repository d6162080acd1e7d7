/* SPDX-License-Identifier: ISC */
/* Rules: each looks at one row and may give several facts. What a rule would need of other rows is already a
 * column. One table for each kind of row: container.c, image.c, change.c; a new rule is one line there. */
#ifndef FINDING_FINDING_H
#define FINDING_FINDING_H

#include "record/image.h"

struct facts;

struct rule {
	const char *name;		/* kebab-case */
	enum severity severity;
	const char *technique;		/* ATT&CK id */
	const char *why, *check;	/* check: the command that looks again; '@' stands for the container */
	void (*look)(const void *row, struct facts *);
};

/* Where a rule puts what it saw. */
struct facts {
	struct arena *arena;
	const struct rule *rule;
	struct list *to;		/* [finding] */
	struct span container, image;
};

/* A fact of the rule being looked at: one sentence, of pieces; PATH and EVIDENCE_PATH may be absent. */
void fact_add(struct facts *, struct span path, struct span evidence_path, size_t n,
    const struct span *pieces);
#define fact(f, path, evidence_path, ...)                                                          \
	fact_add((f), (path), (evidence_path),                                                     \
	    sizeof((struct span[]){ __VA_ARGS__ }) / sizeof(struct span), (struct span[]){ __VA_ARGS__ })

/* Fills findings, rules and risk of a row, on the arena, unless they are filled (of a record read back). A row
 * that is damaged and shows nothing keeps its risk unknown. Records without rules are left as they are. */
void findings_fill(const struct record *, void *row, struct arena *);

/* The findings of a row, or NULL. */
const struct list *findings_of(const struct record *, const void *row);

extern const struct rule container_rules[], image_rules[], change_rules[], history_rules[],
    layer_rules[];	/* ended by one without a name */

#endif
