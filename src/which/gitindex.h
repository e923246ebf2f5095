/*
 * Reading a git index, versions 2 to 4, for the one question whether an
 * environment is in it.  The format: gitformat-index(5).
 */
#ifndef GITINDEX_H
#define GITINDEX_H

#include <sys/types.h>

enum tracked {
	TRACKED_NO,
	TRACKED_YES,
	TRACKED_DOUBT,	/* broken, unknown, or it does not say: take it so */
};

#define SHARED_SIZE (2 * 32 + 1)

/*
 * Has the index that is open at fd, at its begin, and has `size` bytes, an
 * entry for the environment `rel` (relative to the repository; "" for the
 * repository itself): the name itself, its pyvenv.cfg or pip.conf, or
 * anything in a directory of it (of the repository itself: in bin or lib)?
 * Upper and lower case of ASCII count as the same, as some file systems have
 * it; where names could be the same by other letters (fold.h), it is in doubt.
 * Where it can be read with names of objects of SHA-1 and with those of
 * SHA-256, both count, and it is in doubt at least.
 * The index is read in pieces, and once, but for the first piece; what it
 * takes is memory of a fixed size and a time by the bytes, of which there may
 * be a GiB.
 *
 * In ret_shared (SHARED_SIZE bytes) the object name of the shared index that
 * a split index goes on in, in hexadecimal digits, or "".
 */
enum tracked index_tracks(int fd, off_t size, const char *rel,
			  char *ret_shared);

#endif
