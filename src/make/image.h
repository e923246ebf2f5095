/*
 * The image of pip: the unpacked and byte-compiled wheels of a base
 * interpreter, kept in the cache, from which environments get it.
 *
 * seed.py makes it.  Its manifest lists it in the order in which it is put
 * into an environment, with the size and the time of change of each file; an
 * edited or damaged file is noticed by these, and the image is made again.
 */
#ifndef IMAGE_H
#define IMAGE_H

#include "base.h"
#include "tree.h"

/* How a file of the image gets into an environment. */
enum link_mode {
	LINK_AUTO,	/* hard links, else copies */
	LINK_HARD,	/* the same, but it is said where there can be none */
	LINK_COPY,
	LINK_CLONE,	/* shared blocks, else copies */
};

struct image {
	int fd;			/* of its files; -1: not open */
	char *manifest;
	char path[PATH_MAX];
};

/* Told of the progress where an image has to be made: per cent. */
typedef void image_progress(const struct base *base, int percent);

/* Open the image of base->wheels, and make it where there is none.  False:
 * `why`. */
bool image_open(struct image *ret, const struct cache *cache,
		const struct base *base, image_progress *progress,
		struct out *why);

/* The same in the place of one that was found damaged, which is closed. */
bool image_again(struct image *image, const struct cache *cache,
		 const struct base *base, image_progress *progress,
		 struct out *why);

void image_close(struct image *image);

/* What there is to know of it before it is used; part of the manifest. */
struct image_facts {
	char pip[64];		/* the version of its pip */
	size_t longest;		/* bytes of the longest path in it */
};

void image_facts(const struct image *image, struct image_facts *ret);

/*
 * Put the image into the environment `tree`, whose directories are there.
 * `exe` is the absolute path of its Python, for the scripts.  In *ret_damaged
 * whether the image is not what its manifest says.  In *mode what was
 * possible.
 */
bool image_plant(struct image *image, struct tree *tree,
		 const struct base *base, const char *exe,
		 enum link_mode *mode, bool *ret_damaged);

#endif
