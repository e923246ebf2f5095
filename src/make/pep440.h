/*
 * Does a version of Python fit what a project demands?
 *
 * Version specifiers are those of PEP 440: `>=3.10, <4`, `==3.12.*`, `~=3.8`,
 * `!=`, `<=`, `>`, `===`.  As pip does it, only the three numbers of a Python
 * are compared, so that 3.14.0rc1 is 3.14.0.  An epoch and a local version,
 * which no Python has, are not understood, nor is what PEP 440 does not allow.
 */
#ifndef PEP440_H
#define PEP440_H

#include <stdbool.h>

/* Poetry has `^3.10`, `~3.10`, `3.10.*`, `*` and `||` besides. */
enum dialect { DIALECT_PEP440, DIALECT_POETRY };

struct version {
	unsigned long long part[3];
	int known;		/* of these: "3.12" has two */
};

/*
 * The numbers at the beginning of `text`; in *ret_rest, if it is not NULL,
 * what stands behind them.  False: there are none.
 */
bool version_read(const char *text, struct version *ret,
		  const char **ret_rest);

/* Does it begin with the numbers of `first`, as far as both are known? */
bool version_begins(const struct version *version,
		    const struct version *first);

/*
 * Do they fit?  1: yes; 0: no; -EINVAL: `specifiers` is not understood, be the
 * version what it may.  Of a version of two numbers: could one fit that begins
 * so?
 */
int pep440_fits(const char *specifiers, enum dialect dialect,
		const struct version *version);

#endif
