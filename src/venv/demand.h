/*
 * The environment that a command works on, or the end of the command: what
 * is not there, may not be used or does not work is said in one line, with
 * the exit status that belongs to it (1, 3, 4; 5 where it cannot be told).
 */
#ifndef DEMAND_H
#define DEMAND_H

#include "command.h"
#include "which/env.h"

/*
 * The environment for `self` in *ret, usable: what `word` means (the path
 * of an environment, a project that holds one, or a name in the container
 * directory), or with NULL the nearest one.
 */
void demand_env(const struct command *self, const char *word,
		struct env *ret);

/* The same, usable or not. */
void demand_found(const struct command *self, const char *word,
		  struct env *ret);

/* The end, for it is blocked or broken. */
_Noreturn void demand_fail(const struct command *self, const struct env *env);

/* The end, for `word` means nothing. */
_Noreturn void demand_none(const struct command *self, const char *word);

/* What `word` means in *ret, usable or not.  False: nothing. */
bool demand_maybe(const char *word, struct env *ret);

/* The nearest environment in *ret, usable or not.  False: there is none. */
bool demand_nearest(const struct command *self, struct env *ret);

/*
 * Would the rules of trust block the open environment?  Then `why` (or NULL)
 * says it.  A broken one is judged as if it worked: for those who believe
 * what stands in it.
 */
bool demand_is_strange(const struct env *env, struct out *why);

#endif
