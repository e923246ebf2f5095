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

/* What I may not do in a directory of mine, as chmod(1) has it. */
static void lacking(const char *path, bool itself, char *ret)
{
	/* To read one that is above what is meant nobody has to. */
	if (itself && access(path, R_OK))
		*ret++ = 'r';
	if (access(path, W_OK))
		*ret++ = 'w';
	if (access(path, X_OK))
		*ret++ = 'x';
	*ret = '\0';
}

/*
 * Of it and what is above it, the first that is there and keeps me out; in
 * *ret_lacks what I have to give myself, where it is mine.
 */
static bool find_owner(char *path, uid_t *ret, char *ret_lacks)
{
	struct stat st;
	bool itself = true;

	do {
		if (!lstat(path, &st)) {
			*ret = st.st_uid;
			if (*ret != effective_uid())
				return S_ISLNK(st.st_mode) ||
					access(path, W_OK);
			if (S_ISDIR(st.st_mode)) {
				lacking(path, itself, ret_lacks);
				return *ret_lacks;
			}
		}
		itself = false;
	} while (path_up(path));
	return false;
}

void hurdle_tell(struct out *out, const char *path, const char *said,
		 int err)
{
	char at[PATH_MAX], lacks[4];
	uid_t owner;

	if (err == -EXDEV) {
		out_str(out, "something is mounted there\nunmount it first");
		return;
	}
	if ((err != -EACCES && err != -EPERM) || !effective_uid() ||
	    path_copy(at, path) || !find_owner(at, &owner, lacks)) {
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
		out_str(out, strchr(lacks, 'w') ? " may not be written"
			: strchr(lacks, 'x') ? " may not be entered"
			: " may not be read");
		out_str(out, "\nchmod u+");
		out_str(out, lacks);
		out_char(out, ' ');
		out_operand(out, at);
	}
}
