/*
 * What an environment is called: as its pyvenv.cfg says, or after the project
 * where its directory has a name that says nothing, or after that.
 */
#ifndef NAME_H
#define NAME_H

#include "cfg.h"

#define NAME_CHARS 64			/* the longest name, in characters */
#define NAME_SIZE (NAME_CHARS * 4 + 1)

/*
 * The name, safe for a terminal, in ret (NAME_SIZE bytes), of the environment
 * at `path`, whose pyvenv.cfg says `prompt`, if it does; `place` is what stands
 * in the project: itself, or the file that leads to it.
 */
void name_find(const struct cfg_value *prompt, const char *path,
	       const char *place, char *ret);

#endif
