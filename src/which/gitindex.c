/*
 * The git index, read from the begin to the end in pieces.
 */
#include "gitindex.h"

#include <errno.h>
#include <stdbool.h>
#include <stdint.h>
#include <string.h>
#include <strings.h>
#include <sys/stat.h>
#include <unistd.h>

#include "compat.h"
#include "fold.h"

/* Of ten million files.  A larger one is no index, but a trap: a file with
 * holes may seem to have any size. */
#define INDEX_MAX (1024 * 1024 * 1024)
#define HEADER_SIZE 12
#define STAT_SIZE 40		/* of an entry, before its object name */
#define MODE_AT 24
#define FLAG_EXTENDED 0x4000
#define FLAG_LENGTH 0x0fff
#define MODE_SPARSE_DIR 040000
#define MODE_GITLINK 0160000

struct reader {
	int fd;
	uint64_t size;		/* of the file */
	uint64_t left;		/* bytes of it that were not taken */
	size_t at, len;		/* what is in buf and was not taken */
	bool moved;		/* buf begins further on than the file */
	unsigned char buf[64 * 1024];
};

struct scan {
	struct reader *in;
	const char *rel;
	char *shared;
	unsigned version;
	size_t id_size;		/* of an object name: SHA-1 or SHA-256 */
	char name[PATH_MAX];	/* of the last entry, for version 4 */
	size_t name_len;
	bool hit, covered;
};

/* -- bytes -------------------------------------------------------------- */

/* Have n bytes (at most half a buffer) in one piece.  False: the end. */
static bool fill(struct reader *in, size_t n)
{
	if (in->len - in->at >= n)
		return true;
	in->moved |= in->at > 0;
	memmove(in->buf, in->buf + in->at, in->len - in->at);
	in->len -= in->at;
	in->at = 0;
	while (in->len < n) {
		ssize_t got = read(in->fd, in->buf + in->len,
				   sizeof(in->buf) - in->len);

		if (got < 0 && errno == EINTR)
			continue;
		if (got <= 0)
			return false;
		in->len += (size_t)got;
	}
	return true;
}

/* The next n bytes; NULL where the file has no more. */
static const unsigned char *take(struct reader *in, size_t n)
{
	const unsigned char *bytes;

	if (n > in->left || n > sizeof(in->buf) / 2 || !fill(in, n))
		return NULL;
	bytes = in->buf + in->at;
	in->at += n;
	in->left -= n;
	return bytes;
}

static bool pass(struct reader *in, uint64_t n)
{
	size_t here = in->len - in->at;

	if (n > in->left)
		return false;
	in->left -= n;
	if (n <= here) {
		in->at += (size_t)n;
		return true;
	}
	in->at = in->len = 0;
	in->moved = true;
	return lseek(in->fd, (off_t)(n - here), SEEK_CUR) >= 0;
}

/* Back to the begin of the file, which most often still is in buf. */
static bool begin_again(struct reader *in)
{
	in->at = 0;
	in->left = in->size;
	if (!in->moved)
		return true;
	in->len = 0;
	in->moved = false;
	return !lseek(in->fd, 0, SEEK_SET);
}

static uint32_t be32(const unsigned char *p)
{
	return (uint32_t)p[0] << 24 | (uint32_t)p[1] << 16 |
		(uint32_t)p[2] << 8 | p[3];
}

/* -- entries ------------------------------------------------------------ */

/* It is there, or may be. */
static void note(struct scan *scan, enum fold fold)
{
	scan->hit |= fold == FOLD_SAME;
	scan->covered |= fold == FOLD_MAYBE;
}

static enum fold weaker(enum fold a, enum fold b)
{
	return a < b ? a : b;
}

/*
 * Is `name` below the directory `dir`?  In *ret_part what follows the slash.
 */
static enum fold inside(const char *dir, const char *name,
			const char **ret_part)
{
	enum fold fold = fold_begins(dir, name, ret_part);

	if (!fold || !*dir)
		return fold;
	return *(*ret_part)++ == '/' ? fold : FOLD_NO;
}

/*
 * Is `part`, below the environment, a part of it?  A regular file at its top
 * may be anybody's (.gitignore), if no program obeys it; and where the
 * repository is itself one, the project's directories stand beside those of
 * the environment.
 */
static enum fold is_part(const struct scan *scan, const char *part,
			 uint32_t mode)
{
	static const char *const top[] = {
		"pyvenv.cfg", "pip.conf", "bin", "lib", "lib64",
	};
	enum fold best = FOLD_NO;

	if (*scan->rel && (strchr(part, '/') || !*part ||
			   (mode & 0170000) != 0100000))
		return FOLD_SAME;
	for (size_t i = 0; i < sizeof(top) / sizeof(*top); i++) {
		const char *rest;
		enum fold fold = fold_begins(top[i], part, &rest);

		if (fold > best && (!*rest || *rest == '/'))
			best = fold;
	}
	return best;
}

/* Look at one entry, whose name is in scan->name. */
static void look(struct scan *scan, uint32_t mode)
{
	const char *name = scan->name, *rel = scan->rel, *part, *rest;
	enum fold fold = fold_begins(rel, name, &part), below = FOLD_NO;

	if (fold && *rel && !*part)
		note(scan, fold);
	else if (fold && (!*rel || *part++ == '/'))
		below = fold;
	/* What stands for all that is below it: "dir/" of a sparse index; a
	 * repository in this one, whose own .git is gone. */
	if (mode == MODE_SPARSE_DIR)
		scan->covered |= below || fold_begins(name, rel, &rest);
	else if (mode == MODE_GITLINK)
		scan->covered |= inside(name, rel, &rest);
	if (mode != MODE_SPARSE_DIR && below)
		note(scan, weaker(below, is_part(scan, part, mode)));
}

/*
 * The name of an entry of version 2 or 3, `len` bytes by its flags, and the
 * NULs up to a multiple of eight.
 */
static bool read_padded(struct scan *scan, size_t len, size_t fixed)
{
	size_t padded = (fixed + len + 8) / 8 * 8 - fixed;
	const unsigned char *bytes = take(scan->in, padded);

	if (!bytes || memchr(bytes, '\0', padded) != bytes + len)
		return false;
	memcpy(scan->name, bytes, len + 1);
	scan->name_len = len;
	return true;
}

/* Version 4: how much of the last name to cut, and what comes instead. */
static bool read_prefixed(struct scan *scan, size_t len)
{
	const unsigned char *byte = take(scan->in, 1);
	size_t cut;

	if (!byte)
		return false;
	for (cut = *byte & 127; *byte & 128; cut = cut << 7 | (*byte & 127)) {
		cut++;
		byte = take(scan->in, 1);
		if (!byte || cut > PATH_MAX)
			return false;
	}
	if (cut > scan->name_len || len < scan->name_len - cut)
		return false;
	scan->name_len -= cut;
	byte = take(scan->in, len - scan->name_len + 1);
	if (!byte || memchr(byte, '\0', len - scan->name_len + 1) !=
	    byte + len - scan->name_len)
		return false;
	memcpy(scan->name + scan->name_len, byte, len - scan->name_len + 1);
	scan->name_len = len;
	return true;
}

static bool read_entry(struct scan *scan)
{
	size_t fixed = STAT_SIZE + scan->id_size + 2;
	const unsigned char *bytes = take(scan->in, fixed);
	uint32_t mode;
	unsigned flags;

	if (!bytes)
		return false;
	mode = be32(bytes + MODE_AT);
	flags = (unsigned)(bytes[fixed - 2] << 8 | bytes[fixed - 1]);
	if (flags & FLAG_EXTENDED) {
		if (scan->version < 3 || !take(scan->in, 2))
			return false;
		fixed += 2;
	}
	/* A longer name than the flags can say is longer than any path. */
	flags &= FLAG_LENGTH;
	if (flags == FLAG_LENGTH || flags >= PATH_MAX ||
	    !(scan->version == 4 ? read_prefixed(scan, flags)
				 : read_padded(scan, flags, fixed)))
		return false;
	look(scan, mode);
	return true;
}

/* -- extensions --------------------------------------------------------- */

static bool set_shared(struct scan *scan)
{
	static const char hex[] = "0123456789abcdef";
	const unsigned char *id = take(scan->in, scan->id_size);
	unsigned char any = 0;

	if (!id)
		return false;
	for (size_t i = 0; i < scan->id_size; i++) {
		any |= id[i];
		scan->shared[2 * i] = hex[id[i] >> 4];
		scan->shared[2 * i + 1] = hex[id[i] & 15];
	}
	scan->shared[any ? 2 * scan->id_size : 0] = '\0';
	return true;
}

/* Whoever writes a lower-case one wants it to be understood. */
static bool read_extension(struct scan *scan)
{
	const unsigned char *head = take(scan->in, 8);
	uint32_t size;
	bool link, known;

	if (!head)
		return false;
	size = be32(head + 4);
	link = !memcmp(head, "link", 4);
	known = link || !memcmp(head, "sdir", 4) ||
		(head[0] >= 'A' && head[0] <= 'Z');
	if (!known)
		return false;
	if (link) {
		if (size < scan->id_size || !set_shared(scan))
			return false;
		size -= (uint32_t)scan->id_size;
	}
	return pass(scan->in, size);
}

/* -- the whole ---------------------------------------------------------- */

/* All of it, with object names of id_size bytes.  False: it is no index. */
static bool read_as(struct scan *scan, size_t id_size)
{
	const unsigned char *head;
	uint32_t count;

	scan->name_len = 0;
	scan->hit = scan->covered = false;
	*scan->shared = *scan->name = '\0';
	head = begin_again(scan->in) ? take(scan->in, HEADER_SIZE) : NULL;
	if (!head || memcmp(head, "DIRC", 4))
		return false;
	scan->version = be32(head + 4);
	if (scan->version < 2 || scan->version > 4)
		return false;
	scan->id_size = id_size;
	for (count = be32(head + 8); count; count--)
		if (!read_entry(scan))
			return false;
	while (scan->in->left > id_size)
		if (!read_extension(scan))
			return false;
	return take(scan->in, id_size) && !scan->in->left;
}

enum tracked index_tracks(int fd, off_t size, const char *rel,
			  char *ret_shared)
{
	static const size_t id_sizes[] = { 32, 20 };
	static struct reader in;
	static struct scan scan;
	bool hit = false, covered = false;
	unsigned readings = 0;

	*ret_shared = '\0';
	if (size < 0 || size > INDEX_MAX)
		return TRACKED_DOUBT;
	in.fd = fd;
	in.size = (uint64_t)size;
	in.len = 0;
	in.moved = false;
	scan.in = &in;
	scan.rel = rel;
	/*
	 * It does not say which of the two names its objects have, and the
	 * config of the repository is of whoever made that.  As the wrong one
	 * it falls apart at its first entry, unless somebody saw to it that
	 * it does not: then all that it could mean counts.
	 */
	for (size_t i = 0; i < sizeof(id_sizes) / sizeof(*id_sizes); i++) {
		char shared[SHARED_SIZE];

		scan.shared = shared;
		if (!read_as(&scan, id_sizes[i]))
			continue;
		readings++;
		hit |= scan.hit;
		covered |= scan.covered;
		memcpy(ret_shared, shared, strlen(shared) + 1);
	}
	if (hit)
		return TRACKED_YES;
	return readings != 1 || covered ? TRACKED_DOUBT : TRACKED_NO;
}
