/*
 * venv help: the list of commands, or the help of one.
 */
#include <string.h>

#include "options.h"

static void list_commands(struct out *out)
{
	out_str(out, "usage: venv COMMAND [ARG ...]\n\n");
	for (const struct command *cmd = commands; cmd->name; cmd++) {
		static const char blanks[] = "          ";

		out_str(out, "  ");
		out_str(out, cmd->name);
		out_str(out, blanks + strlen(cmd->name));
		out_str(out, cmd->summary);
		out_char(out, '\n');
	}
	out_str(out, "\n`venv help COMMAND` explains one; venv(1) all of"
		" them.\n");
}

int cmd_help(const struct command *self, char **argv)
{
	static char help[] = "--help";
	char **operands;
	const struct command *cmd;

	/* `venv --help` comes here, too, and asks for the list. */
	operands = strcmp(argv[0], self->name) ? (char *[]) { NULL }
		: options_operands(self, argv, 1);
	if (!*operands) {
		list_commands(&session.out);
		return 0;
	}
	cmd = command_find(*operands);
	if (!cmd)
		command_none(*operands);
	return cmd->run(cmd, (char *[]) { operands[0], help, NULL });
}
