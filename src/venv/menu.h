/*
 * The many that one of is chosen from, as they are seen.
 */
#ifndef MENU_H
#define MENU_H

#include "narrow.h"

struct menu {
	const char *question;
	const struct item *items;
	size_t n;
	size_t *found, count;	/* the numbers of those that match */
	size_t mark, top;	/* of these: the marked one, the highest seen */
};

/* Have those in it that `words` mean; `found` has room for all. */
void menu_narrow(struct menu *menu, const char *words);

/* Each in a line, with its number, from 1. */
void menu_list(struct out *out, const struct menu *menu);

/*
 * The question, the line that is typed behind it, and below it as much of the
 * menu as a terminal of that size has room for.  It is drawn from the line of
 * the cursor downwards, over what is there; the cursor goes back to byte
 * `point` of the line, so that a screen which scrolls does no harm.
 */
void menu_draw(struct out *out, struct menu *menu, const char *line,
	       size_t point, int height, int width);

#endif
