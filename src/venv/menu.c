/*
 * Rows and columns, by the escape sequences that terminals have in common.
 */
#include "menu.h"

#include <string.h>

#include "colour.h"
#include "columns.h"
#include "which/text.h"

#define ROWS_MAX 16	/* so many are seen at once */
#define LINE_CAP 512	/* so much of a line, in bytes */

void menu_narrow(struct menu *menu, const char *words)
{
	menu->count = narrow(menu->items, menu->n, words, menu->found);
	menu->mark = menu->top = 0;
}

static void out_item(struct out *out, const struct item *item)
{
	columns_left(out, item->name, 20);
	columns_left(out, item->version, 9);
	columns_left(out, item->state, 8);
	out_str(out, item->place);
}

void menu_list(struct out *out, const struct menu *menu)
{
	for (size_t i = 0; i < menu->count; i++) {
		char text[24];
		struct out number = OUT_STRING(text);

		out_number(&number, i + 1, 10);
		columns_right(out, text, 5);
		out_item(out, &menu->items[menu->found[i]]);
		out_char(out, '\n');
	}
}

/* -- one of them is marked ---------------------------------------------- */

/* "\033[3A", which goes that far. */
static void out_move(struct out *out, size_t n, char where)
{
	if (!n)
		return;
	out_str(out, "\033[");
	out_number(out, n, 10);
	out_char(out, where);
}

/* The question and the line; how many columns are before its cursor. */
static int menu_line(struct out *out, const struct menu *menu,
		    const char *line, size_t point, int width)
{
	char before[LINE_CAP] = "", left[LINE_CAP] = "", right[LINE_CAP] = "";
	struct out bytes = OUT_STRING(before), to_left = OUT_STRING(left);
	struct out to_right = OUT_STRING(right);
	const char *shown = left;
	int at = 0;
	size_t n;

	out_bytes(&bytes, line, point);
	out_safe(&to_left, before);
	out_safe(&to_right, line + point);
	/* Where there is room for more than the question. */
	if (columns_of(menu->question) < width)
		at = columns_cut(out, menu->question, width);
	/* What is before the cursor is seen, if not from its beginning. */
	for (; *shown && columns_of(shown) > width - at; shown += n)
		(void)text_next(shown, shown + strlen(shown), &n);
	at += columns_cut(out, shown, width - at);
	(void)columns_cut(out, right, width - at);
	return at;
}

static void out_row(struct out *out, const struct menu *menu, size_t row,
		    int width)
{
	static char text[8192];
	struct out line = OUT_STRING(text);
	bool bold = row == menu->mark && colour_wanted(out->fd);

	out_str(&line, row == menu->mark ? "> " : "  ");
	out_item(&line, &menu->items[menu->found[row]]);
	out_str(out, bold ? "\r\n\033[1m" : "\r\n");
	(void)columns_cut(out, text, width);
	out_str(out, bold ? "\033[m" : "");
}

/* The last row, where not all are seen. */
static void out_rest(struct out *out, const struct menu *menu, size_t seen,
		     int width)
{
	char text[128];
	struct out line = OUT_STRING(text);

	out_str(&line, "  ");
	if (menu->count) {
		out_number(&line, menu->top + 1, 10);
		out_char(&line, '-');
		out_number(&line, menu->top + seen, 10);
		out_str(&line, " of ");
		out_number(&line, menu->count, 10);
	} else {
		out_str(&line, "(nothing matches that)");
	}
	out_str(out, "\r\n");
	(void)columns_cut(out, text, width);
}

/* Have the marked one among the `seen` rows. */
static void scroll(struct menu *menu, size_t seen)
{
	if (menu->mark < menu->top)
		menu->top = menu->mark;
	else if (menu->mark >= menu->top + seen)
		menu->top = menu->mark - seen + 1;
}

void menu_draw(struct out *out, struct menu *menu, const char *line,
	       size_t point, int height, int width)
{
	size_t room = height < 2 ? 0 : (size_t)height - 1, seen;
	bool rest;
	int at;

	if (room > ROWS_MAX)
		room = ROWS_MAX;
	rest = room && (!menu->count || (room > 1 && menu->count > room));
	seen = menu->count > room ? room - rest : menu->count;
	scroll(menu, seen);
	/* The last column stays empty: some terminals go on from there. */
	out_str(out, "\r\033[J");
	at = menu_line(out, menu, line, point, width - 1);
	for (size_t i = 0; i < seen; i++)
		out_row(out, menu, menu->top + i, width - 1);
	if (rest)
		out_rest(out, menu, seen, width - 1);
	out_move(out, seen + rest, 'A');
	out_char(out, '\r');
	out_move(out, (size_t)at, 'C');
}
