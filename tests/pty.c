/*
 * pty: types lines into a shell on a real terminal, as a person would who
 * waits for the prompt before typing on.
 *
 *	pty [-o SCREEN] MARK PROGRAM [ARG...] <LINES
 *
 * After each line it types MARK, a command that prints "@N@" (N is put for
 * the %d in MARK; MARK must be spelled so that its echo is no "@N@"), and
 * goes on when that is seen: the line and the prompt hooks after it have run
 * by then.  So nothing here ever sleeps.  Mark 0 is typed before the first
 * line; after the last one comes "exit".
 *
 *	^C	(a caret and one letter, alone) types that key, and no mark
 *	text^J	types text and Enter, and the next line at once, without a mark
 *	text^I	in it, and in what is below, ^I is the key TAB
 *	^:text	types nothing, and waits until text is on the screen
 *	^>text	types text and Enter, for the program that asks, and no mark
 *	^<text	types text, and no Enter, no mark
 *	^=text	types text and Control-], by which the profile has the line
 *		editor record what it holds, empty it, and print "@=@"
 *
 * What was on the screen goes to SCREEN (else standard output), raw.  Exit
 * status: the program's; 123 when it ended with lines left to type, 124 when
 * PTY_TIMEOUT (60) seconds did not suffice, 125 when pty itself failed.
 */
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/types.h>
#include <sys/wait.h>
#include <termios.h>
#include <time.h>
#include <unistd.h>

enum { EX_EARLY = 123, EX_LATE = 124, EX_SELF = 125 };
enum { ROWS = 24, COLS = 500 };		/* so wide that no line wraps */

static struct {
	int fd;				/* the terminal's other end */
	pid_t pid;
	int status;			/* as waitpid gives it */
	bool gone;			/* the program has ended */
	time_t deadline;
	char *text;			/* all that was on the screen */
	size_t len, cap;
	size_t seen;			/* what was waited for ends here */
	size_t asked;			/* terminal queries before are answered */
	const char *out;
} term;

static _Noreturn void fail(const char *what)
{
	fprintf(stderr, "pty: %s: %s\n", what, strerror(errno));
	exit(EX_SELF);
}

static time_t now(void)
{
	struct timespec t;

	if (clock_gettime(CLOCK_MONOTONIC, &t))
		fail("clock_gettime");
	return t.tv_sec;
}

static void save_screen(void)
{
	if (term.out && !freopen(term.out, "wb", stdout))
		fail(term.out);
	if (fwrite(term.text, 1, term.len, stdout) != term.len ||
	    fflush(stdout))
		fail("cannot write the screen");
}

static _Noreturn void too_late(void)
{
	pid_t fg = tcgetpgrp(term.fd);

	/* An interactive shell gives each job a process group of its own. */
	if (fg > 0)
		(void)kill(-fg, SIGKILL);
	(void)kill(-term.pid, SIGKILL);
	save_screen();
	fprintf(stderr, "pty: too late; on the screen since the last mark:\n");
	fwrite(term.text + term.seen, 1, term.len - term.seen, stderr);
	fprintf(stderr, "\n");
	exit(EX_LATE);
}

/* Take what the program has printed; false: it will print no more. */
static bool take_output(void)
{
	ssize_t n;

	if (term.cap - term.len < 4096) {
		term.cap = 2 * term.cap + 65536;
		term.text = realloc(term.text, term.cap);
		if (!term.text)
			fail("realloc");
	}
	n = read(term.fd, term.text + term.len, term.cap - term.len);
	if (n > 0) {
		term.len += (size_t)n;
		return true;
	}
	/* The end of a terminal is an error (EIO) on Linux, 0 on the BSDs. */
	return n < 0 && (errno == EAGAIN || errno == EINTR);
}

/*
 * Wait until the terminal is ready for one of events, taking output
 * meanwhile; false: the program has ended.  The poll is short, because a
 * process left in the background keeps the terminal open after that.
 */
static bool step(short events)
{
	struct pollfd p = { .fd = term.fd, .events = (short)(events | POLLIN) };

	if (now() >= term.deadline)
		too_late();
	if (poll(&p, 1, 5) < 0 && errno != EINTR)
		fail("poll");
	if (p.revents & (POLLIN | POLLHUP | POLLERR) && !take_output()) {
		(void)waitpid(term.pid, &term.status, 0);
		term.gone = true;
	} else if (p.revents & POLLIN) {
		return true;
	} else if (waitpid(term.pid, &term.status, WNOHANG) == term.pid) {
		term.gone = true;
	}
	return !term.gone;
}

static void type(const char *s, size_t n)
{
	while (n && !term.gone) {
		ssize_t done = write(term.fd, s, n);

		if (done > 0) {
			s += done;
			n -= (size_t)done;
		} else if (errno == EAGAIN || errno == EINTR) {
			(void)step(POLLOUT);
		} else {
			return;		/* hung up: step() will tell */
		}
	}
}

/* A line editor may ask the terminal who it is, and wait for the answer. */
static void answer_queries(void)
{
	static const char *const dialogue[][2] = {
		{ "\033[c", "\033[?62;22c" }, { "\033[0c", "\033[?62;22c" },
		{ "\033[6n", "\033[1;1R" }, { "\033[5n", "\033[0n" },
	};

	for (; term.asked < term.len; term.asked++) {
		const char *s = term.text + term.asked;
		size_t left = term.len - term.asked;

		for (size_t i = 0; i < sizeof dialogue / sizeof *dialogue; i++) {
			const char *q = dialogue[i][0];
			size_t n = strlen(q);

			if (left < n && !memcmp(s, q, left))
				return;		/* the rest is to come */
			if (left >= n && !memcmp(s, q, n))
				type(dialogue[i][1], strlen(dialogue[i][1]));
		}
	}
}

static bool find(const char *text)
{
	size_t n = strlen(text);

	for (size_t i = term.seen; i + n <= term.len; i++) {
		if (!memcmp(term.text + i, text, n)) {
			term.seen = i + n;
			return true;
		}
	}
	return false;
}

/* False: the program ended without printing text. */
static bool wait_for(const char *text)
{
	bool more = true;

	while (!find(text)) {
		if (!more)
			return false;
		more = step(0);
		answer_queries();
	}
	return true;
}

/*
 * What the line editor says of itself.  Most turn bracketed paste on when they
 * have taken the terminal over and begin to read a line, and off when the line
 * is theirs no longer.
 */
static struct {
	bool speaks;			/* it has said anything */
	bool reading;
	size_t left;			/* where it last said that it has done */
	size_t scanned;
} editor;

static void listen_to_editor(void)
{
	static const char paste[] = "\033[?2004";
	const size_t n = sizeof paste - 1;

	for (; editor.scanned + n < term.len; editor.scanned++) {
		if (memcmp(term.text + editor.scanned, paste, n))
			continue;
		editor.speaks = true;
		editor.reading = term.text[editor.scanned + n] == 'h';
		if (!editor.reading)
			editor.left = editor.scanned;
	}
}

/*
 * Wait for the line editor to take over the terminal.  What is typed before
 * that is kept, but appears on the screen twice, and an editor that asks the
 * terminal something as it starts may take it for the answer.  A shell
 * without an editor never takes over, hence the limit.
 */
static void wait_for_editor(void)
{
	struct termios mode;

	for (int i = 0; i < 400; i++) {
		bool raw = !tcgetattr(term.fd, &mode) &&
			!(mode.c_lflag & ICANON);

		listen_to_editor();
		if ((raw && (editor.reading || !editor.speaks)) || !step(0))
			return;
	}
}

/*
 * Enter, and wait for the editor to have taken the line.  Of an `empty` one fish
 * says nothing, hence another limit.
 */
static void type_enter(bool empty)
{
	size_t from = term.len;
	bool speaks = editor.speaks && editor.reading;

	type("\r", 1);
	for (int i = 0; i < (empty ? 100 : 400); i++) {
		listen_to_editor();
		if (speaks ? editor.left >= from : term.len > from &&
		    memchr(term.text + from, '\n', term.len - from))
			return;
		if (!step(0))
			return;
	}
}

static bool type_mark(const char *mark, int number)
{
	const char *hole = strstr(mark, "%d");
	char digits[16], seal[20];
	int n = snprintf(digits, sizeof digits, "%d", number);

	snprintf(seal, sizeof seal, "@%d@", number);
	wait_for_editor();
	type(mark, (size_t)(hole - mark));
	type(digits, (size_t)n);
	type(hole + 2, strlen(hole + 2));
	type_enter(false);
	return wait_for(seal);
}

/* A tab at the end of a line, or blanks, would not be seen in a test. */
static void set_tabs(char *line)
{
	char *tab;

	while ((tab = strstr(line, "^I"))) {
		*tab = '\t';
		memmove(tab + 1, tab + 2, strlen(tab + 2) + 1);
	}
}

static bool type_line(const char *mark, char *line)
{
	static int number;
	size_t n = strlen(line);

	if (n && line[n - 1] == '\n')
		line[n - 1] = '\0';
	set_tabs(line);
	n = strlen(line);
	if (!strncmp(line, "^:", 2))
		return wait_for(line + 2);
	if (!strncmp(line, "^>", 2)) {
		type(line + 2, n - 2);
		type("\r", 1);
		return true;
	}
	if (!strncmp(line, "^<", 2)) {
		type(line + 2, n - 2);
		return true;
	}
	if (!strncmp(line, "^=", 2)) {
		wait_for_editor();
		type(line + 2, n - 2);
		type("\035", 1);
		return wait_for("@=@");
	}
	if (n == 2 && line[0] == '^' && line[1] >= '@' && line[1] <= '_') {
		char key = (char)(line[1] & 0x1f);

		type(&key, 1);
		return true;
	}
	if (n >= 2 && !strcmp(line + n - 2, "^J")) {
		wait_for_editor();
		type(line, n - 2);
		type_enter(false);
		return true;
	}
	wait_for_editor();
	type(line, n);
	type_enter(!n);
	return type_mark(mark, ++number);
}

static _Noreturn void become(const char *tty, char **argv)
{
	struct winsize size = { .ws_row = ROWS, .ws_col = COLS };
	int fd;

	if (setsid() < 0 || (fd = open(tty, O_RDWR)) < 0)
		fail(tty);
	if (ioctl(fd, TIOCSCTTY, 0) || ioctl(fd, TIOCSWINSZ, &size))
		fail(tty);
	for (int i = 0; i < 3; i++)
		if (dup2(fd, i) < 0)
			fail("dup2");
	/* Whoever started us may hold files open that a shell must not see. */
	for (int i = 3; i < 256; i++)
		(void)close(i);
	execvp(argv[0], argv);
	fail(argv[0]);
}

static void start(char **argv)
{
	const char *limit = getenv("PTY_TIMEOUT");
	char *tty;

	term.deadline = now() + (limit ? atoi(limit) : 60);
	term.fd = posix_openpt(O_RDWR | O_NOCTTY);
	if (term.fd < 0 || grantpt(term.fd) || unlockpt(term.fd))
		fail("posix_openpt");
	tty = ptsname(term.fd);
	if (!tty)
		fail("ptsname");
	if (fcntl(term.fd, F_SETFL, O_NONBLOCK) < 0)
		fail("fcntl");
	term.pid = fork();
	if (term.pid < 0)
		fail("fork");
	if (!term.pid)
		become(tty, argv);
}

/* Type everything; false: the program ended before that. */
static bool type_all(const char *mark)
{
	char *line = NULL;
	size_t cap = 0;
	bool ok = type_mark(mark, 0);

	while (ok && getline(&line, &cap, stdin) > 0)
		ok = type_line(mark, line);
	free(line);
	if (ok) {
		wait_for_editor();
		type("exit\r", 5);
	}
	return ok;
}

int main(int argc, char **argv)
{
	bool ok;

	if (argc > 2 && !strcmp(argv[1], "-o")) {
		term.out = argv[2];
		argc -= 2;
		argv += 2;
	}
	if (argc < 3 || !strstr(argv[1], "%d")) {
		fprintf(stderr, "usage: pty [-o SCREEN] MARK PROGRAM [ARG...] "
			"<LINES (MARK holds a %%d)\n");
		return EX_SELF;
	}
	start(argv + 2);
	ok = type_all(argv[1]);
	while (step(0))
		answer_queries();
	save_screen();
	if (!ok) {
		fprintf(stderr, "pty: %s ended with lines left to type\n",
			argv[2]);
		return EX_EARLY;
	}
	return WIFEXITED(term.status) ? WEXITSTATUS(term.status)
				      : 128 + WTERMSIG(term.status);
}
