/*
 * venv doctor: how this was installed, and so how it is updated.
 */
#include <string.h>

#include "doctor.h"
#include "facts.h"
#include "finding.h"
#include "which/path.h"

/*
 * MANNER and UPDATE are the Makefile's, where packages have their own: "by
 * make install", and the command that brings a newer version.
 */

/* Is `bin` the build directory of a clone that a plugin manager loads? */
static bool is_clone(const char *bin, char *ret)
{
	char file[PATH_MAX];

	return !path_copy(ret, bin) && path_up(ret) &&
		!path_join(file, ret, "venv-which.plugin.zsh") &&
		!access(file, F_OK);
}

void doctor_install(void)
{
	const char *bin = facts_value("bin");
	char clone[PATH_MAX];

	if (bin && is_clone(bin, clone))
		finding_good("installed", "in the clone ", A_PATH(clone),
			     "; to update it: git pull && make, there", NULL);
	else
		finding_good("installed", MANNER "; to update it: " UPDATE,
			     NULL);
}
