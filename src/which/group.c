/*
 * Members of a group, from the lines of /etc/passwd and /etc/group.
 */
#include "group.h"

#include <fcntl.h>
#include <string.h>

#include "file.h"
#include "text.h"

#define TABLE_MAX (256 * 1024)

/* The next line of a table, without its newline, or NULL at the end. */
static char *next_line(char **rest)
{
	char *line = *rest;

	if (!line || !*line)
		return NULL;
	*rest = line + strcspn(line, "\n");
	if (**rest)
		*(*rest)++ = '\0';
	return line;
}

/* Split a line at colons into at most n fields; false where it has fewer. */
static bool split_line(char *line, char **fields, int n)
{
	for (int i = 0; i < n; i++) {
		fields[i] = strsep(&line, ":");
		if (!fields[i])
			return false;
	}
	return true;
}

static bool number_is(const char *text, unsigned long n)
{
	unsigned long number;

	return text_number(text, &number) && number == n;
}

/* Is `name` one of the words of a comma list? */
static bool list_has(const char *list, const char *name)
{
	size_t len = strlen(name);

	for (; *list; list += strspn(list, ",")) {
		size_t word = strcspn(list, ",");

		if (word == len && !memcmp(list, name, len))
			return true;
		list += word;
	}
	return false;
}

static size_t list_count(const char *list)
{
	size_t n = 0;

	for (; *list; list += strcspn(list, ","), list += strspn(list, ","))
		n++;
	return n;
}

/*
 * The members that /etc/group lists for gid; NULL: it has no such group, or
 * two of them, which nobody calls private.
 */
static const char *listed_members(char *table, gid_t gid)
{
	const char *members = NULL;
	char *line, *field[4];

	while ((line = next_line(&table))) {
		if (!split_line(line, field, 4) || !number_is(field[2], gid))
			continue;
		if (members)
			return NULL;
		members = field[3];
	}
	return members;
}

/*
 * Is nobody in the group, by his own line or by the list, but uid and 0?  Where
 * uid himself has no line, others come from elsewhere, too.
 */
static bool only_member(char *table, gid_t gid, uid_t uid, const char *listed)
{
	size_t known = 0;
	bool himself = false;
	char *line, *field[4];

	while ((line = next_line(&table))) {
		bool in_list, own;

		if (!split_line(line, field, 4))
			continue;
		own = number_is(field[2], uid);
		himself |= own;
		in_list = list_has(listed, field[0]);
		if (!in_list && !number_is(field[3], gid))
			continue;
		if (!own && !number_is(field[2], 0))
			return false;
		known += in_list;
	}
	return himself && known == list_count(listed);
}

static bool ask(gid_t gid, uid_t uid)
{
	static char groups[TABLE_MAX], users[TABLE_MAX];
	const char *listed;

	if (file_read_at(AT_FDCWD, "/etc/group", groups, TABLE_MAX) < 0 ||
	    file_read_at(AT_FDCWD, "/etc/passwd", users, TABLE_MAX) < 0)
		return false;
	listed = listed_members(groups, gid);
	return listed && only_member(users, gid, uid, listed);
}

bool group_is_private(gid_t gid, uid_t uid)
{
	/* A whole path has one answer, as a rule. */
	static struct {
		bool known, answer;
		gid_t gid;
		uid_t uid;
	} last;

	if (!last.known || last.gid != gid || last.uid != uid) {
		last.answer = ask(gid, uid);
		last.gid = gid;
		last.uid = uid;
		last.known = true;
	}
	return last.answer;
}
