/* SPDX-License-Identifier: ISC */
/* Numbers out of text. */

#include "base/num.h"

bool
num_parse(struct span digits, uint64_t *out)
{
	uint64_t n = 0;

	if (digits.len == 0)
		return false;
	for (size_t i = 0; i < digits.len; i++) {
		if (digits.ptr[i] < '0' || digits.ptr[i] > '9')
			return false;
		if (!num_mul(n, 10, &n) || !num_add(n, (uint64_t)(digits.ptr[i] - '0'), &n))
			return false;
	}
	*out = n;
	return true;
}

bool
num_parse_signed(struct span digits, int64_t *out)
{
	bool negative = digits.len > 0 && digits.ptr[0] == '-';
	uint64_t n;

	if (!num_parse(span_sub(digits, negative, SIZE_MAX), &n))
		return false;
	if (n > (uint64_t)INT64_MAX + negative)
		return false;
	*out = negative ? (int64_t)(0 - n) : (int64_t)n;
	return true;
}

bool
num_parse_size(struct span text, uint64_t *out)
{
	static const char units[] = "KMGT";
	uint64_t n;
	unsigned shift = 0;

	for (unsigned i = 0; text.len > 0 && i < 4; i++)
		if (text.ptr[text.len - 1] == units[i])
			shift = 10 * (i + 1);
	if (!num_parse(shift == 0 ? text : span_sub(text, 0, text.len - 1), &n))
		return false;
	return num_mul(n, (uint64_t)1 << shift, out);
}
