/*
 * The record is written anew and takes the place of the old one, or gets a
 * line more.
 */
#include "decide.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "state.h"
#include "which/path.h"
#include "which/secure.h"
#include "which/settings.h"

static const char header[] =
	"# Decisions of `venv allow`, `venv deny`, `venv create`: venv(1).\n";

/* The record as it was read, and what shall be written. */
static char old[RECORD_MAX + 1], new[RECORD_MAX + 2 * PATH_MAX * 4];

/* -- where it stands ---------------------------------------------------- */

static bool find_record(char *ret_path, struct out *why)
{
	char *physical;
	struct stat st;

	if (settings_record(ret_path))
		return state_fail(why, "there is no place for decisions:"
				  " HOME is not set", NULL);
	if (!state_check(ret_path, why))
		return false;
	/* It may be a link to the place where somebody keeps such files. */
	physical = stat(ret_path, &st) || !S_ISREG(st.st_mode) ? NULL :
		realpath(ret_path, NULL);
	if (physical)
		(void)path_copy(ret_path, physical);
	free(physical);
	return true;
}

bool decide_read(char *buf, char *ret_path, struct out *why)
{
	struct stat st;
	ptrdiff_t len = record_read(buf, ret_path, &st);

	if (!len)
		*buf = '\0';
	if (len == -EPERM)
		return state_fail(why, A_PATH(ret_path), " may be written by"
				  " others", ADVICE, "read it, and: chmod 600 ",
				  A_WORD(ret_path), NULL);
	if (len < 0)
		return state_fail_on(why, "cannot read ", ret_path, (int)-len);
	if (len || lstat(ret_path, &st))
		return true;
	if (!secure_owner(st.st_uid))
		return state_fail(why, A_PATH(ret_path), " belongs to another"
				  " user", ADVICE, "remove it, or set"
				  " XDG_STATE_HOME", NULL);
	if (access(ret_path, R_OK))
		return state_fail_on(why, "cannot read ", ret_path, errno);
	return true;
}

/* The record at `path` is in `old`, and no other comes; as state_lock(). */
static int begin(const char *path, struct out *why)
{
	char read_path[PATH_MAX];
	int fd = state_lock(path, true, why);

	if (fd < 0 || decide_read(old, read_path, why))
		return fd;
	(void)close(fd);
	return -1;
}

/* -- its new text ------------------------------------------------------- */

/* Is the line about what the change is about? */
static bool is_about(const struct change *change, const struct entry *entry)
{
	if (!strcmp(entry->path, change->path) ||
	    (change->id && path_same(entry->path, change->path)))
		return true;
	/* One that was denied where it stood before is denied here, too. */
	return change->kind != CHANGE_DENY && change->id &&
		entry->decision == DECISION_DENY &&
		entry->id.birth && identity_same(&entry->id, change->id);
}

/* Copy the lines that stay to `out`; the number of the others. */
static int copy_lines(struct out *out, const char *text,
		      const struct change *change)
{
	const char *line;
	size_t len;
	int gone = 0;

	while (record_line(&text, &line, &len)) {
		struct entry entry;

		if (record_parse(line, len, &entry) &&
		    is_about(change, &entry)) {
			gone++;
			continue;
		}
		out_bytes(out, line, len);
		out_char(out, '\n');
	}
	return gone;
}

static void add_line(struct out *out, const struct change *change)
{
	static const enum decision decisions[] = {
		[CHANGE_ALLOW] = DECISION_ALLOW, [CHANGE_DENY] = DECISION_DENY,
		[CHANGE_CREATED] = DECISION_CREATED,
	};

	out_str(out, decision_verb(decisions[change->kind]));
	out_char(out, ' ');
	out_number(out, change->id->device, 10);
	out_char(out, ':');
	out_number(out, change->id->inode, 10);
	out_char(out, ':');
	out_number(out, change->id->birth, 10);
	if (!change->id->birth) {
		out_char(out, ':');
		out_number(out, change->id->size, 10);
		out_char(out, ':');
		out_number(out, change->id->changed, 10);
	}
	out_char(out, ' ');
	state_out_path(out, change->path);
	out_char(out, '\n');
}

/* -- the file ----------------------------------------------------------- */

/*
 * Put `text` behind what is in `file`, or change nothing.  It does not wait
 * for the disk: a line that is lost is one that the rules of trust can do
 * without, and no older one is written again.
 */
static bool append(const char *file, const struct out *text, struct out *why)
{
	int fd = open(file, O_WRONLY | O_APPEND | O_CREAT | O_NOFOLLOW |
		      O_CLOEXEC, 0600);
	ssize_t n;
	int err;

	if (fd < 0)
		return state_fail_on(why, "cannot write ", file, errno);
	n = write(fd, text->buf, text->len);
	err = n < 0 ? errno : (size_t)n < text->len ? ENOSPC : 0;
	/* Half a line would be one about another path. */
	if (n > 0 && err && ftruncate(fd, (off_t)strlen(old)))
		err = errno;
	if (close(fd) && !err)
		err = errno;
	return !err || state_fail_on(why, "cannot write ", file, err);
}

static bool is_full(const char *path, size_t len, struct out *why)
{
	return len >= RECORD_MAX &&
		!state_fail(why, A_PATH(path), " is full", ADVICE, "take out"
			    " what is gone: venv allow --list, venv allow"
			    " --forget DIR", NULL);
}

/* The result of decide(), once the record is read and locked. */
static int rewrite(const char *path, const struct change *change,
		   struct out *why)
{
	struct out text = OUT_STRING(new);
	int gone;

	if (!*old)
		out_str(&text, header);
	gone = copy_lines(&text, old, change);
	if (change->kind != CHANGE_FORGET)
		add_line(&text, change);
	else if (!gone)
		return 0;
	return !is_full(path, text.len, why) &&
		state_replace(path, &text, true, why) ? gone : -1;
}

int decide(const struct change *change, struct out *why)
{
	char path[PATH_MAX];
	int fd, gone;

	if (!find_record(path, why))
		return -1;
	if (change->kind == CHANGE_FORGET && access(path, F_OK))
		return 0;
	fd = begin(path, why);
	if (fd < 0)
		return -1;
	gone = rewrite(path, change, why);
	(void)close(fd);
	return gone;
}

static bool add_made(const char *path, const struct change *change,
		     struct out *why)
{
	struct out text = OUT_STRING(new);
	size_t len = strlen(old);

	if (!len)
		out_str(&text, header);
	else if (old[len - 1] != '\n')
		out_char(&text, '\n');
	add_line(&text, change);
	return !is_full(path, len + text.len, why) &&
		append(path, &text, why);
}

bool decide_made(const char *path, int fd, struct out *why)
{
	struct change change = { .kind = CHANGE_CREATED, .path = path };
	char record[PATH_MAX];
	struct identity id;
	struct stat st;
	int lock_fd;
	bool done;

	if (fstat(fd, &st))
		return state_fail_on(why, "cannot look at ", path, errno);
	id = identity_of(fd, &st);
	change.id = &id;
	lock_fd = find_record(record, why) ? begin(record, why) : -1;
	if (lock_fd < 0)
		return false;
	switch (record_decides(old, path, fd, &st)) {
	case DECISION_ALLOW:
	case DECISION_CREATED:
		done = true;
		break;
	case DECISION_NONE:
		done = add_made(record, &change, why);
		break;
	default:
		/* Beside the line that says otherwise it would not hold. */
		done = rewrite(record, &change, why) >= 0;
		break;
	}
	(void)close(lock_fd);
	return done;
}
