/*
 * PATH as a list, with the ledger of who put each entry there.
 */
#ifndef LIST_H
#define LIST_H

#include <stdbool.h>

#include "fuzz.h"

enum { ROOM = 20, TEXT = ROOM * 16 };

/* THEIRS: a script's, another tool's, or what was there at the start. */
enum whose { USERS, THEIRS, OURS };

struct list {
	bool set;
	size_t count;		/* 0: PATH is not set */
	struct entry {
		const char *text;
		enum whose whose;
	} entries[ROOM];
};

static void list_insert(struct list *list, size_t at, const char *text,
			enum whose whose)
{
	must(list->count < ROOM && at <= list->count);
	memmove(list->entries + at + 1, list->entries + at,
		(list->count - at) * sizeof(*list->entries));
	list->entries[at] = (struct entry) { text, whose };
	list->count++;
	list->set = true;
}

static void list_remove(struct list *list, size_t at)
{
	must(at < list->count);
	list->count--;
	memmove(list->entries + at, list->entries + at + 1,
		(list->count - at) * sizeof(*list->entries));
	list->set = list->count;
}

/* The first of that text which is, or is not, `whose`; count: none. */
static size_t list_find(const struct list *list, const char *text,
			enum whose whose, bool is)
{
	size_t i = 0;

	while (i < list->count && (strcmp(list->entries[i].text, text) ||
				   (list->entries[i].whose == whose) != is))
		i++;
	return i;
}

/* Without what is ours. */
static struct list list_users(const struct list *list)
{
	struct list users = { .count = 0 };

	for (size_t i = 0; i < list->count; i++)
		if (list->entries[i].whose != OURS)
			list_insert(&users, users.count, list->entries[i].text,
				    list->entries[i].whose);
	return users;
}

/* As text; false: it is not set. */
static bool list_text(const struct list *list, char *ret)
{
	for (size_t i = 0; i < list->count; i++) {
		size_t len = strlen(list->entries[i].text);

		if (i)
			*ret++ = ':';
		memcpy(ret, list->entries[i].text, len);
		ret += len;
	}
	*ret = '\0';
	return list->set;
}

#endif
