/*
 * What `venv create` and `venv recreate` share as commands: the cache that
 * they work with, how they fail, and what they do with what they have made.
 */
#ifndef MADE_H
#define MADE_H

#include "command.h"
#include "make/base.h"
#include "make/requires.h"

/*
 * From now on nobody else may write what is made, by pip and other programs as
 * well, whatever the user's umask lets them.
 */
void made_alone(void);

/*
 * The cache, open.  A line says why where it is done without; where there is
 * no place at all the command ends.
 */
void made_cache(const struct command *self, struct cache *ret);

/* The end, with status 1, or by the signal that interrupted it. */
_Noreturn void made_fail(const struct command *self, struct cache *cache,
			 const char *why);

/*
 * Record that it was made here.  Where that cannot be written, a line says
 * so: by the rules it is one that was made here nonetheless.
 */
void made_record(const struct command *self, const char *path);

/* What chose the Python of an environment, and the Python. */
struct made {
	struct base base;
	struct requires requires;	/* of its project */
	char because[320];		/* what was followed of that, or "" */
};

/*
 * The base interpreter that `word` means, or with NULL the one that the
 * project demands, which made->requires says; or the end.  A line says what of
 * that could not be read; and, unless it is to be quiet, another one where the
 * interpreter is not for requires-python all the same.  Whoever says `word`
 * takes the place of .python-version, as whoever says PYENV_VERSION.
 */
void made_find(const struct command *self, struct cache *cache,
	       const char *word, bool quiet, struct made *made);

/*
 * Where an environment is at `path` already, and stays, its packages are those
 * of its version: of another one none would be found.  Then made->base becomes
 * one of that version, if there is one; or it is the end, where the project
 * demands another version by now.
 */
void made_stay(const struct command *self, struct cache *cache,
	       const char *path, struct made *made);

/* "WORD PATH (CPython 3.11.2, for requires-python >=3.11, 2 packages)" */
void made_tell(const char *word, const char *path, const struct made *made,
	       int packages);

#endif
