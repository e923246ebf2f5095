/*
 * The environments that tools keep elsewhere: those of a project, for
 * `venv link`; and all of them, for lists.
 */
#ifndef ELSEWHERE_H
#define ELSEWHERE_H

#include "which/env.h"

/*
 * Call `visit` with each environment that a tool keeps for the project `dir`
 * (absolute), the tool's own choice first; then with the named ones that say
 * that it is their project.  Judged, with ->tool; closed afterwards.  One may
 * be told twice.
 */
void elsewhere_of(const char *dir,
		  void (*visit)(void *context, struct env *env),
		  void *context);

/* The same with all that tools keep, for whichever project. */
void elsewhere_each(void (*visit)(void *context, struct env *env),
		    void *context);

#endif
