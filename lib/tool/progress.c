/* SPDX-License-Identifier: ISC */
/* How far work has come: a line on stderr each second, if that is a terminal and the rows go elsewhere, and a line at any
 * time for a SIGUSR1. Handlers print it: work that is stuck in one system call shows it, too. So all here is what a handler
 * may call, and takes no memory. */

#include <sys/time.h>

#include <errno.h>
#include <signal.h>
#include <time.h>
#include <unistd.h>

#include "base/bytes.h"
#include "tool/internal.h"

static const struct tool *of;		/* a handler has no other way to it */
static volatile sig_atomic_t shown;	/* a line stands on the terminal, without its end */

static void
size(struct out *o, uint64_t n)
{
	static const char units[] = " kMGTPE";
	unsigned unit = 0;

	for (; n >= 10000; n /= 1000)
		unit++;
	out_u64(o, n);
	out_byte(o, ' ');
	if (unit > 0)
		out_byte(o, units[unit]);
	out_byte(o, 'B');
}

static void
compose(struct out *o, const struct tool *t)
{
	uint64_t done = bytes_count(), total = t->total, left;
	struct timespec now;
	int64_t ms;

	clock_gettime(CLOCK_MONOTONIC, &now);
	ms = (now.tv_sec - t->began.s) * 1000 + (now.tv_nsec - (int64_t)t->began.ns) / 1000000;
	if (ms < 1)
		ms = 1;
	out_text(o, t->about->name);
	out_text(o, ": ");
	size(o, done);
	out_text(o, " read");
	if (total > 0) {
		out_text(o, " of ");
		size(o, total);
	}
	out_text(o, ", ");
	size(o, (uint64_t)((double)done * 1000 / (double)ms));
	out_text(o, "/s, ");
	if (!t->raw) {
		out_u64(o, t->rows);
		out_text(o, t->rows == 1 ? " row, " : " rows, ");
	}
	out_u64(o, (uint64_t)ms / 1000);
	out_text(o, " s");
	if (total > done && done > 0) {
		left = (uint64_t)((double)(total - done) * (double)ms / (double)done / 1000);
		out_text(o, ", about ");
		out_u64(o, left);
		out_text(o, " s left");
	}
}

static void
show(int signal)
{
	char text[256];
	struct out o = { .fd = -1, .buf = text, .room = sizeof(text) };	/* what is composed has room: nothing grows */
	int error = errno;

	out_text(&o, shown ? "\r\x1b[K" : "");
	compose(&o, of);
	out_text(&o, signal == SIGUSR1 ? "\n" : "");
	shown = signal != SIGUSR1;
	(void)!write(STDERR_FILENO, text, o.n);
	errno = error;
}

void
progress_start(const struct tool *t)
{
	struct sigaction act = { .sa_handler = show, .sa_flags = SA_RESTART };
	const struct itimerval second = { { 1, 0 }, { 1, 0 } };

	of = t;
	sigaction(SIGUSR1, &act, NULL);
	if (!t->tty && !t->quiet && isatty(STDERR_FILENO) == 1) {
		sigaction(SIGALRM, &act, NULL);
		setitimer(ITIMER_REAL, &second, NULL);
	}
}

void
progress_clear(void)
{
	if (shown) {
		shown = 0;
		(void)!write(STDERR_FILENO, "\r\x1b[K", 4);
	}
}

void
progress_end(void)
{
	signal(SIGALRM, SIG_IGN);
	signal(SIGUSR1, SIG_IGN);
	progress_clear();
}
