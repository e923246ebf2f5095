/*
 * What the table has a shell remember from one answer to the next: a line of
 * text that is opaque to the shell.
 *
 * It comes back as an argument.  Nothing in it is a permission: whoever could
 * write it could write PATH as well.
 */
#ifndef MEMORY_H
#define MEMORY_H

#include <stdbool.h>
#include <stddef.h>

#include "out.h"

/* Of so many environments the entry in PATH is known to be ours. */
#define MEMORY_OURS 16

struct memory {
	/* Paths, or NULL for none. */
	const char *base;	/* was active when the shell started */
	const char *last;	/* was active at the end of the last answer */
	const char *mine;	/* is active in this shell by our doing */
	const char *used;	/* is so by `venv use`, wherever one goes */
	const char *version;	/* of `mine`, as a prompt shows it; or NULL */
	/* _OLD_VIRTUAL_PATH was there when `mine` was activated, and so says
	 * nothing of a script that was sourced since. */
	bool script;
	bool sourced;	/* what is active was so by a script, at last */
	bool first;	/* nobody could tell anything yet in this shell */
	unsigned long said;	/* what the user has been told; 0: nothing */
	const char *shown;	/* the lines of what is shown; or NULL */
	/* Environments whose bin we put into PATH, and how often the user has
	 * had it there on his own.  The newest first. */
	struct ours {
		const char *env;
		size_t own;
		bool bare;	/* PATH was not set before */
	} ours[MEMORY_OURS];
	size_t count;
};

/* Read `text`, in place; what cannot be read is forgotten. */
void memory_read(struct memory *ret, char *text);

/* Write it: words of printable ASCII, each with a blank in front. */
void memory_write(struct out *out, const struct memory *memory);

/* The row of `env`, or NULL. */
struct ours *memory_find(struct memory *memory, const char *env);

/* Know `env` for ours; the oldest is forgotten where there is no room. */
void memory_add(struct memory *memory, const char *env, size_t own,
		bool bare);

#endif
