/*
 * What `venv create` and `venv recreate` share as commands: the cache that
 * they work with, how they fail, and what they do with what they have made.
 */
#ifndef MADE_H
#define MADE_H

#include "command.h"
#include "make/base.h"

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

/*
 * Say so where `project`, a directory, wants another Python than the one that
 * `path` was made of; one that was `chosen` was so against .python-version.
 */
void made_warn(const struct command *self, const char *path,
	       const char *project, const struct base *base, bool chosen);

/* "WORD PATH (CPython 3.11.2, 2 packages)" */
void made_tell(const char *word, const char *path, const struct base *base,
	       int packages);

#endif
