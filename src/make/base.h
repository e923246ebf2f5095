/*
 * A base interpreter, as it describes itself.  It is asked once (facts.py)
 * and its answer kept in the cache, until one of the files changes that the
 * answer depends on: the program, its standard library, its bundled wheels.
 */
#ifndef BASE_H
#define BASE_H

#include "cache.h"

#define BASE_WHEELS 4
#define BASE_PARTS 64

/* A directory or link of each of its environments. */
struct part {
	const char *rel;	/* below the environment */
	const char *target;	/* of the link; NULL: it is a directory */
};

/* All strings live as long as the struct does. */
struct base {
	const char *exe;	/* absolute; what environments link to */
	const char *real;	/* without links */
	const char *version;	/* "3.11.2" */
	const char *implementation;	/* "CPython" */
	const char *deps;	/* what --upgrade-deps upgrades: "pip" */
	const char *site;	/* "lib/python3.11/site-packages" */
	/* Of pip, and of setuptools where it belongs to it; NULL ends them,
	 * and image, a name for what is made of them, is NULL without any. */
	const char *wheels[BASE_WHEELS + 1];
	const char *image;
	struct part parts[BASE_PARTS + 1];	/* each behind what it is in */

	char text[64 * 1024];
};

/*
 * Ask the Python `path` (absolute) for the base interpreter that it is, or
 * that the environment around it was made of.  False: `why` is a clause
 * that says why it cannot be one.
 */
bool base_ask(const struct cache *cache, const char *path, struct base *ret,
	      struct out *why);

#endif
