/*
 * Choosing an environment: the project's, those that were used last, the
 * named ones and those that tools keep, in this order, each once.
 */
#ifndef CHOOSE_H
#define CHOOSE_H

#include "command.h"
#include "which/env.h"

/*
 * The environment for `self` in *ret, usable: of those whose name or path has
 * the words `words` in it the one that the user picks; where that is the
 * project's alone, or the words mean one alone, nobody is asked.
 * Otherwise this is the end of the command, as for demand_env(); or silent,
 * with status 1 or 130, where the user leaves it at that.
 */
void choose(const struct command *self, const char *words, struct env *ret);

/*
 * Of those that tools keep elsewhere for the project `dir` (absolute), the one
 * that there is, or that the user picks, in *ret, usable or not.  False: there
 * is none.  The end of the command is as above.
 */
bool choose_kept(const struct command *self, const char *dir,
		 struct env *ret);

#endif
