/*
 * Does an environment still fit its project, for the commands that show it?
 * The rule is requires_fits().
 */
#ifndef FIT_H
#define FIT_H

#include <stdbool.h>

#include "which/env.h"
#include "which/out.h"

/*
 * Is its Python for what its project demands?  If not, the demand is added to
 * `out`, as "requires-python >=3.12".
 */
bool fit_check(const struct env *env, struct out *out);

/* The member `misfit` of an object: the demand, or null. */
void fit_json(struct out *out, const struct env *env);

/* What is said of one that does not fit: its Python, and the demand. */
void fit_say(struct out *out, const struct env *env, const char *demand);

#endif
