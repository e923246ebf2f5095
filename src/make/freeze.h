/*
 * What is installed in an environment, as requirements of pip's.  It is read
 * from the metadata; nothing of the environment is run.
 */
#ifndef FREEZE_H
#define FREEZE_H

#include "base.h"

struct freeze {
	char index[256 * 1024];		/* "name==version" lines */
	char elsewhere[64 * 1024];	/* direct URLs and editable projects */
	char names[128 * 1024];		/* of both, as in PEP 503, in lines */
	char lost[4096];		/* names, with ", " between them */
	int count, elsewhere_count;
};

/*
 * Of the environment `path`, which was made for Python `version` ("" where
 * that is not known), read by the interpreter `base`; or FREEZE_ALL, with what
 * comes with an environment.  False: `why`.
 */
#define FREEZE_ALL "*"
bool freeze_take(const struct base *base, const char *path,
		 const char *version, struct freeze *ret, struct out *why);

/*
 * A name of `promised` that is not in `now`, in ret (FREEZE_NAME_MAX bytes).
 * False: all are there.
 */
#define FREEZE_NAME_MAX 256
bool freeze_lacks(const struct freeze *promised, const struct freeze *now,
		  char *ret);

#endif
