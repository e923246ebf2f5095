/*
 * The version of a pip, and its runs.
 */
#include "pip.h"

#include <dirent.h>
#include <errno.h>
#include <string.h>

#include "interrupt.h"
#include "spawn.h"
#include "which/path.h"
#include "which/text.h"

/* By their numbers; what comes behind these (rc1) does not count. */
static bool is_less(const char *a, const char *b)
{
	unsigned long long x, y;

	for (;;) {
		bool more_a = text_digits(&a, &x), more_b = text_digits(&b, &y);

		if (!more_a || !more_b)
			return more_b;
		if (x != y)
			return x < y;
		a += *a == '.';
		b += *b == '.';
	}
}

/* "23.0.1" of the directory "pip-23.0.1.dist-info", if it has a RECORD. */
static bool is_pip(int site, const char *name, char *ret, size_t cap)
{
	static const char end[] = ".dist-info";
	size_t len = strlen(name), cut = strlen(end) + strlen("pip-");
	char record[PATH_MAX];
	struct stat st;

	if (len <= cut || len - cut >= cap || strncmp(name, "pip-", 4) ||
	    strcmp(name + len - strlen(end), end) ||
	    path_join(record, name, "RECORD") ||
	    fstatat(site, record, &st, AT_SYMLINK_NOFOLLOW))
		return false;
	memcpy(ret, name + 4, len - cut);
	ret[len - cut] = '\0';
	return true;
}

enum pip pip_state(const struct tree *tree, const struct base *base,
		   const struct image *image)
{
	struct image_facts facts;
	char version[64];
	enum pip pip = PIP_ABSENT;
	struct dirent *entry;
	DIR *dir;
	int fd = openat(tree->fd, base->site,
			O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);

	dir = fd < 0 ? NULL : fdopendir(fd);
	if (!dir) {
		if (fd >= 0)
			(void)close(fd);
		return PIP_ABSENT;
	}
	image_facts(image, &facts);
	while ((entry = readdir(dir)))
		if (is_pip(fd, entry->d_name, version, sizeof(version)))
			pip = is_less(version, facts.pip) ? PIP_OLDER
							  : PIP_CURRENT;
	(void)closedir(dir);
	return pip;
}

/* -- running it --------------------------------------------------------- */

static const char program[] = {
#include "runpip.py.inc"
	0
};

bool pip_run(const char *python, const char *pip, const char *env,
	     const char *const *args, struct out *why)
{
	static const char *const others[] = {
		"PYTHON*", "__PYVENV_LAUNCHER__", "PIP_*", NULL,
	};
	const char *argv[PIP_ARGS + 7] = {
		python, "-I", "-c", program, pip ? pip : "", env ? env : "",
	};
	struct spawn spawn = {
		.argv = argv, .without = env ? spawn_clean : others,
		.with = env ? NULL : "PIP_CONFIG_FILE=/dev/null",
	};
	size_t n = 6;
	int status;

	for (size_t i = 0; i < PIP_ARGS && args[i]; i++)
		argv[n++] = args[i];
	status = spawn_run(&spawn);
	if (!status)
		return true;
	out_str(why, "pip failed, run by ");
	out_path(why, python);
	out_str(why, interrupt_pending() ? ": interrupted" :
		status < 0 ? ": " : ", as it says above");
	out_str(why, status < 0 ? strerror(-status) : "");
	return false;
}

bool pip_of_image(const struct image *image, char *ret, struct out *why)
{
	if (!path_join(ret, image->path, "tree"))
		return true;
	out_str(why, strerror(ENAMETOOLONG));
	return false;
}

/*
 * By the pip of the image: the one that is there would have to replace
 * itself.
 */
bool pip_renew(struct tree *tree, const struct plan *plan,
	       const struct image *image)
{
	char python[PATH_MAX], pip[PATH_MAX];
	const char *args[PIP_ARGS + 1] = {
		"install", "--no-index", "--upgrade",
		"--disable-pip-version-check", "--quiet",
	};
	size_t n = 5;

	plan_python(plan, tree->path, python);
	for (size_t i = 0; plan->base->wheels[i]; i++)
		args[n++] = plan->base->wheels[i];
	return pip_of_image(image, pip, tree->why) &&
		pip_run(python, pip, NULL, args, tree->why);
}
