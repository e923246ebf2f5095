/*
 * venv allow, venv deny: the user decides about an environment, against the
 * rules of trust or before they are asked.
 */
#include <stdlib.h>
#include <string.h>

#include "decide.h"
#include "demand.h"
#include "fail.h"
#include "options.h"
#include "which/find.h"
#include "which/path.h"
#include "which/report.h"
#include "which/shadow.h"

static struct env env;
static char reason[2 * PATH_MAX];

static void tell(const char *word, const char *path)
{
	out_str(&session.out, word);
	out_char(&session.out, ' ');
	out_path(&session.out, path);
	out_char(&session.out, '\n');
}

/* -- decisions ---------------------------------------------------------- */

static void warn_of_shadows(const struct command *self)
{
	static char text[256];
	struct out line = OUT_STRING(text);

	if (shadow_tell(&env, &line))
		complain("venv", self->name, ": ", A_PATH(env.path), ": ",
			 REASON(text), ", which hide yours while it is active",
			 ADVICE, "to take the decision back: venv deny ",
			 A_WORD(env.path), NULL);
}

/*
 * It was blocked for that, and is what it was.  Of its programs there is a
 * warning, too.
 */
static void warn_of_place(const struct command *self)
{
	static char why[sizeof(env.why_text)], shadows[256];
	struct out line = OUT_STRING(why), text = OUT_STRING(shadows);
	size_t len = strlen(env.why);

	*why = '\0';
	if (env.verdict != VERDICT_BLOCKED || strcmp(env.rule, "place"))
		return;
	if (shadow_tell(&env, &text) && len > text.len &&
	    !strcmp(env.why + len - text.len, shadows))
		len -= text.len + strlen("; ");
	out_bytes(&line, env.why, len);
	complain("venv", self->name, ": the scripts of ", A_PATH(env.path),
		 " lead to another place: ", REASON(why), ADVICE,
		 "make it anew: venv recreate ", A_WORD(env.path), NULL);
}

/* The number of lines that were taken out. */
static int change_record(const struct command *self,
			 const struct change *change)
{
	struct out why = OUT_STRING(reason);
	int gone = decide(change, &why);

	if (gone < 0)
		die(EX_NONE, self->name, ": ", REASON(reason), NULL);
	return gone;
}

static int record(const struct command *self, const char *word, bool allow)
{
	struct change change = {
		.kind = allow ? CHANGE_ALLOW : CHANGE_DENY, .path = env.path,
	};
	struct identity id;

	demand_found(self, word, &env);
	/* One may say in advance that it shall not be used once it works. */
	if (env.verdict == VERDICT_BROKEN && (allow || env.fd < 0))
		demand_fail(self, &env);
	id = identity_of(env.fd, &env.self);
	change.id = &id;
	(void)change_record(self, &change);
	tell(allow ? "allowed" : "denied", env.path);
	if (allow) {
		warn_of_place(self);
		warn_of_shadows(self);
	}
	return EX_FOUND;
}

/* What is recorded may be gone: then its path is all there is. */
static int forget(const struct command *self, const char *word)
{
	struct change change = { .kind = CHANGE_FORGET };
	char here[PATH_MAX], path[PATH_MAX];
	struct identity id;

	if (path_working_dir(here, path, session.pwd))
		memcpy(here, "/", 2);
	change.path = env.path;
	if (!word || demand_maybe(word, &env)) {
		if (!word)
			demand_found(self, NULL, &env);
		id = identity_of(env.fd, &env.self);
		change.id = env.fd >= 0 ? &id : NULL;
	} else if (path_below(env.path, here, word)) {
		die(EX_NONE, self->name, ": no path is as long as ", word,
		    ADVICE, "`venv allow --list` shows what is recorded",
		    NULL);
	}
	if (!change_record(self, &change))
		die(EX_NONE, self->name, ": nothing is recorded of ",
		    A_PATH(env.path), ADVICE, "`venv allow --list` shows what"
		    " is", NULL);
	tell("forgotten", env.path);
	return EX_FOUND;
}

/* -- the list ----------------------------------------------------------- */

/* "": it is there as it was; or "gone", "replaced". */
static const char *entry_state(const struct entry *entry)
{
	struct identity id;
	struct stat st;
	int fd = open_place(entry->path, O_STAND | O_DIRECTORY | O_CLOEXEC);

	if (fd < 0 || fstat(fd, &st))
		return "gone";
	id = identity_of(fd, &st);
	(void)close(fd);
	return identity_same(&id, &entry->id) ? "" : "replaced";
}

static void print_entry(const struct entry *entry, bool json, bool first)
{
	struct out *out = &session.out;
	const char *state = entry_state(entry);
	const char *decision = decision_word(entry->decision);

	if (json) {
		out_str(out, first ? "\n  { \"decision\": "
				   : ",\n  { \"decision\": ");
		out_json(out, decision);
		out_str(out, ", \"path\": ");
		out_json(out, entry->path);
		out_str(out, ", \"state\": ");
		out_json(out, *state ? state : "there");
		out_str(out, " }");
		return;
	}
	out_str(out, decision);
	out_char(out, ' ');
	out_path(out, entry->path);
	/* A denial holds for whatever stands there. */
	if (*state && (entry->decision != DECISION_DENY ||
		       !strcmp(state, "gone"))) {
		out_str(out, " (");
		out_str(out, state);
		out_char(out, ')');
	}
	out_char(out, '\n');
}

static int list(const struct command *self, bool json)
{
	static char text[RECORD_MAX + 1];
	char path[PATH_MAX];
	const char *rest = text, *line;
	struct out why = OUT_STRING(reason);
	struct entry entry;
	bool first = true;
	size_t len;

	if (!decide_read(text, path, &why))
		die(EX_NONE, self->name, ": ", REASON(reason), NULL);
	if (json)
		out_char(&session.out, '[');
	while (record_line(&rest, &line, &len)) {
		if (!record_parse(line, len, &entry))
			continue;
		print_entry(&entry, json, first);
		first = false;
	}
	if (json)
		out_str(&session.out, first ? "]\n" : "\n]\n");
	return EX_FOUND;
}

/* -- commands ----------------------------------------------------------- */

int cmd_allow(const struct command *self, char **argv)
{
	bool all = false, json = false, gone = false;
	const struct option table[] = {
		{ 0, "list", NULL, "print what was decided", .flag = &all },
		{ 0, "json", NULL, "with --list: as a JSON array",
		  .flag = &json },
		{ 0, "forget", NULL, "take a decision back", .flag = &gone },
		{ 0 },
	};
	char **operands = options_parse(self, table, 0, argv);
	const char *word = *options_at_most(self, operands, all ? 0 : 1);

	if (all && gone)
		options_usage(self, "these exclude each other: ",
			      "--list --forget");
	if (json && !all)
		options_usage(self, "--json belongs to --list", "");
	if (all)
		return list(self, json);
	return gone ? forget(self, word) : record(self, word, true);
}

int cmd_deny(const struct command *self, char **argv)
{
	char **operands = options_operands(self, argv, 1);

	return record(self, *operands, false);
}
