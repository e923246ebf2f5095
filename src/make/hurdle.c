/*
 * Looking for the owner of what cannot be changed.
 */
#include "hurdle.h"

#include <pwd.h>
#include <string.h>

#include "which/path.h"

void hurdle_user(struct out *out, uid_t uid)
{
	const struct passwd *user = getpwuid(uid);

	out_str(out, user ? "" : "uid ");
	if (user)
		out_safe(out, user->pw_name);
	else
		out_number(out, uid, 10);
}

/* Of it and what is above it, the first that is there and keeps me out. */
static bool find_owner(char *path, uid_t *ret)
{
	struct stat st;

	do {
		if (lstat(path, &st))
			continue;
		*ret = st.st_uid;
		if (*ret != effective_uid())
			return S_ISLNK(st.st_mode) || access(path, W_OK);
		if (S_ISDIR(st.st_mode))
			return access(path, W_OK);
	} while (path_up(path));
	return false;
}

void hurdle_tell(struct out *out, const char *path, const char *said,
		 int err)
{
	char at[PATH_MAX];
	uid_t owner;

	if (err == -EXDEV) {
		out_str(out, "something is mounted there\nunmount it first");
		return;
	}
	if ((err != -EACCES && err != -EPERM) || !effective_uid() ||
	    path_copy(at, path) || !find_owner(at, &owner)) {
		if (!said || strcmp(path, said)) {
			out_path(out, path);
			out_str(out, ": ");
		}
		out_str(out, strerror(-err));
		return;
	}
	if (said && !strcmp(at, said))
		out_str(out, "it");
	else
		out_path(out, at);
	if (owner != effective_uid()) {
		out_str(out, " belongs to ");
		hurdle_user(out, owner);
	} else {
		out_str(out, " may not be written\nchmod u+w ");
		out_operand(out, at);
	}
}
