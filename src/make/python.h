/*
 * Which Python does `-p` mean?  A path, a command of PATH, or a version.
 */
#ifndef PYTHON_H
#define PYTHON_H

#include "base.h"
#include "which/settings.h"

/* Where the user stands, for the environment that is nearest. */
struct stand {
	const struct settings *set;
	const char *pwd;	/* as in walk_up() */
};

/*
 * The base interpreter that `word` means, in *ret:
 *
 *	a path			that program, or the one in that directory
 *	3, 3.11, 3.11.7		the newest such: pythonX.Y, python3 and python
 *				of PATH, what pyenv and uv have installed, the
 *				Python of the nearest environment
 *	python3.11		the same, where it is no command of PATH
 *	another word		a command of PATH, or the name of a version of
 *				pyenv's; never a file of the working directory
 *	NULL			python3 or python of PATH
 *
 * Directories of PATH that are not absolute are passed over.
 * A shim of pyenv's is passed by: it asks bash for what two files say.  What
 * runs is what the user named, never what a project did.  False: `why`.
 */
bool python_find(const struct cache *cache, const struct stand *stand,
		 const char *word, struct base *ret, struct out *why);

/* The path of what NULL means there, in ret (PATH_MAX bytes). */
bool python_default(char *ret, struct out *why);

#endif
