/*
 * The sentences for what breaks the rules of trust.
 */
#include "blame.h"

#include <string.h>

#include "path.h"

void blame_file(struct env *env, const char *file, const struct stat *st)
{
	env->file = file == env->path ? env->path : env->file_text;
	if (file != env->path)
		(void)path_copy(env->file_text, file);
	env->file_owner = st->st_uid;
	env->file_mode = st->st_mode & 07777;
}

void blame_part(struct env *env, const char *part, const struct stat *st)
{
	char path[PATH_MAX];

	if (!strcmp(part, "."))
		blame_file(env, env->path, st);
	else if (!path_join(path, env->path, part))
		blame_file(env, path, st);
}

void blame(struct judgement *j, const char *rule)
{
	struct env *env = j->env;

	env->verdict = VERDICT_BLOCKED;
	env->rule = rule;
	env->why = env->why_text;
	env->next = env->next_text;
	j->why = (struct out)OUT_STRING(env->why_text);
	j->next = (struct out)OUT_STRING(env->next_text);
}

void blame_next(struct judgement *j, const char *command, const char *path)
{
	out_str(&j->next, command);
	out_char(&j->next, ' ');
	out_operand(&j->next, path);
}

static void next_allow(struct judgement *j, const char *clause)
{
	size_t begin;

	out_str(&j->next, clause);
	begin = j->next.len;
	out_str(&j->next, ": venv allow ");
	if (out_word(&j->next, j->env->path))
		return;
	/* Without an operand it means the directory's. */
	j->next.len = begin;
	out_str(&j->next, ", in this directory: venv allow");
}

void blame_next_allow(struct judgement *j)
{
	next_allow(j, "if you trust it");
}

void blame_next_anew(struct judgement *j)
{
	blame_next(j, "make it anew: venv recreate", j->env->path);
	next_allow(j, "\nor, though its scripts lead to the other place");
}

void blame_owner(struct judgement *j, const char *rule, const char *what,
		 const struct stat *st)
{
	blame(j, rule);
	out_safe(&j->why, what);
	out_str(&j->why, " belongs to another user (uid ");
	out_number(&j->why, st->st_uid, 10);
	out_char(&j->why, ')');
	blame_next_allow(j);
}

void blame_writers(struct judgement *j, const char *rule, const char *what,
		   const struct stat *st, const char *who)
{
	blame(j, rule);
	out_safe(&j->why, what);
	out_str(&j->why, " may be written by ");
	out_str(&j->why, who);
	out_str(&j->why, " (mode ");
	out_number(&j->why, st->st_mode & 07777, 8);
	out_char(&j->why, ')');
}
