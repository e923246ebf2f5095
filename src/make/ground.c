/*
 * The rules of trust, asked before there is anything to judge.
 */
#include "ground.h"

#include "which/compat.h"
#include "which/trust.h"

bool ground_check(const char *path, int fd, struct out *why)
{
	static char text[4 * PATH_MAX];
	static struct settings set;
	struct out clause = OUT_STRING(text);

	settings_load(&set);
	if (trust_ground(&set, path, fd, &clause))
		return true;
	out_str(why, "refusing to make an environment in ");
	out_path(why, path);
	out_str(why, ": ");
	out_str(why, text);
	return false;
}

void ground_clear(const char *path)
{
	drop_default_acl(path);
}

bool ground_inherits(int fd)
{
	return has_default_acl(fd);
}
