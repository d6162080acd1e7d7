/* SPDX-License-Identifier: ISC */
/* SHA-256: the vectors of FIPS 180-4 and NIST's examples (16 MiB: by python's library) by each way that this processor has,
 * and the ways against each other: random bytes, cut at every offset of a block. */

#include <string.h>

#include "base/sha256.h"
#include "tap.h"

static unsigned char
any(void)
{
	static uint64_t state = 0x9e3779b97f4a7c15;	/* xorshift: the same run each time */

	state ^= state << 13;
	state ^= state >> 7;
	state ^= state << 17;
	return (unsigned char)(state >> 32);
}

/* TEXT as often as TIMES says, one addition each. */
static bool
gives(sha256_blocks *way, struct span text, unsigned times, const char *want)
{
	struct sha256 s = sha256_open();
	char hex[64];

	s.blocks = way;
	while (times-- > 0)
		sha256_add(&s, text);
	sha256_hex(&s, hex);
	return span_is((struct span){ hex, 64 }, want);
}

static void
vectors(sha256_blocks *way, const char *name)
{
	static const struct {
		const char *text, *hex;
		unsigned times;
	} known[] = {
		{ "", "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855", 1 },
		{ "abc", "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad", 1 },
		{ "abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq",
		    "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1", 1 },
		{ "abcdefghbcdefghicdefghijdefghijkefghijklfghijklmghijklmnhijklmnoijklmnopjklmnopqklmnopqrlmnopqrsmnopqrstnopqrstu",
		    "cf5b16a778af8380036ce59e7b0492370b249b11e8f07a51afac45037afee9d1", 1 },
		{ "a", "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0", 1000000 },
		{ "abcdefghbcdefghicdefghijdefghijkefghijklfghijklmghijklmnhijklmno",
		    "534da8e71e98738dd9a354a50e592c25436faaa2f521063ec982069498729da7", 1 << 18 },
	};
	char line[64];
	bool good = true;

	for (size_t i = 0; i < sizeof(known) / sizeof(*known); i++)
		good &= gives(way, span_of(known[i].text), known[i].times, known[i].hex);
	snprintf(line, sizeof(line), "NIST's vectors, %s", name);
	OK(good, line);
	good = gives(way, (struct span){ "\xbd", 1 }, 1, "68325720aabd7c82f30f554b313d0570c95accbb7dc4b5aae11204c08ffe732b") &&
	    gives(way, (struct span){ "\0", 1 }, 55, "02779466cdec163811d078815c633f21901413081449002f24aa3e80f0b88ef7") &&
	    gives(way, (struct span){ "\0", 1 }, 56, "d4817aa5497628e7c77e6b606107042bbba3130888c5f47a375e6179be789fbb") &&
	    gives(way, (struct span){ "\0", 1 }, 57, "65a16cb7861335d5ace3c60718b5052e44660726da4cd13bb745381b235a1785") &&
	    gives(way, (struct span){ "\0", 1 }, 64, "f5a5fd42d16a20302798ef6ed309979b43003d2320d9f0e8ea9831a92759fb4b");
	snprintf(line, sizeof(line), "around the end of a block, %s", name);
	OK(good, line);
}

/* N bytes in three pieces, the first of A and the second of B bytes, by WAY. */
static void
in_pieces(sha256_blocks *way, const char *p, size_t n, size_t a, size_t b, char hex[64])
{
	struct sha256 s = sha256_open();

	s.blocks = way;
	sha256_add(&s, (struct span){ p, a });
	sha256_add(&s, (struct span){ p + a, b });
	sha256_add(&s, (struct span){ p + a + b, n - a - b });
	sha256_hex(&s, hex);
}

static bool
same_wherever_cut(sha256_blocks *way, sha256_blocks *other)
{
	static char text[64 * 7 + 64];		/* of every length around a block, at every place around one */
	char want[64], got[64];
	bool same = true;

	for (size_t i = 0; i < sizeof(text); i++)
		text[i] = (char)any();
	for (size_t n = 64 * 5; n < 64 * 6 + 2; n++)
		for (size_t cut = 0; cut <= 65; cut++) {
			in_pieces(way, text + n % 64, n, 0, 0, want);
			in_pieces(other, text + n % 64, n, cut, any() % (n - cut), got);
			same &= memcmp(want, got, 64) == 0;
		}
	return same;
}

int
main(void)
{
	sha256_blocks *quick = sha256_quick();

	vectors(sha256_plain, "in plain C");
	OK(same_wherever_cut(sha256_plain, sha256_plain), "a digest does not depend on the pieces");
	if (quick == NULL) {
		printf("ok %d - by instructions # SKIP this processor has none for it\n", ++tap_n);
		return tap_done();
	}
	vectors(quick, "by instructions");
	OK(sha256_open().blocks == quick, "instructions are taken where there are some");
	OK(same_wherever_cut(sha256_plain, quick) && same_wherever_cut(quick, sha256_plain), "both ways give the same, wherever it is cut");
	return tap_done();
}
