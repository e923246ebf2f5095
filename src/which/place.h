/*
 * Where was an environment made?  Its creator wrote the place into it, since
 * environments cannot be moved.  One that came with an archive or a clone
 * names another place, and so does one that was moved or copied.
 */
#ifndef PLACE_H
#define PLACE_H

#include <stdbool.h>

#include "env.h"

enum place {
	PLACE_HERE,
	PLACE_ELSEWHERE,
	PLACE_UNKNOWN,	/* nothing in it tells */
};

struct origin {
	const char *file;	/* what says so, below the environment */
	int err;		/* of PLACE_UNKNOWN: a shortage, or 0 */
	/* Where it was made, as it was written; until a file is read again. */
	const char *place;
};

/*
 * The first of these that tells:  bin/activate (CPython's venv, virtualenv,
 * uv, and what uses them), the key `command` of pyvenv.cfg (CPython 3.11 and
 * later), the first line of bin/pip and bin/pip3.  Another name of the same
 * directory (device and inode) is here, if nobody else could have made it
 * one; see secure_path().
 *
 * The caller knows that nobody else may write to the environment.  In *ret
 * what is known, except for PLACE_UNKNOWN.
 */
enum place place_of(const struct env *env, struct origin *ret);

/*
 * The absolute path that the text of a bin/activate gives to VIRTUAL_ENV, in
 * ret (PATH_MAX bytes): as a shell reads it; or, `bare`, what stands between
 * its quotes, where older tools put any path as it was.  False: there is
 * none, as in uv's `--relocatable`.
 */
bool place_in_activate(const char *text, bool bare, char *ret);

/*
 * The environment whose interpreter the script `text` names, in its first
 * line or, where that would be too long for a kernel, behind `exec` in its
 * second one; in ret (PATH_MAX bytes).  False: it names none.
 */
bool place_in_script(const char *text, char *ret);

#endif
