/*
 * A git work tree inside of the checkout that it was made from: what the walk
 * finds above it is another branch's.
 */
#ifndef WORKTREE_H
#define WORKTREE_H

#include <stdbool.h>

#include "env.h"

/* Has the repository of its project work trees at all?  That is one look. */
bool worktree_any(const struct env *env);

/*
 * Is the working directory ($PWD is pwd, or NULL) in a work tree that git made
 * below the project of `env`, which is the main checkout?  Then the work tree
 * is in ret (PATH_MAX bytes), and has no environment of its own, or `env` would
 * not have been found.
 */
bool worktree_find(const struct env *env, const char *pwd, char *ret);

/*
 * The directory that as a ceiling keeps the work tree `dir` by itself, in
 * ret (PATH_MAX bytes).  False: none does, without cutting off the rest of the
 * checkout, the project of `env`.
 */
bool worktree_ceiling(const struct env *env, const char *dir, char *ret);

#endif
