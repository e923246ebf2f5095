/*
 * Fuzz target: the record of decisions.  The input is its text.
 */
#include "fuzz.h"
#include "which/path.h"
#include "which/record.h"

static bool is_same(const struct entry *a, const struct entry *b)
{
	return a->decision == b->decision && a->id.device == b->id.device &&
		a->id.inode == b->id.inode && a->id.birth == b->id.birth &&
		a->id.size == b->id.size && a->id.changed == b->id.changed &&
		!strcmp(a->path, b->path);
}

/* The entry as a line, each byte of its path escaped. */
static char *line_of(const struct entry *entry)
{
	size_t room = 160 + 4 * strlen(entry->path);
	char *line = fuzz_room(room);
	int len = snprintf(line, room, "%s %llu:%llu:%llu",
			   decision_verb(entry->decision), entry->id.device,
			   entry->id.inode, entry->id.birth);

	if (!entry->id.birth)
		len += snprintf(line + len, room - (size_t)len, ":%llu:%llu",
				entry->id.size, entry->id.changed);
	len += snprintf(line + len, room - (size_t)len, " /");
	for (const char *s = entry->path + 1; *s; s++)
		len += snprintf(line + len, room - (size_t)len, "\\%03o",
				(unsigned)(unsigned char)*s);
	return line;
}

/* How long the path is that a line ends in: an escape is one byte. */
static size_t path_length(const char *line, size_t len)
{
	const char *path = memchr(line, '/', len);
	size_t length = len - (size_t)(path - line);

	for (size_t i = 0; i < len; i++)
		length -= line[i] == '\\' ? 3 : 0;
	return length;
}

/* A line says the same by itself, and when it is written in another way. */
static bool parse(const char *line, size_t len, struct entry *ret)
{
	char *copy = fuzz_text(line, len);
	struct entry again;
	bool is_entry;

	memset(ret, 'x', sizeof(*ret));
	is_entry = record_parse(line, len, ret);
	must(record_parse(copy, len, &again) == is_entry);
	free(copy);
	if (!is_entry)
		return false;
	must(is_same(ret, &again));
	must(memchr(ret->path, '\0', sizeof(ret->path)));
	must(*ret->path == '/');
	must(strlen(ret->path) == path_length(line, len));
	copy = line_of(ret);
	must(record_parse(copy, strlen(copy), &again));
	must(is_same(ret, &again));
	free(copy);
	return true;
}

/*
 * All lines, which are the text without its newlines.  In ret_path (PATH_MAX
 * bytes) the first path, or "/".
 */
static void check_lines(const char *text, char *ret_path)
{
	const char *rest = text, *line;
	size_t len;

	(void)path_copy(ret_path, "/");
	while (text = rest, record_line(&rest, &line, &len)) {
		struct entry entry;

		must(line == text);
		must(!memchr(line, '\n', len));
		must(line[len] == '\n' || !line[len]);
		must(rest == line + len + (line[len] == '\n'));
		must(rest > text);
		if (parse(line, len, &entry) && !strcmp(ret_path, "/"))
			(void)path_copy(ret_path, entry.path);
	}
	must(!*rest);
}

/* A denial holds, an approval is of this directory, and nothing else is. */
static void check_decision(const char *text, const char *path, int fd,
			   const struct stat *st)
{
	enum decision decision = record_decides(text, path, fd, st);
	struct identity id = identity_of(fd, st);
	bool denied = false, allowed = false, replaced = false;
	bool created = false;
	const char *line;
	size_t len;

	while (record_line(&text, &line, &len)) {
		struct entry entry;
		bool named, same;

		if (!record_parse(line, len, &entry))
			continue;
		named = !strcmp(entry.path, path);
		same = identity_same(&entry.id, &id);
		denied |= entry.decision == DECISION_DENY && (named || same);
		named &= entry.decision != DECISION_DENY;
		created |= named && same &&
			entry.decision == DECISION_CREATED;
		named &= entry.decision == DECISION_ALLOW;
		allowed |= named && same;
		replaced |= named && !same;
	}
	if (denied)
		must(decision == DECISION_DENY);
	else if (allowed)
		must(decision == DECISION_ALLOW || decision == DECISION_DENY);
	else if (created)
		must(decision == DECISION_CREATED ||
		     decision == DECISION_ALLOW || decision == DECISION_DENY);
	else if (replaced)
		must(decision != DECISION_NONE);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	/* No descriptor, no time of birth, and no pyvenv.cfg: the number that
	 * many lines have, which is not enough. */
	static const struct stat known = { .st_dev = 2, .st_ino = 1 };
	static struct stat here;
	static int fd = -1;
	char *text = fuzz_text(data, size);
	char path[PATH_MAX];

	if (fd < 0) {
		fd = open(".", O_STAND | O_CLOEXEC);
		if (fd < 0 || fstat(fd, &here)) {
			perror(".");
			exit(1);
		}
	}
	check_lines(text, path);
	check_decision(text, path, fd, &here);
	check_decision(text, path, -1, &known);
	check_decision(text, "/", -1, &known);
	free(text);
	return 0;
}
