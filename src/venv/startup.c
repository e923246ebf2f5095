/*
 * The help of `init` has the line of each shell; here it is found there.
 */
#include "startup.h"

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "command.h"
#include "which/path.h"

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

const char *startup_line(const char *shell, char *ret, size_t cap)
{
	struct out out = { .fd = -1, .buf = ret, .cap = cap };
	const char *line = command_find("init")->detail;
	size_t len;

	*ret = '\0';
	for (; *line; line += len + (line[len] == '\n')) {
		size_t file = strcspn(line, ":") + 1;

		len = strcspn(line, "\n");
		if (strncmp(line, "In ", 3) || file > len ||
		    !loads(line + file, len - file, shell))
			continue;
		out_bytes(&out, line + 3, file - 3);
		out_char(&out, ' ');
		file += strspn(line + file, " ");
		out_bytes(&out, line + file, len - file);
		break;
	}
	return ret;
}

void startup_advise(struct out *out)
{
	const char *shell = getenv("SHELL");
	char line[128] = "";

	if (shell)
		(void)startup_line(path_base(shell), line, sizeof(line));
	out_str(out, *line ? "add to " : "`venv help init` has the line for"
		" your shell's startup file");
	out_str(out, line);
}
