/*
 * May an environment be made at a path, and may what is there stay in it, or
 * be cleared away for it?  Whoever makes one asks first.
 */
#ifndef PERMIT_H
#define PERMIT_H

#include "aside.h"
#include "plan.h"

/*
 * The absolute path of the environment that `word` names in the working
 * directory, in ret (PATH_MAX bytes).  False: there can be none, `why` is
 * the reason.
 */
bool permit_path(const char *word, char *ret, struct out *why);

/*
 * May an environment be made at `path`, as far as can be told before the
 * first file is?  False: `why`.
 */
bool permit_check(const struct plan *plan, const char *path,
		  struct out *why);

/* Is there room for the names of its files?  `image` may be NULL. */
bool permit_length(const struct plan *plan, const char *path,
		   const struct image *image, struct out *why);

/*
 * May what is in the directory `path`, open at fd, stay there or be taken
 * away for it, as the plan has it?  To be asked once more when the directory
 * is locked.  What goes is in *ret_goes, where the plan clears it.
 */
bool permit_stay(const struct plan *plan, int fd, const char *path,
		 enum aside *ret_goes, struct out *why);

#endif
