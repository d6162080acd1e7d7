/* SPDX-License-Identifier: ISC */
/* Keyed hashing for tables whose keys the evidence chooses. */
#ifndef BASE_HASH_H
#define BASE_HASH_H

#include "base/span.h"

/* SipHash-2-4 of S under KEY. Source: Aumasson and Bernstein, SipHash, 2012. */
uint64_t hash_sip(const uint64_t key[2], struct span s);

/* A key for this run that evidence cannot know; from the system, else from addresses and the clock. */
void hash_key(uint64_t key[2]);

#endif
