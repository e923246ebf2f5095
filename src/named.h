/*
 * The named environments: what stands in the container directory; and what to
 * call those that have no name.
 */
#ifndef NAMED_H
#define NAMED_H

#include "env.h"

/*
 * Call `visit` with the path of everything that is in the container
 * directory, in the order of the names: what may be an environment.  0, also
 * where there is no such directory, or the negative errno of one that cannot
 * be read, whose path is in ret (PATH_MAX bytes).
 */
int named_each(void (*visit)(void *context, const char *path), void *context,
	       char *ret);

/* The name of a redirect that leads nowhere is its project's. */
void named_call(struct env *env);

#endif
