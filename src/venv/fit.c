/*
 * Environments that were made for what a project demanded once.
 */
#include "fit.h"

#include "command.h"
#include "make/requires.h"
#include "which/report.h"

bool fit_check(const struct env *env, struct out *out)
{
	static struct requires requires;

	requires_of_env(&requires, &session.set, env);
	return requires_fits(&requires, env->implementation, env->version,
			     out);
}

void fit_json(struct out *out, const struct env *env)
{
	char text[512] = "";
	struct out demand = OUT_STRING(text);

	if (env)
		(void)fit_check(env, &demand);
	report_json_member(out, "misfit", text);
}

void fit_say(struct out *out, const struct env *env, const char *demand)
{
	out_str(out, env->implementation);
	out_char(out, ' ');
	out_str(out, env->version);
	out_str(out, " is not for ");
	out_str(out, demand);
}
