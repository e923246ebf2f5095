/*
 * venv recreate: make an environment anew in its place, with its options and
 * what was installed in it.  The old one stays until the new one is complete.
 */
#include <errno.h>
#include <string.h>
#include <sys/file.h>

#include "demand.h"
#include "fail.h"
#include "made.h"
#include "make/aside.h"
#include "make/freeze.h"
#include "make/ground.h"
#include "make/home.h"
#include "make/interrupt.h"
#include "make/python.h"
#include "make/renew.h"
#include "options.h"
#include "pick.h"
#include "progress.h"
#include "vouch.h"
#include "which/path.h"
#include "which/report.h"

struct wish {
	const char *python;
	bool no_packages, yes, quiet;
};

static char reason[8 * PATH_MAX];
static struct cache cache;
static struct env env;
static struct made made;
static struct freeze freeze;

/* -- the old one -------------------------------------------------------- */

/*
 * What a kill has left aside in the directory `path` is put back; not where
 * others could have left it.
 */
static void salvage(const char *path)
{
	struct out why = OUT_STRING(reason);
	int fd = open(path, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);

	if (fd < 0 || !ground_check(path, fd, &why)) {
		if (fd >= 0)
			(void)close(fd);
		return;
	}
	/* Whoever is at work in it is no one who was killed. */
	while (flock(fd, LOCK_EX) && errno == EINTR && !interrupt_pending())
		;
	/* Nothing was changed yet that had to be taken back. */
	interrupt_obey();
	(void)aside_salvage(fd);
	(void)close(fd);
}

/* Before that is done, there may be no pyvenv.cfg to find it by. */
static void salvage_word(const char *word)
{
	char here[PATH_MAX], path[PATH_MAX];

	if (!path_working_dir(here, path, session.pwd) &&
	    !path_below(path, here, word))
		salvage(path);
	if (!strchr(word, '/') && !settings_container(path) &&
	    !path_join(path, path, word))
		salvage(path);
}

/* The one that is found may be half of a new one, and the old one aside. */
static void find_old(const struct command *self, const char *word)
{
	salvage_word(word ? word : ".venv");
	demand_found(self, word, &env);
	if (env.fd < 0)
		demand_fail(self, &env);
	salvage(env.path);
	env_close(&env);
	demand_found(self, word, &env);
	if (env.fd < 0)
		demand_fail(self, &env);
	/* FUSE and NFS keep a file that is open, by a hidden name beside it,
	 * and then its directory cannot go. */
	if (env.cfg_fd >= 0)
		(void)close(env.cfg_fd);
	env.cfg_fd = -1;
}

/*
 * It stays where it is, for it is no part of the environment; and it would
 * choose where pip takes packages from, or which program it runs instead.
 */
static void check_settings(const struct command *self, bool strange)
{
	struct stat st;

	if (strange && !fstatat(env.fd, "pip.conf", &st, AT_SYMLINK_NOFOLLOW))
		die(EX_NONE, self->name, ": ", A_PATH(env.path), "/pip.conf may"
		    " come from somebody else, and pip would obey it", ADVICE,
		    "read it, and remove it", ADVICE, "or, if you trust it:"
		    " venv allow ", A_WORD(env.path), NULL);
}

/* -- its Python --------------------------------------------------------- */

/*
 * The Python that it was made of, or another one of that version.  What a
 * stranger wrote into pyvenv.cfg chooses no program: then the version alone
 * counts.
 */
static bool find_same(bool strange, struct out *why)
{
	char python[PATH_MAX], minor[VERSION_SIZE];
	const struct stand stand = { &session.set, session.pwd };
	size_t len = strcspn(env.version, ".");

	if (!strange && !home_python(&env, python) &&
	    python_find(&cache, &stand, python, &made.base, why))
		return true;
	why->len = 0;
	if (env.version[len])
		len += 1 + strcspn(env.version + len + 1, ".");
	memcpy(minor, env.version, len);
	minor[len] = '\0';
	return python_find(&cache, &stand, *minor ? minor : NULL, &made.base,
			   why);
}

/* The same one, unless the project demands another one by now. */
static void find_base(const struct command *self, const struct wish *wish,
		      bool strange)
{
	struct out why = OUT_STRING(reason);

	made_cache(self, &cache);
	requires_of_env(&made.requires, &session.set, &env);
	if (wish->python || !requires_fits(&made.requires, env.implementation,
					   env.version, NULL)) {
		made_find(self, &cache, wish->python, wish->quiet, &made);
		return;
	}
	if (!find_same(strange, &why)) {
		out_str(&why, strchr(reason, '\n') ? ", or say which by -p"
			" PYTHON" : "\nsay which by -p PYTHON");
		made_fail(self, &cache, reason);
	}
	/* Another one may stand in its place by now. */
	if (!requires_fits(&made.requires, made.base.implementation,
			   made.base.version, NULL))
		made_find(self, &cache, NULL, wish->quiet, &made);
}

/* -- asking ------------------------------------------------------------- */

/* Of those of the index the first ones are named; in lines that are read. */
#define NAMED 100
#define WIDTH 76

static void tell_index(struct out *out)
{
	const char *line = freeze.index;
	int all = freeze.count - freeze.elsewhere_count, n = 0;
	size_t begin = out->len + 1;

	out_str(out, all ? "\nfrom pip's index: " : "");
	for (; n < all && n < NAMED; n++) {
		size_t len = strcspn(line, "\n");

		out_str(out, n ? "," : "");
		if (n && out->len - begin + len > WIDTH) {
			begin = out->len + 1;
			out_str(out, "\n ");
		}
		out_str(out, n ? " " : "");
		out_bytes(out, line, len);
		line += len + 1;
	}
	if (n == all)
		return;
	out_str(out, "\nand ");
	out_number(out, (unsigned)(all - n), 10);
	out_str(out, " more from there");
}

/*
 * "name @ URL", "URL#egg=name", or "-e URL" with what is installed as it
 * stands there.
 */
static void tell_elsewhere(struct out *out, const char *line)
{
	static const char file[] = "file://";
	bool editable = !strncmp(line, "-e ", 3);
	static const char egg[] = "#egg=";
	const char *at = strstr(line, " @ "), *url = line;
	const char *name = strstr(line, egg);

	out_char(out, '\n');
	if (editable) {
		out_str(out, "what is editable");
		url += 3;
	} else if (at) {
		out_bytes(out, line, (size_t)(at - line));
		url = at + 3;
	} else if (name) {
		name += strlen(egg);
		out_bytes(out, name, strcspn(name, "&"));
	}
	out_str(out, ", from ");
	if (!strncmp(url, file, strlen(file)) && !url[strcspn(url, "%#")])
		out_path(out, url + strlen(file));
	else
		out_str(out, url);
}

/* What would be installed, and from where, in lines. */
static void tell_packages(struct out *out)
{
	char line[4096];

	tell_index(out);
	for (const char *at = freeze.elsewhere; *at;) {
		size_t len = strcspn(at, "\n");

		if (len < sizeof(line)) {
			memcpy(line, at, len);
			line[len] = '\0';
			tell_elsewhere(out, line);
		}
		at += len + 1;
	}
}

static void confirm(const struct command *self, const struct wish *wish,
		    bool strange)
{
	static char text[3 * sizeof(freeze.elsewhere)], ask[512];
	struct out line = OUT_STRING(text), question = OUT_STRING(ask);

	if (wish->yes || !strange || !freeze.count)
		return;
	out_path(&line, env.path);
	out_str(&line, " may come from somebody else, and what its metadata"
		" names would be installed");
	tell_packages(&line);
	if (!pick_anybody()) {
		out_str(&line, "\nsay -y to have that, or --no-packages");
		made_fail(self, &cache, text);
	}
	complain("venv", self->name, ": ", REASON(text), NULL);
	out_str(&question, "venv: recreate it with these, by ");
	out_safe(&question, made.base.implementation);
	out_char(&question, ' ');
	out_safe(&question, made.base.version);
	out_str(&question, "? [y/N] ");
	if (pick_yes(ask) != ANSWER_YES)
		made_fail(self, &cache, "nothing was changed");
}

/* -- all ---------------------------------------------------------------- */

static void take_down(const struct command *self, const struct wish *wish)
{
	struct out why = OUT_STRING(reason);

	if (wish->no_packages)
		return;
	if (!freeze_take(&made.base, env.path, env.version, &freeze, &why))
		made_fail(self, &cache, reason);
	if (*freeze.lost)
		complain("venv", self->name, ": not installed again, for their"
			 " metadata is not understood: ", freeze.lost,
			 ADVICE, "install them by hand", NULL);
}

int cmd_recreate(const struct command *self, char **argv)
{
	static struct wish wish;
	const struct option table[] = {
		{ 'p', "python", "PYTHON", "another base interpreter: a path,"
			" a command or a version", .value = &wish.python },
		{ 0, "no-packages", NULL, "install nothing again",
		  .flag = &wish.no_packages },
		{ 'y', "yes", NULL, "do not ask", .flag = &wish.yes },
		{ 'q', "quiet", NULL, "say nothing", .flag = &wish.quiet },
		{ 0 },
	};
	char **operands = options_at_most(self,
		options_parse(self, table, 0, argv), 1);
	struct out why = OUT_STRING(reason);
	struct renew renew = {
		.freeze = &freeze, .quiet = wish.quiet, .vouch = vouch,
		.progress = wish.quiet ? progress_none : progress_show,
	};
	bool strange;

	interrupt_watch();
	made_alone();
	find_old(self, *operands);
	if (!ground_check(env.path, env.fd, &why))
		die(EX_NONE, self->name, ": ", REASON(reason), NULL);
	strange = renew.strange = demand_is_strange(&env, NULL);
	check_settings(self, strange);
	find_base(self, &wish, strange);
	take_down(self, &wish);
	confirm(self, &wish, strange);
	if (!renew_env(&renew, &cache, &made.base, &env, &why))
		made_fail(self, &cache, reason);
	made_record(self, env.path);
	if (!wish.quiet)
		made_tell("recreated", env.path, &made, freeze.count);
	cache_close(&cache);
	return EX_FOUND;
}
