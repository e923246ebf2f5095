/*
 * Finding an environment, and judging what was found.
 */
#include "find.h"

#include "redirect.h"
#include "trust.h"

int find_nearest(const struct settings *set, const char *pwd,
		 const struct visitor *visitor, struct env *ret)
{
	int found = walk_up(set, pwd, visitor, ret);

	if (found > 0)
		trust_judge(set, ret);
	return found;
}

int find_here(const struct settings *set, const char *dir, struct env *ret)
{
	int found = walk_here(set, dir, ret);

	if (found > 0)
		trust_judge(set, ret);
	return found;
}

int find_active(const struct settings *set, struct env *ret)
{
	int found = walk_active(ret);

	if (found > 0)
		trust_judge(set, ret);
	return found;
}

int find_named(const struct settings *set, const char *dir, const char *word,
	       struct env *ret)
{
	if (redirect_open(ret, dir, word))
		return 0;
	ret->found = FOUND_NAMED;
	env_read(ret);
	trust_judge(set, ret);
	return 1;
}
