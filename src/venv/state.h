/*
 * Writing the files that are kept for the user, below $XDG_STATE_HOME: the
 * record of decisions, and what was used last.
 */
#ifndef STATE_H
#define STATE_H

#include <stdbool.h>

#include "which/out.h"

/* Say the pieces up to NULL in `why`, as complain().  False, always. */
bool state_fail(struct out *why, ...);

/* "WHAT PATH: the errno's text", in the same way. */
bool state_fail_on(struct out *why, const char *what, const char *path,
		   int err);

/*
 * May this user keep `file` (absolute) where it is?  What root made in a
 * user's home, the user could never change again.  False: `why` says the
 * reason.
 */
bool state_check(const char *file, struct out *why);

/*
 * Make its directory, 0700, where only this user may write, and take the lock
 * that keeps two writers apart: on the file FILE.lock, which stays.
 *
 * A descriptor that holds the lock until it is closed, at the latest when the
 * process ends, however that ends; or -1, and `why` says the reason.  One who
 * does not `wait` fails where another has it.
 */
int state_lock(const char *file, bool wait, struct out *why);

/*
 * Put `text` in the place of `file`, 0600, or change nothing: the file is the
 * old one or the new one, whole.  `durable`: it waits for the disk, so that
 * this holds when the power fails, too.  False: `why` says the reason.
 */
bool state_replace(const char *file, const struct out *text, bool durable,
		   struct out *why);

/*
 * A path for a line of such a file: bytes that may not go to a terminal, and
 * backslashes, are `\ooo`.  record_decode() reads it.
 */
void state_out_path(struct out *out, const char *path);

#endif
