/*
 * What is going to be removed: an environment that was looked at, and that is
 * still the same one when it goes.
 */
#ifndef TARGET_H
#define TARGET_H

#include <sys/stat.h>

#include "command.h"
#include "which/env.h"

struct target {
	char *path;
	dev_t dev;
	ino_t ino;
	char version[VERSION_SIZE];
	bool unfinished;
	bool force;	/* and whatever is no part of an environment */
	char *strays;	/* which is this, where there is any; else NULL */
};

bool target_is(const struct target *target, const struct stat *st);

/*
 * May the directory `path`, open at `place`, be removed?  If so, it is in
 * *ret, but for its version; ret->force is set already.  If not, a line says
 * why, and that is the end.
 */
void target_check(const struct command *self, const char *path, int place,
		  struct target *ret);

/* Remove it.  False: a line says why not. */
bool target_remove(const struct command *self, const struct target *target,
		   bool quiet);

#endif
