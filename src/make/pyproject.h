/*
 * One string of a TOML file (toml.io, 1.0), as pyproject.toml is one.  Tables,
 * keys and values are told from each other as the grammar has it, so that no
 * text in another value is taken for a key; what the other values are is not
 * looked at.
 */
#ifndef PYPROJECT_H
#define PYPROJECT_H

#include <stddef.h>

/*
 * The string at `path` ("project.requires-python") in the text, into ret (cap
 * bytes).  1: it is there; 0: it is not; -EINVAL: up to there the text is not
 * understood, or what is there is no string in a line, or one with escapes
 * other than \" and \\; -EFBIG: it does not fit.
 */
int pyproject_string(const char *text, const char *path,
		     char *ret, size_t cap);

#endif
