/*
 * Which Pythons are installed, as far as their names tell: nothing is run.
 */
#ifndef INSTALLED_H
#define INSTALLED_H

#include <stddef.h>

#include "pep440.h"
#include "which/compat.h"

struct installed {
	struct version version;	/* of a command of PATH, of two numbers */
	bool preview;		/* an alpha, a beta, a release candidate */
	bool command;		/* of PATH */
	size_t nth;		/* in the order in which it was found */
	char path[PATH_MAX];
};

/*
 * All of them in ret (room for `cap`), the newest first, and previews last: the
 * commands pythonX.Y in PATH, and what pyenv and uv have.  Of the same minor
 * version that in PATH comes first.  How many.
 */
size_t installed_list(struct installed *ret, size_t cap);

#endif
