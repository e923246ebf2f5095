/*
 * What kind of environment is to be made, and from what: the plan that all
 * who make a part of it are handed.
 */
#ifndef PLAN_H
#define PLAN_H

#include "base.h"
#include "image.h"
#include "tree.h"

/* The options of `python -m venv`, and ours. */
struct plan {
	const struct cache *cache;
	const struct base *base;
	bool system_site, copies, clear, upgrade, with_pip, upgrade_deps;
	bool anew;			/* as clear, by recreate */
	bool hooks;			/* and the user's hooks stay */
	bool scm_ignore;		/* .gitignore and CACHEDIR.TAG */
	bool force;			/* also clear what is no environment */
	const char *prompt;		/* NULL: the directory's name */
	enum link_mode mode;		/* what was possible, afterwards */
	bool kept;			/* afterwards: one was there, and is */
	bool lost;			/* it failed, and what was there is
					 * aside, for it could not come back */
	image_progress *progress;
	/*
	 * Called once the environment is there, and before what it takes the
	 * place of is given up: false, and that comes back.
	 */
	bool (*complete)(void *context, const struct plan *plan,
			 const char *path, struct out *why);
	void *context;
	/*
	 * Is what the directory `path`, open at fd, has of an environment the
	 * user's own?  Asked once it is locked, and before anything in it is
	 * kept, or run.  False: `why` is a clause that says why not.
	 */
	bool (*vouch)(int fd, const char *path, struct out *why);
};

/* The absolute path of the Python of the environment `path`, in ret
 * (PATH_MAX bytes); "" where that is too long. */
void plan_python(const struct plan *plan, const char *path, char *ret);

#endif
