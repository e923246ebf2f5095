/*
 * The named environments: what stands in the container directory; and what to
 * call those that have no name.
 */
#ifndef NAMED_H
#define NAMED_H

#include "which/env.h"

/*
 * Call `visit` with each of them in the order of their names, judged; also
 * with what a creation that was killed has left there, which is broken by
 * the rule `unfinished`.  They are closed afterwards.
 *
 * 0, also where there is no such directory, or the negative errno of reading
 * it; its path in ret_container (PATH_MAX bytes), "" where nobody knows it.
 */
int named_each(void (*visit)(void *context, struct env *env), void *context,
	       char *ret_container);

/* The name of a redirect that leads nowhere is its project's. */
void named_call(struct env *env);

#endif
