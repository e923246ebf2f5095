/*
 * Environments as commands want them: found, read and judged.  Joins the
 * walk, which knows no trust, to the trust, which knows no walk.
 */
#ifndef FIND_H
#define FIND_H

#include "walk.h"

/* walk_up(), walk_here() and walk_active() of walk.h, and trust_judge(). */
int find_nearest(const struct settings *set, const char *pwd,
		 const struct visitor *visitor, struct env *ret);
int find_here(const struct settings *set, const char *dir, struct env *ret);
int find_active(const struct settings *set, struct env *ret);

/*
 * What `word` names for somebody in the directory `dir` (redirect_open()),
 * judged.  1, 0, or the negative errno of a shortage.
 */
int find_named(const struct settings *set, const char *dir, const char *word,
	       struct env *ret);

#endif
