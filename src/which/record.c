/*
 * Reading the record of decisions.
 */
#include "record.h"

#include <errno.h>
#include <string.h>

#include "file.h"
#include "path.h"
#include "secure.h"
#include "settings.h"
#include "text.h"

struct identity identity_of(int fd, const struct stat *st)
{
	struct identity id = {
		.device = (unsigned long long)st->st_dev,
		.inode = (unsigned long long)st->st_ino,
		.birth = birth_of(fd, st),
	};
	struct stat cfg;

	if (!id.birth && !fstatat(fd, "pyvenv.cfg", &cfg, 0)) {
		id.size = (unsigned long long)cfg.st_size;
		id.changed = (unsigned long long)stat_mtime(&cfg).tv_sec *
			1000000000 +
			(unsigned long long)stat_mtime(&cfg).tv_nsec;
	}
	return id;
}

bool identity_same(const struct identity *a, const struct identity *b)
{
	return a->inode == b->inode && a->birth == b->birth &&
		(a->birth || (a->size == b->size && a->changed &&
			      a->changed == b->changed));
}

/* -- words -------------------------------------------------------------- */

static const struct {
	const char *verb, *word;
} decisions[] = {
	[DECISION_ALLOW] = { "allow", "allowed" },
	[DECISION_DENY] = { "deny", "denied" },
	[DECISION_CREATED] = { "created", "created" },
};

const char *decision_verb(enum decision decision)
{
	return decisions[decision].verb;
}

const char *decision_word(enum decision decision)
{
	return decisions[decision].word;
}

/* -- lines -------------------------------------------------------------- */

bool record_line(const char **rest, const char **ret_line, size_t *ret_len)
{
	if (!**rest)
		return false;
	*ret_line = *rest;
	*ret_len = strcspn(*rest, "\n");
	*rest += *ret_len;
	*rest += **rest == '\n';
	return true;
}

/* Put *s behind `word`, if that is what stands there. */
static bool skip(const char **s, const char *word)
{
	size_t len = strlen(word);

	if (strncmp(*s, word, len))
		return false;
	*s += len;
	return true;
}

static bool is_octal(char c)
{
	return c >= '0' && c <= '7';
}

bool record_decode(const char *s, const char *end, char *ret)
{
	size_t n = 0;

	if (s == end || *s != '/')
		return false;
	while (s < end && n < PATH_MAX - 1) {
		if (*s != '\\') {
			ret[n++] = *s++;
		} else if (end - s < 4 || s[1] > '3' || !is_octal(s[1]) ||
			   !is_octal(s[2]) || !is_octal(s[3])) {
			return false;
		} else {
			ret[n++] = (char)((s[1] - '0') << 6 |
					  (s[2] - '0') << 3 | (s[3] - '0'));
			s += 4;
		}
	}
	ret[n] = '\0';
	return s == end && strlen(ret) == n;
}

/* The decision whose verb stands at *s, which is put behind it; or NONE. */
static enum decision skip_verb(const char **s)
{
	for (enum decision d = DECISION_ALLOW; d <= DECISION_CREATED; d++)
		if (skip(s, decision_verb(d)))
			return d;
	return DECISION_NONE;
}

bool record_parse(const char *line, size_t len, struct entry *ret)
{
	const char *s = line;
	struct identity *id = &ret->id;

	id->size = id->changed = 0;
	ret->decision = skip_verb(&s);
	return ret->decision && skip(&s, " ") &&
		text_digits(&s, &id->device) && skip(&s, ":") &&
		text_digits(&s, &id->inode) && skip(&s, ":") &&
		text_digits(&s, &id->birth) &&
		(id->birth || !skip(&s, ":") ||
		 (text_digits(&s, &id->size) && skip(&s, ":") &&
		  text_digits(&s, &id->changed))) && skip(&s, " ") &&
		s < line + len && record_decode(s, line + len, ret->path);
}

/* -- the file ----------------------------------------------------------- */

ptrdiff_t record_read(char *buf, char *ret_path, struct stat *ret_st)
{
	ptrdiff_t len = settings_record(ret_path);

	ret_st->st_ino = 0;
	if (!len)
		len = file_read_stat(AT_FDCWD, ret_path, buf, RECORD_MAX + 1,
				     ret_st);
	/* What one cannot reach is somebody else's: `su` keeps HOME. */
	if (len == -ENOENT || len == -ENOTDIR ||
	    (len == -EACCES && !ret_st->st_ino))
		return 0;
	if (!ret_st->st_ino)
		return len;
	if (!secure_owner(ret_st->st_uid))
		return 0;
	if (ret_st->st_mode & (S_IWGRP | S_IWOTH) ||
	    !settings_is_mine(ret_path, ret_st))
		return -EPERM;
	/* A NUL would hide the lines behind it. */
	return len >= 0 && strlen(buf) != (size_t)len ? -EINVAL : len;
}

/* What the line says where another directory stands now. */
static enum decision replaced(enum decision decision)
{
	return decision == DECISION_ALLOW ? DECISION_REPLACED
					  : DECISION_OUTDATED;
}

/* Of two lines about one path. */
static enum decision stronger(enum decision a, enum decision b)
{
	static const unsigned char strength[] = {
		[DECISION_OUTDATED] = 1, [DECISION_REPLACED] = 2,
		[DECISION_CREATED] = 3, [DECISION_ALLOW] = 4,
	};

	return strength[b] > strength[a] ? b : a;
}

enum decision record_decides(const char *text, const char *path, int fd,
			     const struct stat *st)
{
	enum decision decision = DECISION_NONE;
	struct identity id = { .inode = 0 };
	const char *line = text;
	size_t len = 0;

	while (record_line(&text, &line, &len)) {
		struct entry entry;
		bool named, same, denied;

		if (!record_parse(line, len, &entry))
			continue;
		named = !strcmp(entry.path, path);
		/* Most lines speak of others; only one that may not costs
		 * the question when this directory was made. */
		same = entry.id.inode == (unsigned long long)st->st_ino;
		if (same && !id.inode)
			id = identity_of(fd, st);
		same = same && identity_same(&entry.id, &id);
		denied = entry.decision == DECISION_DENY;
		if (!named && (same || denied))
			named = path_same(entry.path, path);
		if (denied && (same || named))
			return DECISION_DENY;
		if (!denied && named)
			decision = stronger(decision, same ? entry.decision :
					    replaced(entry.decision));
	}
	return decision;
}
