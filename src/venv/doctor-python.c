/*
 * venv doctor: is an environment's Python for what its project demands?
 */
#include "command.h"
#include "doctor.h"
#include "finding.h"
#include "fit.h"
#include "make/requires.h"

void doctor_demand(const char *dir)
{
	static struct requires requires;

	requires_read(&requires, &session.set, dir);
	if (*requires.trouble)
		finding_bad("python", REASON(requires.trouble), ADVICE,
			    "it counts for nothing until it is mended", NULL);
}

bool doctor_python(const char *subject, const struct env *env)
{
	static char text[PATH_MAX + 1024], demand[512];
	struct out line = OUT_STRING(text), why = OUT_STRING(demand);

	if (fit_check(env, &why))
		return true;
	out_path(&line, env->path);
	out_str(&line, ": ");
	fit_say(&line, env, demand);
	finding_bad(subject, REASON(text), ADVICE, "to make it with a Python"
		    " that is: venv recreate ", A_WORD(env->path), NULL);
	return false;
}
