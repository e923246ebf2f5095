/*
 * The text of PATH: entries are put in front and taken out, and every other
 * byte stays as it was.  That it is not set, and that it is set to nothing,
 * are two things.
 */
#ifndef ENTRIES_H
#define ENTRIES_H

#include <stdbool.h>
#include <stddef.h>

struct entries {
	char *text;	/* the caller's memory; "" where it is not set */
	size_t cap;	/* its bytes, with the NUL */
	bool set;
	bool full;	/* something did not fit: nothing of it may be used */
};

/* Begin with `path`, which is PATH's value, or NULL. */
void entries_load(struct entries *entries, const char *path);

/* How often `entry` (not empty, without a colon) is there, byte for byte. */
size_t entries_count(const struct entries *entries, const char *entry);

/* Is it the first one? */
bool entries_leads(const struct entries *entries, const char *entry);

/* Put it in front of all. */
void entries_push(struct entries *entries, const char *entry);

/*
 * Take the nth one (the first is 0) out, which is there.  A PATH that was
 * nothing but that entry is not set afterwards: an empty one with an entry in
 * front ends in a colon.
 */
void entries_drop(struct entries *entries, const char *entry, size_t nth);

#endif
