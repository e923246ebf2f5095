/*
 * What the user sees of an answer: the prompt, the words for prompts of his
 * own, and the lines that are said to him.
 */
#include "shown.h"

#include <string.h>

#include "path.h"
#include "report.h"
#include "var.h"
#include "worktree.h"

/* -- what is to be shown ------------------------------------------------ */

/*
 * What another shell or a tool activated is called as the environment says,
 * so it is anybody's text; CPython's script had it as "(name) " once.
 */
static void foreign_name(struct out *out, const struct vars *vars)
{
	const char *name = vars->prompt;
	size_t len = name ? strlen(name) : 0;

	if (!len) {
		name = path_base(vars->active);
		len = strlen(name);
	} else if (len > 3 && *name == '(' && !strcmp(name + len - 2, ") ")) {
		name++;
		len -= 3;
	}
	out_label(out, name, len, NAME_CHARS);
}

/* What is active, as a prompt of the user's own shows it. */
static void tell_label(struct out *out, const struct turn *turn)
{
	const struct vars *vars = &turn->vars;
	const char *version = turn->memory.version;

	if (!vars->active || (!turn->memory.mine && turn_is_sourced(turn)))
		return;
	out_str(out, "label ");
	foreign_name(out, vars);
	if (turn->memory.mine && version && *version) {
		out_char(out, ' ');
		report_short_version(out, version);
	}
	out_char(out, '\n');
}

/* What is here and not active, and why. */
static void tell_mark(struct out *out, const char *state,
		      const struct env *here)
{
	if (!here || !strcmp(state, "active"))
		return;
	out_str(out, "mark ");
	out_str(out, here->name);
	out_str(out, *here->name ? ": " : "");
	out_str(out, state);
	out_char(out, '\n');
}

static void tell_prompt(struct out *out, const struct turn *turn)
{
	if (!turn->shown || turn->facts.plain ||
	    var_set("VIRTUAL_ENV_DISABLE_PROMPT"))
		return;
	out_str(out, "prompt (");
	foreign_name(out, &turn->vars);
	out_str(out, ") \n");
}

static void tell_state(struct out *out, const struct turn *turn,
		       const struct env *here)
{
	const char *state = report_state_in(here, turn->vars.active,
					    turn->vars.automatic);

	out_line(out, "state", state);
	if (here && *here->name)
		out_line(out, "name", here->name);
	if (here && *here->version)
		out_line(out, "version", here->version);
	tell_prompt(out, turn);
	tell_label(out, turn);
	tell_mark(out, state, here);
	/* A function of the user's by that name stays. */
	out_line(out, "deactivate", turn_is_sourced(turn) ||
		 turn->facts.function ? "theirs" :
		 turn->memory.mine ? "ours" : "none");
}

void shown_state(struct out *out, struct out *lines, struct turn *turn,
		 const struct env *here, bool anew)
{
	const char *was = anew ? NULL : turn->memory.shown;

	tell_state(lines, turn, here);
	if (!was || strcmp(was, lines->buf))
		out_str(out, lines->buf);
	turn->memory.shown = lines->buf;
}

void shown_did(struct out *out, const struct turn *turn)
{
	if (turn->left)
		out_line(out, "did deactivated", turn->left);
	if (turn->entered)
		out_line(out, "did activated", turn->entered);
}

/* -- what is to be said ------------------------------------------------- */

/* FNV-1a; 0 is nothing. */
static unsigned long hash(const char *text)
{
	unsigned long n = 2166136261;

	for (; *text; text++)
		n = (n ^ (unsigned char)*text) * 16777619 & 0xffffffff;
	return n | 1;
}

static void say(struct out *out, const char *before, const char *path,
		const char *behind)
{
	out_str(out, "say venv-which: ");
	out_str(out, before);
	out_path(out, path);
	out_str(out, behind);
	out_char(out, '\n');
}

/* In a work tree the environment of the checkout around it is a surprise. */
static RARE void say_worktree(struct out *out, const struct env *here)
{
	char dir[PATH_MAX], ceiling[PATH_MAX];

	if (here->verdict != VERDICT_USE ||
	    !worktree_find(here, var_get("PWD"), dir))
		return;
	out_str(out, "say venv-which: ");
	out_path(out, here->path);
	out_str(out, " is of the checkout around this git work tree\n"
		"say   for one of its own: venv create ");
	out_operand(out, path_join(ceiling, dir, ".venv") ? dir : ceiling);
	if (worktree_ceiling(here, dir, ceiling)) {
		/* Nobody expands `~` there. */
		out_str(out, "\nsay   for none: `ceiling = ");
		out_safe(out, ceiling);
		out_str(out, "` in the config file");
	}
	out_char(out, '\n');
}

static void collect(struct out *out, const struct turn *turn, bool told,
		    const struct env *here)
{
	if (here && here->verdict != VERDICT_USE) {
		out_str(out, "say venv-which: ");
		report_trouble(out, here, "\nsay   ");
		out_char(out, '\n');
	}
	if (turn->here.path && worktree_any(here))
		say_worktree(out, here);
	if (turn->dead)
		say(out, "VIRTUAL_ENV was ", var_get("VIRTUAL_ENV"),
		    ", and no environment is there; it is unset");
	if (turn->stands)
		say(out, "", here->path, " is here; what was active when"
		    " this shell started stays\nsay   venv use");
	if (!turn->here.path)
		return;
	if (turn->facts.fixed)
		say(out, "VIRTUAL_ENV or PATH is read-only here; no"
		    " environment can be active", "", "");
	else if (!told)
		say(out, "PATH cannot be told in a line, or is too long; no"
		    " environment can be active", "", "");
}

/* Who has just denied what was active here knows it. */
static bool is_known(const struct turn *turn, const struct env *here)
{
	return turn->left && here && !strcmp(here->rule, "denied") &&
		!strcmp(turn->left, here->path);
}

void shown_said(struct out *out, struct out *lines, struct turn *turn,
		bool quiet, bool told, const struct env *here)
{
	const char *text = lines->buf;
	unsigned long said;

	*lines->buf = '\0';
	if (!quiet)
		collect(lines, turn, told, here);
	/* What was cut is a line nevertheless. */
	if (lines->len + 1 == lines->cap)
		lines->buf[lines->len - 1] = '\n';
	said = *text ? hash(text) : 0;
	if (said && said != turn->memory.said && !is_known(turn, here))
		out_str(out, text);
	turn->memory.said = said;
}
