/*
 * Writing a redirect: the file `.venv` that leads from a project to an
 * environment elsewhere; redirect.h says what stands in it.
 */
#ifndef RELINK_H
#define RELINK_H

#include <stdbool.h>

#include "which/env.h"
#include "which/out.h"

/* What a project's redirect is called. */
#define RELINK_NAME ".venv"

/* Where virtualenvwrapper keeps the project of a named environment. */
#define RELINK_PROJECT ".project"

/*
 * Have the directory `dir` lead to the environment `target`, both absolute.
 * The file is written whole or not at all, and takes the place of nothing but
 * a redirect.  Below `dir` the path is a relative one, so that both can be
 * moved together.
 *
 * An environment in the container directory is also told its project, by the
 * file RELINK_PROJECT in it; where that fails, no word is lost about it.
 *
 * False: `why` says the reason.
 */
bool relink(const char *dir, const char *target, struct out *why);

/* Would it?  Nothing is written. */
bool relink_check(const char *dir, const char *target, struct out *why);

/*
 * The project that the open environment says it belongs to, in ret (PATH_MAX
 * bytes): an absolute path, which may be anything.  False: it says nothing.
 */
bool relink_project(const struct env *env, char *ret);

/* Does the redirect in the directory `dir` lead to that environment? */
bool relink_leads(const char *dir, const struct env *env);

#endif
