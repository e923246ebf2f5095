/*
 * See the header.  That a line is read is told by the modes of the terminal, or
 * by the program itself.
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

#include "terminal.h"

enum { ROWS = 24, COLS = 500 };		/* so wide that no line wraps */

static struct {
	int fd;				/* the terminal's other end */
	pid_t pid;
	int status;			/* as waitpid gives it */
	bool gone;			/* the program has ended */
	time_t limit, deadline;
	const char *awaited;		/* until then, in words */
	char *text;			/* all that was on the screen */
	size_t len, cap;
	size_t seen;			/* what was waited for ends here */
	size_t heard;			/* overhear() knows what is before */
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
	if (fg > 0 && fg != getpgrp())
		(void)kill(-fg, SIGKILL);
	(void)kill(-term.pid, SIGKILL);
	save_screen();
	fprintf(stderr, "pty: waited %ld seconds for %s; on the screen since "
		"the last mark:\n", (long)term.limit, term.awaited);
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

static void overhear(void);

/*
 * Wait until the terminal is ready for one of events, taking output
 * meanwhile; false: the program has ended.  The poll is short, because a
 * process left in the background keeps the terminal open after that, and
 * because nobody tells of a change of its modes.
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
		overhear();
	} else if (waitpid(term.pid, &term.status, WNOHANG) == term.pid) {
		term.gone = true;
	}
	return !term.gone;
}

static void begin_wait(const char *what)
{
	term.awaited = what;
	term.deadline = now() + term.limit;
}

void terminal_type(const char *s, size_t n)
{
	begin_wait("what was typed to be taken");
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

/* What finished a line or a question was typed, and what came of it. */
static struct {
	bool given;			/* it was, and the next is not read */
	bool raw;			/* a line editor, or a menu, had it */
	size_t said;			/* READS was printed since then, there */
	pid_t sayer;			/* who prints READS: a process group */
} reader;

/* A line editor may ask the terminal who it is, and wait for the answer. */
static const struct known {
	const char *text, *answer;
} known[] = {
	{ "\033[c", "\033[?62;22c" }, { "\033[0c", "\033[?62;22c" },
	{ "\033[6n", "\033[1;1R" }, { "\033[?6n", "\033[?1;1R" },
	{ "\033[5n", "\033[0n" }, { READS, NULL },
};

static void hear(const char *answer)
{
	const char *awaited = term.awaited;
	time_t deadline = term.deadline;

	if (answer) {
		terminal_type(answer, strlen(answer));
		begin_wait(awaited);
		term.deadline = deadline;
	} else {
		reader.said = term.heard;
		reader.sayer = tcgetpgrp(term.fd);
	}
}

/* What is known and begins there; NULL and *ret_more: perhaps, with more. */
static const struct known *known_at(size_t at, bool *ret_more)
{
	const char *s = term.text + at;
	size_t left = term.len - at;

	*ret_more = false;
	for (size_t i = 0; i < sizeof known / sizeof *known; i++) {
		size_t n = strlen(known[i].text);

		if (memcmp(s, known[i].text, left < n ? left : n))
			continue;
		if (left >= n)
			return &known[i];
		*ret_more = true;
	}
	return NULL;
}

/* Take notice of what the program says to the terminal, not to the user. */
static void overhear(void)
{
	while (term.heard < term.len) {
		bool more;
		const struct known *it = known_at(term.heard, &more);

		if (more)
			return;
		/* Whoever answers may come here again. */
		term.heard++;
		if (it)
			hear(it->answer);
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

bool terminal_wait_for(const char *text)
{
	bool more = true;

	begin_wait(text);
	while (!find(text)) {
		if (!more)
			return false;
		more = step(0);
	}
	return true;
}

/*
 * A line editor sets the terminal's modes when it begins to read, and puts the
 * old ones back when the line is not its own any more.  In its modes the key
 * VKILL means nothing to the terminal.  Where that key is the one that
 * terminal_give() put there, the editor has not yet done with the line.
 */
static const cc_t OURS = 0x1e;

void terminal_give(char key)
{
	struct termios mode;

	reader.given = true;
	reader.said = 0;
	reader.raw = !tcgetattr(term.fd, &mode) && !(mode.c_lflag & ICANON);
	if (reader.raw) {
		mode.c_cc[VKILL] = OURS;
		(void)tcsetattr(term.fd, TCSANOW, &mode);
	}
	terminal_type(&key, 1);
}

static bool is_read(void)
{
	pid_t fg = tcgetpgrp(term.fd);
	struct termios mode;

	if (reader.said)
		return true;
	/* The shell, and not one in it.  It is in the background for as long as
	 * it thinks that there is one. */
	if (fg <= 0 || fg == reader.sayer || (kill(-fg, 0) && errno == ESRCH))
		return false;
	return !tcgetattr(term.fd, &mode) && !(mode.c_lflag & ICANON) &&
		!(reader.given && reader.raw && mode.c_cc[VKILL] == OURS);
}

void terminal_wait_to_type(void)
{
	begin_wait("the shell to read a line");
	while (!term.gone && !is_read())
		(void)step(0);
	reader.given = false;
}

void terminal_sealed(void)
{
	/* The first mark may be typed before it is said that it is read. */
	if (reader.said < term.seen)
		reader.said = 0;
}

static _Noreturn void become(const char *tty, char **argv)
{
	struct winsize size = { .ws_row = ROWS, .ws_col = COLS };
	sigset_t none;
	int fd;

	/* A key would send nothing to a shell that was told to ignore it. */
	for (int i = 1; i < NSIG; i++)
		(void)signal(i, SIG_DFL);
	(void)sigemptyset(&none);
	(void)sigprocmask(SIG_SETMASK, &none, NULL);
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

void terminal_start(const char *out, char **argv)
{
	const char *limit = getenv("PTY_TIMEOUT");
	char *tty;

	term.out = out;
	term.limit = limit ? atoi(limit) : 60;
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

int terminal_end(void)
{
	begin_wait("the end");
	while (step(0))
		;
	save_screen();
	return WIFEXITED(term.status) ? WEXITSTATUS(term.status)
				      : 128 + WTERMSIG(term.status);
}
