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

/* The number of N digits at P, none of which is anything else: else *OTHER is set. */
static inline unsigned
number(const char *p, size_t n, bool *other)
{
	unsigned v = 0, digit;

	for (size_t i = 0; i < n; i++) {
		digit = (unsigned)(unsigned char)p[i] - '0';
		*other |= digit > 9;
		v = v * 10 + digit;
	}
	return v;
}

/* What engines write, without a look at anything else: 2026-03-01T10:00:00.123456789Z. False where it is not exactly that, and
 * has to be read with care. */
static bool
usual(struct span s, struct timestamp *out)
{
	const char *p = s.ptr;
	unsigned year, month, day, hour, minute, second, y, m;
	uint32_t ns = 0;
	size_t n = s.len < 20 ? 0 : s.len - 21;		/* digits of the fraction */
	bool other = false;

	if (s.len < 20 || s.len > 30 || s.len == 21 || p[4] != '-' || p[7] != '-' || p[10] != 'T' || p[13] != ':' ||
	    p[16] != ':' || p[s.len - 1] != 'Z' || (s.len > 20 && p[19] != '.'))
		return false;
	year = number(p, 4, &other);
	month = number(p + 5, 2, &other);
	day = number(p + 8, 2, &other);
	hour = number(p + 11, 2, &other);
	minute = number(p + 14, 2, &other);
	second = number(p + 17, 2, &other);
	if (s.len > 20) {
		ns = number(p + 20, n, &other);
		for (; n < 9; n++)
			ns *= 10;
	}
	if (other || year < 1970 || month < 1 || month > 12 || day < 1 || day > 28 || hour > 23 || minute > 59 || second > 59)
		return false;
	y = month <= 2 ? year - 1 : year;
	m = month <= 2 ? month + 9 : month - 3;
	*out = (struct timestamp){ (int64_t)(y * 365 + y / 4 - y / 100 + y / 400 + (153 * m + 2) / 5 + day - 1 - EPOCH_DAYS) * DAY +
	    hour * 3600 + minute * 60 + second, ns, true };
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
	return usual(s, out) || parse(s, false, out);
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

/* N, of at most two digits, before TO. Returns where it begins. */
static char *
two(char *to, unsigned n)
{
	*--to = (char)('0' + n % 10);
	*--to = (char)('0' + n / 10);
	return to;
}

static char *
year_before(char *to, int64_t year)
{
	uint64_t y = (uint64_t)(year < 0 ? -year : year);
	bool far = year < 0 || year > 9999;

	for (unsigned n = 0; y != 0 || n < (far ? 5U : 4U); n++, y /= 10)
		*--to = (char)('0' + y % 10);
	if (far)
		*--to = year < 0 ? '-' : '+';
	return to;
}

void
time_print(struct out *o, struct timestamp t, unsigned most)
{
	int64_t days = t.s / DAY - (t.s % DAY < 0), year;
	uint32_t second = (uint32_t)(t.s - days * DAY), ns = t.ns;
	unsigned month, day, n = 9;
	char text[48], *end = text + sizeof(text), *p = end;	/* from its end on */

	if (!t.known)
		return;
	date_of(days, &year, &month, &day);
	*--p = 'Z';
	for (; n > most || (n > 0 && ns % 10 == 0); n--)
		ns /= 10;
	if (n > 0) {
		for (unsigned i = 0; i < n; i++, ns /= 10)
			*--p = (char)('0' + ns % 10);
		*--p = '.';
	}
	p = two(p, second % 60);
	*--p = ':';
	p = two(p, second / 60 % 60);
	*--p = ':';
	p = two(p, second / 3600);
	*--p = 'T';
	p = two(p, day);
	*--p = '-';
	p = two(p, month);
	*--p = '-';
	p = year_before(p, year);
	out_write(o, (struct span){ p, (size_t)(end - p) });
}
