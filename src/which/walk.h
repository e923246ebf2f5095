/*
 * Which environment belongs to a directory?  The walk upwards: the only
 * place that knows where to look and in which order.
 */
#ifndef WALK_H
#define WALK_H

#include "env.h"
#include "settings.h"

/* What the walk saw at a path. */
enum seen {
	SEEN_ABSENT,	/* nothing, or a link that leads nowhere */
	SEEN_NO_CFG,	/* a directory without pyvenv.cfg */
	SEEN_ODD_CFG,	/* a directory whose pyvenv.cfg is no regular file */
	SEEN_NO_DIR,	/* neither a directory nor a redirect */
	SEEN_DENIED,	/* no permission to tell */
	SEEN_FAILED,	/* another error */
	SEEN_TOO_LONG,	/* a path longer than PATH_MAX */
	SEEN_CEILING,	/* a ceiling: the walk ends below it */
	SEEN_PHYSICAL,	/* the walk begins again, at the physical path */
	SEEN_REDIRECT,	/* a redirect file: the walk ends here */
	SEEN_ENV,	/* an environment: the walk ends here */
};

/*
 * Is told of each path the walk looks at, in order.  `near` is the path as
 * the kernel was given it: relative to the working directory where that is
 * shorter, and then it begins with "./" or "../".
 */
struct visitor {
	void (*visit)(void *context, enum seen seen, const char *path,
		      const char *near);
	void *context;
};

/*
 * Find the environment nearest to the working directory: from its logical
 * path upward (pwd: see path_working_dir) and, where that finds nothing and
 * the physical path differs, from that.  In each directory: the directory
 * itself, if it is one; then the names of `set` in their order.  `visitor`
 * may be NULL.
 *
 * 1: found, *ret is read (env_read) and wants env_close(); 0: there is
 * none; or a negative errno: the working directory cannot be told
 * (path_working_dir), or there is a shortage (env_is_shortage).
 */
int walk_up(const struct settings *set, const char *pwd,
	    const struct visitor *visitor, struct env *ret);

/* The same in the one directory `dir` (absolute). */
int walk_here(const struct settings *set, const char *dir, struct env *ret);

/*
 * The environment that $VIRTUAL_ENV names.  1: *ret is read; if there is no
 * environment it is broken, by the rule `active-gone`.  0: it is not set.
 * Or a shortage.
 */
int walk_active(struct env *ret);

#endif
