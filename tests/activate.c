/*
 * activate-driver DIR PROMPT: writes the activation scripts of the environment
 * DIR, which is called PROMPT, into DIR/bin.
 */
#include <fcntl.h>
#include <stdio.h>
#include <unistd.h>

#include "scripts.h"

static int write_script(const struct script *script, const char *dir,
			const char *prompt)
{
	static char buf[4096];
	struct out out;
	int fd = open(script->name, O_WRONLY | O_CREAT | O_TRUNC, 0644);

	if (fd < 0)
		return -1;
	out = (struct out)OUT_FILE(fd, buf);
	script_write(&out, script, dir, prompt);
	return out_flush(&out) | close(fd);
}

int main(int argc, char **argv)
{
	if (argc != 3 || chdir(argv[1]) || chdir("bin")) {
		perror("activate-driver");
		return 1;
	}
	for (const struct script *script = scripts; script->name; script++) {
		if (write_script(script, argv[1], argv[2])) {
			perror(script->name);
			return 1;
		}
	}
	return 0;
}
