/* SPDX-License-Identifier: ISC */
/* Patterns for paths. */
#ifndef BASE_GLOB_H
#define BASE_GLOB_H

#include "base/span.h"

/* Whether PATTERN matches all of TEXT, byte by byte: * is any bytes, a slash too, ? one byte, [abc], [a-z] and [!abc] one of
 * a set; a backslash takes the special meaning off what follows it, and a [ without its ] is itself. Time: the product of
 * both lengths at most. */
bool glob_match(struct span pattern, struct span text);

#endif
