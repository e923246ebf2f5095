/*
 * pip in an environment that is there: which one it has, and running it.
 */
#ifndef PIP_H
#define PIP_H

#include "plan.h"

enum pip {
	PIP_ABSENT,	/* or not complete */
	PIP_OLDER,	/* than the base's */
	PIP_CURRENT,	/* or newer */
};

/* What pip is in the tree, beside that of the image? */
enum pip pip_state(const struct tree *tree, const struct base *base,
		   const struct image *image);

/* Let the base's pip take the place of the older one. */
bool pip_renew(struct tree *tree, const struct plan *plan,
	       const struct image *image);

/*
 * Run pip with the arguments `args`, by PYTHON.  The settings are the user's
 * and those of the environment `env`, whose Python that need not be; none is
 * obeyed that would put things elsewhere, put other ones there, or put none.
 * `env` NULL: with no settings at all, for what is here already.  What it says
 * goes to stderr.  `pip` is a directory that pip is in, or NULL for the one
 * that PYTHON has itself.  `args` ends with NULL and has at most PIP_ARGS
 * others.  False: `why`.
 */
#define PIP_ARGS 24
bool pip_run(const char *python, const char *pip, const char *env,
	     const char *const *args, struct out *why);

/* The pip of the image, for pip_run(), in ret (PATH_MAX bytes). */
bool pip_of_image(const struct image *image, char *ret, struct out *why);

#endif
