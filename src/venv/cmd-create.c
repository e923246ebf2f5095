/*
 * venv create: make environments, with the options of `python -m venv`.
 */
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "fail.h"
#include "made.h"
#include "make/create.h"
#include "make/interrupt.h"
#include "make/permit.h"
#include "make/pip.h"
#include "make/relink.h"
#include "make/stray.h"
#include "options.h"
#include "pick.h"
#include "progress.h"
#include "recent.h"
#include "startup.h"
#include "vouch.h"
#include "which/path.h"
#include "which/report.h"
#include "which/text.h"

struct wish {
	const char *python, *name, *prompt, *mode;
	bool symlinks, copies, without_pip, without_marks;
	bool link, quiet, verbose, dry, yes;
	struct plan plan;
};

static char reason[8 * PATH_MAX];
static struct cache cache;

/* -- the wish ----------------------------------------------------------- */

static void set_mode(const struct command *self, struct wish *wish)
{
	static const struct {
		const char *word;
		enum link_mode mode;
	} modes[] = {
		{ "hardlink", LINK_HARD }, { "copy", LINK_COPY },
		{ "clone", LINK_CLONE },
	};

	wish->plan.mode = LINK_AUTO;
	for (size_t i = 0; wish->mode &&
	     i < sizeof(modes) / sizeof(*modes); i++)
		if (!strcmp(wish->mode, modes[i].word)) {
			wish->plan.mode = modes[i].mode;
			return;
		}
	if (wish->mode)
		options_usage(self, "--link-mode is hardlink, copy or clone,"
			      " and not ", wish->mode);
}

/* CPython has "." mean the working directory's name (3.9). */
static void set_prompt(const struct command *self, struct wish *wish)
{
	static char here[PATH_MAX];

	wish->plan.prompt = wish->prompt;
	if (!wish->prompt)
		return;
	if (!strcmp(wish->prompt, ".") && !working_dir(here, sizeof(here)))
		wish->plan.prompt = path_base(here);
	if (wish->plan.prompt[strcspn(wish->plan.prompt, "\r\n")])
		options_usage(self, "a prompt is one line: ", wish->prompt);
	if (!text_is_utf8(wish->plan.prompt, strlen(wish->plan.prompt)))
		options_usage(self, "a prompt is UTF-8 text: ", wish->prompt);
	if (strlen(wish->plan.prompt) > 1000)
		options_usage(self, "a prompt has at most 1000 bytes", "");
}

static void check_wish(const struct command *self, struct wish *wish,
		       char **operands)
{
	if (wish->symlinks && wish->copies)
		options_usage(self, "these exclude each other: ",
			      "--symlinks --copies");
	/* The status is CPython's. */
	if (wish->plan.upgrade && wish->plan.clear)
		die(EX_NONE, self->name, ": --upgrade and --clear exclude each"
		    " other", ADVICE, "nothing was changed", NULL);
	if (wish->plan.force && !wish->plan.clear)
		options_usage(self, "--force belongs to --clear", "");
	if (wish->plan.upgrade_deps && wish->without_pip)
		die(EX_NONE, self->name, ": --upgrade-deps needs the pip that"
		    " --without-pip leaves out", ADVICE, "nothing was changed",
		    NULL);
	if (wish->name && *operands)
		options_usage(self, "--name says where, and so does ",
			      *operands);
	if (wish->name && (!*wish->name || *wish->name == '.' ||
			   strchr(wish->name, '/')))
		options_usage(self, "no environment can be called ",
			      *wish->name ? wish->name : "nothing");
	if (wish->link && operands[0] && operands[1])
		options_usage(self, "--link leads to one environment, not to ",
			      operands[1]);
	set_mode(self, wish);
	set_prompt(self, wish);
	wish->plan.copies = wish->copies;
	wish->plan.with_pip = !wish->without_pip;
	wish->plan.scm_ignore = !wish->without_marks;
	wish->plan.vouch = vouch;
	wish->plan.progress = wish->quiet ? progress_none : progress_show;
}

/* -- one environment ---------------------------------------------------- */

static void tell_details(const struct wish *wish, const struct made *made)
{
	const char *file = requires_file(&made->requires);
	static const char *const modes[] = {
		"hard links", "hard links", "copies", "clones, or copies",
	};
	struct out *out = &session.out;

	out_str(out, "  base interpreter ");
	out_path(out, made->base.exe);
	if (*made->because && *file) {
		out_str(out, "\n  demanded by ");
		out_path(out, file);
	}
	out_str(out, "\n  pip ");
	out_str(out, wish->plan.with_pip ? "by " : "none");
	out_str(out, wish->plan.with_pip ? modes[wish->plan.mode] : "");
	out_str(out, "\n  prompt ");
	out_safe(out, wish->plan.prompt ? wish->plan.prompt
					: "the directory's name");
	out_char(out, '\n');
}

static void tell(const struct wish *wish, const char *path,
		 const struct made *made)
{
	const struct plan *plan = &wish->plan;

	made_tell(!plan->kept ? "created" : plan->upgrade ? "upgraded" : "kept",
		  path, made, 0);
	if (plan->kept && !plan->upgrade)
		out_str(&session.out, "  what was in it stays; --clear would"
			" make it anew\n");
}

/* --upgrade-deps, by the pip that is there now, and the user's own settings. */
static void upgrade_deps(const struct command *self, struct wish *wish,
			 const char *path)
{
	const char *args[8] = { "install", "--upgrade" };
	char deps[256];
	struct out why = OUT_STRING(reason);
	char python[PATH_MAX], *rest = deps;
	size_t n = 2;

	plan_python(&wish->plan, path, python);
	if (strlen(wish->plan.base->deps) >= sizeof(deps))
		return;
	memcpy(deps, wish->plan.base->deps, strlen(wish->plan.base->deps) + 1);
	if (wish->quiet)
		args[n++] = "--quiet";
	while (n < 7 && (args[n] = strsep(&rest, " ")))
		n++;
	(void)out_flush(&session.out);
	if (pip_run(python, NULL, path, args, &why))
		return;
	out_str(&why, "\nthe environment is there, and its pip not upgraded\n"
		"to try again: venv create --upgrade-deps ");
	out_operand(&why, path);
	made_fail(self, &cache, reason);
}

static void make(const struct command *self, struct wish *wish,
		 const char *path, const struct made *made)
{
	struct out why = OUT_STRING(reason);
	enum link_mode wanted = wish->plan.mode;

	if (!create_env(&wish->plan, path, &why))
		made_fail(self, &cache, reason);
	if (wanted != wish->plan.mode && wanted == LINK_HARD)
		complain("venv", self->name, ": no hard links are possible"
			 " from the cache to ", A_PATH(path), ADVICE, "it has"
			 " copies", NULL);
	made_record(self, path);
	recent_add(path);
	if (!wish->quiet)
		tell(wish, path, made);
	if (wish->verbose)
		tell_details(wish, made);
	if (!wish->quiet)
		startup_further(path);
	wish->plan.mode = wanted;
	if (wish->plan.upgrade_deps)
		upgrade_deps(self, wish, path);
}

/*
 * Have the working directory's redirect lead to it; or, before anything is
 * made, make sure that it can.
 */
static void link_project(const struct command *self, const char *path,
			 bool (*how)(const char *dir, const char *target,
				     struct out *why))
{
	char here[PATH_MAX], own[PATH_MAX];
	struct out why = OUT_STRING(reason);

	int err = working_dir(here, sizeof(here));

	if (err) {
		report_lost(&why, err);
		made_fail(self, &cache, reason);
	}
	if (!path_join(own, here, RELINK_NAME) && !strcmp(own, path))
		made_fail(self, &cache, "--link belongs to an environment"
			  " elsewhere: with --name, or an ENV_DIR");
	if (!how(here, path, &why))
		made_fail(self, &cache, reason);
}

/* -- all ---------------------------------------------------------------- */

static void find_place(const struct command *self, const struct wish *wish,
		       const char *word, char *ret)
{
	struct out why = OUT_STRING(reason);
	char path[PATH_MAX];

	if (wish->name) {
		if (settings_container(path) ||
		    path_join(path, path, wish->name))
			made_fail(self, &cache, "there is no place for named"
				  " environments: neither WORKON_HOME nor HOME"
				  " is set to an absolute path");
		word = path;
	}
	if (!permit_path(word ? word : ".venv", ret, &why))
		made_fail(self, &cache, reason);
}

/*
 * Its Python; of the project that it stands in, be that there or not, and
 * where it has a name, of the one that somebody stands in.
 */
static void find_base(const struct command *self, struct wish *wish,
		      const char *path, struct made *made)
{
	char dir[PATH_MAX];

	(void)path_copy(dir, path);
	if (!wish->name || working_dir(dir, sizeof(dir)))
		(void)path_up(dir);
	requires_read(&made->requires, &session.set, dir);
	if (!wish->python)
		requires_take_shell(&made->requires);
	made_find(self, &cache, wish->python, wish->quiet, made);
	if (!wish->python && !wish->plan.clear)
		made_stay(self, &cache, path, made);
	wish->plan.base = &made->base;
}

/* Whoever says --force may not know what all is there. */
static void confirm_clear(const struct command *self,
			  const struct wish *wish, const char *path)
{
	static char text[8192], list[4096];
	struct out question = OUT_STRING(text), names = OUT_STRING(list);
	int fd, found;

	if (!wish->plan.force || wish->yes || wish->dry ||
	    !permit_check(&wish->plan, path, &question))
		return;
	fd = open(path, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
	found = fd < 0 ? 0 : stray_find(fd, &names);
	if (fd >= 0)
		(void)close(fd);
	if (!found)
		return;
	out_str(&question, "venv: clear ");
	out_path(&question, path);
	out_str(&question, " and with it ");
	out_str(&question, found < 0 ? strerror(-found) : list);
	out_str(&question, "? [y/N] ");
	switch (pick_yes(text)) {
	case ANSWER_YES:
		return;
	case ANSWER_NO:
		made_fail(self, &cache, "nothing was changed");
	default:
		question = (struct out)OUT_STRING(reason);
		out_str(&question, "there is no terminal to ask at, and ");
		out_str(&question, list);
		out_str(&question, " would go\nto have that: venv create -y"
			" --clear --force ");
		out_operand(&question, path);
		made_fail(self, &cache, reason);
	}
}

/* One after the other, as CPython does it: those before a failure stay. */
static void make_each(const struct command *self, struct wish *wish,
		      char **operands)
{
	static char *none[] = { NULL, NULL };
	static struct made made;
	char path[PATH_MAX];
	struct out why = OUT_STRING(reason);

	for (char **word = *operands ? operands : none;
	     word == none || *word; word++) {
		find_place(self, wish, *word, path);
		if (wish->link)
			link_project(self, path, relink_check);
		find_base(self, wish, path, &made);
		confirm_clear(self, wish, path);
		if (wish->dry && !permit_check(&wish->plan, path, &why))
			made_fail(self, &cache, reason);
		if (wish->dry)
			made_tell("would create", path, &made, 0);
		else
			make(self, wish, path, &made);
		if (wish->link && !wish->dry)
			link_project(self, path, relink);
		if (word == none)
			break;
	}
}

int cmd_create(const struct command *self, char **argv)
{
	static struct wish wish;
	struct plan *plan = &wish.plan;
	const struct option table[] = {
		{ 'p', "python", "PYTHON", "a path, command or version (3.11);"
			" else see below", .value = &wish.python },
		{ 'n', "name", "NAME", "in the container directory, by this"
			" name", .value = &wish.name },
		{ 0, "link", NULL, "have this directory's .venv lead to it",
		  .flag = &wish.link },
		{ 0, "prompt", "PROMPT", "what prompts call it",
		  .value = &wish.prompt },
		{ 0, "system-site-packages", NULL, "see the base"
			" interpreter's packages, too",
		  .flag = &plan->system_site },
		{ 0, "without-pip", NULL, "leave pip out",
		  .flag = &wish.without_pip },
		{ 0, "upgrade-deps", NULL, "upgrade pip from the index",
		  .flag = &plan->upgrade_deps },
		{ 0, "clear", NULL, "empty an environment that is there"
			" before", .flag = &plan->clear },
		{ 0, "upgrade", NULL, "have one that is there use this Python",
		  .flag = &plan->upgrade },
		{ 0, "symlinks", NULL, "link to the interpreter (the default)",
		  .flag = &wish.symlinks },
		{ 0, "copies", NULL, "copy the interpreter",
		  .flag = &wish.copies },
		{ 0, "without-scm-ignore-files", NULL, "no .gitignore",
		  .flag = &wish.without_marks },
		{ 0, "link-mode", "hardlink|copy|clone", "how pip gets there",
		  .value = &wish.mode },
		{ 0, "force", NULL, "with --clear: also what is no"
			" environment", .flag = &plan->force },
		{ 'y', "yes", NULL, "do not ask", .flag = &wish.yes },
		{ 0, "dry-run", NULL, "say what would be made",
		  .flag = &wish.dry },
		{ 'q', "quiet", NULL, "say nothing", .flag = &wish.quiet },
		{ 'v', "verbose", NULL, "say more", .flag = &wish.verbose },
		{ 0 },
	};
	char **operands = options_parse(self, table, 0, argv);

	check_wish(self, &wish, operands);
	interrupt_watch();
	made_alone();
	made_cache(self, &cache);
	wish.plan.cache = &cache;
	make_each(self, &wish, operands);
	cache_close(&cache);
	return EX_FOUND;
}
