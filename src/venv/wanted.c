/*
 * Reading what a project wants, in the subset of PEP 440 that people write.
 */
#include "wanted.h"

#include <string.h>

#include "which/compat.h"
#include "which/file.h"
#include "which/path.h"
#include "which/text.h"

#define NUMBERS 3

struct release {
	unsigned long long at[NUMBERS];
	size_t n;
};

/* The numbers of *p, which is left behind them.  False: there are none. */
static bool read_release(const char **p, struct release *ret)
{
	*ret = (struct release){ .n = 0 };
	while (ret->n < NUMBERS && text_digits(p, &ret->at[ret->n])) {
		ret->n++;
		if (**p != '.' || (*p)[1] < '0' || (*p)[1] > '9')
			break;
		++*p;
	}
	return ret->n;
}

/* Of the first n numbers; those that are not said are 0. */
static int compare(const struct release *a, const struct release *b, size_t n)
{
	for (size_t i = 0; i < n; i++)
		if (a->at[i] != b->at[i])
			return a->at[i] < b->at[i] ? -1 : 1;
	return 0;
}

/* -- .python-version ---------------------------------------------------- */

static bool read_in(const char *dir, const char *name, char *ret, size_t cap)
{
	char path[PATH_MAX];

	return !path_join(path, dir, name) &&
		file_read_at(AT_FDCWD, path, ret, cap) > 0;
}

bool wanted_pin(const char *dir, const char *version, char *ret)
{
	struct release wanted, is;
	const char *p = ret;

	if (!read_in(dir, ".python-version", ret, WANTED_SIZE))
		return false;
	ret[strcspn(ret, " \t\r\n")] = '\0';
	return read_release(&p, &wanted) && !*p &&
		read_release(&version, &is) &&
		compare(&wanted, &is, wanted.n);
}

/* -- requires-python ---------------------------------------------------- */

/* The string of the key, without its quotes; NULL: it is not there. */
static char *find_range(char *text)
{
	static const char key[] = "requires-python";
	bool in_project = false;
	char *line, *end;

	while ((line = strsep(&text, "\n"))) {
		if (*line == '[')
			in_project = !strncmp(line, "[project]", 9);
		if (!in_project || strncmp(line, key, strlen(key)))
			continue;
		line += strlen(key);
		line += strspn(line, " \t");
		if (*line++ != '=')
			continue;
		line += strspn(line, " \t");
		end = *line == '"' || *line == '\'' ? strchr(line + 1, *line)
						    : NULL;
		if (!end)
			return NULL;
		*end = '\0';
		return line + 1;
	}
	return NULL;
}

/* Does `is` fit the clause at *p, say ">= 3.9"?  -1: it is not understood. */
static int fits(const char **p, const struct release *is)
{
	static const char *const ops[] = {
		">=", "<=", "==", "!=", "~=", ">", "<",
	};
	struct release wanted;
	size_t op = 0, n;
	bool any;
	int way;

	*p += strspn(*p, " \t");
	while (op < 7 && strncmp(*p, ops[op], strlen(ops[op])))
		op++;
	if (op == 7)
		return -1;
	*p += strlen(ops[op]);
	*p += strspn(*p, " \t");
	if (!read_release(p, &wanted))
		return -1;
	any = !strncmp(*p, ".*", 2);
	*p += any ? 2 : 0;
	*p += strspn(*p, " \t");
	n = any ? wanted.n : NUMBERS;
	way = compare(is, &wanted, n);
	switch (op) {
	case 0: return way >= 0;
	case 1: return way <= 0;
	case 2: return way == 0;
	case 3: return way != 0;
	case 4: return way >= 0 && !compare(is, &wanted, wanted.n - 1);
	case 5: return way > 0;
	default: return way < 0;
	}
}

bool wanted_range(const char *dir, const char *version, char *ret)
{
	static char text[64 * 1024];
	struct out line = { .fd = -1, .buf = ret, .cap = WANTED_SIZE };
	struct release is;
	bool good = true;
	const char *p;

	if (!read_in(dir, "pyproject.toml", text, sizeof(text)) ||
	    !read_release(&version, &is))
		return false;
	p = find_range(text);
	if (!p)
		return false;
	out_str(&line, p);
	while (*p) {
		int fit = fits(&p, &is);

		if (fit < 0 || (*p && *p++ != ','))
			return false;
		good &= fit;
	}
	return !good;
}
