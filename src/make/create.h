/*
 * Making an environment, or making one anew in its place.
 */
#ifndef CREATE_H
#define CREATE_H

#include "plan.h"

/*
 * Make it.  False: nothing has changed, `why` says the reason.
 */
bool create_env(struct plan *plan, const char *path, struct out *why);

#endif
