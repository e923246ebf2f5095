/*
 * The scripts of entry points, as pip writes them: bin/pip and its kind.
 */
#ifndef LAUNCHER_H
#define LAUNCHER_H

#include "which/compat.h"
#include "which/out.h"

struct launcher {
	const char *name;	/* in bin */
	const char *module;	/* "pip._internal.cli.main" */
	const char *attribute;	/* "main" */
	char digest[48];	/* for RECORD: base64 of its SHA-256 */
	size_t size;
};

/* The longest text, in bytes: each of the path's may be five in it. */
#define LAUNCHER_MAX (5 * PATH_MAX + 1024)

/*
 * Its text to out, for the Python `exe` (absolute).  The interpreter line is
 * plain where a kernel can read it; else sh runs Python, and the path is
 * data to both, whatever characters it has.
 */
void launcher_write(struct out *out, const struct launcher *launcher,
		    const char *exe);

/* Set ->digest and ->size by the text. */
void launcher_digest(struct launcher *launcher, const char *text, size_t len);

#endif
