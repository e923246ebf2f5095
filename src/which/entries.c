/*
 * PATH as text.
 */
#include "entries.h"

#include <string.h>

void entries_load(struct entries *entries, const char *path)
{
	size_t len = path ? strlen(path) : 0;

	entries->set = path;
	entries->full = len >= entries->cap;
	if (entries->full)
		len = 0;
	if (len)
		memcpy(entries->text, path, len);
	entries->text[len] = '\0';
}

/*
 * The next place of `entry` at or behind `from`, which is the beginning of
 * an entry; NULL: there is none.
 */
static char *find(char *from, const char *entry)
{
	size_t len = strlen(entry);

	for (;;) {
		size_t n = strcspn(from, ":");

		if (n == len && !memcmp(from, entry, len))
			return from;
		if (!from[n])
			return NULL;
		from += n + 1;
	}
}

/* Behind the entry that begins at `at`; NULL: it is the last one. */
static char *behind(char *at)
{
	at += strcspn(at, ":");
	return *at ? at + 1 : NULL;
}

size_t entries_count(const struct entries *entries, const char *entry)
{
	size_t count = 0;

	for (char *at = entries->text; at && (at = find(at, entry));
	     at = behind(at))
		count++;
	return count;
}

bool entries_leads(const struct entries *entries, const char *entry)
{
	return find(entries->text, entry) == entries->text;
}

void entries_push(struct entries *entries, const char *entry)
{
	size_t len = strlen(entry), had = strlen(entries->text);

	if (len + 1 + had >= entries->cap) {
		entries->full = true;
		return;
	}
	memmove(entries->text + len + entries->set, entries->text, had + 1);
	memcpy(entries->text, entry, len);
	if (entries->set)
		entries->text[len] = ':';
	entries->set = true;
}

void entries_drop(struct entries *entries, const char *entry, size_t nth)
{
	char *at = find(entries->text, entry), *rest;

	while (at && nth--)
		at = (rest = behind(at)) ? find(rest, entry) : NULL;
	if (!at)
		return;
	rest = behind(at);
	if (rest)
		memmove(at, rest, strlen(rest) + 1);
	else if (at > entries->text)
		at[-1] = '\0';
	else
		entries_load(entries, NULL);
}
