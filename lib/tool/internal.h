/* SPDX-License-Identifier: ISC */
/* Between the files of this room. */
#ifndef TOOL_INTERNAL_H
#define TOOL_INTERNAL_H

#include "tool/tool.h"

extern const struct opt tool_options[];		/* what every tool has; offsets within struct tool */

/* Whether a tool has an option of its table or of the shared ones. */
bool option_applies(const struct about *, const struct opt *);

/* options.c: false with a usage fault said. */
bool options_read(struct tool *, void *own, int argc, char **argv);

/* help.c */
void help_print(const struct about *, struct out *);
void help_mdoc(const struct about *, struct out *);
void help_version(const struct about *, struct out *);
void help_columns(const struct record *, struct out *);

/* complete.c: a script that a shell reads to complete this tool's command line. */
void help_bash(const struct about *, struct out *);
void help_zsh(const struct about *, struct out *);

/* say.c: a fault as one line on stderr. */
void say(struct tool *, const struct fault *);

/* progress.c: from when the evidence is open, on an alarm and a signal; cleared before anything else goes to stderr. */
void progress_start(const struct tool *);
void progress_clear(void);
void progress_end(void);

extern const char version[];

#endif
