/*
 * The help of `init` has the line of each shell; here it is found there.
 */
#include "startup.h"

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "command.h"
#include "which/path.h"

static const char *own_shell(void)
{
	const char *path = getenv("SHELL");

	return path_base(path ? path : "");
}

/* Does the line say `init SHELL`? */
static bool loads(const char *line, size_t len, const char *shell)
{
	const char *word = strstr(line, "init ");
	size_t n = strlen(shell);

	if (!n || !word || word >= line + len)
		return false;
	word += 5;
	return !strncmp(word, shell, n) && !(word[n] >= 'a' && word[n] <= 'z');
}

/* What is typed at a prompt, and writes the line, is no line for the file. */
static const char typed[] = ", typed once:";

/* The shell's row, "FILE: LINE"; the length of FILE and the colon, or 0. */
static size_t find_row(const char *shell, const char **ret, size_t *ret_len)
{
	const char *row = command_find("init")->detail;
	size_t len, file;

	for (; *row; row += len + (row[len] == '\n')) {
		file = strcspn(row, ":") + 1;
		len = strcspn(row, "\n");
		if (strncmp(row, "In ", 3) || file > len ||
		    !loads(row + file, len - file, shell))
			continue;
		*ret = row + 3;
		*ret_len = len - 3;
		return file - 3;
	}
	return 0;
}

/* Does a row whose file ends here say what is typed?  Where, or 0. */
static size_t is_typed(const char *row, size_t file)
{
	size_t n = sizeof(typed) - 1;

	return file > n && !strncmp(row + file - n, typed, n) ? file - n : 0;
}

const char *startup_line(const char *shell, char *ret, size_t cap)
{
	struct out out = { .fd = -1, .buf = ret, .cap = cap };
	size_t len, file, blanks;
	const char *row = "";

	*ret = '\0';
	file = find_row(shell, &row, &len);
	if (is_typed(row, file)) {
		out_bytes(&out, row, is_typed(row, file));
	} else if (file) {
		blanks = strspn(row + file, " ");
		out_bytes(&out, row, file);
		out_char(&out, ' ');
		out_bytes(&out, row + file + blanks, len - file - blanks);
	}
	return ret;
}

void startup_advise(struct out *out)
{
	const char *shell = own_shell();
	char line[128];
	const char *row;
	size_t len, file = find_row(shell, &row, &len);

	if (!file) {
		out_str(out, "`venv help init` has the line for your shell's"
			" startup file");
	} else if (is_typed(row, file)) {
		file += strspn(row + file, " ");
		out_str(out, "type once, in ");
		out_str(out, shell);
		out_str(out, ": ");
		out_bytes(out, row + file, len - file);
	} else {
		out_str(out, "add to ");
		out_str(out, startup_line(shell, line, sizeof(line)));
	}
}

/*
 * What activates by hand in that shell: the script, and in *ret_how the command
 * that reads it, or "" where none does.
 */
static const char *find_script(const char **ret_how)
{
	static const struct {
		const char *shell, *how, *script;
	} known[] = {
		{ "bash", "source", "bin/activate" },
		{ "zsh", "source", "bin/activate" },
		{ "fish", "source", "bin/activate.fish" },
		{ "tcsh", "source", "bin/activate.csh" },
		{ "csh", "source", "bin/activate.csh" },
		{ "xonsh", "source", "bin/activate.xsh" },
		{ "nu", "overlay use", "bin/activate.nu" },
		{ "pwsh", ".", "bin/Activate.ps1" },
		{ "elvish", "", "" },
		{ "murex", "", "" },
	};
	const char *shell = own_shell();

	for (size_t i = 0; i < sizeof(known) / sizeof(*known); i++) {
		*ret_how = known[i].how;
		if (!strcmp(shell, known[i].shell))
			return known[i].script;
	}
	*ret_how = ".";
	return "bin/activate";
}

void startup_further(const char *path)
{
	struct out *out = &session.out;
	const char *how, *name = find_script(&how);
	char script[PATH_MAX];

	if (!session.bare || !isatty(STDOUT_FILENO) ||
	    path_join(script, path, name))
		return;
	out_str(out, "  to ");
	if (*how) {
		out_str(out, "use it here: ");
		out_str(out, how);
		out_char(out, ' ');
		out_operand(out, script);
		out_str(out, "\n  to have that done by itself: ");
	} else {
		out_str(out, "have it used by itself: ");
	}
	startup_advise(out);
	out_char(out, '\n');
}
