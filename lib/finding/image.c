/* SPDX-License-Identifier: ISC */
/* What can be told of one image's record, and of one step of its history. */

#include "finding/finding.h"
#include "record/layer.h"

static void
no_source(const void *row, struct facts *f)
{
	const struct image *i = row;

	if (i->sources.v != NULL && i->sources.n == 0)
		fact(f, (struct span){ 0 }, i->image_config,
		    SPAN("no trace says that it was pulled: it was built, loaded or imported here"));
}

const struct rule image_rules[] = {
	{ "no-source", INFO, "T1612", "An image made on the host itself passed no registry that scans or signs.",
	    "ctr-ls --show images -j", no_source },
	{ 0 },
};

static void
by_hand(const void *row, struct facts *f)
{
	const struct history_row *h = row;

	if (h->traces.n > 0 && !span_starts(list_span(&h->traces, 0), "docker import"))
		fact(f, (struct span){ 0 }, (struct span){ 0 }, list_span(&h->traces, 0), span_of(h->traces.n > 1 ? "; " : ""),
		    h->traces.n > 1 ? list_span(&h->traces, 1) : SPAN(""));
}

static void
imported(const void *row, struct facts *f)
{
	const struct history_row *h = row;

	if (h->traces.n > 0 && span_starts(list_span(&h->traces, 0), "docker import"))
		fact(f, (struct span){ 0 }, (struct span){ 0 }, list_span(&h->traces, 0));
}

const struct rule history_rules[] = {
	{ "made-by-hand", NOTICE, "T1525", "A layer that was committed from a container holds whatever was done in it, and no file says what.",
	    "ctr-layers @ --show history", by_hand },
	{ "imported", INFO, "T1612", "What is imported has no steps: nobody can say how it was made.", "ctr-layers @ --show history", imported },
	{ 0 },
};
