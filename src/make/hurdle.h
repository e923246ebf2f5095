/*
 * Why something cannot be changed or removed, in words: most often somebody
 * else owns it, which "Permission denied" does not say.
 */
#ifndef HURDLE_H
#define HURDLE_H

#include "which/compat.h"
#include "which/out.h"

/* The user's name; "uid 4711" where there is none such. */
void hurdle_user(struct out *out, uid_t uid);

/*
 * The clause for the errno `err` (negative) of what was tried at `path`
 * (absolute): "PATH belongs to root" for the first that is another's, of it
 * and the directories above it, or what the user may not do there; else
 * "PATH: " and what the errno says.  What the sentence has named already,
 * `said` (or NULL), is "it", or not repeated.
 */
void hurdle_tell(struct out *out, const char *path, const char *said,
		 int err);

#endif
