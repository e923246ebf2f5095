/*
 * venv init: the line by which a shell loads its script.  The shell reads it
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

#define MARK "\n#: "

/*
 * The line, as the script has it from its second one on, behind marks: how a
 * shell reads a file is for its script to know.  Where there is none, false.
 */
static bool load(const char *text)
{
	const char *line = strstr(text, MARK);

	if (!line || !strchr(line + 1, '\n'))
		return false;
	do {
		size_t len;

		line += strlen(MARK);
		len = strcspn(line, "\n");
		out_bytes(&session.out, line, len);
		line += len;
		out_char(&session.out, strncmp(line, MARK, strlen(MARK)) ?
			 '\n' : ' ');
	} while (!strncmp(line, MARK, strlen(MARK)));
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
	char path[PATH_MAX], head[1024];
	struct out out = OUT_STRING(path);
	ptrdiff_t n;

	if (!*operands)
		say_which(self);
	if (!is_shell(*operands))
		options_usage(self, "not one of " SHELLS ": ", *operands);
	out_str(&out, SCRIPT_DIR "/venv.");
	out_str(&out, *operands);
	n = file_read_at(AT_FDCWD, path, head, sizeof(head));
	if (n < 0 && n != -EFBIG)
		die(EX_NONE, "init: cannot read ", A_PATH(path), ": ",
		    strerror((int)-n), ADVICE, "install venv-which again",
		    NULL);
	if (!load(head))
		die(EX_NONE, "init: ", A_PATH(path),
		    " does not say how it is loaded", ADVICE,
		    "install venv-which again", NULL);
	return EX_FOUND;
}
