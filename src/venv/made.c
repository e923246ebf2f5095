/*
 * The cache, failures, and recording and telling what was made.
 */
#include "made.h"

#include <sys/stat.h>
#include <unistd.h>

#include "decide.h"
#include "fail.h"
#include "make/interrupt.h"
#include "wanted.h"

void made_alone(void)
{
	(void)umask(umask(0) | S_IWGRP | S_IWOTH);
}

void made_cache(const struct command *self, struct cache *ret)
{
	static char text[2 * PATH_MAX];
	struct out why = OUT_STRING(text);

	if (!cache_open(ret, &why))
		die(EX_NONE, self->name, ": there is no place for the cache: ",
		    REASON(text), ADVICE, "set XDG_CACHE_HOME or TMPDIR",
		    NULL);
	if (ret->passing)
		complain("venv", self->name, ": works without its cache: ",
			 REASON(text), ADVICE, "once that is mended the next"
			 " one is made faster", NULL);
}

_Noreturn void made_fail(const struct command *self, struct cache *cache,
			 const char *why)
{
	cache_close(cache);
	/* What was made before the failure stays, and was to be told. */
	(void)out_flush(&session.out);
	interrupt_obey();
	die(EX_NONE, self->name, ": ", REASON(why), NULL);
}

void made_record(const struct command *self, const char *path)
{
	static char text[5 * PATH_MAX];
	struct out why = OUT_STRING(text);
	int fd = open_place(path, O_STAND | O_DIRECTORY | O_CLOEXEC);

	if (fd < 0)
		return;
	if (!decide_made(path, fd, &why))
		complain("venv", self->name, ": ", A_PATH(path), " is not"
			 " recorded: ", REASON(text), ADVICE,
			 "then: venv allow ", A_WORD(path), NULL);
	(void)close(fd);
}

void made_warn(const struct command *self, const char *path,
	       const char *project, const struct base *base, bool chosen)
{
	char wants[WANTED_SIZE];

	if (!chosen && wanted_pin(project, base->version, wants))
		complain("venv", self->name, ": .python-version wants Python ",
			 wants, ", and this is ", base->version, ADVICE,
			 "to have that: venv create --clear -p ",
			 A_WORD(wants), " ", A_WORD(path), NULL);
	else if (wanted_range(project, base->version, wants))
		complain("venv", self->name, ": pyproject.toml wants Python ",
			 wants, ", and this is ", base->version, ADVICE,
			 "to have another: venv create --clear -p PYTHON ",
			 A_WORD(path), NULL);
}

void made_tell(const char *word, const char *path, const struct base *base,
	       int packages)
{
	struct out *out = &session.out;

	out_str(out, word);
	out_char(out, ' ');
	out_path(out, path);
	out_str(out, " (");
	out_safe(out, base->implementation);
	out_char(out, ' ');
	out_safe(out, base->version);
	if (packages) {
		out_str(out, ", ");
		out_number(out, (unsigned)packages, 10);
		out_str(out, packages == 1 ? " package" : " packages");
	}
	out_str(out, ")\n");
}
