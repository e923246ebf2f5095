/*
 * What a directory has of an environment, be it finished or not.
 */
#ifndef PARTS_H
#define PARTS_H

#include <stdbool.h>

/*
 * Is anything in the directory that is open at fd what an environment would
 * consist of, or have pip do?  Marks such as .gitignore are nothing.
 */
bool parts_any(int fd);

/*
 * Are programs, packages or settings among it?  They would run, or choose
 * what runs.
 */
bool parts_code(int fd);

#endif
