/*
 * The steps of a recreation.
 */
#include "renew.h"

#include <errno.h>
#include <string.h>
#include <strings.h>

#include "create.h"
#include "erase.h"
#include "fill.h"
#include "permit.h"
#include "pip.h"
#include "which/cfg.h"
#include "which/file.h"
#include "which/path.h"
#include "which/text.h"

/* While it is at work: files for pip, in the cache. */
struct work {
	struct renew *renew;
	int fd;				/* of their directory */
	char dir[PATH_MAX], wheels[PATH_MAX];
	char index[PATH_MAX], elsewhere[PATH_MAX];
	char pip[PATH_MAX];		/* of the image */
	bool failed;			/* it, or what was to come of it */
};

/* -- options of the old one --------------------------------------------- */

static bool has_option(const char *text, const char *option)
{
	const char *value;
	size_t len, n = strlen(option);

	if (!cfg_get(text, "command", &value, &len))
		return false;
	for (; len >= n; value++, len--)
		if (!memcmp(value, option, n))
			return true;
	return false;
}

static bool is_true(const char *text, const char *key)
{
	const char *value;
	size_t len;

	return cfg_get(text, key, &value, &len) && len == 4 &&
		!strncasecmp(value, "true", 4);
}

/* Without the parentheses that some write around it; env_read() took them. */
static const char *prompt_of(const char *text, char *ret, size_t cap)
{
	const char *value;
	size_t len;

	if (!cfg_get(text, "prompt", &value, &len))
		return NULL;
	cfg_unquote(value, len, ret, cap);
	return *ret && !ret[strcspn(ret, "\r\n")] &&
		text_is_utf8(ret, strlen(ret)) ? ret : NULL;
}

/* Has it a pip, in whatever version of Python's? */
static bool has_pip(const struct env *env)
{
	struct stat st;

	return !fstatat(env->fd, "bin/pip", &st, AT_SYMLINK_NOFOLLOW) ||
		!fstatat(env->fd, "bin/pip3", &st, AT_SYMLINK_NOFOLLOW);
}

static bool read_options(struct plan *plan, const struct env *old,
			 struct out *why)
{
	static char text[CFG_MAX], prompt[1024];
	struct stat st;
	ptrdiff_t len = file_read_at(old->fd, "pyvenv.cfg", text,
				     sizeof(text));

	if (len < 0) {
		out_str(why, "cannot read the options in pyvenv.cfg: ");
		out_str(why, strerror((int)-len));
		return false;
	}
	plan->system_site = is_true(text, "include-system-site-packages");
	plan->prompt = prompt_of(text, prompt, sizeof(prompt));
	plan->copies = !fstatat(old->fd, "bin/python", &st,
				AT_SYMLINK_NOFOLLOW) && S_ISREG(st.st_mode);
	plan->scm_ignore = !has_option(text, " --without-scm-ignore-files ");
	plan->with_pip = has_pip(old) && plan->base->image;
	return true;
}

/* -- files for pip ------------------------------------------------------ */

static bool put_file(const char *path, const char *text, struct out *why)
{
	int fd = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
	int err = fd < 0 ? -errno : fill_bytes(fd, text, strlen(text));

	if (fd >= 0 && close(fd) && !err)
		err = -errno;
	if (!err)
		return true;
	out_str(why, "cannot write ");
	out_path(why, path);
	out_str(why, ": ");
	out_str(why, strerror(-err));
	return false;
}

static bool prepare(struct work *work, const struct cache *cache,
		    struct out *why)
{
	const struct freeze *freeze = work->renew->freeze;

	work->fd = cache_scratch(cache, work->dir);
	if (work->fd < 0) {
		out_str(why, "cannot make a directory in the cache: ");
		out_str(why, strerror(-work->fd));
		return false;
	}
	if (path_join(work->wheels, work->dir, "wheels") ||
	    path_join(work->index, work->dir, "index.txt") ||
	    path_join(work->elsewhere, work->dir, "elsewhere.txt")) {
		out_str(why, strerror(ENAMETOOLONG));
		return false;
	}
	return put_file(work->index, freeze->index, why) &&
		put_file(work->elsewhere, freeze->elsewhere, why);
}

/* -- pip ---------------------------------------------------------------- */

/*
 * Exactly these: what they need was installed, too, and taken down.  `env` is
 * as for pip_run().
 */
static bool run(struct work *work, const char *python, const char *env,
		const char *const *more, struct out *why)
{
	const char *args[PIP_ARGS + 1] = { more[0] };
	size_t n = 1;

	args[n++] = "--no-deps";
	args[n++] = "--disable-pip-version-check";
	if (work->renew->quiet)
		args[n++] = "--quiet";
	for (size_t i = 1; more[i] && n < PIP_ARGS; i++)
		args[n++] = more[i];
	work->failed = !pip_run(python, work->pip, env, args, why);
	return !work->failed;
}

/* By the settings in the old one, too: its index may be another one. */
static bool fetch(struct work *work, const struct base *base,
		  const char *path, struct out *why)
{
	const char *const args[] = {
		"wheel", "--wheel-dir", work->wheels, "-r", work->index, NULL,
	};

	return !*work->renew->freeze->index ||
		run(work, base->exe, path, args, why);
}

/* Whatever pip has said: the old environment goes once this is so. */
static bool is_all_there(struct work *work, const struct plan *plan,
			 const char *path, struct out *why)
{
	static struct freeze now;
	char lacking[FREEZE_NAME_MAX];

	work->failed = true;
	/* setuptools may have been installed before, and come with it now. */
	if (!freeze_take(plan->base, path, FREEZE_ALL, &now, why))
		return false;
	work->failed = freeze_lacks(work->renew->freeze, &now, lacking);
	if (!work->failed)
		return true;
	out_str(why, "pip has ended well, but ");
	out_safe(why, lacking);
	out_str(why, " is not in ");
	out_path(why, path);
	out_str(why, "\nlook at `pip config list`");
	return false;
}

static bool install(void *context, const struct plan *plan, const char *path,
		    struct out *why)
{
	/* With the base's packages in sight one of them would be enough. */
	static const char again[] = "--ignore-installed";
	struct work *work = context;
	const char *const index[] = {
		"install", again, "--no-index", "--find-links", work->wheels,
		"-r", work->index, NULL,
	};
	const char *const elsewhere[] = {
		"install", again, "-r", work->elsewhere, NULL,
	};
	char python[PATH_MAX];

	plan_python(plan, path, python);
	return (!*work->renew->freeze->index ||
		run(work, python, NULL, index, why)) &&
		(!*work->renew->freeze->elsewhere ||
		 run(work, python, path, elsewhere, why)) &&
		is_all_there(work, plan, path, why);
}

/* -- all ---------------------------------------------------------------- */

static bool make(struct work *work, struct plan *plan, const char *path,
		 struct out *why)
{
	struct image image = { .fd = -1 };
	bool ok = true;

	if (work->renew->freeze->count) {
		ok = plan->base->image &&
			image_open(&image, plan->cache, plan->base,
				   plan->progress, why) &&
			pip_of_image(&image, work->pip, why) &&
			fetch(work, plan->base, path, why);
		if (!plan->base->image)
			out_str(why, "there is no pip to install its packages"
				" with\nsay --no-packages");
		plan->complete = install;
		plan->context = work;
	}
	if (ok)
		ok = create_env(plan, path, why);
	image_close(&image);
	/* After all that pip has said nobody would know. */
	if (work->failed && !plan->lost)
		out_str(why, "\nthe old environment is unchanged");
	return ok;
}

bool renew_env(struct renew *renew, const struct cache *cache,
	       const struct base *base, const struct env *old,
	       struct out *why)
{
	struct work work = { .renew = renew, .fd = -1 };
	struct plan plan = {
		.cache = cache, .base = base, .anew = true,
		.hooks = !renew->strange,
		.progress = renew->progress, .vouch = renew->vouch,
	};
	char where[PATH_MAX];
	bool ok;

	ok = read_options(&plan, old, why) &&
		permit_check(&plan, old->path, why) &&
		prepare(&work, cache, why) &&
		make(&work, &plan, old->path, why);
	if (work.fd >= 0) {
		(void)erase_at(cache->fd, path_base(work.dir), where);
		(void)close(work.fd);
	}
	return ok;
}
