/*
 * THE list of names, and the look into bin.
 */
#include "shadow.h"

#include <string.h>

static const char names[] =
	"awk\0bash\0cat\0cc\0cd\0chmod\0cp\0curl\0docker\0echo\0env\0find\0"
	"fish\0gcc\0git\0gpg\0grep\0kill\0less\0ln\0ls\0make\0man\0mkdir\0mv\0"
	"printf\0ps\0pwd\0rm\0rsync\0scp\0sed\0sh\0ssh\0su\0sudo\0systemctl\0"
	"tar\0test\0touch\0vi\0vim\0wget\0which\0xargs\0zsh\0";

#define NAMES_TOLD 3

bool shadow_tell(const struct env *env, struct out *out)
{
	char path[32] = "bin/";
	int found = 0;

	for (const char *name = names; *name; name += strlen(name) + 1) {
		struct stat st;

		memcpy(path + 4, name, strlen(name) + 1);
		if (fstatat(env->fd, path, &st, AT_SYMLINK_NOFOLLOW))
			continue;
		if (++found > NAMES_TOLD) {
			out_str(out, " and more");
			break;
		}
		out_str(out, found > 1 ? ", " :
			"its bin has programs called ");
		out_str(out, name);
	}
	return found;
}
