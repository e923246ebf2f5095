/*
 * venv-which: print the nearest virtual environment.
 *
 * It reads directories, pyvenv.cfg and its own settings.  It runs nothing,
 * writes nothing but its answer, and links nothing but libc: no stdio, no
 * locale, whose start would cost more than the walk.
 */
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "compat.h"
#include "exits.h"
#include "find.h"
#include "hook.h"
#include "out.h"
#include "path.h"
#include "report.h"
#include "settings.h"
#include "trust.h"
#include "var.h"

#define PROGRAM "venv-which"

/* What is printed; the last three are no mode of their own. */
enum mode { MODE_PATH, MODE_PYTHON, MODE_FORMAT, MODE_JSON, MODE_EXPLAIN,
	    MODE_HOOK, MODE_HELP, MODE_VERSION,
	    MODE_DIR, MODE_ACTIVE, MODE_ANY };

struct request {
	enum mode mode;
	const char *mode_option;	/* how it was spelled; NULL: not */
	const char *dir;		/* -C, or NULL */
	const char *pwd;		/* the logical path, or NULL */
	const char *format;		/* -f */
	bool active, any;
	struct question question;	/* --hook */
};

static const char help[] =
"usage: venv-which [-C DIR] [--active] [--any]\n"
"                  [-p | -f FORMAT | --json | --explain | --hook]\n"
"       venv-which -h | -V\n"
"\n"
"Print the path of the nearest virtual environment that may be used.\n"
"\n"
#define WHICH(option, arg, gap, help, mode) "  " option arg gap help "\n"
#define WHICH_OTHER(option, before, behind, help, mode) before option behind
#include "which.def"
#undef WHICH
#undef WHICH_OTHER
"\n"
"Exit status: 0 found, 1 none, 2 called wrongly, 3 may not be used,\n"
"4 broken, 5 could not find out.\n";

static _Noreturn void usage(const char *what, const char *word)
{
	complain(PROGRAM, what, word, ADVICE, "try venv-which -h", NULL);
	exit(EX_USAGE);
}

/* -- options ------------------------------------------------------------ */

static void set_mode(struct request *req, enum mode mode, const char *option)
{
	if (req->mode_option && req->mode != mode)
		usage("these options exclude each other: ", option);
	req->mode = mode;
	req->mode_option = option;
}

static const char *argument(char **argv, int *i)
{
	if (!argv[*i + 1])
		usage("an argument is missing behind ", argv[*i]);
	return argv[++*i];
}

/* What the option means; MODE_PATH: there is no such option. */
static enum mode mode_of(const char *option)
{
	static const struct {
		const char *option;
		enum mode mode;
	} table[] = {
#define WHICH(option, arg, gap, help, mode) { option, mode },
#define WHICH_OTHER(option, before, behind, help, mode) { option, mode },
#include "which.def"
#undef WHICH
#undef WHICH_OTHER
	};

	for (size_t i = 0; i < sizeof(table) / sizeof(*table); i++)
		if (!strcmp(option, table[i].option))
			return table[i].mode;
	return MODE_PATH;
}

static void parse(struct request *req, char **argv)
{
	for (int i = 1; argv[i]; i++) {
		const char *option = argv[i];
		enum mode mode = mode_of(option);

		if (mode == MODE_PATH && req->mode == MODE_HOOK &&
		    hook_hear(&req->question, argv[i]))
			continue;
		if (mode == MODE_PATH)
			usage(*option == '-' ? "there is no option "
					     : "there is no operand to give: ",
			      option);
		if (mode == MODE_ACTIVE)
			req->active = true;
		else if (mode == MODE_ANY)
			req->any = true;
		else if (mode == MODE_DIR)
			req->dir = argument(argv, &i);
		else
			set_mode(req, mode, option);
		if (mode == MODE_FORMAT)
			req->format = argument(argv, &i);
	}
	if (req->format && report_check_format(req->format))
		usage("-f knows no such format: ", req->format);
}

/* -- the answer --------------------------------------------------------- */

static int exit_status(const struct request *req, const struct env *env)
{
	return env && req->any ? EX_FOUND : report_exit(env);
}

static void complain_of(const struct request *req, const struct settings *set,
			const struct env *env)
{
	static char text[5 * PATH_MAX];
	struct out line = OUT_STRING(text);

	if (env)
		report_trouble(&line, env, "\n");
	else if (req->active)
		out_str(&line, "no environment is active: VIRTUAL_ENV is not"
			" set");
	else
		report_none(&line, set, req->pwd);
	complain(PROGRAM, REASON(text), NULL);
}

/* The modes that print something of a usable environment, or complain. */
static RARE void answer_python(struct out *out, const struct env *env)
{
	char python[PATH_MAX];

	out_str(out, env_python(env, python) ? "" : python);
}

static void answer_plain(struct out *out, const struct request *req,
			 const struct settings *set, const struct env *env)
{
	if (!env || exit_status(req, env) != EX_FOUND) {
		/* A prompt that asks by -f wants no noise. */
		if (req->mode != MODE_FORMAT)
			complain_of(req, set, env);
		return;
	}
	if (req->mode == MODE_FORMAT)
		report_format(out, req->format, env);
	else if (req->mode == MODE_PYTHON)
		answer_python(out, env);
	else
		out_str(out, env->path);
	out_char(out, '\n');
}

static int cannot_tell(struct out *out, struct request *req,
		       const struct settings *set, int err)
{
	char text[256];
	struct out line = OUT_STRING(text);

	if (req->mode == MODE_HOOK) {
		hook_unknown(out, &req->question, set);
	} else {
		report_lost(&line, err);
		complain(PROGRAM, REASON(text), NULL);
	}
	return EX_UNKNOWN;
}

static int answer(struct out *out, struct request *req)
{
	struct settings set;
	static struct env env;
	struct watch watch = WATCH_INIT;
	const struct visitor watching = { hook_watch, &watch };
	const struct visitor explain = { report_visit, out };
	const struct env *result;
	int found;

	settings_load(&set);
	if (req->active)
		found = find_active(&set, &env);
	else
		found = find_nearest(&set, req->pwd,
				     req->mode == MODE_HOOK ? &watching :
				     req->mode == MODE_EXPLAIN ? &explain :
				     NULL, &env);
	if (found < 0)
		return cannot_tell(out, req, &set, found);
	result = found ? &env : NULL;
	switch (req->mode) {
	case MODE_JSON:
		report_json(out, result);
		out_char(out, '\n');
		break;
	case MODE_EXPLAIN:
		trust_note(&env);
		report_verdict(out, result);
		break;
	case MODE_HOOK:
		(void)hook_answer(out, &req->question, &set, result, NULL,
				  &watch);
		break;
	default:
		answer_plain(out, req, &set, result);
	}
	return exit_status(req, result);
}

/* -- main --------------------------------------------------------------- */

/* Go to DIR; its logical path, as the user named it, is kept in `there`. */
static void enter(struct request *req, char *there)
{
	char here[PATH_MAX], physical[PATH_MAX];
	bool lost = path_working_dir(here, physical, req->pwd) &&
		*req->dir != '/';

	if (chdir(req->dir)) {
		complain(PROGRAM, "cannot enter ", A_PATH(req->dir), ": ",
			 error_text(errno), NULL);
		exit(EX_UNKNOWN);
	}
	req->pwd = lost || path_below(there, here, req->dir) ? NULL : there;
}

int main(int argc, char **argv)
{
	static char buf[16 * 1024];
	struct out out = OUT_FILE(STDOUT_FILENO, buf);
	static char dir[PATH_MAX];
	struct request req = { .mode = MODE_PATH, .pwd = var_get("PWD") };
	int status = EX_FOUND, err;

	(void)argc;
	if (pledge("stdio rpath", NULL))
		return EX_UNKNOWN;
	parse(&req, argv);
	if (req.mode == MODE_HELP) {
		out_str(&out, help);
	} else if (req.mode == MODE_VERSION) {
		out_str(&out, PROGRAM " " VERSION "\n");
	} else {
		if (req.dir)
			enter(&req, dir);
		status = answer(&out, &req);
	}
	err = out_flush(&out);
	if (err) {
		complain(PROGRAM, "cannot write the answer: ", error_text(-err),
			 NULL);
		return EX_UNKNOWN;
	}
	return status;
}
