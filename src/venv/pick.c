/*
 * Questions on stderr, whose answers are read from stdin: in lines, or key by
 * key with GNU readline.
 *
 * The library is loaded when somebody is asked, for with it every start of
 * the program would take a quarter longer.  What is used of it stands here
 * with its types, as in version 8: so its headers need not be there.
 */
#include "pick.h"

#include <dlfcn.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <termios.h>
#include <unistd.h>

#include "menu.h"
#include "which/text.h"

#define LINE_CAP 512	/* the longest line that means anything, in bytes */
#define CTRL_C '\003'

/* -- lines -------------------------------------------------------------- */

bool pick_anybody(void)
{
	return isatty(STDIN_FILENO) && isatty(STDERR_FILENO);
}

static void say(const char *text)
{
	(void)dprintf(STDERR_FILENO, "%s", text);
}

/* A terminal gives a line at once; one too long is no answer.  False: none. */
static bool read_line(char *buf, size_t cap)
{
	ssize_t n;

	do
		n = read(STDIN_FILENO, buf, cap - 1);
	while (n < 0 && errno == EINTR);
	buf[n > 0 ? n : 0] = '\0';
	/* Where no Enter was typed the cursor is still behind the question. */
	if (n <= 0)
		say("\n");
	buf[strcspn(buf, "\r\n")] = '\0';
	return n > 0;
}

enum answer pick_yes(const char *question)
{
	char line[64];

	if (!pick_anybody())
		return ANSWER_NOBODY;
	say(question);
	(void)read_line(line, sizeof(line));
	return strcasecmp(line, "y") && strcasecmp(line, "yes") ? ANSWER_NO
								: ANSWER_YES;
}

/* What is asked, what was typed, and what came of it. */
static struct {
	struct menu menu;
	const char *words;
	char line[LINE_CAP];	/* what the menu was narrowed by */
	int chosen;
	cc_t intr, eof;		/* the terminal's keys */
	bool drawn;
} asked;

/* -- by numbers --------------------------------------------------------- */

/* What the answer means: the number that stands there, or a name. */
static int read_choice(const char *answer)
{
	struct menu *menu = &asked.menu;
	unsigned long number;
	size_t at;

	if (text_number(answer, &number))
		return number && number <= menu->count
			? (int)menu->found[number - 1] : PICK_NONE;
	menu_narrow(menu, answer);
	if (!menu->count)
		return PICK_NONE;
	at = menu->found[menu->mark];
	return menu->count == 1 || !strcasecmp(menu->items[at].name, answer)
		? (int)at : PICK_NONE;
}

static int pick_by_number(void)
{
	static char buf[4096];
	struct out out = OUT_FILE(STDERR_FILENO, buf);
	char line[LINE_CAP];
	int chosen;

	menu_narrow(&asked.menu, asked.words);
	menu_list(&out, &asked.menu);
	(void)out_flush(&out);
	for (;;) {
		say(asked.menu.question);
		if (!read_line(line, sizeof(line)) || !*line)
			return PICK_NONE;
		chosen = read_choice(line);
		if (chosen != PICK_NONE)
			return chosen;
		say("nothing matches that, or more than one does; type a"
		    " number, a name, or nothing\n");
		menu_narrow(&asked.menu, asked.words);
	}
}

/* -- the library -------------------------------------------------------- */

typedef int command(int count, int key);

static struct {
	int (*initialize)(void);
	char *(*readline)(const char *prompt);
	void (*prep_terminal)(int meta);
	void (*deprep_terminal)(void);
	int (*getc)(FILE *in);
	char *(*get_termcap)(const char *name);
	void (*get_screen_size)(int *rows, int *columns);
	void *(*get_keymap)(const char *name);
	command *(*named_function)(const char *name);
	char **(*invoking_keyseqs)(command *function, void *map);
	int (*bind_keyseq)(const char *keys, command *function, void *map);
	int (*insert_text)(const char *text);
	int (*ding)(void);

	const char **name;
	char **line;
	int *point, *end, *done, *gnu;
	FILE **out;
	int (**startup_hook)(void), (**getc_function)(FILE *in);
	void (**redisplay_function)(void), (**deprep_function)(void);
	void (**prep_function)(int meta);
} rl;

static const struct {
	const char *name;
	void *at;
} symbols[] = {
	{ "rl_initialize", &rl.initialize },
	{ "readline", &rl.readline },
	{ "rl_prep_terminal", &rl.prep_terminal },
	{ "rl_deprep_terminal", &rl.deprep_terminal },
	{ "rl_getc", &rl.getc },
	{ "rl_get_termcap", &rl.get_termcap },
	{ "rl_get_screen_size", &rl.get_screen_size },
	{ "rl_get_keymap_by_name", &rl.get_keymap },
	{ "rl_named_function", &rl.named_function },
	{ "rl_invoking_keyseqs_in_map", &rl.invoking_keyseqs },
	{ "rl_bind_keyseq_in_map", &rl.bind_keyseq },
	{ "rl_insert_text", &rl.insert_text },
	{ "rl_ding", &rl.ding },
	{ "rl_readline_name", &rl.name },
	{ "rl_line_buffer", &rl.line },
	{ "rl_point", &rl.point },
	{ "rl_end", &rl.end },
	{ "rl_done", &rl.done },
	/* What passes for it on macOS and the BSDs does not have this. */
	{ "rl_gnu_readline_p", &rl.gnu },
	{ "rl_outstream", &rl.out },
	{ "rl_startup_hook", &rl.startup_hook },
	{ "rl_getc_function", &rl.getc_function },
	{ "rl_redisplay_function", &rl.redisplay_function },
	{ "rl_prep_term_function", &rl.prep_function },
	{ "rl_deprep_term_function", &rl.deprep_function },
};

/* READLINE, of the Makefile, is what the library is called, or "". */
static bool load(void)
{
	void *library = *READLINE ? dlopen(READLINE, RTLD_NOW) : NULL;
	void *symbol = library;

	for (size_t i = 0; symbol &&
	     i < sizeof(symbols) / sizeof(*symbols); i++) {
		symbol = dlsym(library, symbols[i].name);
		memcpy(symbols[i].at, &symbol, sizeof(symbol));
	}
	return symbol;
}

/* -- key by key --------------------------------------------------------- */

/* Narrow the menu, if the line has changed. */
static void refresh(void)
{
	struct out line = OUT_STRING(asked.line);

	if (!strcmp(asked.line, *rl.line))
		return;
	*asked.line = '\0';
	out_str(&line, *rl.line);
	menu_narrow(&asked.menu, asked.line);
}

static void draw(void)
{
	static char buf[16 * 1024];
	struct out out = OUT_FILE(STDERR_FILENO, buf);
	int height, width;

	refresh();
	rl.get_screen_size(&height, &width);
	menu_draw(&out, &asked.menu, *rl.line, (size_t)*rl.point, height,
		  width);
	(void)out_flush(&out);
	asked.drawn = true;
}

/* Ctrl-C is a key here: as a signal it would go to the shell as well. */
static void prepare(int meta)
{
	struct termios mode;

	rl.prep_terminal(meta);
	if (tcgetattr(STDIN_FILENO, &mode))
		return;
	asked.intr = mode.c_cc[VINTR];
	asked.eof = mode.c_cc[VEOF];
	mode.c_lflag &= ~(tcflag_t)ISIG;
	(void)tcsetattr(STDIN_FILENO, TCSADRAIN, &mode);
	/* It was stopped, and is in the foreground again. */
	if (asked.drawn)
		draw();
}

/* Nothing is left on the screen, however it ends. */
static void restore(void)
{
	say("\r\033[J");
	rl.deprep_terminal();
}

static bool is_key(int key, cc_t special)
{
	return special != _POSIX_VDISABLE && key == special;
}

/* Both keys that leave are Ctrl-C to the library, where leave() waits. */
static int get_key(FILE *in)
{
	int key = (rl.getc)(in);	/* a macro, somewhere */
	bool interrupt = is_key(key, asked.intr);

	if (!interrupt && (!is_key(key, asked.eof) || *rl.end))
		return key;
	asked.chosen = interrupt ? PICK_INTERRUPT : PICK_NONE;
	return CTRL_C;
}

static int leave(int count, int key)
{
	(void)count, (void)key;
	*rl.done = 1;
	return 0;
}

static int take(int count, int key)
{
	refresh();
	if (!asked.menu.count)
		return rl.ding();
	asked.chosen = (int)asked.menu.found[asked.menu.mark];
	return leave(count, key);
}

static int go(long by)
{
	long to;

	refresh();
	to = (long)asked.menu.mark + by;
	if (to < 0 || (size_t)to >= asked.menu.count)
		return rl.ding();
	asked.menu.mark = (size_t)to;
	return 0;
}

static int up(int count, int key)
{
	(void)key;
	return go(-count);
}

static int down(int count, int key)
{
	(void)key;
	return go(count);
}

static int complete(int count, int key)
{
	char text[LINE_CAP] = "";
	struct out more = OUT_STRING(text);
	const struct menu *menu = &asked.menu;

	(void)count;
	(void)key;
	refresh();
	narrow_more(menu->items, menu->found, menu->count, asked.line, &more);
	if (!more.len)
		return rl.ding();
	*rl.point = *rl.end;
	(void)rl.insert_text(text);
	return 0;
}

/* What these keys do here; the others edit the line, as his inputrc says. */
static const struct {
	const char *name;
	command *function;
} commands[] = {
	{ "accept-line", take }, { "operate-and-get-next", take },
	{ "complete", complete }, { "possible-completions", complete },
	{ "menu-complete", complete }, { "menu-complete-backward", up },
	{ "previous-history", up }, { "next-history", down },
	{ "reverse-search-history", up }, { "forward-search-history", down },
	{ "history-search-backward", up }, { "history-search-forward", down },
	{ "history-substring-search-backward", up },
	{ "history-substring-search-forward", down },
};

static void bind_keys(void *map)
{
	for (size_t i = 0; i < sizeof(commands) / sizeof(*commands); i++) {
		/* cppcheck-suppress AssignmentIntegerToAddress */
		command *theirs = rl.named_function(commands[i].name);
		char **keys = theirs ? rl.invoking_keyseqs(theirs, map)
				     : NULL;

		for (size_t k = 0; keys && keys[k]; k++) {
			(void)rl.bind_keyseq(keys[k], commands[i].function,
					     map);
			free(keys[k]);
		}
		free(keys);
	}
	(void)rl.bind_keyseq("\\C-c", leave, map);
	(void)rl.bind_keyseq("\\e\\C-c", leave, map);
	(void)rl.bind_keyseq("\\C-x\\C-c", leave, map);
}

static int type_words(void)
{
	return rl.insert_text(asked.words);
}

/* False: this terminal cannot do it. */
static bool set_up(void)
{
	static const char *const maps[] = { "emacs", "vi-insert", "vi-move" };
	const char *erase;

	*rl.name = "venv";
	*rl.out = stderr;
	(void)rl.initialize();
	erase = rl.get_termcap("ce");
	if (!erase || strncmp(erase, "\033[K", 3))
		return false;
	for (size_t i = 0; i < sizeof(maps) / sizeof(*maps); i++)
		bind_keys(rl.get_keymap(maps[i]));
	*rl.startup_hook = type_words;
	*rl.getc_function = get_key;
	*rl.redisplay_function = draw;
	*rl.prep_function = prepare;
	*rl.deprep_function = restore;
	return true;
}

int pick(const char *question, const char *words, const struct item *items,
	 size_t n)
{
	asked.menu = (struct menu){
		.question = question, .items = items, .n = n,
		.found = malloc(n * sizeof(*asked.menu.found)),
	};
	asked.words = words;
	asked.chosen = PICK_NONE;
	if (!asked.menu.found)
		return PICK_NONE;
	if (load() && set_up()) {
		menu_narrow(&asked.menu, "");
		free(rl.readline(""));
	} else {
		asked.chosen = pick_by_number();
	}
	free(asked.menu.found);
	return asked.chosen;
}
