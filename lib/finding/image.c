/* SPDX-License-Identifier: ISC */
/* What can be told of one image's record. */

#include "finding/finding.h"

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
