/*
 * What can be checked before the first file is made.
 */
#include "permit.h"

#include <errno.h>
#include <string.h>

#include "dispose.h"
#include "erase.h"
#include "ground.h"
#include "guard.h"
#include "which/path.h"
#include "which/report.h"
#include "which/text.h"

/* pyvenv.cfg has no way to write a line break, and is UTF-8. */
static const char *objection(const char *path)
{
	if (strchr(path, ':'))
		return "it contains the PATH separator `:`, and no PATH could"
			" hold it";
	if (path[strcspn(path, "\r\n")])
		return "it contains a line break, which pyvenv.cfg cannot"
			" hold";
	if (!text_is_utf8(path, strlen(path)))
		return "it is not UTF-8, and Python would not start in it";
	return path[1] ? NULL : "it is the root directory";
}

static bool refuse(const char *path, const char *wrong, struct out *why)
{
	out_str(why, "refusing to make an environment in ");
	out_path(why, path);
	out_str(why, ": ");
	out_str(why, wrong);
	return false;
}

/* Where ".." and links make the text another place than the kernel's. */
static bool is_clean(const char *path)
{
	return !strstr(path, "/../") && !strstr(path, "/./") &&
		strcmp(path_base(path), "..");
}

bool permit_path(const char *word, char *ret, struct out *why)
{
	char here[PATH_MAX];
	const char *wrong;
	int err = working_dir(here, sizeof(here));

	if (!*word) {
		out_str(why, "the name of an environment cannot be empty");
		return false;
	}
	if (*word == '/')
		memcpy(here, "/", 2);
	else if (err) {
		report_lost(why, err);
		return false;
	}
	if (path_below(ret, here, word)) {
		out_str(why, "no path can be as long as ");
		out_path(why, word);
		return false;
	}
	wrong = is_clean(ret) ? objection(ret)
		: "it goes up by `..` from behind a link\n"
			"give the path without";
	return !wrong || refuse(ret, wrong, why);
}

/* What is in an environment and has the longest path, but for pip. */
#define LONGEST_OTHER 128

bool permit_length(const struct plan *plan, const char *path,
		   const struct image *image, struct out *why)
{
	struct image_facts facts = { .longest = 0 };
	size_t most;

	if (image)
		image_facts(image, &facts);
	most = strlen(plan->base->site) + facts.longest + LONGEST_OTHER;
	if (strlen(path) + most < PATH_MAX)
		return true;
	out_str(why, "the path ");
	out_path(why, path);
	out_str(why, " leaves no room for those of pip's files");
	return false;
}

/* -- what is there ------------------------------------------------------ */

static bool is_default(const char *name)
{
	return !strcmp(name, ".venv") || !strcmp(name, "venv");
}

/*
 * Is it an environment, or what is left of one?  An installation of Python
 * has the same parts: so parts alone say nothing, but where the name does.
 */
static bool is_env(int fd, const char *path)
{
	struct stat st;

	return (!fstatat(fd, "pyvenv.cfg", &st, AT_SYMLINK_NOFOLLOW) &&
		S_ISREG(st.st_mode)) ||
		dispose_is_unfinished(fd) || aside_waits(fd) ||
		is_default(path_base(path)) ||
		!fstatat(fd, "bin/activate", &st, AT_SYMLINK_NOFOLLOW);
}

static bool may_clear(const struct plan *plan, int fd, const char *path,
		      struct out *why)
{
	if (plan->anew)
		return !guard_refuses_anew(fd, why);
	if (plan->force || erase_is_empty(fd, "."))
		return !guard_is_known(fd, why);
	if (guard_is_known(fd, why))
		return false;
	if (!is_env(fd, path)) {
		out_str(why, "it is no environment\n--force clears it"
			" nonetheless");
		return false;
	}
	if (!guard_refuses(fd, why))
		return true;
	out_str(why, ", or say --force");
	return false;
}

static bool check_clear(const struct plan *plan, int fd, const char *path,
			struct out *why)
{
	char text[4096];
	struct out clause = OUT_STRING(text);

	if (may_clear(plan, fd, path, &clause))
		return true;
	out_str(why, "refusing to clear ");
	out_path(why, path);
	out_str(why, ": ");
	out_str(why, text);
	return false;
}

/*
 * The settings of pip stay where an environment is made anew.  A stranger's
 * would choose where packages come from, or which program pip runs.
 */
static bool check_settings(const struct plan *plan, int fd, const char *path,
			   enum aside *ret, struct out *why)
{
	char text[4096];
	struct out clause = OUT_STRING(text);
	struct stat st;

	*ret = plan->force ? ASIDE_ALL : ASIDE_PARTS;
	if (plan->force || fstatat(fd, "pip.conf", &st, AT_SYMLINK_NOFOLLOW) ||
	    plan->vouch(fd, path, &clause))
		return true;
	*ret = ASIDE_SETTINGS;
	if (plan->clear)
		return true;
	out_path(why, path);
	out_str(why, "/pip.conf may come from somebody else, and pip would"
		" obey it\nread it, and remove it or `venv allow` the"
		" environment");
	return false;
}

/* What is there, and is not made, is going to be used. */
static bool check_parts(const struct plan *plan, int fd, const char *path,
			struct out *why)
{
	struct plan clear = *plan;
	char text[4096], other[4096];
	struct out clause = OUT_STRING(text), unsaid = OUT_STRING(other);

	if (plan->vouch(fd, path, &clause))
		return true;
	clear.clear = true;
	out_str(why, "what is in ");
	out_path(why, path);
	out_str(why, " would stay, and ");
	out_str(why, text);
	out_str(why, "\nto make it anew: venv create --clear ");
	out_str(why, may_clear(&clear, fd, path, &unsaid) ? "" : "--force ");
	out_operand(why, path);
	return false;
}

/* One who gives the project's directory, or the home, means one in it. */
static bool check_project(int fd, const char *path, struct out *why)
{
	char text[NAME_MAX + 1], below[PATH_MAX];
	struct out sign = OUT_STRING(text);
	bool known;

	if (is_env(fd, path) || path_join(below, path, ".venv"))
		return true;
	known = guard_is_known(fd, &sign);
	if (!known && !guard_is_project(fd, &sign))
		return true;
	out_str(why, "refusing to make an environment of ");
	out_path(why, path);
	out_str(why, known ? ": " : ": it holds ");
	out_str(why, text);
	out_str(why, known ? "" : ", as a project does");
	out_str(why, "\nfor one in it: venv create ");
	out_operand(why, below);
	out_str(why, "\nfor one by its name: venv create -n ");
	out_operand(why, path_base(path));
	return false;
}

bool permit_stay(const struct plan *plan, int fd, const char *path,
		 enum aside *ret_goes, struct out *why)
{
	if (!plan->clear && !plan->anew)
		return check_project(fd, path, why) &&
			check_parts(plan, fd, path, why);
	return check_clear(plan, fd, path, why) &&
		check_settings(plan, fd, path, ret_goes, why);
}

bool permit_check(const struct plan *plan, const char *path, struct out *why)
{
	const char *wrong = objection(path);
	enum aside goes;
	bool ok;
	int fd;

	/* One that is made anew may stand at whatever path. */
	if (wrong)
		return refuse(path, wrong, why);
	if (plan->with_pip && !plan->base->image) {
		out_path(why, plan->base->exe);
		out_str(why, " has no wheel of pip\non Debian and Ubuntu:"
			" apt install python3-venv\nor give --without-pip");
		return false;
	}
	if (!ground_check(path, -1, why))
		return false;
	fd = open(path, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
	/* What is not there, or no directory, tree_begin() has words for. */
	if (fd < 0)
		return true;
	ok = permit_stay(plan, fd, path, &goes, why);
	(void)close(fd);
	return ok;
}
