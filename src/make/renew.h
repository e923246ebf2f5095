/*
 * Making an environment anew in its place: the options of the old one, and
 * its packages by pip.
 */
#ifndef RENEW_H
#define RENEW_H

#include "freeze.h"
#include "plan.h"
#include "which/env.h"

struct renew {
	const struct freeze *freeze;	/* what to install */
	image_progress *progress;
	bool (*vouch)(int fd, const char *path, struct out *why);
	bool strange;			/* it may come from somebody else */
	bool quiet;
};

/*
 * Whatever can fail far away comes first: the wheels of what the index has
 * are fetched and built before the old environment is touched.  False: it is
 * as it was, `why` says the reason.
 */
bool renew_env(struct renew *renew, const struct cache *cache,
	       const struct base *base, const struct env *old,
	       struct out *why);

#endif
