/*
 * venv doctor: what is wrong with the set-up, and the mend.  C judges; what
 * only the shell knows, its function `venv` hands over as data.
 */
#include <string.h>

#include "command.h"
#include "doctor.h"
#include "facts.h"
#include "finding.h"
#include "options.h"
#include "which/exits.h"

static void look_at_all(void)
{
	doctor_hook();
	doctor_install();
	doctor_rivals();
	doctor_path();
	doctor_uv();
	doctor_envs();
	doctor_settings();
	doctor_record();
}

int cmd_doctor(const struct command *self, char **argv)
{
	bool quiet = false, timed = false, json = false;
	const struct option table[] = {
		{ 'q', "quiet", NULL, "say only what is wrong",
		  .flag = &quiet },
		{ 0, "json", NULL, "as a JSON array", .flag = &json },
		{ 0, "time", NULL, "measure what the hook costs in this"
			" shell, and nothing else", .flag = &timed },
		{ 0 },
	};

	/* The shell has no clock of its own. */
	if (session.hooked && argv[1] && !strcmp(argv[1], "clock")) {
		doctor_clock();
		return EX_FOUND;
	}
	if (session.hooked)
		argv = facts_take(argv);
	(void)options_at_most(self, options_parse(self, table, 0, argv), 0);
	if (timed && json)
		options_usage(self, "--time measures, and nothing else", "");
	if (timed)
		return doctor_time();
	finding_begin(json ? FINDING_JSON : FINDING_LINES, quiet);
	look_at_all();
	return finding_end() ? EX_NONE : EX_FOUND;
}
