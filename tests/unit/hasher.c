/* SPDX-License-Identifier: ISC */
/* Hashing beside: the same digest as at once, for every length around a block, with a second thread, with one processor, and
 * where a filter lets no thread be made. And bytes that are hashed on their way. */

#include <sys/prctl.h>
#include <sys/syscall.h>
#include <sys/wait.h>

#include <linux/filter.h>
#include <linux/seccomp.h>

#include <dirent.h>
#include <errno.h>
#include <sched.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <zlib.h>

#include "base/hashed.h"
#include "base/hasher.h"
#include "base/limits.h"
#include "base/sha256.h"
#include "format/codec.h"
#include "tap.h"

/* What looks for leaks would find a thread that a filter does not let it stop. */
const char *__asan_default_options(void);	/* NOLINT(bugprone-reserved-identifier,cert-dcl*): its name is the sanitizer's */
const char *
__asan_default_options(void)
{
	return "detect_leaks=0";
}

enum { BLOCK = HASHER_BLOCK, LONGEST = 20 * BLOCK + 7 };

static char text[LONGEST];

static uint64_t
any(uint64_t below)
{
	static uint64_t state = 0x9e3779b97f4a7c15;	/* xorshift: the same run each time */

	state ^= state << 13;
	state ^= state >> 7;
	state ^= state << 17;
	return (state >> 8) % below;
}

static void
at_once(const char *p, size_t n, char hex[64])
{
	struct sha256 s = sha256_open();

	sha256_add(&s, (struct span){ p, n });
	sha256_hex(&s, hex);
}

static unsigned
threads(void)
{
	DIR *d = opendir("/proc/self/task");
	unsigned n = 0;

	while (d != NULL && readdir(d) != NULL)
		n++;
	if (d != NULL)
		closedir(d);
	return n < 2 ? 0 : n - 2;
}

/* In pieces of at most MOST bytes, one in three put into the hasher's own room. */
static bool
hashes(size_t n, size_t most, unsigned *seen)
{
	struct hasher *h = hasher_open();
	char want[64], got[64];
	size_t at, len;

	for (at = 0; at < n; at += len) {
		len = 1 + any(n - at < most ? n - at : most);
		if (any(3) == 0) {
			if (len > BLOCK)
				len = BLOCK;
			memcpy(hasher_room(h), text + at, len);
			hasher_filled(h, len);
		} else {
			hasher_add(h, (struct span){ text + at, len });
		}
	}
	*seen = threads();
	hasher_hex(h, got);
	hasher_close(h);
	at_once(text, n, want);
	return memcmp(got, want, 64) == 0;
}

static bool
all_lengths(void)
{
	static const size_t lengths[] = { 0, 1, 63, 64, BLOCK - 1, BLOCK, BLOCK + 1, 2 * BLOCK, 3 * BLOCK + 5, 8 * BLOCK, 9 * BLOCK - 1,
		LONGEST };
	bool good = true;
	unsigned n;

	for (size_t i = 0; i < sizeof(lengths) / sizeof(*lengths); i++)
		for (size_t most = 1000; most < (size_t)4 * BLOCK; most = most * 7 + 1)
			good &= hashes(lengths[i], most, &n);
	return good;
}

static bool
long_alone(void)
{
	unsigned n;

	return hashes(LONGEST, 100000, &n) && n == 1;
}

/* GIVEN UP: a thread has its work and is not waited for to have done it. */
static bool
given_up(void)
{
	for (int i = 0; i < 50; i++) {
		struct hasher *h = hasher_open();

		hasher_add(h, (struct span){ text, any(LONGEST) });
		hasher_close(h);
	}
	hasher_close(NULL);
	return threads() == 1;
}

static bool
one_processor(void)
{
	cpu_set_t set;

	CPU_ZERO(&set);
	CPU_SET((size_t)sched_getcpu(), &set);
	return sched_setaffinity(0, sizeof(set), &set) == 0 && long_alone() && all_lengths();
}

static bool
no_threads(void)
{
	struct sock_filter deny[] = {
		BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offsetof(struct seccomp_data, nr)),
		BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, SYS_clone3, 1, 0),
		BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, SYS_clone, 0, 1),
		BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ERRNO | EPERM),
		BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ALLOW),
	};
	struct sock_fprog prog = { 5, deny };

	return prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) == 0 && prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, &prog) == 0 &&
	    long_alone() && all_lengths();
}

static bool
in_child(bool (*try)(void))
{
	int status;
	pid_t pid = fork();

	if (pid == 0)
		_exit(try() ? 0 : 1);
	return waitpid(pid, &status, 0) == pid && WIFEXITED(status) && WEXITSTATUS(status) == 0;
}

/* Bytes of which what lies behind some place cannot be read; it is counted what is asked for. */
static uint64_t asked, broken_at = UINT64_MAX;

static struct fault
broken_read(struct bytes *b, uint64_t at, char *buf, size_t len, size_t *got)
{
	struct bytes whole = bytes_mem(b->mem);
	struct fault f = NO_FAULT;

	if (at + len > broken_at) {
		len = at < broken_at ? (size_t)(broken_at - at) : 0;
		f = fault_at(broken_at, "broken", NULL);
	}
	bytes_read(&whole, at, buf, len, got);
	asked += *got;
	return f;
}

static void
broken_close(struct bytes *b)
{
	(void)b;
}

static const struct bytes_kind broken_kind = { broken_read, broken_close };

/* Whether what is read here and there is what lies there, and the digest and the length are those of the first N bytes. */
static bool
on_the_way(size_t n, unsigned reads, bool back, struct fault *f)
{
	static char buf[3 * BLOCK];
	struct bytes in = { .kind = &broken_kind, .mem = { text, n } }, out;
	char want[64], got[64], again[64];
	uint64_t at = 0, len, whole = broken_at < n ? broken_at : n;
	size_t had;
	bool good = bytes_hashed(&in, &out).kind == FAULT_NONE;

	asked = 0;
	for (unsigned i = 0; i < reads; i++) {
		at = back && any(4) == 0 ? any(at + 1) : at + any(any(2) ? 1000 : 2 * BLOCK);
		len = any(any(2) ? 1000 : sizeof(buf));
		bytes_read(&out, at, buf, (size_t)len, &had);
		good &= had == (at >= whole ? 0 : len < whole - at ? len : whole - at) && memcmp(buf, text + (had > 0 ? at : 0), had) == 0;
		at += had;
	}
	*f = bytes_hashed_finish(&out, got, &len);
	at_once(text, (size_t)whole, want);
	good &= len == whole && memcmp(want, got, 64) == 0 && (back || asked == whole);
	bytes_hashed_finish(&out, again, &len);
	good &= len == whole && memcmp(want, again, 64) == 0;
	bytes_read(&out, 1, buf, 5, &had);
	good &= whole < 6 || memcmp(buf, text + 1, 5) == 0;
	bytes_close(&out);
	return good;
}

static void
hashed(void)
{
	bool forward = true, back = true, broken = true;
	struct fault f;

	for (unsigned i = 0; i < 60; i++) {
		forward &= on_the_way(any(LONGEST), i % 20, false, &f) && f.kind == FAULT_NONE;
		back &= on_the_way(any(LONGEST), i % 20, true, &f) && f.kind == FAULT_NONE;
	}
	forward &= on_the_way(0, 3, false, &f) && on_the_way((size_t)2 * BLOCK, 5, false, &f);
	OK(forward, "bytes hashed on their way are those, each asked for once, and the digest is of all");
	OK(back, "what is read again is not hashed again");
	for (unsigned i = 0; i < 30; i++) {
		broken_at = any(8) == 0 ? 0 : any(8) == 0 ? (uint64_t)BLOCK : any(LONGEST - 10);
		broken &= on_the_way(LONGEST, i % 20, i % 2, &f) && f.kind == FAULT_PART && f.offset.n == broken_at;
	}
	broken_at = UINT64_MAX;
	OK(broken, "where bytes cannot be read, the digest is of what could, and that is said");
}

/* A layer: its blob and what it inflates to, each hashed, in one pass that passes over most. */
static void
layer(void)
{
	static unsigned char packed[LONGEST + LONGEST / 10];
	uLongf n = sizeof(packed);
	struct bytes file, blob, inflated, tar;
	char want[64], got[64], head[512];
	uint64_t len;
	size_t had;
	bool good;
	z_stream z = { .next_in = (Bytef *)text, .avail_in = LONGEST, .next_out = packed, .avail_out = (uInt)n };

	deflateInit2(&z, 1, Z_DEFLATED, 15 + 16, 8, Z_DEFAULT_STRATEGY);
	deflate(&z, Z_FINISH);
	deflateEnd(&z);
	memcpy(packed + z.total_out, "hidden", 6);
	file = bytes_mem((struct span){ (const char *)packed, z.total_out + 6 });
	good = bytes_hashed(&file, &blob).kind == FAULT_NONE && codec_open(&blob, CODEC_GZIP, LIMIT_INFLATED, &inflated).kind == FAULT_NONE &&
	    bytes_hashed(&inflated, &tar).kind == FAULT_NONE;
	for (uint64_t at = 0; at < LONGEST - 512; at += 30000) {
		bytes_read(&tar, at, head, sizeof(head), &had);
		good &= had == 512 && memcmp(head, text + at, 512) == 0;
	}
	good &= bytes_hashed_finish(&tar, got, &len).kind == FAULT_ODD && len == LONGEST;
	at_once(text, LONGEST, want);
	good &= memcmp(got, want, 64) == 0;
	good &= bytes_hashed_finish(&blob, got, &len).kind == FAULT_NONE && len == z.total_out + 6;
	at_once((const char *)packed, z.total_out + 6, want);
	OK(good && memcmp(got, want, 64) == 0, "a gzip layer and its blob in one pass; what hides behind is in the blob's digest");
	bytes_close(&tar);
	bytes_close(&inflated);
	bytes_close(&blob);
}

int
main(void)
{
	cpu_set_t set;
	unsigned n;

	for (size_t i = 0; i < LONGEST; i++)
		text[i] = (char)any(any(50) == 0 ? 256 : 3);
	OK(in_child(one_processor), "on one processor no thread is made, and digests are the same");
	OK(in_child(no_threads), "where none can be made, too");
	OK(all_lengths(), "the digest of every length around a block");
	if (sched_getaffinity(0, sizeof(set), &set) == 0 && CPU_COUNT(&set) > 1)
		OK(hashes(LONGEST, 100000, &n) && n == 2, "a thread hashes");
	else
		printf("ok %d - a thread hashes # SKIP one processor\n", ++tap_n);
	OK(given_up(), "a hasher that is given up leaves no thread");
	hashed();
	layer();
	return tap_done();
}
