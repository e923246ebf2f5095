/*
 * Fuzz target: the git index.  The first byte of the input says which
 * environment is asked for, and in what pieces the file is read; the rest is
 * the file.
 */
#include <unistd.h>

#include "fuzz.h"

#ifdef SANITIZED
#include <sanitizer/asan_interface.h>
#else
#define ASAN_POISON_MEMORY_REGION(at, size) ((void)(at), (void)(size))
#define ASAN_UNPOISON_MEMORY_REGION(at, size) ((void)(at), (void)(size))
#endif

static size_t piece;

/*
 * read(2) as it may be, too: it gives at most a piece.  What stood behind
 * that in the buffer is not of this file, and nobody may look at it.
 */
static ssize_t read_piece(int fd, void *buf, size_t n)
{
	ssize_t got;

	ASAN_UNPOISON_MEMORY_REGION(buf, n);
	got = read(fd, buf, n < piece ? n : piece);
	if (got >= 0)
		ASAN_POISON_MEMORY_REGION((char *)buf + got, n - (size_t)got);
	return got;
}

#define read read_piece
#include "which/gitindex.c"
#undef read

/* An unlinked file with that content. */
static int file_of(const void *data, size_t size)
{
	static FILE *file;

	if (!file)
		file = tmpfile();
	if (!file || ftruncate(fileno(file), 0) ||
	    pwrite(fileno(file), data, size, 0) != (ssize_t)size) {
		perror("tmpfile");
		exit(1);
	}
	return fileno(file);
}

/* -- the format once more, from gitformat-index(5), without care for time -- */

struct whole {
	const uint8_t *at, *end;
	char name[8192];
	bool hit, covered;
};

static size_t number(struct whole *in, int bytes)
{
	size_t n = 0;

	while (bytes--)
		n = n << 8 | *in->at++;
	return n;
}

static bool has(const struct whole *in, size_t bytes)
{
	return (size_t)(in->end - in->at) >= bytes;
}

/* Is it a name that begins so, in any case? */
static bool begins(const char *name, const char *with)
{
	return !strncasecmp(name, with, strlen(with));
}

/* Is this name, below the environment at the top, a part of it? */
static bool is_part_at_top(const char *name)
{
	static const char *const dirs[] = { "bin", "lib", "lib64" };
	char path[16];
	bool part = !strcasecmp(name, "pyvenv.cfg");

	for (int i = 0; i < 3; i++) {
		(void)snprintf(path, sizeof(path), "%s/", dirs[i]);
		part |= !strcasecmp(name, dirs[i]) || begins(name, path);
	}
	return part;
}

static void judge(struct whole *in, const char *rel, size_t mode)
{
	char below[64], name[8200];
	const char *part;

	(void)snprintf(below, sizeof(below), "%s%s", rel, *rel ? "/" : "");
	(void)snprintf(name, sizeof(name), "%s/", in->name);
	if (mode == 040000)
		in->covered |= begins(in->name, below) ||
			begins(rel, in->name);
	if (mode == 0160000)
		in->covered |= !*in->name || begins(rel, name);
	in->hit |= *rel && !strcasecmp(in->name, rel);
	if (mode == 040000 || !begins(in->name, below))
		return;
	part = in->name + strlen(below);
	if (!*rel)
		in->hit |= is_part_at_top(part);
	else
		in->hit |= !strcasecmp(part, "pyvenv.cfg") || !*part ||
			strchr(part, '/') || (mode & 0170000) != 0100000;
}

/* What of the last name is kept, in version 4; SIZE_MAX: it is broken. */
static size_t kept(struct whole *in)
{
	size_t cut = 0, len = strlen(in->name);
	uint8_t byte;

	do {
		if (!has(in, 1))
			return SIZE_MAX;
		byte = *in->at++;
		cut = cut << 7 | (byte & 127);
		if (cut > len)
			return SIZE_MAX;
		cut += byte >> 7;
	} while (byte & 128);
	return len - cut;
}

static bool one_entry(struct whole *in, const char *rel, size_t version,
		      size_t id)
{
	const uint8_t *begin = in->at;
	size_t mode, len, keep = 0;

	if (!has(in, 40 + id + 2))
		return false;
	in->at += 24;
	mode = number(in, 4);
	in->at += 12 + id;
	len = number(in, 2);
	if (len & 0x4000) {
		if (version == 2 || !has(in, 2))
			return false;
		in->at += 2;
	}
	len &= 0xfff;
	if (version == 4)
		keep = kept(in);
	if (len == 0xfff || len >= PATH_MAX || keep > len ||
	    !has(in, len - keep + 1) || memchr(in->at, '\0', len - keep) ||
	    in->at[len - keep])
		return false;
	memcpy(in->name + keep, in->at, len - keep + 1);
	in->at += len - keep + 1;
	/* Like git, nobody looks at what it is padded with. */
	for (; version < 4 && (in->at - begin) % 8; in->at++)
		if (!has(in, 1))
			return false;
	judge(in, rel, mode);
	return true;
}

static bool one_extension(struct whole *in, size_t id, char *ret_shared)
{
	char name[5] = "";
	size_t size;

	if (!has(in, 8))
		return false;
	memcpy(name, in->at, 4);
	in->at += 4;
	size = number(in, 4);
	if (!has(in, size) || (strcmp(name, "link") && strcmp(name, "sdir") &&
			       (*name < 'A' || *name > 'Z')))
		return false;
	if (!strcmp(name, "link")) {
		bool none = true;

		if (size < id)
			return false;
		for (size_t i = 0; i < id; i++) {
			none &= !in->at[i];
			(void)snprintf(ret_shared + 2 * i, 3, "%02x",
				       in->at[i]);
		}
		if (none)
			*ret_shared = '\0';
	}
	in->at += size;
	return true;
}

static bool one_index(struct whole *in, const char *rel, size_t id,
		      char *ret_shared)
{
	size_t version, count;

	*ret_shared = *in->name = '\0';
	in->hit = in->covered = false;
	if (!has(in, 12) || memcmp(in->at, "DIRC", 4))
		return false;
	in->at += 4;
	version = number(in, 4);
	count = number(in, 4);
	if (version < 2 || version > 4)
		return false;
	while (count--)
		if (!one_entry(in, rel, version, id))
			return false;
	while ((size_t)(in->end - in->at) > id)
		if (!one_extension(in, id, ret_shared))
			return false;
	return (size_t)(in->end - in->at) == id;
}

static enum tracked expected(const uint8_t *data, size_t size, const char *rel,
			     char *ret_shared)
{
	static struct whole in;

	for (size_t id = 20; id <= 32; id += 12) {
		in.at = data;
		in.end = data + size;
		if (one_index(&in, rel, id, ret_shared))
			return in.hit ? TRACKED_YES :
				in.covered ? TRACKED_DOUBT : TRACKED_NO;
	}
	return TRACKED_DOUBT;
}

/* -- the target ----------------------------------------------------------- */

static enum tracked ask(int fd, const char *rel, size_t most, char *ret_shared)
{
	enum tracked answer;
	size_t len;

	piece = most;
	memset(ret_shared, 'x', SHARED_SIZE);
	answer = index_tracks(fd, rel, ret_shared);
	must(answer == TRACKED_NO || answer == TRACKED_YES ||
	     answer == TRACKED_DOUBT);
	must(memchr(ret_shared, '\0', SHARED_SIZE));
	len = strlen(ret_shared);
	must(len == 0 || len == 40 || len == 64);
	must(strspn(ret_shared, "0123456789abcdef") == len);
	return answer;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static const char *const names[][2] = {
		{ ".venv", ".VENV" }, { "a/b/.venv", "A/b/.Venv" }, { "", "" },
	};
	const char *const *rel;
	char shared[SHARED_SIZE], again[SHARED_SIZE];
	enum tracked answer;
	int fd;

	if (!size)
		return 0;
	rel = names[*data % 3];
	fd = file_of(data + 1, size - 1);
	answer = ask(fd, rel[0], SIZE_MAX, shared);
	must(expected(data + 1, size - 1, rel[0], again) == answer);
	must(answer == TRACKED_DOUBT || !strcmp(shared, again));
	/* However it comes, and in whatever case, it is the same. */
	must(ask(fd, rel[0], 1 + *data / 3, again) == answer);
	must(!strcmp(shared, again));
	must(ask(fd, rel[1], SIZE_MAX, again) == answer);
	must(!strcmp(shared, again));
	return 0;
}
