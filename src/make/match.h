/*
 * Of the Pythons that are installed, the one that a project demands.
 */
#ifndef MATCH_H
#define MATCH_H

#include "python.h"
#include "requires.h"

/*
 * The base interpreter for what `requires` says, in *ret.
 *
 * The words of .python-version are tried in their order, each as pyenv has it:
 * a version is what it means to python_find(), a name one of pyenv's
 * directories, and `system` what is in PATH.  A project chooses none of the
 * user's commands by its name.
 *
 * Else, of the version specifiers: the default one, if it fits.  It is what
 * the user has put first, and what any other tool would take.  If not, the
 * newest that fits of the commands pythonX.Y in PATH and what pyenv and uv
 * have; a preview only where there is no other.  By their names it is known
 * which could fit, and only these are run, until one does.
 *
 * Else, the default.  In `because` what was followed, as "requires-python
 * >=3.12", or "".  False: none fits, and `why` says what there is, and how
 * one is had.
 */
bool match_find(const struct cache *cache, const struct stand *stand,
		const struct requires *requires, struct base *ret,
		struct out *because, struct out *why);

#endif
