/*
 * The cache: $XDG_CACHE_HOME/venv-which or ~/.cache/venv-which, what `venv
 * create` may make anew at any time.  Its programs are linked into
 * environments, so nobody but the user may be able to write to it.
 */
#ifndef CACHE_H
#define CACHE_H

#include "which/compat.h"
#include "which/out.h"

/* Of what is in it; another version makes its own beside it. */
#define CACHE_FORMAT "1"

struct cache {
	int fd;			/* its directory */
	bool passing;		/* removed when this program ends */
	char path[PATH_MAX];
};

/*
 * Open the cache, and make it where it is not there.  One that cannot be
 * used is left alone, `why` says the reason, and a directory in $TMPDIR
 * takes its place until cache_close().  False: there is none at all.
 */
bool cache_open(struct cache *ret, struct out *why);

void cache_close(struct cache *cache);

/*
 * The hexadecimal SHA-256 of a text in ret (65 bytes): a name for what the
 * text stands for.
 */
void cache_name(const char *text, char *ret);

/*
 * A new directory in the cache for the time that this program takes, its
 * absolute path in ret (PATH_MAX bytes): its descriptor, or a negative errno.
 * What programs that were killed have left of these is removed.
 */
int cache_scratch(const struct cache *cache, char *ret);

/* `dir` in the cache; made where it is not there.  0 or a negative errno. */
int cache_dir(const struct cache *cache, const char *dir);

/* Put text in the place of the file `name`, whole or not at all. */
void cache_put(const struct cache *cache, const char *name,
	       const struct out *text);

#endif
