/*
 * The answer in words: for people, for prompts and for programs.  Knows how
 * each form is written, and no rule.
 */
#ifndef REPORT_H
#define REPORT_H

#include "env.h"
#include "out.h"
#include "settings.h"
#include "walk.h"

/* "use", "none", "blocked" or "broken". */
const char *verdict_word(enum verdict verdict);

/* "name", "inside", "redirect", "active" or "named". */
const char *found_word(enum found found);

/*
 * What the environment is to this shell: "active", "other" (another one is
 * active), "off" (the hook activated it and the user ended that),
 * "inactive", "blocked", "broken"; "none" for NULL.
 */
const char *report_state(const struct env *env);

/* The same for a shell with these VIRTUAL_ENV and VENV_WHICH_AUTO, or NULL. */
const char *report_state_in(const struct env *env, const char *active,
			    const char *automatic);

/* The exit status that the verdict means; env may be NULL, for "none". */
int report_exit(const struct env *env);

/*
 * Check a format: 0, or the letter behind the first `%` that means nothing,
 * or '%' where the format ends in one.
 */
char report_check_format(const char *format);

/* 3.11 of "3.11.7". */
void report_short_version(struct out *out, const char *version);

/*
 * %n name, %v version, %V version without its last number, %i
 * implementation, %p path, %r project, %s state, %% a percent sign.
 */
void report_format(struct out *out, const char *format,
		   const struct env *env);

/* One object, all of it; env may be NULL, for "none". */
void report_json(struct out *out, const struct env *env);

/*
 * The same for whoever knows more of it: without the brace at its end, with
 * that project (NULL: env_project()); and a member to add, "" being null.
 */
void report_json_open(struct out *out, const struct env *env,
		      const char *project);
void report_json_member(struct out *out, const char *key, const char *value);

/* Why find_nearest() failed with the negative errno err, and what to do. */
void report_lost(struct out *out, int err);

/*
 * "PATH is blocked: WHY", and what to do behind `between`, which is a newline
 * where that has a line of its own.
 */
void report_trouble(struct out *out, const struct env *env,
		    const char *between);

/* "FILE (owner 1000, mode 0755)", what the verdict was decided by; or "". */
void report_file(struct out *out, const struct env *env);

/* "no environment at or above DIR (looked for …)"; pwd as in walk_up(). */
void report_none(struct out *out, const struct settings *set,
		 const char *pwd);

/* For --explain: the visitor's function (context: a struct out), the end. */
void report_visit(void *context, enum seen seen, const char *path,
		  const char *near);
void report_verdict(struct out *out, const struct env *env);

#endif
