/*
 * A base interpreter that was replaced in place: an environment of 3.10 whose
 * bin/python leads, by way of /usr/bin/python3, to 3.11 finds no package.
 */
#ifndef DRIFT_H
#define DRIFT_H

#include <stdbool.h>

#define DRIFT_SIZE 16

/*
 * Is that so for the environment that is open at fd, and was made for Python
 * `version`?  In ret_was and ret_is (DRIFT_SIZE bytes) the two, as "3.10".
 * Nothing is run: where bin/python ends says its version by its name, and
 * lib has a directory for the one and none for the other.
 */
bool drift_find(int fd, const char *version, char *ret_was, char *ret_is);

#endif
