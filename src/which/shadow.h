/*
 * Programs in an environment's bin that everybody types and that no Python
 * package is known to bring: once it is active, `ls` would be that one.
 */
#ifndef SHADOW_H
#define SHADOW_H

#include <stdbool.h>

#include "env.h"
#include "out.h"

/*
 * Add "its bin has programs called ls and git" to `out`, with at most three
 * of the names.  False, and nothing is added: it has none.
 */
bool shadow_tell(const struct env *env, struct out *out);

#endif
