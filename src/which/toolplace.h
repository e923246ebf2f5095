/*
 * Where tools keep the environments of all projects, by their settings; and
 * whether they are in use here at all.
 */
#ifndef TOOLPLACE_H
#define TOOLPLACE_H

#include <stdbool.h>

#include "settings.h"

/*
 * Those of `tools` (a bit each, 1 << TOOL_X) that are in use on this machine,
 * which takes one look each at most.
 */
unsigned toolplace_present(unsigned tools);

/*
 * The directory where the tool has them all, in ret (PATH_MAX bytes); for
 * hatch that of the project `dir`, or with NULL only one that others share.
 * False: there is no such one.
 */
bool toolplace_container(enum tool tool, const char *dir, char *ret);

/*
 * The text of the file dir/name as far as there is room, "" where there is
 * none.  It holds until this, or any of the above, is called again.
 */
char *toolplace_text(const char *dir, const char *name);

/* The path as a setting has it: absolute, or `~/`.  False: neither. */
bool toolplace_expand(char *ret, const char *path);

#endif
