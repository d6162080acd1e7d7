/* SPDX-License-Identifier: ISC */
/* Test Anything Protocol for the unit programs. */
#ifndef TESTS_UNIT_TAP_H
#define TESTS_UNIT_TAP_H

#include <stdbool.h>
#include <stdio.h>

static int tap_n, tap_failed;

static inline void
tap_ok(bool good, const char *name, const char *file, int line)
{
	printf("%sok %d - %s\n", good ? "" : "not ", ++tap_n, name);
	if (!good) {
		printf("# at %s:%d\n", file, line);
		tap_failed++;
	}
}

#define OK(condition, name) tap_ok((condition), (name), __FILE__, __LINE__)

static inline int
tap_done(void)
{
	printf("1..%d\n", tap_n);
	return tap_failed != 0;
}

#endif
