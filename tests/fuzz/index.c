/*
 * Fuzz target: the git index.  The first byte of the input says which
 * environment is asked for, and in what pieces the file is read; the rest is
 * the file.
 */
#include <ctype.h>
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

/* How many letters, and bytes that are not ASCII (*ret_odd), come next? */
static size_t run(const char *s, bool *ret_odd)
{
	size_t n = 0;

	*ret_odd = false;
	for (; s[n] & 0x80 || isalpha((unsigned char)s[n]); n++)
		*ret_odd |= s[n] & 0x80;
	return n;
}

/* How many characters of the run are of a kind, by their first bytes? */
static size_t count(const char *s, size_t n, bool (*kind)(uint8_t))
{
	size_t many = 0;

	while (n--)
		many += kind((uint8_t)*s++);
	return many;
}

static bool is_light(uint8_t c)
{
	return c == 0xc2 || c == 0xcd || c == 0xd8 || c == 0xe1 ||
		c == 0xe2 || c == 0xef || c == 0xf3;
}

static bool is_latin(uint8_t c)
{
	return is_light(c) || (c >= 0xc0 && c <= 0xcd);
}

static bool is_foreign(uint8_t c) { return c >= 0xc0 && !is_latin(c); }
static bool is_heavy(uint8_t c)
{
	return c < 0x80 || (c >= 0xc0 && !is_light(c));
}

/* How many letters of `a` has `b` not? */
static size_t missing(const char *a, size_t n, const char *b, size_t m)
{
	char left[8200];
	size_t many = 0;

	memcpy(left, b, m);
	for (size_t i = 0; i < n; i++) {
		size_t j = 0;

		if (a[i] & 0x80)
			continue;
		while (j < m && strncasecmp(a + i, left + j, 1))
			j++;
		if (j < m)
			left[j] = '\1';
		else
			many++;
	}
	return many;
}

/* Are these runs one?  2: yes; 1: they could be; 0: no. */
static int runs(const char *a, size_t n, bool odd_a, const char *b, size_t m,
		bool odd_b)
{
	if (n == m && !strncasecmp(a, b, n))
		return 2;
	if (!odd_a && !odd_b)
		return 0;
	if (!n || !m)
		return !count(a, n, is_heavy) && !count(b, m, is_heavy);
	return !count(a, n, is_foreign) == !count(b, m, is_foreign) &&
		missing(a, n, b, m) <= 3 * count(b, m, is_latin) &&
		missing(b, m, a, n) <= 3 * count(a, n, is_latin);
}

/*
 * The same of whether `name` begins with `with`, and then goes on with
 * `next`: a slash, or the end, '\0'; '*' is anything.
 */
static int begins(const char *name, const char *with, char next)
{
	int all = 2;

	while (*with) {
		bool odd_a, odd_b;
		size_t n = run(with, &odd_a), m = run(name, &odd_b);
		int one = runs(with, n, odd_a, name, m, odd_b);

		all = one < all ? one : all;
		with += n;
		name += m;
		if (!all || !*with)
			break;
		if (*with++ != *name++)
			return 0;
		/* It ends behind a digit: of that name there may be more. */
		if (!*with && with[-1] != '/') {
			m = run(name, &odd_b);
			one = runs(with, 0, false, name, m, odd_b);
			all = one < all ? one : all;
			name += m;
		}
	}
	return all && (next == '*' || *name == next) ? all : 0;
}

static int most(int a, int b) { return a > b ? a : b; }
static int least(int a, int b) { return a < b ? a : b; }

/* Is this name, below the environment, one of its own? */
static int is_part_at_top(const char *name)
{
	static const char *const parts[] = {
		"pyvenv.cfg", "pip.conf", "bin", "lib", "lib64",
	};
	int part = 0;

	for (int i = 0; i < 5; i++) {
		part = most(part, begins(name, parts[i], '/'));
		part = most(part, begins(name, parts[i], '\0'));
	}
	return part;
}

static void judge(struct whole *in, const char *rel, size_t mode)
{
	int below = *rel ? begins(in->name, rel, '/') : 2, found = 0;
	const char *part = in->name;

	/* As many slashes as in rel, and one more. */
	for (const char *s = rel; below && *rel; s++)
		if (*s == '/' || !*s) {
			part = strchr(part, '/') + 1;
			if (!*s)
				break;
		}
	if (mode == 040000)
		in->covered |= below || begins(rel, in->name, '*');
	if (mode == 0160000)
		in->covered |= !*in->name || begins(rel, in->name, '/');
	if (below && mode != 040000 && *rel)
		found = least(below, strchr(part, '/') || !*part ||
			      (mode & 0170000) != 0100000 ? 2 :
			      is_part_at_top(part));
	else if (mode != 040000 && !*rel)
		found = is_part_at_top(part);
	if (*rel)
		found = most(found, begins(in->name, rel, '\0'));
	in->hit |= found == 2;
	in->covered |= found == 1;
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
	char shared[SHARED_SIZE];
	bool hit = false, covered = false;
	int readings = 0;

	*ret_shared = '\0';
	for (size_t id = 32; id >= 20; id -= 12) {
		in.at = data;
		in.end = data + size;
		if (!one_index(&in, rel, id, shared))
			continue;
		readings++;
		hit |= in.hit;
		covered |= in.covered;
		(void)snprintf(ret_shared, SHARED_SIZE, "%s", shared);
	}
	if (hit)
		return TRACKED_YES;
	return readings == 1 && !covered ? TRACKED_NO : TRACKED_DOUBT;
}

/* -- the target ----------------------------------------------------------- */

static enum tracked ask(int fd, off_t size, const char *rel, size_t most,
			char *ret_shared)
{
	enum tracked answer;
	size_t len;

	piece = most;
	memset(ret_shared, 'x', SHARED_SIZE);
	(void)lseek(fd, 0, SEEK_SET);
	answer = index_tracks(fd, size, rel, ret_shared);
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
	off_t len = (off_t)size - 1;
	int fd;

	if (!size)
		return 0;
	rel = names[*data % 3];
	fd = file_of(data + 1, size - 1);
	answer = ask(fd, len, rel[0], SIZE_MAX, shared);
	must(expected(data + 1, size - 1, rel[0], again) == answer);
	must(answer == TRACKED_DOUBT || !strcmp(shared, again));
	/* However it comes, and in whatever case, it is the same. */
	must(ask(fd, len, rel[0], 1 + *data / 3, again) == answer);
	must(!strcmp(shared, again));
	must(ask(fd, len, rel[1], SIZE_MAX, again) == answer);
	must(!strcmp(shared, again));
	return 0;
}
