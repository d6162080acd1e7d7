/* SPDX-License-Identifier: ISC */
/* The one file that knows the version. */

#include "tool/internal.h"

const char version[] = CTR_VERSION;
