/* SPDX-License-Identifier: ISC */
/* What no column took of a document: nothing that the engine would show is lost. */

#include "engine/document.h"

static bool
touched(const struct json *j)
{
	const struct json *child;

	if (j->taken)
		return true;
	for (child = json_child(j); child != NULL; child = json_next(child))
		if (touched(child))
			return true;
	return false;
}

static struct span
number(struct arena *a, size_t n)
{
	char digits[20];
	size_t at = sizeof(digits);

	do
		digits[--at] = (char)('0' + n % 10);
	while ((n /= 10) > 0);
	return arena_copy(a, (struct span){ digits + at, sizeof(digits) - at });
}

/* Leaves: scalars, empty objects, and lists of which nothing was taken, whole. */
static void
leaves(struct arena *a, struct list *rest, struct span key, const struct json *j)
{
	const struct json *child;
	struct span dot = key.len > 0 ? SPAN(".") : SPAN("");
	bool array = cJSON_IsArray(&j->node);
	size_t i = 0;

	if (j->taken)
		return;
	if (json_child(j) == NULL || (array && !touched(j))) {
		list_add_pair(a, rest, key, j->raw);
		return;
	}
	for (child = json_child(j); child != NULL; child = json_next(child), i++)
		if (!child->taken)
			leaves(a, rest, arena_concat(a, key, dot, array ? number(a, i) : child->key), child);
}

void
engine_rest(struct arena *a, struct list *rest, const char *prefix, const struct json *document)
{
	leaves(a, rest, span_of(prefix), document);
}
