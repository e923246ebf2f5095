/*
 * venv init: the line by which a shell loads its script.  The script is read
 * where it was installed, which is faster than through a pipe; no data of the
 * user's is in the line.
 */
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "fail.h"
#include "options.h"
#include "which/file.h"
#include "which/path.h"

/* SHELLS and SCRIPT_DIR are the Makefile's: "bash zsh fish", a directory. */

/*
 * What stands before the script's name in the line: past an alias, and in fish
 * past a function.  (A function called `builtin` is told by the script.)
 */
static const char *loading(const char *shell)
{
	static const char *const others[][2] = {
		{ "bash", "\\source " }, { "zsh", "\\source " },
		{ "fish", "builtin source " }, { "elvish",
		  "use builtin; builtin:eval (builtin:slurp) < " },
		{ "tcsh", "if (1) source " },
	};

	for (size_t i = 0; i < sizeof others / sizeof *others; i++)
		if (!strcmp(shell, others[i][0]))
			return others[i][1];
	return "\\. ";
}

/*
 * In xonsh the script is a program of Python's, with a name space of its own.
 * False: the path cannot stand between quotes.
 */
static bool python_line(const char *path)
{
	if (path[strcspn(path, "'\\\n")])
		return false;
	out_str(&session.out, "exec(open('");
	out_str(&session.out, path);
	out_str(&session.out, "').read(), {})");
	return true;
}

/*
 * The line, without its end; false: the path is no name for one.  nu defines
 * what a file defines whatever the file says, so that the line asks; a constant
 * is wanted there, which `~` is not.
 */
static bool load(const char *shell, const char *path)
{
	char word[2 * PATH_MAX];
	struct out out = OUT_STRING(word);

	if (!out_word(&out, path))
		return false;
	if (!strcmp(shell, "xonsh"))
		return python_line(path);
	if (strcmp(shell, "nu")) {
		out_str(&session.out, loading(shell));
		out_str(&session.out, word);
	} else {
		out_str(&session.out, "source (if $nu.is-interactive { ");
		out_json(&session.out, path);
		out_str(&session.out, " })");
	}
	return true;
}

static bool is_shell(const char *name)
{
	size_t len = strlen(name);
	const char *list = SHELLS;

	while (*list) {
		size_t word = strcspn(list, " ");

		if (word == len && !memcmp(list, name, len))
			return true;
		list += word;
		list += strspn(list, " ");
	}
	return false;
}

/*
 * The shell that asks: the parent process, where the system has a file that
 * tells its name, else $SHELL.  "": none that has a script.
 */
static const char *asking(char *ret, size_t cap)
{
	const char *shell = getenv("SHELL");
	char path[64];
	struct out out = OUT_STRING(path);
	ptrdiff_t n;
	int fd;

	out_str(&out, "/proc/");
	out_number(&out, (unsigned long long)getppid(), 10);
	out_str(&out, "/comm");
	fd = open(path, FILE_OPEN_FLAGS);
	n = fd < 0 ? -1 : read(fd, ret, cap - 1);
	if (fd >= 0)
		(void)close(fd);
	ret[n > 0 ? n : 0] = '\0';
	ret[strcspn(ret, "\n")] = '\0';
	if (is_shell(ret))
		return ret;
	shell = shell ? path_base(shell) : "";
	return is_shell(shell) ? shell : "";
}

/* Not guessed: the line goes into a file, of which shell the user knows. */
static _Noreturn void say_which(const struct command *self)
{
	char name[32];
	const char *shell = asking(name, sizeof(name));

	options_usage(self, *shell ? "which shell? one of " SHELLS
		      "; the one that asks is "
		      : "which shell? one of " SHELLS, shell);
}

int cmd_init(const struct command *self, char **argv)
{
	char **operands = options_operands(self, argv, 1);
	char path[PATH_MAX];
	struct out out = OUT_STRING(path);

	if (!*operands)
		say_which(self);
	if (!is_shell(*operands))
		options_usage(self, "not one of " SHELLS ": ", *operands);
	out_str(&out, SCRIPT_DIR "/venv.");
	out_str(&out, *operands);
	if (access(path, R_OK))
		die(EX_NONE, "init: cannot read ", A_PATH(path), ": ",
		    strerror(errno), ADVICE, "install venv-which again", NULL);
	if (!load(*operands, path))
		die(EX_NONE, "init: ", A_PATH(path), " is no name for a line",
		    ADVICE, "install venv-which elsewhere", NULL);
	out_char(&session.out, '\n');
	return EX_FOUND;
}
