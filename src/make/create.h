/*
 * Making an environment, or making one anew in its place.
 */
#ifndef CREATE_H
#define CREATE_H

#include "base.h"
#include "image.h"
#include "tree.h"

/* The options of `python -m venv`, and ours. */
struct plan {
	const struct cache *cache;
	const struct base *base;
	bool system_site, copies, clear, upgrade, with_pip, upgrade_deps;
	bool anew;			/* as clear, by recreate */
	bool scm_ignore;		/* .gitignore and CACHEDIR.TAG */
	bool force;			/* also clear what is no environment */
	const char *prompt;		/* NULL: the directory's name */
	enum link_mode mode;		/* what was possible, afterwards */
	image_progress *progress;
	/*
	 * Called once the environment is there, and before what it takes the
	 * place of is given up: false, and that comes back.
	 */
	bool (*complete)(void *context, const struct plan *plan,
			 const char *path, struct out *why);
	void *context;
};

/*
 * The absolute path of the environment that `word` names in the working
 * directory, in ret (PATH_MAX bytes).  False: there can be none, `why` is
 * the reason.
 */
bool create_path(const char *word, char *ret, struct out *why);

/*
 * May an environment be made at `path`, as far as can be told before the
 * first file is?  False: `why`.
 */
bool create_check(const struct plan *plan, const char *path,
		  struct out *why);

/*
 * Make it.  False: nothing has changed, `why` says the reason.
 */
bool create_env(struct plan *plan, const char *path, struct out *why);

/* The absolute path of its Python, in ret (PATH_MAX bytes). */
void create_python(const struct plan *plan, const char *path, char *ret);

#endif
