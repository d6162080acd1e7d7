/* SPDX-License-Identifier: ISC */
/* What engines share in reading their documents: JSON and files of one line, with their faults. */
#ifndef ENGINE_DOCUMENT_H
#define ENGINE_DOCUMENT_H

#include "engine/engine.h"
#include "format/json.h"

/* Adds a fault to the root's and makes it the row's error if that has none and the fault costs something. */
void engine_fault(struct engine *, struct arena *, struct provenance *, struct fault);

/* A document of the evidence, parsed, at most LIMIT_DOCUMENT; the row notes that it was read. A fault is added to the
 * root's, set as the row's error, and leaves NULL. A file that is not there is such a fault if it is NEEDED. */
struct json *engine_document(struct engine *, struct span path, struct arena *, bool needed, struct provenance *);

/* The same of TEXT, which was read from PATH and lives as long as the arena. */
struct json *engine_parse(struct engine *, struct span path, struct span text, struct arena *, struct provenance *);

/* A file of one short line. Absent with a fault, or without one when it need not be there. */
struct span engine_line(struct engine *, struct span path, struct arena *, bool needed, struct provenance *);

/* "sha256:" and 64 hexadecimal digits: the digits; else absent. */
struct span engine_hex(struct span digest);

/* rest.c: appends the leaves of DOCUMENT that no column took, dotted, with PREFIX before their keys. */
void engine_rest(struct arena *, struct list *rest, const char *prefix, const struct json *document);

#endif
