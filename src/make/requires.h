/*
 * Which Python a project demands: its .python-version, by the rules of pyenv,
 * and `requires-python` of its pyproject.toml (PEP 621), or poetry's key.
 * These are read as data, whoever wrote them, and nothing is run.
 *
 * The files count from a directory upwards, the nearest of each: up to the
 * project's root, which is the nearest directory with .git or .hg, else the
 * nearest with pyproject.toml; where there is neither, up to below the home
 * directory.  The home directory, those above it and a ceiling count for
 * nothing but what is directly in them.
 */
#ifndef REQUIRES_H
#define REQUIRES_H

#include "pep440.h"
#include "which/env.h"
#include "which/out.h"
#include "which/settings.h"

struct requires {
	/* The words of .python-version between blanks, in their order: one of
	 * them is to be it.  Or "". */
	char pins[512];
	/* "requires-python", or what else the specifiers below are called. */
	const char *key;
	char range[256];	/* version specifiers, or "" */
	enum dialect dialect;
	/* What could not be read, and so counts for nothing; "" if nothing. */
	char trouble[PATH_MAX + 512];
	char pin_file[PATH_MAX], range_file[PATH_MAX];
};

/* What the project around `dir` (absolute, be it there or not) demands. */
void requires_read(struct requires *ret, const struct settings *set,
		   const char *dir);

/*
 * What the project of the environment demands: that which holds it or the
 * redirect to it; of one in the container directory, that which it was told.
 * Nothing, where there is none.
 */
void requires_of_env(struct requires *ret, const struct settings *set,
		     const struct env *env);

/* $PYENV_VERSION takes the place of the file, as pyenv has it. */
void requires_take_shell(struct requires *requires);

/* A word of .python-version, as far as it tells a version. */
struct pin {
	struct version version;		/* .known is 0: it is only a name */
	const char *implementation;	/* "CPython" or "PyPy" */
	bool whole;			/* it tells no more than these */
	const char *specifiers;		/* uv: it is these; or NULL */
};

/* The first word of *pins in `word`; *pins is put behind it.  False: none. */
bool requires_next(const char **pins, char *word, size_t cap,
		   struct pin *ret);

/*
 * Does such a Python fit?  A version that is not known does, and so does each
 * where a word of .python-version is but a name.  What is in `requires` and
 * does not fit is said in `out`, as by requires_say_pins(), if it is not NULL.
 */
bool requires_fits(const struct requires *requires, const char *implementation,
		   const char *version, struct out *out);

/* ".python-version 3.12", "requires-python >=3.12" */
void requires_say_pins(struct out *out, const struct requires *requires,
		       const char *word);
void requires_say_range(struct out *out, const struct requires *requires);

/* The file of that which goes first; "" where there is none. */
const char *requires_file(const struct requires *requires);

#endif
