/*
 * Where pyenv, uv, mise and asdf have installed interpreters, by their
 * documented rules and without running them.
 */
#ifndef PYENV_H
#define PYENV_H

#include <stdbool.h>

/*
 * Is the program `path` a shim of pyenv's?  Then the Python behind it is in
 * ret (PATH_MAX bytes): of the version that $PYENV_VERSION, the nearest
 * .python-version or pyenv's own file `version` chooses.  "": the system's.
 */
bool pyenv_behind(const char *path, char *ret);

/* The program `command` of pyenv's version `name`, in ret.  False: none. */
bool pyenv_version(const char *name, const char *command, char *ret);

/*
 * Call `visit` for each interpreter of pyenv's, and then of uv's, mise's and
 * asdf's, whose directory's name fits the version ("3.11", "3.11.7", or "":
 * each), the newest of each tool's first, until one returns true; that is the
 * result.
 */
bool pyenv_each(const char *version,
		bool (*visit)(void *context, const char *python),
		void *context);

#endif
