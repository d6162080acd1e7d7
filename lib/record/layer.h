/* SPDX-License-Identifier: ISC */
/* What ctr-layers prints of layers and of the steps that made them. */
#ifndef RECORD_LAYER_H
#define RECORD_LAYER_H

#include "record/container.h"

enum verdict { VERDICT_UNKNOWN, VERDICT_OK, VERDICT_MISMATCH, VERDICT_MISSING, VERDICT_UNVERIFIABLE };

struct difference_row {
	struct span path, what;
};

struct layer_row {
	struct provenance provenance;
	enum severity risk;
	struct span container, name, image;
	struct u64 n;
	enum layer_kind kind;
	enum layer_form form;
	struct span digest, diff_id, chain_id;
	struct timestamp created;
	struct span created_by, comment, media_type, compression;
	struct u64 size_compressed, size, entries, added, modified, deleted;
	struct span evidence_path;
	enum verdict verify;
	struct span verify_why;
	struct list differences;	/* [difference_row] */
	struct list rules, findings;
};

struct history_row {
	struct provenance provenance;
	enum severity risk;
	struct u64 n;			/* absent: it made no layer, or which is not known */
	struct timestamp created;
	struct span created_by, instruction, comment, author;
	enum tri empty;
	struct span container, name, image;
	struct list traces;		/* of a commit by hand: container, author, command */
	struct list rules, findings;
};

extern const char *const verdict_words[];	/* ok, mismatch ...: by verdict */
extern const struct record layer_record, history_record;

#endif
