/*
 * The cache, failures, and recording and telling what was made.
 */
#include "made.h"

#include <sys/stat.h>
#include <unistd.h>

#include "decide.h"
#include "fail.h"
#include "fit.h"
#include "make/interrupt.h"
#include "make/match.h"
#include "which/report.h"

void made_alone(void)
{
	(void)umask(umask(0) | S_IWGRP | S_IWOTH);
}

void made_cache(const struct command *self, struct cache *ret)
{
	static char text[2 * PATH_MAX];
	struct out why = OUT_STRING(text);

	if (!cache_open(ret, &why))
		die(EX_NONE, self->name, ": there is no place for the cache: ",
		    REASON(text), ADVICE, "set XDG_CACHE_HOME or TMPDIR",
		    NULL);
	if (ret->passing)
		complain("venv", self->name, ": works without its cache: ",
			 REASON(text), ADVICE, "once that is mended the next"
			 " one is made faster", NULL);
}

_Noreturn void made_fail(const struct command *self, struct cache *cache,
			 const char *why)
{
	cache_close(cache);
	/* What was made before the failure stays, and was to be told. */
	(void)out_flush(&session.out);
	interrupt_obey();
	die(EX_NONE, self->name, ": ", REASON(why), NULL);
}

void made_record(const struct command *self, const char *path)
{
	static char text[5 * PATH_MAX];
	struct out why = OUT_STRING(text);
	int fd = open_place(path, O_STAND | O_DIRECTORY | O_CLOEXEC);

	if (fd < 0)
		return;
	if (!decide_made(path, fd, &why))
		complain("venv", self->name, ": ", A_PATH(path), " is not"
			 " recorded: ", REASON(text), ADVICE,
			 "then: venv allow ", A_WORD(path), NULL);
	(void)close(fd);
}

/* -- its Python --------------------------------------------------------- */

/* Whoever gives a word has done without what could not be read. */
static void warn_unread(const struct command *self, const struct made *made)
{
	if (*made->requires.trouble)
		complain("venv", self->name, ": ",
			 REASON(made->requires.trouble), ADVICE, *made->because
			 ? "the rest of what the project demands is followed"
			 : "the default Python is taken; to take another one:"
			   " -p PYTHON", NULL);
}

static void warn_misfit(const struct command *self, const struct made *made,
			const char *word)
{
	const struct base *base = &made->base;
	char text[512];
	struct out demand = OUT_STRING(text);

	if (!requires_fits(&made->requires, base->implementation,
			   base->version, &demand))
		complain("venv", self->name, ": ", base->implementation, " ",
			 base->version, " is not for ", REASON(text), ADVICE,
			 word ? "without -p one is looked for that is" : "they"
			 " contradict each other: change one of the two",
			 NULL);
}

void made_find(const struct command *self, struct cache *cache,
	       const char *word, bool quiet, struct made *made)
{
	static char reason[8 * PATH_MAX];
	const struct stand stand = { &session.set, session.pwd };
	struct out why = OUT_STRING(reason);
	struct out because = OUT_STRING(made->because);

	*made->because = '\0';
	if (word)
		*made->requires.pins = '\0';
	if (word ? !python_find(cache, &stand, word, &made->base, &why)
	    : !match_find(cache, &stand, &made->requires, &made->base,
			  &because, &why))
		made_fail(self, cache, reason);
	if (!word)
		warn_unread(self, made);
	if (!quiet)
		warn_misfit(self, made, word);
}

/* Is it of another minor version?  Then that is in ret. */
static bool is_of_another(const struct env *env, const struct base *base,
			  char *ret, size_t cap)
{
	struct out minor = { .fd = -1, .buf = ret, .cap = cap };
	struct version own, new;

	report_short_version(&minor, env->version);
	return version_read(env->version, &own, NULL) && own.known > 1 &&
		version_read(base->version, &new, NULL) &&
		(own.part[0] != new.part[0] || own.part[1] != new.part[1]);
}

void made_stay(const struct command *self, struct cache *cache,
	       const char *path, struct made *made)
{
	static struct env env;
	static struct base own;
	static char text[2 * PATH_MAX];
	const struct stand stand = { &session.set, session.pwd };
	struct out why = OUT_STRING(text);
	char minor[VERSION_SIZE], demand[512];
	struct out misfit = OUT_STRING(demand);

	if (env_open(&env, path))
		return;
	env_read(&env);
	env_close(&env);
	if (!is_of_another(&env, &made->base, minor, sizeof(minor)))
		return;
	if (!requires_fits(&made->requires, env.implementation, env.version,
			   &misfit)) {
		out_path(&why, path);
		out_str(&why, " is there, and its ");
		fit_say(&why, &env, demand);
		out_str(&why, "\nto make it with a Python that is:"
			" venv recreate ");
		out_operand(&why, path);
		made_fail(self, cache, text);
	}
	/* One that fails leaves nothing of what was found before. */
	if (python_find(cache, &stand, minor, &own, &why) &&
	    python_find(cache, &stand, minor, &made->base, &why))
		*made->because = '\0';
}

/* -- saying it ---------------------------------------------------------- */

void made_tell(const char *word, const char *path, const struct made *made,
	       int packages)
{
	const struct base *base = &made->base;
	struct out *out = &session.out;

	out_str(out, word);
	out_char(out, ' ');
	out_path(out, path);
	out_str(out, " (");
	out_safe(out, base->implementation);
	out_char(out, ' ');
	out_safe(out, base->version);
	out_str(out, *made->because ? ", for " : "");
	out_str(out, made->because);
	if (packages) {
		out_str(out, ", ");
		out_number(out, (unsigned)packages, 10);
		out_str(out, packages == 1 ? " package" : " packages");
	}
	out_str(out, ")\n");
}
