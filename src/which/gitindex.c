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
	uint64_t left;		/* bytes of the file that were not taken */
	size_t at, len;		/* what is in buf and was not taken */
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
	return lseek(in->fd, (off_t)(n - here), SEEK_CUR) >= 0;
}

static uint32_t be32(const unsigned char *p)
{
	return (uint32_t)p[0] << 24 | (uint32_t)p[1] << 16 |
		(uint32_t)p[2] << 8 | p[3];
}

/* -- entries ------------------------------------------------------------ */

/* Does `name` begin with `dir` and a slash?  What follows, or NULL. */
static const char *inside(const char *dir, size_t dir_len, const char *name)
{
	if (!dir_len)
		return name;
	return !strncasecmp(name, dir, dir_len) && name[dir_len] == '/'
		? name + dir_len + 1 : NULL;
}

/*
 * Is `part`, below the environment, a part of it?  A regular file at its top
 * may be anybody's (.gitignore); and where the repository is itself one, the
 * project's directories stand beside those of the environment.
 */
static bool is_part(const struct scan *scan, const char *part, uint32_t mode)
{
	const char *slash = strchr(part, '/');
	size_t len = slash ? (size_t)(slash - part) : strlen(part);

	if (!strcasecmp(part, "pyvenv.cfg"))
		return true;
	if (*scan->rel)
		return slash || !*part || (mode & 0170000) != 0100000;
	return (len == 3 && (!strncasecmp(part, "bin", 3) ||
			     !strncasecmp(part, "lib", 3))) ||
		(len == 5 && !strncasecmp(part, "lib64", 5));
}

/* Look at one entry, whose name is in scan->name. */
static void look(struct scan *scan, uint32_t mode)
{
	size_t rel_len = strlen(scan->rel);
	const char *name = scan->name, *part;

	part = inside(scan->rel, rel_len, name);
	/* What stands for all that is below it: "dir/" of a sparse index; a
	 * repository in this one, whose own .git is gone. */
	if (mode == MODE_SPARSE_DIR)
		scan->covered |= part || !strncasecmp(scan->rel, name,
						      scan->name_len);
	else if (mode == MODE_GITLINK)
		scan->covered |= !!inside(name, scan->name_len, scan->rel);
	if (mode != MODE_SPARSE_DIR && part && is_part(scan, part, mode))
		scan->hit = true;
	if (rel_len && !strcasecmp(name, scan->rel))
		scan->hit = true;
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

/* The whole index, with object names of id_size bytes.  False: it is none. */
static bool read_index(struct scan *scan, size_t id_size)
{
	const unsigned char *head = take(scan->in, HEADER_SIZE);
	uint32_t count;

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

enum tracked index_tracks(int fd, const char *rel, char *ret_shared)
{
	static struct reader in;
	static struct scan scan;
	struct stat st;

	/* It does not say which of the two names objects have. */
	for (size_t id_size = 20; id_size <= 32; id_size += 12) {
		if (fstat(fd, &st) || st.st_size > INDEX_MAX ||
		    lseek(fd, 0, SEEK_SET))
			return TRACKED_DOUBT;
		in.fd = fd;
		in.left = (uint64_t)st.st_size;
		in.at = in.len = 0;
		scan.in = &in;
		scan.rel = rel;
		scan.shared = ret_shared;
		scan.name_len = 0;
		scan.hit = scan.covered = false;
		*ret_shared = *scan.name = '\0';
		if (read_index(&scan, id_size))
			return scan.hit ? TRACKED_YES :
				scan.covered ? TRACKED_DOUBT : TRACKED_NO;
	}
	return TRACKED_DOUBT;
}
