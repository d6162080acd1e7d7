/* SPDX-License-Identifier: ISC */
/* Evidence: a directory or a tar behind one interface. Nothing is written to it, and no path leaves it:
 * absolute links and ".." resolve within. Paths are within the evidence and begin with '/'. */
#ifndef EVIDENCE_ROOT_H
#define EVIDENCE_ROOT_H

#include "base/bytes.h"

enum file_type { FILE_UNKNOWN, FILE_REGULAR, FILE_DIRECTORY, FILE_LINK, FILE_FIFO, FILE_SOCKET, FILE_CHAR,
	FILE_BLOCK };

const char *file_word(enum file_type);	/* "a FIFO": for messages */

struct file {
	enum file_type type;
	uint32_t mode;			/* 12 permission bits */
	uint64_t uid, gid, size;
	struct timestamp mtime, atime, ctime, birth;	/* a tar knows mtime alone */
	uint64_t dev, ino;		/* a tar: 0 and a number that hard links share */
	uint64_t links;			/* names of it; 0: not known */
	uint32_t major, minor;
};

struct root;

/* One file each: dir.c, tar.c. Each fault names the path as its file; FAULT_ABSENT: no such file. */
struct root_kind {
	const char *joint;		/* between the root's name and a path, in messages */
	struct fault (*stat)(struct root *, struct span path, bool follow, struct file *);
	struct fault (*list)(struct root *, struct span path, struct arena *, struct list *names);
	struct fault (*link)(struct root *, struct span path, struct arena *, struct span *target);
	struct fault (*file)(struct root *, struct span path, struct file *, struct bytes *);
	struct fault (*xattrs)(struct root *, struct span path, struct arena *, struct list *names);
	struct fault (*xattr)(struct root *, struct span path, struct span name, struct arena *, struct span *value);
	void (*close)(struct root *);
};

struct root_options {
	const char *host;		/* --host; NULL: the evidence's own etc/hostname */
	uint64_t memory, spool_limit;	/* 0: LIMIT_MEMORY, LIMIT_SPOOL */
	const char *spool;		/* --spool DIR; NULL: memory */
};

struct root {
	const struct root_kind *kind;
	struct root_options options;
	struct span name;		/* as it was given */
	struct span host;		/* absent when not known */
	uint64_t dev, ino;		/* which file or directory it is, however it is spelled */
	int fd;
	int spool_fd;			/* of --spool, until it is used; -1 */
	struct bytes bytes;		/* of a tar: the archive */
	char *inflated;			/* what it was compressed from, without --spool */
	struct arena arena;		/* of the run; ceiling options.memory */
	struct faults faults;		/* on their way to the tool */
	void *state;			/* the kind's own */
};

/* Takes the descriptor of PATH, which must outlive the root, and that of --spool; reads nothing but what stat() tells,
 * so that a sandbox can be put on before the first byte of evidence. */
struct fault root_open(struct root *, const char *path, const struct root_options *);

/* Tells by content what it is: a directory, a tar (plain, gzip, zstd, xz, bzip2), and indexes a tar. A disk image is
 * refused; item is then the command that mounts it. Damage of an archive is added to root->faults. */
struct fault root_index(struct root *);
void root_close(struct root *);

/* Whether a file of that device and inode was asked about before, by whatever path; it is noted on SEEN. 40 bytes each. */
struct index;
bool file_again(struct index *seen, struct arena *, const struct file *);

/* What is at PATH. root_stat() follows links to their end, root_lstat() not the last one. */
struct fault root_stat(struct root *, struct span path, struct file *);
struct fault root_lstat(struct root *, struct span path, struct file *);
bool root_is(struct root *, struct span path, enum file_type);

/* The names in a directory, bytewise sorted, each once, on the arena; "." and ".." left out. */
struct fault root_list(struct root *, struct span path, struct arena *, struct list *names);

/* Where a symbolic link points, as it is stored. */
struct fault root_link(struct root *, struct span path, struct arena *, struct span *target);

/* A regular file for reading; anything else is a fault and is not opened. FILE may be NULL. */
struct fault root_file(struct root *, struct span path, struct file *, struct bytes *);

/* The names of the extended attributes of what is at PATH, bytewise sorted, on the arena; none where the file system has
 * none. A last link is not followed: its own are given. Of a directory those are there that its system shows to this
 * user: trusted.* to root alone. That needs /proc. */
struct fault root_xattrs(struct root *, struct span path, struct arena *, struct list *names);

/* The value of one, at most 64 KiB in a directory and LIMIT_PAX in a tar. FAULT_ABSENT: there is no such attribute; the
 * fault's item is its name. FAULT_PART: it could not be read, or not be decoded (format/tar_header.h). */
struct fault root_xattr(struct root *, struct span path, struct span name, struct arena *, struct span *value);

/* A whole file of at most LIMIT bytes on the arena. */
struct fault root_read(struct root *, struct span path, struct arena *, size_t limit, struct span *text);

/* A file of one short line, without its newline and blanks around it. */
struct fault root_line(struct root *, struct span path, struct arena *, struct span *line);

/* The bytes of all files and links beneath PATH, each counted once however many names it has, directories not (as Docker
 * counts them). Not known, with its faults added, where not all could be read. Memory: the paths of directories, and 40
 * bytes for each file that may have other names; at most --memory. */
struct u64 root_size(struct root *, struct span path);

/* Adds a fault to what the tool will say. */
static inline void
root_fault(struct root *r, struct fault f)
{
	faults_add(&r->faults, f);
}

/* PIECES joined to a path on the arena: '/' between them, never twice. */
struct span path_join(struct arena *, struct span directory, struct span name);

extern const struct root_kind root_dir, root_tar;

/* tar.c: indexes root->bytes as a tar. */
struct fault root_tar_index(struct root *);

/* clone.c: a read-only clone, without access times, of what DIRECTORY names and all that is mounted within; -1 without the
 * privilege or on an old kernel. It goes with its descriptor. */
int root_clone(int directory);

/* disk.c: what a file is that is no archive, and the command that makes it readable; ABSENT kind when it is
 * nothing known. HEAD: its first 68 KiB or as much as there is. */
struct fault root_disk(struct root *, struct span head);

#endif
