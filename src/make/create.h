/*
 * Making an environment, or making one anew in its place.
 */
#ifndef CREATE_H
#define CREATE_H

#include "plan.h"

/*
 * The absolute path of the environment that `word` names in the working
 * directory, in ret (PATH_MAX bytes).  False: there can be none, `why` is
 * the reason.
 */
bool create_path(const char *word, char *ret, struct out *why);

/*
 * May an environment be made at `path`, as far as can be told before the
 * first file is?  False: `why`.
 */
bool create_check(const struct plan *plan, const char *path,
		  struct out *why);

/*
 * Make it.  False: nothing has changed, `why` says the reason.
 */
bool create_env(struct plan *plan, const char *path, struct out *why);

#endif
