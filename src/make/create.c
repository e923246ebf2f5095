/*
 * The steps of a creation, in their order: the files, then pyvenv.cfg.
 */
#include "create.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "aside.h"
#include "fill.h"
#include "permit.h"
#include "pip.h"
#include "pyvenv.h"
#include "scripts.h"
#include "spawn.h"
#include "which/path.h"
#include "which/text.h"

/* -- parts -------------------------------------------------------------- */

/* A copy of the interpreter: of the base's, under each of the names. */
static bool copy_python(struct tree *tree, const struct plan *plan,
			const struct part *part)
{
	struct copy copy = {
		.from_fd = AT_FDCWD, .mode = 0755, .always = 0755,
		.name = *part->target == '/' ? part->target
					     : plan->base->exe,
	};

	return fill_copy(tree, part->rel, &copy);
}

static bool make_part(struct tree *tree, struct plan *plan,
		      const struct part *part)
{
	bool in_bin = !strncmp(part->rel, "bin/", 4), cannot;
	struct stat st;

	if (!part->target)
		return fill_dir(tree, part->rel);
	if (in_bin && plan->copies)
		return copy_python(tree, plan, part);
	/* lib64 is whatever it is, as CPython has it. */
	if (!in_bin &&
	    !fstatat(tree->fd, part->rel, &st, AT_SYMLINK_NOFOLLOW))
		return true;
	if (!fill_link(tree, part->rel, part->target, &cannot))
		return false;
	/* As CPython: without links it has copies, and no lib64. */
	plan->copies |= cannot;
	return !cannot || !in_bin || copy_python(tree, plan, part);
}

static bool make_parts(struct tree *tree, struct plan *plan)
{
	for (const struct part *part = plan->base->parts; part->rel; part++)
		if (!make_part(tree, plan, part))
			return false;
	return true;
}

static void ignore(void *context, const char *line)
{
	(void)context;
	(void)line;
}

/*
 * A copy may not find what its original finds beside it, as a library that
 * is linked by a relative path, or a framework.
 */
static bool runs(struct tree *tree, const struct plan *plan)
{
	char python[PATH_MAX];
	const char *const argv[] = { python, "-I", "-S", "-c", "", NULL };
	const struct spawn spawn = {
		.argv = argv, .without = spawn_clean, .line = ignore,
	};

	plan_python(plan, tree->path, python);
	if (!spawn_run(&spawn))
		return true;
	out_str(tree->why, "a copy of ");
	out_path(tree->why, plan->base->exe);
	out_str(tree->why, " does not run\nmake it without --copies");
	return false;
}

/* Is it there, and stays?  What a kill has left beside it does not. */
static bool stays(struct tree *tree, const char *rel)
{
	char other[PATH_MAX];
	struct stat st;

	if (fstatat(tree->fd, rel, &st, AT_SYMLINK_NOFOLLOW))
		return false;
	if (tree->unfinished)
		(void)tree_other_name(tree, rel, other);
	return true;
}

static bool put_text(struct tree *tree, const char *rel, const char *text)
{
	int fd;

	/* A project's own .gitignore is worth more than ours. */
	if (stays(tree, rel))
		return true;
	fd = fill_file_late(tree, rel, 0644);
	return fd >= 0 &&
		fill_written(tree, rel, fd,
			     fill_bytes(fd, text, strlen(text)));
}

/* git, and programs that make backups, leave it out. */
static bool put_marks(struct tree *tree)
{
	return put_text(tree, ".gitignore",
			"# Created by venv; see"
			" https://docs.python.org/3/library/venv.html\n"
			"*\n") &&
		put_text(tree, "CACHEDIR.TAG",
			 "Signature: 8a477f597d28d172789f06886806bc55\n"
			 "# An environment can be made again: venv recreate\n"
			 "# https://bford.info/cachedir/\n");
}

static bool put_script(struct tree *tree, const struct plan *plan,
		       const struct script *script)
{
	char rel[64], buf[16 * 1024];
	struct out out = OUT_FILE(-1, buf);

	(void)path_join(rel, "bin", script->name);
	if (plan->upgrade && stays(tree, rel))
		return true;
	out.fd = fill_file(tree, rel, 0644);
	if (out.fd < 0)
		return false;
	script_write(&out, script, tree->path,
		     plan->prompt ? plan->prompt : path_base(tree->path));
	return fill_written(tree, rel, out.fd, out_flush(&out));
}

static bool put_scripts(struct tree *tree, const struct plan *plan)
{
	for (const struct script *script = scripts; script->name; script++)
		if (!put_script(tree, plan, script))
			return false;
	return true;
}

/* A file or a link, as it is; nothing where there is none. */
static bool keep_one(struct tree *tree, int old, const char *rel)
{
	struct copy copy = { .from_fd = old, .name = rel };
	struct stat st;
	bool cannot;

	if (fstatat(old, rel, &st, AT_SYMLINK_NOFOLLOW))
		return errno == ENOENT || errno == ENOTDIR ||
			tree_fail(tree, "cannot keep ", rel, errno);
	if (!S_ISREG(st.st_mode) && !S_ISLNK(st.st_mode))
		return true;
	copy.mode = st.st_mode & 0777;
	return fill_hard_link(tree, rel, old, rel, &cannot) &&
		(!cannot || fill_copy(tree, rel, &copy));
}

/* What virtualenvwrapper has its user write, and nobody could make again. */
static bool keep_hooks(struct tree *tree)
{
	static const char *const hooks[] = {
		"bin/preactivate", "bin/postactivate", "bin/predeactivate",
		"bin/postdeactivate", "bin/get_env_details", NULL,
	};
	int old = aside_open(tree->fd);
	bool ok = true;

	if (old < 0)
		return tree_fail(tree, "cannot keep what is in ", "bin", -old);
	for (const char *const *hook = hooks; ok && *hook; hook++)
		ok = keep_one(tree, old, *hook);
	(void)close(old);
	return ok;
}

static bool put_cfg(struct tree *tree, const struct plan *plan)
{
	static char text[4 * PATH_MAX];
	struct out out = OUT_STRING(text);

	pyvenv_write(&out, plan, tree->path);
	if (out.len < sizeof(text) - 1)
		return fill_cfg(tree, &out);
	return tree_fail(tree, "cannot write ", "pyvenv.cfg", ENAMETOOLONG);
}

/* -- pip ---------------------------------------------------------------- */

/* Plant it, and once more where the image turns out to be damaged. */
static bool plant(struct tree *tree, struct plan *plan, struct image *image)
{
	char exe[PATH_MAX];
	bool damaged;
	size_t said = tree->why->len, count = tree->count;

	plan_python(plan, tree->path, exe);
	if (image_plant(image, tree, plan->base, exe, &plan->mode, &damaged))
		return true;
	if (!damaged)
		return false;
	tree->why->len = said;
	tree_take_back(tree, count);
	return image_again(image, plan->cache, plan->base, plan->progress,
			   tree->why) &&
		image_plant(image, tree, plan->base, exe, &plan->mode,
			    &damaged);
}

/* -- all ---------------------------------------------------------------- */

/* Under the lock: what was seen before it may be another one's by now. */
static bool make_room(struct tree *tree, const struct plan *plan)
{
	enum aside goes;

	return permit_stay(plan, tree->fd, tree->path, &goes, tree->why) &&
		(!(plan->clear || plan->anew) || tree_put_aside(tree, goes));
}

static bool fill(struct tree *tree, struct plan *plan, struct image *image,
		 enum pip *pip)
{
	if (!make_room(tree, plan) || !put_cfg(tree, plan) ||
	    !make_parts(tree, plan) ||
	    (plan->scm_ignore && !put_marks(tree)) ||
	    !put_scripts(tree, plan) || (plan->hooks && !keep_hooks(tree)))
		return false;
	if (!plan->with_pip)
		return true;
	*pip = pip_state(tree, plan->base, image);
	return *pip != PIP_ABSENT || plant(tree, plan, image);
}

static bool complete(struct tree *tree, const struct plan *plan,
		     const struct image *image, enum pip pip)
{
	/* A pip that outlives this program still holds the lock. */
	(void)fcntl(tree->fd, F_SETFD, 0);
	return (!plan->copies || runs(tree, plan)) &&
		(pip != PIP_OLDER || pip_renew(tree, plan, image)) &&
		(!plan->complete ||
		 plan->complete(plan->context, plan, tree->path, tree->why));
}

static bool make(struct plan *plan, const char *path, struct image *image,
		 struct out *why)
{
	enum pip pip = PIP_CURRENT;
	struct tree tree;

	if (!tree_begin(&tree, path, why))
		return false;
	plan->kept = tree.careful && !plan->clear && !plan->anew;
	tree.strict &= !plan->clear && !plan->anew;
	if (!fill(&tree, plan, image, &pip) || !tree_finish(&tree) ||
	    !complete(&tree, plan, image, pip) || !tree_keep(&tree)) {
		plan->lost = !tree_undo(&tree);
		return false;
	}
	tree_close(&tree);
	return true;
}

bool create_env(struct plan *plan, const char *path, struct out *why)
{
	struct image image = { .fd = -1 };
	bool ok = permit_check(plan, path, why) &&
		(!plan->with_pip ||
		 image_open(&image, plan->cache, plan->base, plan->progress,
			    why)) &&
		permit_length(plan, path, image.manifest ? &image : NULL, why);

	if (ok)
		ok = make(plan, path, &image, why);
	image_close(&image);
	return ok;
}
