/* SPDX-License-Identifier: ISC */
/* Every limit on what evidence may ask for, each with its reason. Reaching one is a fault that names
 * it, never silence. */
#ifndef BASE_LIMITS_H
#define BASE_LIMITS_H

enum {
	LIMIT_ROW = 64 << 20,		/* memory of one row: 4 times the largest document, for its tree */
	LIMIT_DOCUMENT = 16 << 20,	/* a JSON document; Docker's configs are of some KB */
	LIMIT_DEPTH = 100,		/* JSON within JSON; Docker's deepest is 9, Go stops at 10,000 */
	LIMIT_SMALL = 4096,		/* a file that holds one id, digest or number */
	LIMIT_PATH = 65536,		/* a name in a tar; Linux takes 4,096 in one call */
	LIMIT_LINKS = 40,		/* symbolic links on one path: the kernel's MAXSYMLINKS */
	LIMIT_LAYERS = 1024,		/* layers of one image; overlay stops at 500, Docker at 127 */
	LIMIT_FAULTS = 1000,		/* faults kept between two rows; the rest is counted */
	LIMIT_MESSAGE = 1 << 20,	/* a log message with its pieces joined; --raw has no limit */
	LIMIT_RAW_MESSAGE = 16 << 20,	/* the same where --raw must hold a line to test it */
	LIMIT_LINE = 6 << 20,		/* a json-file record held whole: LIMIT_MESSAGE with each byte escaped; the engine writes 96 KiB */
	LIMIT_SEGMENT = 16 << 20,	/* a line of tar-split: base64 of headers, or of 1 MiB of what is behind the end; old ones put all of that on one */
	LIMIT_PAX = 1 << 20,		/* the pax records of one tar entry: names and xattrs of 64 KiB */
	LIMIT_SPARSE = 1 << 16,		/* pieces of one sparse file in a tar */
	LIMIT_BEHIND = 64 << 20,	/* zeros behind the end of a tar, looked through for what is hidden there: a hole may have no end */
	LIMIT_XATTRS = 2048,		/* extended attributes of one tar entry, one in two spellings counted twice; all names take 64 KiB on Linux */
	LIMIT_INDEXES = 8,		/* indexes of images within each other; tools write two */
	LIMIT_DESCRIPTORS = 1 << 16,	/* entries of such indexes that are followed in one archive; a mirror of a registry has thousands */
	LIMIT_DOCUMENTS = 256 << 20,	/* indexes, manifests and configurations of one archive in all; 12 KB an image are usual */
	LIMIT_TAGS = 4096,		/* names of one image of an archive; each is held against the others */
	LIMIT_NESTED = 3,		/* engines within engines: a node in a container, and one in that */
	LIMIT_SELECTION = 64 << 20,	/* a line of a selection on stdin: as LIMIT_ROW */
};

#define LIMIT_MEMORY ((uint64_t)1 << 30)	/* --memory: an index, a selection, held rows */
#define LIMIT_SPOOL ((uint64_t)4 << 30)		/* --spool-limit: a compressed tar, inflated */
#define LIMIT_INFLATED ((uint64_t)1 << 40)	/* one compressed file read as a stream */

#endif
