/*
 * The name of an environment.
 */
#include "name.h"

#include <stdbool.h>
#include <string.h>

#include "out.h"
#include "path.h"

static void set_name(char *ret, const char *s, size_t len)
{
	struct out name = { .fd = -1, .buf = ret, .cap = NAME_SIZE };

	out_label(&name, s, len, NAME_CHARS);
}

/* Names that say nothing: the project's name stands for them. */
static bool is_generic(const char *name)
{
	static const char *const generic[] = {
		".venv", "venv", "env", ".env", "virtualenv",
	};

	for (size_t i = 0; i < sizeof(generic) / sizeof(*generic); i++)
		if (!strcmp(name, generic[i]))
			return true;
	return false;
}

/*
 * The component before the one at `base` in a path; *ret_len is 0 where
 * there is none.
 */
static const char *component_before(const char *path, const char *base,
				    size_t *ret_len)
{
	const char *end = base > path ? base - 1 : path;

	for (base = end; base > path && base[-1] != '/'; base--)
		;
	*ret_len = (size_t)(end - base);
	return base;
}

static void name_by_place(const char *path, const char *place, char *ret)
{
	const char *base = path_base(path);
	size_t len, parent_len;
	const char *project = component_before(place, path_base(place), &len);
	const char *parent = component_before(path, base, &parent_len);
	/* direnv has its layouts' environments in .direnv/python-VERSION. */
	bool direnv = !strncmp(base, "python-", 7) && parent_len == 7 &&
		!memcmp(parent, ".direnv", 7);

	if (direnv && project == parent)
		project = component_before(place, project, &len);
	if ((direnv || is_generic(base)) && len)
		set_name(ret, project, len);
	else
		set_name(ret, base, strlen(base));
}

/* Some write the name as the prompt will show it: "(name) ". */
static char *strip_parentheses(char *name)
{
	size_t len = strlen(name);

	while (len && name[len - 1] == ' ')
		len--;
	if (len < 3 || name[0] != '(' || name[len - 1] != ')')
		return name;
	name[len - 1] = '\0';
	return name + 1;
}

void name_find(const struct cfg_value *prompt, const char *path,
	       const char *place, char *ret)
{
	char text[1024], *name;

	*ret = '\0';
	if (prompt->text) {
		cfg_unquote(prompt->text, prompt->len, text, sizeof(text));
		name = strip_parentheses(text);
		set_name(ret, name, strlen(name));
	}
	if (!*ret)
		name_by_place(path, place, ret);
}
