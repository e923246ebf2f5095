/*
 * What a plan says of the environment that it is about.
 */
#include "plan.h"

#include "which/path.h"

void plan_python(const struct plan *plan, const char *path, char *ret)
{
	if (path_join(ret, path, "bin") ||
	    path_join(ret, ret, path_base(plan->base->exe)))
		*ret = '\0';
}
