/*
 * Environments and directories, for a word that may name one.
 */
#include "offerdirs.h"

#include <string.h>

#include "elsewhere.h"
#include "named.h"
#include "recent.h"
#include "which/find.h"
#include "which/path.h"
#include "which/record.h"
#include "which/report.h"

/*
 * Up to so many environments are read and judged, which takes some 50
 * microseconds each.  Of more, the directory entry has to say enough.
 */
enum { JUDGE_MAX = 128 };

/* -- environments ------------------------------------------------------- */

/* "3.11.7", "3.11.7, blocked" */
static const char *note_of(const struct env *env)
{
	static char text[VERSION_SIZE + 16];
	struct out note = OUT_STRING(text);

	*text = '\0';
	out_str(&note, env->version);
	if (env->verdict != VERDICT_USE) {
		out_str(&note, *env->version ? ", " : "");
		out_str(&note, verdict_word(env->verdict));
	}
	return text;
}

void offer_named(struct offer *offer)
{
	static struct env env;
	struct listing named;
	char container[PATH_MAX], path[PATH_MAX];
	const char *name;
	bool judge;

	if (settings_container(container) ||
	    !listing_open(&named, container, offer->found.word))
		return;
	judge = listing_count(&named, JUDGE_MAX) <= JUDGE_MAX;
	while ((name = listing_next(&named))) {
		if (!listing_is_dir(&named) || offer_is_option(offer, name) ||
		    path_join(path, container, name) ||
		    (judge && find_named(&session.set, "/", path, &env) <= 0))
			continue;
		candidates_add(&offer->found, name, judge ? note_of(&env) : "");
		if (judge)
			env_close(&env);
	}
	listing_close(&named);
}

/* By its name, as `venv pick` shows it. */
static void offer_called(struct offer *offer, struct env *env)
{
	named_call(env);
	if (*env->name && !offer_is_option(offer, env->name))
		candidates_add(&offer->found, env->name, note_of(env));
	env_close(env);
}

static void offer_recent(void *context, const char *path)
{
	static struct env env;

	if (find_named(&session.set, "/", path, &env) > 0)
		offer_called(context, &env);
}

static void offer_kept(void *context, struct env *env)
{
	struct offer *offer = context;

	if (*env->name && !offer_is_option(offer, env->name))
		candidates_add(&offer->found, env->name, note_of(env));
}

void offer_choices(struct offer *offer)
{
	static struct env env;

	if (find_nearest(&session.set, session.pwd, NULL, &env) > 0)
		offer_called(offer, &env);
	recent_each(offer_recent, offer);
	offer_named(offer);
	elsewhere_each(offer_kept, offer);
}

/* -- directories -------------------------------------------------------- */

/* The directory that the word names, and what it has for the next part. */
struct place {
	struct listing in;
	char lead[PATH_MAX];	/* "", "src/", or "./" */
	char path[PATH_MAX];	/* absolute */
	const char *word;
};

static bool open_place_of(struct place *place, const char *word)
{
	const char *base = path_base(word);
	char here[PATH_MAX], physical[PATH_MAX];

	place->word = word;
	if (path_copy(place->lead, word))
		return false;
	place->lead[base - word] = '\0';
	if (path_working_dir(here, physical, session.pwd))
		memcpy(here, "/", 2);
	return !path_below(place->path, here, place->lead) &&
		listing_open(&place->in, *place->lead ? place->lead : ".",
			     base);
}

/* Add the entry `name`, with `tail` behind it. */
static void add_entry(struct offer *offer, const struct place *place,
		      const char *name, const char *tail, const char *note)
{
	char text[PATH_MAX];
	struct out out = OUT_STRING(text);

	if (strlen(place->lead) + strlen(name) + sizeof(".//") > sizeof(text))
		return;
	out_str(&out, place->lead);
	if (!*place->lead && offer_is_option(offer, name))
		out_str(&out, "./");
	out_str(&out, name);
	out_str(&out, tail);
	candidates_add(&offer->found, text, note);
}

void offer_paths(struct offer *offer,
		 bool (*file)(const struct listing *list))
{
	static struct place place;
	const char *name;

	if (!open_place_of(&place, offer->found.word))
		return;
	while ((name = listing_next(&place.in)))
		if (listing_is_dir(&place.in))
			add_entry(offer, &place, name, "/", "");
		else if (file && file(&place.in))
			add_entry(offer, &place, name, "", "");
	if (!strcmp(path_base(place.word), ".."))
		add_entry(offer, &place, "..", "/", "");
	listing_close(&place.in);
}

void offer_directories(struct offer *offer)
{
	offer_paths(offer, NULL);
}

/* Does it look like an environment, or like a project that holds one? */
static bool seems_env(const struct place *place, const char *name)
{
	char path[PATH_MAX];
	const char *const *each = session.set.names;

	if (path_join(path, name, "pyvenv.cfg"))
		return false;
	if (listing_has(&place->in, path))
		return true;
	for (; *each; each++)
		if (!path_join(path, name, *each) &&
		    listing_has(&place->in, path))
			return true;
	return false;
}

static void offer_entry(struct offer *offer, const struct place *place,
			const char *name, bool judge, bool others)
{
	static struct env env;
	char path[PATH_MAX];
	bool found = judge ? !path_join(path, place->path, name) &&
			     find_here(&session.set, path, &env) > 0
			   : seems_env(place, name);

	if (found)
		add_entry(offer, place, name, "", judge ? note_of(&env) : "");
	else if (others)
		add_entry(offer, place, name, "/", "");
	if (found && judge)
		env_close(&env);
}

/* .venv is hidden, but a list without it would name only those of others. */
static void offer_own(struct offer *offer, const struct place *place)
{
	const char *const *name = session.set.names;

	for (; *name; name++)
		if (candidates_fit(&offer->found, *name) &&
		    listing_has(&place->in, *name))
			offer_entry(offer, place, *name, true, false);
}

/* Those that are one, or hold one; `others`: the rest, to go into, as well. */
static void offer_holders(struct offer *offer, bool others)
{
	static struct place place;
	const char *name;
	bool judge;

	if (!open_place_of(&place, offer->found.word))
		return;
	judge = offer->found.n <= JUDGE_MAX &&
		listing_count(&place.in, JUDGE_MAX) <= JUDGE_MAX;
	if (!others)
		offer_own(offer, &place);
	while ((name = listing_next(&place.in)))
		if (listing_is_dir(&place.in))
			offer_entry(offer, &place, name, judge, others);
	listing_close(&place.in);
}

void offer_environments(struct offer *offer)
{
	bool path = strchr(offer->found.word, '/');
	char container[PATH_MAX];

	if (!path)
		offer_named(offer);
	/* There they are called the same. */
	if (path || settings_container(container) ||
	    !path_same(container, "."))
		offer_holders(offer, path);
	offer->found.strict = offer->found.n;
	if (!path && !offer->found.exact)
		offer_directories(offer);
}

void offer_decided(struct offer *offer)
{
	static char text[RECORD_MAX + 1];
	static struct entry entry;
	const char *rest = text, *line;
	char path[PATH_MAX];
	struct stat st;
	size_t len;

	if (record_read(text, path, &st) > 0)
		while (record_line(&rest, &line, &len))
			if (record_parse(line, len, &entry))
				candidates_add(&offer->found, entry.path,
					       decision_word(entry.decision));
	offer_environments(offer);
}
