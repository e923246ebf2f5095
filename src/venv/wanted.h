/*
 * Which Python a project says that it wants: .python-version, and what
 * pyproject.toml has for requires-python.  Both are a stranger's text, and
 * choose nothing here; whoever makes an environment of another version hears
 * of it.
 */
#ifndef WANTED_H
#define WANTED_H

#include <stdbool.h>

#include "which/out.h"

#define WANTED_SIZE 128

/*
 * Is `version` ("3.11.2") not what `dir`/.python-version names?  Then that is
 * in ret (WANTED_SIZE bytes).  What is no version says nothing.
 */
bool wanted_pin(const char *dir, const char *version, char *ret);

/* The same of requires-python of the table [project] in pyproject.toml. */
bool wanted_range(const char *dir, const char *version, char *ret);

#endif
