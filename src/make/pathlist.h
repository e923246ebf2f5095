/*
 * The directories that PATH lists.
 */
#ifndef PATHLIST_H
#define PATHLIST_H

#include <stdbool.h>

/*
 * The next absolute directory of *list, as getenv("PATH") gives it, in ret
 * (PATH_MAX bytes); *list is put behind it.  False: there is none.  An entry
 * that is not absolute, or empty, is wherever one stands; there a project
 * would choose the program, and so it is passed over.
 */
bool pathlist_next(const char **list, char *ret);

/* The program `command` in one of them, in ret (PATH_MAX bytes). */
bool pathlist_find(const char *command, char *ret);

#endif
