/*
 * The table of commands, and what each of them works with.
 */
#include "command.h"

#include <string.h>

#include "fail.h"

struct session session;

const struct command commands[] = {
#define CMD(name, args, summary, detail, example) \
	{ #name, args, summary, detail, example, cmd_##name },
#include "commands.def"
#undef CMD
	{ 0 },
};

const struct command *command_find(const char *name)
{
	for (const struct command *cmd = commands; cmd->name; cmd++)
		if (!strcmp(cmd->name, name))
			return cmd;
	return NULL;
}

int session_end(int status)
{
	int err = out_flush(&session.out);

	if (err)
		die(EX_NONE, "cannot write the answer: ", strerror(-err),
		    NULL);
	return status;
}
