/* SPDX-License-Identifier: ISC */
/* What a container printed, from its record: the parts of its log, their records (pieces), the lines that they
 * make, and the lines of many containers in one stream. Knows no engine. A log driver is one file here and one
 * line in drivers[] of source.c. */
#ifndef LOG_LOG_H
#define LOG_LOG_H

#include <regex.h>

#include "base/out.h"
#include "base/time.h"
#include "evidence/root.h"
#include "format/codec.h"
#include "record/container.h"
#include "record/entry.h"

/* What is wanted of a log: tests on whole lines, and how many of those that pass. */
struct log_query {
	struct when since, until;	/* both inclusive; unknown: no bound; relative: to the last line of all */
	struct span grep;		/* the message holds it; absent: any */
	const regex_t *regex;		/* the message, or a part of it between NULs, matches; NULL: any */
	bool strip;			/* messages lose what steers a terminal, after the tests */
	struct u64 tail;		/* only the last so many lines of each container */
	bool unsorted;			/* every line is tested, wherever it stands */
	/* A test of the tool's own on the record, or NULL; it counts for tail as the others do. */
	bool (*wanted)(const void *context, const struct entry *);
	const void *context;
	bool wanted_message;		/* that test looks at the message too */
};

/* One record on the disk. A line can be many. Valid until the next is asked for. */
struct log_piece {
	struct timestamp time;
	enum stream stream;
	struct span text;		/* decoded, without its newline */
	bool newline;			/* it ends a line */
	bool more;			/* it was cut because it was full: the line goes on in the next of its stream */
	bool cut;			/* a record too long to hold: `text` is its beginning */
	struct {
		uint64_t from, to;	/* of a cut piece: the extent of all its text, still encoded */
	} extent;
	struct span attrs;		/* JSON; absent where there are none */
	struct span file;		/* the part, within the evidence */
	uint64_t offset;		/* within it, inflated */
};

struct log_part {
	struct span path;
	enum codec codec;		/* by its name: a .gz that begins otherwise is damaged, not plain */
};

struct log_source;

struct log_times {
	struct timestamp earliest, latest;
};

struct log_driver {
	const char *name;
	/* The next piece of a part that is open. False at its end. */
	bool (*next)(struct log_source *, struct log_piece *);
	/* Writes the text of a cut piece whole. */
	void (*whole)(struct log_source *, const struct log_piece *, struct out *);
	/* The part of what is looked for by which lines can be passed over, for `literal`. */
	struct span (*literal)(struct span needle);
	/* The times of the records that lie whole in bytes of a part, which begin and end anywhere. */
	struct log_times (*times)(struct span bytes);
};

/* The log of one container, part after part. */
struct log_source {
	struct root *root;
	struct span container, name, image, pod, kube_container, driver_name;
	struct u64 attempt;
	struct timestamp started;	/* a line that is open then has ended */
	const struct log_driver *driver;	/* NULL: nothing can be read */
	struct list parts;		/* [log_part], the oldest first */
	size_t part;			/* the one that is open, counted from 1; 0: none yet */
	struct bytes file, inflated;
	struct bytes again;		/* the same inflated: for log_again() */
	struct window window;
	size_t block;			/* bytes read at once */
	bool sparing;			/* of descriptors: a part is opened anew for each block */
	struct timestamp since, until;	/* what is asked for: the rest of a part need not be read */
	bool unsorted;			/* it must be, since times may stand in any order */
	bool reads_on;			/* this part is read to its end, whatever its times are */
	struct span literal;		/* a driver may pass over whole lines that cannot hold it; empty: none */
	bool timeless;			/* nobody asks for the time of a piece */
	bool joining;			/* a line is open: its pieces are needed whatever they hold */
	struct span view;		/* read, not yet taken */
	uint64_t at;			/* of the view within the part */
	char *text;			/* of the current piece, decoded */
	size_t room;
	uint64_t lossy;			/* bytes that the engine destroyed, so far */
};

/* Takes what a log needs of a container record, onto ARENA; opens nothing. What cannot be read at all (another
 * driver, a log file that should be there and is not) is a fault. */
void log_open(struct log_source *, struct root *, const struct container *, struct arena *);

/* The next piece of any part. Parts that cannot be opened are faults and passed over. */
bool log_next_piece(struct log_source *, struct log_piece *);

/* From the beginning again. */
void log_rewind(struct log_source *);

/* The part that is open, to read what lies before the window once more, from lower places to higher. */
struct bytes *log_again(struct log_source *);

/* The latest time in the newest part that has one: of its end, or of all of it if times may stand in any order. Rewinds. */
struct timestamp log_last_time(struct log_source *);
void log_close(struct log_source *);

/* seek.c, of the part that is open and not packed. A line may stand so many seconds from where its time belongs. */
enum { LOG_MARGIN = 60 };

/* A place before which nothing is of `since` or later, in a part of SIZE bytes. Reads about 2 MiB. */
uint64_t log_seek(struct log_source *, uint64_t size);

/* Whether nothing that follows a piece of that time, to SIZE, is of `until` or earlier. Asked again after a NO it costs
 * nothing: then the part is read to its end (`reads_on`). SIZE not known: of a stream that cannot be looked ahead in. */
bool log_is_past(struct log_source *, struct timestamp, struct u64 size);

/* The times in LEN bytes from AT on. */
struct log_times log_times(struct log_source *, uint64_t at, size_t len);

/* parts.c: the names of log->files in the order in which they were written, onto ARENA. A compressed part
 * beside the plain one that it is a copy of is left out. */
void log_parts(struct root *, const struct log *, struct arena *, struct list *parts);

/* Lines: pieces joined by stream, over the borders of parts. */
struct log_line {
	struct timestamp time;		/* of its first piece */
	enum stream stream;
	struct span message;		/* without its newline */
	bool newline, cut;
	struct span attrs, file;
	uint64_t offset;
};

struct log_open_line {
	char *text;
	size_t n, room;
	bool open, cut;
	struct timestamp time;
	struct span attrs, file;
	uint64_t offset;
	struct arena arena;		/* of attrs */
};

struct log_lines {
	struct log_source source;
	struct log_open_line open[STDERR + 1];	/* by stream */
	struct log_piece pending;	/* read, but an open line had to go first */
	bool has_pending, ended;
	size_t limit;			/* of a message */
};

/* LINES->source is open. A message is cut at LIMIT bytes. */
void lines_open(struct log_lines *, size_t limit);
bool lines_next(struct log_lines *, struct log_line *);	/* valid until the next */
void lines_rewind(struct log_lines *);
void lines_close(struct log_lines *);

/* Many logs in one stream, by time; within one container the order of its lines stands. */
struct log_feed {
	struct log_lines lines;
	struct log_line line;		/* the next one of this container */
	struct timestamp key;		/* the latest time so far: one whose clock went back does not stop others */
	uint64_t skip;			/* of --tail */
};

struct log_next {			/* a feed in the heap, by the time and then by the place of its container */
	struct timestamp key;
	size_t feed;
};

struct log_merge {
	struct root *root;
	const struct log_query *query;
	struct arena arena;		/* of the run */
	struct list feeds;		/* [struct log_feed *], in the order in which they were added */
	struct log_next *heap;
	size_t heaped;
	bool started;
	struct timestamp since, until;	/* the query's, resolved */
	struct out text;		/* a message that was stripped, or ends for regexec() */
};

/* A merge of no logs yet, of what the query asks; root and query must outlive it. merge_add() adds a container's, whose record is
 * copied as far as it is needed. */
void merge_open(struct log_merge *, struct root *, const struct log_query *);
void merge_add(struct log_merge *, const struct container *);

/* Bytes of all parts, as they lie there. */
uint64_t merge_size(struct log_merge *);

/* The next line of all, by time, as a record on ARENA that lives until the next call. *NEWLINE: it has its end. */
bool merge_next(struct log_merge *, struct arena *, struct entry *, bool *newline);

/* The message of the next line of one container after the other, each in the order of its files; valid until the next call.
 * It is not cut at LIMIT_MESSAGE but at LIMIT_RAW_MESSAGE. */
bool merge_next_raw(struct log_merge *, struct span *message, bool *newline);

/* All bytes of all containers, one after the other, as the engine gives them back, straight to OUT; nothing is
 * tested, joined or cut. */
void merge_bytes(struct log_merge *, struct out *);
void merge_close(struct log_merge *);

extern const struct log_driver log_json_file;

#endif
