/*
 * venv init: the script that a shell loads, as the Makefile joined it.  It
 * is printed byte for byte; no data of the user's is in it.
 */
#include <errno.h>
#include <string.h>

#include "fail.h"
#include "options.h"

/* SHELLS and SCRIPT_DIR are the Makefile's: "bash zsh fish", a directory. */

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

static void copy_out(int fd, const char *path)
{
	char buf[4096];
	ssize_t n;

	while ((n = read(fd, buf, sizeof(buf))))
		if (n > 0)
			out_bytes(&session.out, buf, (size_t)n);
		else if (errno != EINTR)
			die(EX_NONE, "init: cannot read ", A_PATH(path), ": ",
			    strerror(errno), ADVICE, "install venv-which"
			    " again", NULL);
}

int cmd_init(const struct command *self, char **argv)
{
	char **operands = options_operands(self, argv, 1);
	char path[PATH_MAX];
	struct out out = OUT_STRING(path);
	int fd;

	if (!*operands)
		options_usage(self, "which shell? one of " SHELLS, "");
	if (!is_shell(*operands))
		options_usage(self, "not one of " SHELLS ": ", *operands);
	out_str(&out, SCRIPT_DIR "/venv.");
	out_str(&out, *operands);
	fd = open(path, O_RDONLY | O_CLOEXEC);
	if (fd < 0)
		die(EX_NONE, "init: cannot read ", A_PATH(path), ": ",
		    strerror(errno), ADVICE, "install venv-which again", NULL);
	copy_out(fd, path);
	(void)close(fd);
	return EX_FOUND;
}
