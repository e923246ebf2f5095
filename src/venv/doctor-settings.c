/*
 * venv doctor: what the user has set, and what of it means nothing.
 */
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "command.h"
#include "doctor.h"
#include "facts.h"
#include "finding.h"
#include "which/cfg.h"
#include "which/file.h"

extern char **environ;

/* -- values: NULL, or what is wrong and what to do --------------------- */

static const char *wrong_names(const char *value)
{
	char list[NAMES_SIZE];
	char *rest = NULL;
	size_t n = 0;

	if (strlen(value) >= sizeof(list))
		return "is too long, and does not count\nname fewer";
	if (value[strcspn(value, "\"',")])
		return "has names with quotes or commas in them\nput blanks"
			" between the names, and nothing around them";
	memcpy(list, value, strlen(value) + 1);
	for (char *name = strtok_r(list, " \t:", &rest); name;
	     name = strtok_r(NULL, " \t:", &rest), n++)
		if (!settings_is_name(name))
			return "has a name that is a path, and passed over"
				"\nan environment of a project is in it, and"
				" for others there is `venv link`";
	return n > NAMES_MAX ? "has more than 16 names, of which the rest"
		" does not count\nname fewer" : NULL;
}

/* The prefix is what an entry may begin with beside a slash. */
static const char *wrong_list(const char *value, const char *prefix)
{
	for (; *value; value += *value == ':') {
		size_t len = strcspn(value, ":");

		if (len && *value != '/' &&
		    strncmp(value, prefix, strlen(prefix)))
			return "has a directory that is not absolute, and"
				" does not count\nwrite its whole path";
		value += len;
	}
	return NULL;
}

static const char *wrong_ceiling(const char *value)
{
	return wrong_list(value, "/");
}

static const char *wrong_under(const char *value)
{
	return wrong_list(value, "~/");
}

static const char *wrong_trust(const char *value)
{
	return strcasecmp(value, "here") && strcasecmp(value, "allow")
		? "is neither `here` nor `allow`, and counts as `allow`"
		  "\nwrite one of them" : NULL;
}

static const char *wrong_quiet(const char *value)
{
	static const char *const words[] = { "0", "no", "false", "off" };

	if (settings_is_yes(value))
		return NULL;
	for (size_t i = 0; i < sizeof(words) / sizeof(*words); i++)
		if (!strcasecmp(value, words[i]))
			return NULL;
	return "is neither `yes` nor `no`, and counts as `no`\nwrite one of"
		" them";
}

static const char *wrong_tools(const char *value)
{
	while (*(value += strspn(value, " \t"))) {
		size_t len = strcspn(value, " \t");

		if (settings_tool(value, len) == TOOLS &&
		    (len != 4 || strncmp(value, "none", 4)))
			return "has a tool that is not known, and passed over"
				"\nwrite some of uv poetry hatch pipenv pdm"
				" pyenv, or none";
		value += len;
	}
	return NULL;
}

static const struct setting {
	const char *key, *variable;
	const char *(*wrong)(const char *value);
} settings[] = {
	{ "names", "VENV_WHICH_NAMES", wrong_names },
	{ "ceiling", "VENV_WHICH_CEILING", wrong_ceiling },
	{ "quiet", "VENV_WHICH_QUIET", wrong_quiet },
	{ "trust", "VENV_WHICH_TRUST", wrong_trust },
	{ "under", NULL, wrong_under },
	{ "tools", NULL, wrong_tools },
};

enum { SETTINGS = sizeof(settings) / sizeof(*settings) };

/* -- the config file ---------------------------------------------------- */

struct config {
	char path[PATH_MAX];
	unsigned line;
	unsigned seen[SETTINGS];	/* the line that has it, or 0 */
	bool bad;
};

static void bad_line(struct config *config, const char *what,
		     const char *why)
{
	char number[24];
	struct out out = OUT_STRING(number);

	config->bad = true;
	out_number(&out, config->line, 10);
	finding_bad("config", A_PATH(config->path), ", line ", number, ": `",
		    what, "` ", REASON(why), NULL);
}

static void check_setting(struct config *config, size_t i, const char *text,
			  size_t len)
{
	char value[PATH_MAX];
	const char *why = "is too long, and does not count\nwrite less";

	if (len < sizeof(value)) {
		memcpy(value, text, len);
		value[len] = '\0';
		why = len ? settings[i].wrong(value) : NULL;
	}
	if (config->seen[i])
		why = "is there a second time, and only the first counts"
			"\ntake one out";
	config->seen[i] = config->line;
	if (why)
		bad_line(config, settings[i].key, why);
}

/* One without `=`, or with another key, says nothing; `#` is a habit. */
static void check_line(struct config *config, const char *line)
{
	char text[160];
	struct out why = OUT_STRING(text);
	const char *value;
	size_t len;

	for (size_t i = 0; i < SETTINGS; i++) {
		if (cfg_get(line, settings[i].key, &value, &len)) {
			check_setting(config, i, value, len);
			return;
		}
	}
	line += strspn(line, " \t\v\f");
	if (!*line || *line == '#')
		return;
	out_str(&why, strchr(line, '=')
		? "is no setting, and says nothing\nthe keys are"
		: "says nothing without `=`\nwrite `KEY = VALUE`, of the keys");
	for (size_t i = 0; i < SETTINGS; i++) {
		out_str(&why, i ? ", " : " ");
		out_str(&why, settings[i].key);
	}
	bad_line(config, line, text);
}

static void check_lines(struct config *config, char *text)
{
	while (*text) {
		size_t len = strcspn(text, "\r\n");
		char end = text[len];

		config->line++;
		text[len] = '\0';
		check_line(config, text);
		text += len + (end != '\0');
		if (end == '\r' && *text == '\n')
			text++;
	}
}

static void check_config(void)
{
	static struct config config;
	static char text[CFG_MAX];
	struct stat st;
	ptrdiff_t len;

	if (settings_config(config.path))
		return;
	len = file_read_stat(AT_FDCWD, config.path, text, sizeof(text), &st);
	if (len == -ENOENT || len == -ENOTDIR) {
		finding_good("config", "there is no ", A_PATH(config.path),
			     NULL);
		return;
	}
	if (len < 0) {
		finding_bad("config", A_PATH(config.path), " cannot be read,"
			    " and counts as empty: ", error_text((int)-len),
			    ADVICE, "make it a file of your own, or remove it",
			    NULL);
		return;
	}
	if (!settings_is_mine(config.path, &st)) {
		config.bad = true;
		finding_bad("config", A_PATH(config.path), " may be written by"
			    " others, so that its `under` does not count",
			    ADVICE, "own it, and let nobody else write it or a"
			    " directory on its path", NULL);
	}
	check_lines(&config, text);
	if (!config.bad)
		finding_good("config", A_PATH(config.path), NULL);
}

/* -- variables ---------------------------------------------------------- */

static bool is_known(const char *name, size_t len)
{
	static const char *const others[] = {
		"VENV_WHICH_DISABLE", "VENV_WHICH_PATIENCE",
		"VENV_WHICH_AUTO", "VENV_WHICH_NAME", "VENV_WHICH_VERSION",
		"VENV_WHICH_STATE", "VENV_WHICH_PROMPT",
	};

	for (size_t i = 0; i < SETTINGS; i++)
		if (settings[i].variable &&
		    strlen(settings[i].variable) == len &&
		    !memcmp(settings[i].variable, name, len))
			return true;
	for (size_t i = 0; i < sizeof(others) / sizeof(*others); i++)
		if (strlen(others[i]) == len && !memcmp(others[i], name, len))
			return true;
	return false;
}

/* False: something is wrong with one of ours. */
static bool check_ours(void)
{
	bool good = true;

	for (size_t i = 0; i < SETTINGS; i++) {
		const char *value = settings[i].variable
			? getenv(settings[i].variable) : NULL;
		const char *why = value && *value
			? settings[i].wrong(value) : NULL;

		if (why) {
			good = false;
			finding_bad("settings", settings[i].variable, "=",
				    value, " ", REASON(why), NULL);
		}
	}
	for (char **entry = environ; *entry; entry++) {
		size_t len = strcspn(*entry, "=");

		if (strncmp(*entry, "VENV_WHICH_", 11) ||
		    is_known(*entry, len))
			continue;
		good = false;
		finding_bad("settings", *entry, " is no setting, and says"
			    " nothing", ADVICE, "ENVIRONMENT in venv(1) has"
			    " them", NULL);
	}
	return good;
}

/* Those that hold a directory count only where they are absolute; the first
 * one also counts from the home directory. */
static bool check_dirs(void)
{
	static const char *const names[] = {
		"WORKON_HOME", "XDG_CONFIG_HOME", "XDG_STATE_HOME",
		"XDG_CACHE_HOME",
	};
	const char *home = getenv("HOME");
	bool good = home && *home == '/';

	if (!good)
		finding_bad("settings", "HOME is no absolute path, so that the"
			    " config file, the record of decisions and"
			    " ~/.virtualenvs have no place", ADVICE, "set it",
			    NULL);
	for (size_t i = 0; i < sizeof(names) / sizeof(*names); i++) {
		const char *value = getenv(names[i]);

		if (!value || !*value || *value == '/' ||
		    (!i && !settings_is_anothers(value)))
			continue;
		good = false;
		finding_bad("settings", names[i], "=", value, " is not"
			    " absolute, and does not count", ADVICE, "write"
			    " its whole path", NULL);
	}
	return good;
}

/* What every shell of the user has, whatever is active in it. */
static bool check_universal(void)
{
	const char *name;
	size_t at = 0;
	bool good = true;

	while ((name = facts_next("universal", &at))) {
		/* tide sets it so, and has a word of its own for the name. */
		if (!strcmp(name, "VIRTUAL_ENV_DISABLE_PROMPT"))
			continue;
		good = false;
		finding_bad("settings", name, " is a universal variable, so"
			    " that every shell has it for good", ADVICE,
			    "set it in config.fish if you want it, after: set"
			    " -eU ", name, NULL);
	}
	return good;
}

void doctor_settings(void)
{
	const char *disable = getenv("VENV_WHICH_DISABLE");
	bool good = check_ours();

	good = check_dirs() && good;
	good = check_universal() && good;
	if (disable && *disable) {
		good = false;
		finding_bad("settings", "VENV_WHICH_DISABLE turns the hook"
			    " off", ADVICE, "unset it", NULL);
	}
	if (good)
		finding_good("settings", "the variables are understood",
			     NULL);
	check_config();
}
