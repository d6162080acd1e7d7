/* SPDX-License-Identifier: ISC */
/* Times as text. Source: RFC 3339 5.6; days from civil dates by the 400 year cycle of the calendar. */

#include "base/num.h"
#include "base/time.h"

enum { DAY = 86400, CYCLE_DAYS = 146097, EPOCH_DAYS = 719468 };	/* 0000-03-01 to 1970-01-01 */

static const uint64_t YEARS = 292000000000;	/* their seconds fit 63 bits */

/* Years begin in March, so that the leap day is their last. */
static int64_t
days_of(int64_t year, unsigned month, unsigned day)
{
	int64_t y = month <= 2 ? year - 1 : year;
	int64_t cycle = (y >= 0 ? y : y - 399) / 400;
	int64_t of_cycle = y - cycle * 400;
	int64_t of_year = (153 * ((month + 9) % 12) + 2) / 5 + day - 1;

	return cycle * CYCLE_DAYS + of_cycle * 365 + of_cycle / 4 - of_cycle / 100 + of_year - EPOCH_DAYS;
}

static void
date_of(int64_t days, int64_t *year, unsigned *month, unsigned *day)
{
	int64_t z = days + EPOCH_DAYS;
	int64_t cycle = (z >= 0 ? z : z - (CYCLE_DAYS - 1)) / CYCLE_DAYS;
	int64_t of_cycle = z - cycle * CYCLE_DAYS;
	int64_t y = (of_cycle - of_cycle / 1460 + of_cycle / 36524 - of_cycle / 146096) / 365;
	int64_t of_year = of_cycle - (365 * y + y / 4 - y / 100);
	int64_t m = (5 * of_year + 2) / 153;

	*day = (unsigned)(of_year - (153 * m + 2) / 5 + 1);
	*month = (unsigned)(m < 10 ? m + 3 : m - 9);
	*year = y + cycle * 400 + (*month <= 2);
}

static bool
digits(struct span *s, size_t n, unsigned *out)
{
	unsigned v = 0, digit;

	if (s->len < n)
		return false;
	for (size_t i = 0; i < n; i++) {
		digit = (unsigned)s->ptr[i] - '0';
		if (digit > 9)
			return false;
		v = v * 10 + digit;
	}
	*out = v;
	*s = (struct span){ s->ptr + n, s->len - n };
	return true;
}

/* One of the characters of ANY_OF. */
static bool
literal(struct span *s, const char *any_of)
{
	for (; s->len > 0 && *any_of != '\0'; any_of++)
		if (s->ptr[0] == *any_of) {
			*s = (struct span){ s->ptr + 1, s->len - 1 };
			return true;
		}
	return false;
}

static bool
year_of(struct span *s, int64_t *year)
{
	bool sign = s->len > 0 && (s->ptr[0] == '-' || s->ptr[0] == '+');
	size_t n = sign;
	unsigned four;
	uint64_t v;

	if (!sign) {
		if (!digits(s, 4, &four))
			return false;
		*year = four;
		return true;
	}
	while (n < s->len && s->ptr[n] >= '0' && s->ptr[n] <= '9')
		n++;
	if (n < 6 || n > 13 || !num_parse(span_sub(*s, 1, n - 1), &v) || v > YEARS)
		return false;
	*year = s->ptr[0] == '-' ? -(int64_t)v : (int64_t)v;
	*s = span_sub(*s, n, SIZE_MAX);
	return true;
}

static bool
date(struct span *s, int64_t *days)
{
	static const unsigned lengths[] = { 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31 };
	int64_t year;
	unsigned month, day;
	bool leap;

	if (!year_of(s, &year) || !literal(s, "-") || !digits(s, 2, &month) || !literal(s, "-") ||
	    !digits(s, 2, &day))
		return false;
	leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
	if (month < 1 || month > 12 || day < 1 || day > lengths[month - 1] + (month == 2 && leap))
		return false;
	*days = days_of(year, month, day);
	return true;
}

static bool
fraction(struct span *s, uint32_t *ns)
{
	unsigned n = 0, digit;

	*ns = 0;
	if (!literal(s, "."))
		return true;
	for (uint32_t unit = 100000000; n < s->len && n < 9; n++, unit /= 10) {
		digit = (unsigned)s->ptr[n] - '0';
		if (digit > 9)
			break;
		*ns += digit * unit;
	}
	*s = span_sub(*s, n, SIZE_MAX);
	return n > 0;
}

static bool
zone(struct span *s, int64_t *seconds)
{
	unsigned hour, minute;
	bool west = s->len > 0 && s->ptr[0] == '-';

	*seconds = 0;
	if (literal(s, "Zz"))
		return true;
	if (!literal(s, "+-") || !digits(s, 2, &hour) || !literal(s, ":") || !digits(s, 2, &minute) ||
	    hour > 23 || minute > 59)
		return false;
	*seconds = (int64_t)(hour * 3600 + minute * 60) * (west ? -1 : 1);
	return true;
}

static bool
parse(struct span s, bool loose, struct timestamp *out)
{
	unsigned hour = 0, minute = 0, second = 0;
	int64_t days, offset = 0;
	uint32_t ns = 0;

	if (!date(&s, &days))
		return false;
	if (!loose || s.len > 0) {
		if (!literal(&s, loose ? "Tt " : "Tt") || !digits(&s, 2, &hour) || !literal(&s, ":") ||
		    !digits(&s, 2, &minute))
			return false;
		if (literal(&s, ":") ? !digits(&s, 2, &second) || !fraction(&s, &ns) : !loose)
			return false;
		if ((!loose || s.len > 0) && !zone(&s, &offset))
			return false;
	}
	if (s.len > 0 || hour > 23 || minute > 59 || second > 59)
		return false;
	*out = (struct timestamp){ days * DAY + hour * 3600 + minute * 60 + second - offset, ns, true };
	return true;
}

bool
time_parse(struct span s, struct timestamp *out)
{
	return parse(s, false, out);
}

bool
time_parse_loose(struct span s, struct timestamp *out)
{
	if (s.len == 0 || s.ptr[0] != '@')
		return parse(s, true, out);
	*out = (struct timestamp){ .known = true };
	return num_parse_signed(span_sub(s, 1, SIZE_MAX), &out->s);
}

bool
time_parse_when(struct span s, struct when *out)
{
	static const struct {
		char unit;
		uint64_t seconds;
	} units[] = { { 's', 1 }, { 'm', 60 }, { 'h', 3600 }, { 'd', DAY } };
	uint64_t n;

	*out = (struct when){ 0 };
	if (!span_starts(s, "-"))
		return time_parse_loose(s, &out->time);
	for (size_t i = 0; i < 4; i++)
		if (s.len > 2 && s.ptr[s.len - 1] == units[i].unit && num_parse(span_sub(s, 1, s.len - 2), &n) &&
		    num_mul(n, units[i].seconds, &n) && n < YEARS) {
			out->time = (struct timestamp){ (int64_t)n, 0, true };
			out->relative = true;
			return true;
		}
	return false;
}

/* N with WIDTH digits at least, written up to TO. Returns where it begins. */
static char *
padded(char *to, uint64_t n, unsigned width)
{
	for (; n != 0 || width > 0; n /= 10) {
		*--to = (char)('0' + n % 10);
		width -= width > 0;
	}
	return to;
}

void
time_print(struct out *o, struct timestamp t, unsigned most)
{
	int64_t days = t.s / DAY - (t.s % DAY < 0), year;
	uint32_t second = (uint32_t)(t.s - days * DAY), ns = t.ns;
	unsigned month, day, n = 9;
	char text[48], *end = text + sizeof(text), *p = end;	/* from its end on */
	bool far;

	if (!t.known)
		return;
	date_of(days, &year, &month, &day);
	far = year < 0 || year > 9999;
	*--p = 'Z';
	for (; n > most || (n > 0 && ns % 10 == 0); n--)
		ns /= 10;
	if (n > 0) {
		p = padded(p, ns, n);
		*--p = '.';
	}
	p = padded(p, second % 60, 2);
	*--p = ':';
	p = padded(p, second / 60 % 60, 2);
	*--p = ':';
	p = padded(p, second / 3600, 2);
	*--p = 'T';
	p = padded(p, day, 2);
	*--p = '-';
	p = padded(p, month, 2);
	*--p = '-';
	p = padded(p, (uint64_t)(year < 0 ? -year : year), far ? 5 : 4);
	if (far)
		*--p = year < 0 ? '-' : '+';
	out_write(o, (struct span){ p, (size_t)(end - p) });
}
