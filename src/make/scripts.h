/*
 * The activation scripts of an environment's bin: templates, one a shell,
 * which are the files in shells/activate.
 */
#ifndef SCRIPTS_H
#define SCRIPTS_H

#include <stddef.h>

#include "which/out.h"

struct script {
	const char *name;	/* in bin */
	const char *text;	/* the template, with no end but len */
	size_t len;
	/* Adds `text` as one word, or string, of that shell. */
	void (*quote)(struct out *out, const char *text);
};

/* All of them; the last one's name is NULL. */
extern const struct script scripts[];

/*
 * The script for the environment at `dir`, an absolute path, which is called
 * `prompt`: each placeholder of the template is replaced once, so that a name
 * that looks like one stays what it is.  Both are UTF-8 without CR and LF.
 */
void script_write(struct out *out, const struct script *script,
		  const char *dir, const char *prompt);

#endif
