/*
 * Finding an environment, and judging what was found.
 */
#include "find.h"

#include "redirect.h"
#include "trust.h"

/* The answer `found` of a walk, once what it found is judged. */
static int judged(const struct settings *set, struct env *env, int found)
{
	int err = found > 0 ? trust_judge(set, env) : 0;

	if (!err)
		return found;
	env_close(env);
	return err;
}

int find_nearest(const struct settings *set, const char *pwd,
		 const struct visitor *visitor, struct env *ret)
{
	return judged(set, ret, walk_up(set, pwd, visitor, ret));
}

int find_here(const struct settings *set, const char *dir, struct env *ret)
{
	return judged(set, ret, walk_here(set, dir, ret));
}

int find_active(const struct settings *set, struct env *ret)
{
	return judged(set, ret, walk_active(ret));
}

int find_named(const struct settings *set, const char *dir, const char *word,
	       struct env *ret)
{
	if (redirect_open(ret, dir, word))
		return 0;
	ret->found = FOUND_NAMED;
	env_read(ret);
	return judged(set, ret, 1);
}
