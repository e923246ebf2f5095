/*
 * venv recreate: make an environment anew in its place, with its options and
 * what was installed in it.  The old one stays until the new one is complete.
 */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>

#include "ask.h"
#include "aside.h"
#include "cfg.h"
#include "decide.h"
#include "demand.h"
#include "erase.h"
#include "fail.h"
#include "file.h"
#include "freeze.h"
#include "home.h"
#include "interrupt.h"
#include "options.h"
#include "path.h"
#include "pip.h"
#include "progress.h"
#include "python.h"
#include "renew.h"
#include "report.h"
#include "trust.h"

struct wish {
	const char *python;
	bool no_packages, yes, quiet;
};

static char reason[8 * PATH_MAX];
static struct cache cache;
static struct env env;
static struct base base;
static struct freeze freeze;

static _Noreturn void fail(const struct command *self, const char *why)
{
	cache_close(&cache);
	interrupt_obey();
	die(EX_NONE, self->name, ": ", why, NULL);
}

/* -- the old one -------------------------------------------------------- */

/* One that a kill has left aside is put back first. */
static void salvage(const char *word)
{
	char here[PATH_MAX], path[PATH_MAX];
	int fd;

	if (path_working_dir(here, path, session.pwd) ||
	    path_below(path, here, word))
		return;
	fd = open(path, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
	if (fd < 0)
		return;
	/* Whoever is at work in it is no one who was killed. */
	while (flock(fd, LOCK_EX) && errno == EINTR && !interrupt_pending())
		;
	if (!interrupt_pending())
		(void)aside_salvage(fd);
	(void)close(fd);
}

static void find_old(const struct command *self, const char *word)
{
	salvage(word ? word : ".venv");
	demand_found(self, word, &env);
	if (env.fd < 0)
		demand_fail(self, &env);
}

/*
 * Would the rules of trust block it?  A broken one is not judged, for nobody
 * is going to use it; but what stands in it is going to be believed.
 */
static bool is_strange(void)
{
	static struct env judged;

	judged = env;
	judged.verdict = VERDICT_USE;
	return trust_judge(&session.set, &judged) ||
		judged.verdict != VERDICT_USE;
}

/* -- its Python --------------------------------------------------------- */

/*
 * What a stranger wrote into pyvenv.cfg chooses no program: then the version
 * alone counts.
 */
static void find_base(const struct command *self, const struct wish *wish,
		      bool strange)
{
	char python[PATH_MAX], minor[VERSION_SIZE];
	struct out why = OUT_STRING(reason);
	const char *word = wish->python;
	size_t len = strcspn(env.version, ".");

	if (!cache_open(&cache, &why))
		die(EX_NONE, self->name, ": there is no place for the cache: ",
		    reason, "; set XDG_CACHE_HOME or TMPDIR", NULL);
	why.len = 0;
	if (!word && !strange && !home_python(&env, python) &&
	    python_find(&cache, python, &base, &why))
		return;
	why.len = 0;
	if (!word && *env.version) {
		len += 1 + strcspn(env.version + len + 1, ".");
		memcpy(minor, env.version, len);
		minor[len] = '\0';
		word = minor;
	}
	if (python_find(&cache, word, &base, &why))
		return;
	if (!wish->python)
		out_str(&why, "; or say which by -p PYTHON");
	fail(self, reason);
}

/* -- asking ------------------------------------------------------------- */

static void question(struct out *out, bool strange)
{
	out_str(out, "recreate ");
	out_safe(out, env.path);
	out_str(out, " with ");
	out_safe(out, base.implementation);
	out_char(out, ' ');
	out_safe(out, base.version);
	out_str(out, strange ? ", which may come from somebody else, and run"
			" the installation of " : ", and install ");
	out_number(out, (unsigned)freeze.count, 10);
	out_str(out, " packages as its metadata names them, ");
	out_number(out, (unsigned)freeze.elsewhere_count, 10);
	out_str(out, " of these from elsewhere than the index");
}

static void confirm(const struct command *self, const struct wish *wish,
		    bool strange)
{
	static char text[3 * PATH_MAX];
	struct out line = OUT_STRING(text);
	enum answer answer;

	if (wish->yes || !strange || !freeze.count)
		return;
	question(&line, strange);
	out_str(&line, "? [y/N] ");
	answer = ask(text);
	if (answer == ANSWER_NOBODY)
		fail(self, "it may come from somebody else, and what its"
		     " metadata names would be installed; say -y, or"
		     " --no-packages");
	if (answer == ANSWER_NO)
		fail(self, "nothing was changed");
}

/* -- all ---------------------------------------------------------------- */

static void tell(void)
{
	struct out *out = &session.out;

	out_str(out, "recreated ");
	out_safe(out, env.path);
	out_str(out, " (");
	out_safe(out, base.implementation);
	out_char(out, ' ');
	out_safe(out, base.version);
	if (freeze.count) {
		out_str(out, ", ");
		out_number(out, (unsigned)freeze.count, 10);
		out_str(out, freeze.count == 1 ? " package" : " packages");
	}
	out_str(out, ")\n");
}

static void record(const struct command *self)
{
	struct out why = OUT_STRING(reason);
	int fd = open_place(env.path, O_STAND | O_DIRECTORY | O_CLOEXEC);

	if (fd >= 0 && !decide_made(env.path, fd, &why))
		complain("venv", self->name, ": it is not recorded as allowed: ",
			 reason, NULL);
	if (fd >= 0)
		(void)close(fd);
}

static void take_down(const struct command *self, const struct wish *wish)
{
	struct out why = OUT_STRING(reason);

	if (wish->no_packages)
		return;
	if (!freeze_take(&base, env.path, env.version, &freeze, &why))
		fail(self, reason);
	if (*freeze.lost)
		complain("venv", self->name, ": not installed again, for their"
			 " metadata is not understood: ", freeze.lost, NULL);
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
	struct renew renew = { .freeze = &freeze, .quiet = wish.quiet };
	bool strange;

	interrupt_watch();
	find_old(self, *operands);
	strange = is_strange();
	find_base(self, &wish, strange);
	take_down(self, &wish);
	confirm(self, &wish, strange);
	if (!renew_env(&renew, &cache, &base, &env, &why))
		fail(self, reason);
	record(self);
	if (!wish.quiet)
		tell();
	cache_close(&cache);
	return EX_FOUND;
}
