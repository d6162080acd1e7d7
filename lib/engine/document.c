/* SPDX-License-Identifier: ISC */
/* Reading an engine's documents: JSON and files of one line, with their faults. */

#include "base/limits.h"
#include "base/text.h"
#include "engine/document.h"

void
engine_fault(struct engine *e, struct arena *a, struct provenance *p, struct fault f)
{
	if (f.kind == FAULT_NONE)
		return;
	root_fault(e->root, f);
	if (p->error.ptr == NULL && f.kind > FAULT_ODD)
		p->error = arena_concat(a, f.file, SPAN(": "), span_of(f.what), span_of(f.item.ptr ? " " : ""),
		    f.item);
}

struct json *
engine_parse(struct engine *e, struct span path, struct span text, struct arena *a, struct provenance *p)
{
	struct json *json;
	struct fault odd, f;

	list_add_span(a, &p->read_from, path);
	f = fault_in(json_parse(text, a, &json, &odd), path);
	root_fault(e->root, fault_in(odd, path));
	engine_fault(e, a, p, f);
	return json;
}

struct json *
engine_document(struct engine *e, struct span path, struct arena *a, bool needed, struct provenance *p)
{
	struct span text;
	struct fault f;

	if (a->full)			/* nor is PATH one: that a row is too large is said by who shows it */
		return NULL;
	f = root_read(e->root, path, a, LIMIT_DOCUMENT, &text);
	if (f.kind == FAULT_ABSENT) {
		f.kind = needed ? FAULT_PART : FAULT_NONE;
		engine_fault(e, a, p, f);
		return NULL;
	}
	if (f.kind != FAULT_NONE) {
		engine_fault(e, a, p, f);
		return NULL;
	}
	return engine_parse(e, path, text, a, p);
}

struct span
engine_line(struct engine *e, struct span path, struct arena *a, bool needed, struct provenance *p)
{
	struct span line;
	struct fault f;

	if (a->full)
		return (struct span){ 0 };
	f = root_line(e->root, path, a, &line);
	if (f.kind == FAULT_ABSENT)
		f.kind = needed ? FAULT_PART : FAULT_NONE;
	engine_fault(e, a, p, f);
	return line;
}

struct span
engine_hex(struct span digest)
{
	struct span hex = span_sub(digest, 7, SIZE_MAX);

	return span_starts(digest, "sha256:") && text_hex(hex, 64) ? hex : (struct span){ 0 };
}
