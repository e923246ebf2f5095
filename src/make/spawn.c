/*
 * Running a program and reading what it says, line by line.
 */
#include "spawn.h"

#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <spawn.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <time.h>

#include "interrupt.h"
#include "which/compat.h"

extern char **environ;

#define LINE_MAX_BYTES 4096

/* __PYVENV_LAUNCHER__ makes a macOS framework another Python's launcher. */
const char *const spawn_clean[] = {
	"PYTHON*", "__PYVENV_LAUNCHER__", NULL,
};

static bool is_without(const char *const *without, const char *variable)
{
	for (; without && *without; without++) {
		size_t len = strlen(*without);

		if ((*without)[len - 1] == '*'
		    ? !strncmp(variable, *without, len - 1)
		    : !strncmp(variable, *without, len) &&
		      variable[len] == '=')
			return true;
	}
	return false;
}

/* Its environment; allocated, its strings are not.  Or NULL. */
static const char **environment(const struct spawn *spawn)
{
	size_t count = 0, n = 0;
	const char **ret;

	while (environ[count])
		count++;
	ret = malloc((count + 2) * sizeof(*ret));
	for (size_t i = 0; ret && i < count; i++)
		if (!is_without(spawn->without, environ[i]))
			ret[n++] = environ[i];
	if (ret && spawn->with)
		ret[n++] = spawn->with;
	if (ret)
		ret[n] = NULL;
	return ret;
}

/* -- starting it -------------------------------------------------------- */

static int set_up(const struct spawn *spawn, int out,
		  posix_spawn_file_actions_t *files, posix_spawnattr_t *attr)
{
	sigset_t usual;
	int err;

	(void)sigemptyset(&usual);
	(void)sigaddset(&usual, SIGPIPE);
	(void)sigaddset(&usual, SIGXFSZ);
	err = posix_spawn_file_actions_addopen(files, STDIN_FILENO,
					       "/dev/null", O_RDONLY, 0);
	if (!err)
		err = posix_spawn_file_actions_adddup2(files,
			spawn->line ? out : STDERR_FILENO, STDOUT_FILENO);
	if (!err && spawn->line)
		err = posix_spawn_file_actions_adddup2(files, out,
						       STDERR_FILENO);
	if (!err)
		err = posix_spawnattr_setsigdefault(attr, &usual);
	if (!err)
		err = posix_spawnattr_setflags(attr, POSIX_SPAWN_SETSIGDEF);
	return -err;
}

/* Its process, or a negative errno. */
static pid_t start(const struct spawn *spawn, int out)
{
	posix_spawn_file_actions_t files;
	posix_spawnattr_t attr;
	/* posix_spawn(3) changes none of them, and cannot say so in C. */
	union {
		const char *const *given;
		char *const *wanted;
	} argv = { spawn->argv }, env;
	const char **strings = environment(spawn);
	pid_t pid = -1;
	int err;

	env.given = strings;
	if (!strings || posix_spawn_file_actions_init(&files)) {
		free(strings);
		return -ENOMEM;
	}
	if (posix_spawnattr_init(&attr)) {
		err = -ENOMEM;
	} else {
		err = set_up(spawn, out, &files, &attr);
		if (!err)
			err = -posix_spawn(&pid, argv.given[0], &files, &attr,
					   argv.wanted, env.wanted);
		(void)posix_spawnattr_destroy(&attr);
	}
	(void)posix_spawn_file_actions_destroy(&files);
	free(strings);
	return err ? err : pid;
}

/* -- reading it --------------------------------------------------------- */

struct lines {
	const struct spawn *spawn;
	size_t len;
	char text[LINE_MAX_BYTES];
};

static void end_line(struct lines *lines)
{
	lines->text[lines->len] = '\0';
	lines->len = 0;
	lines->spawn->line(lines->spawn->context, lines->text);
}

static void take(struct lines *lines, const char *bytes, size_t len)
{
	for (size_t i = 0; i < len; i++) {
		if (bytes[i] == '\n')
			end_line(lines);
		else if (lines->len < sizeof(lines->text) - 1)
			lines->text[lines->len++] = bytes[i];
	}
}

/* Milliseconds until the deadline; -1: there is none. */
static int time_left(const struct timespec *deadline)
{
	struct timespec now;
	long long ms;

	if (!deadline->tv_sec)
		return -1;
	(void)clock_gettime(CLOCK_MONOTONIC, &now);
	ms = (deadline->tv_sec - now.tv_sec) * 1000LL +
		(deadline->tv_nsec - now.tv_nsec) / 1000000;
	return ms > 0 ? (int)ms : 0;
}

static void set_deadline(struct timespec *ret, int seconds)
{
	(void)clock_gettime(CLOCK_MONOTONIC, ret);
	ret->tv_sec += seconds;
}

/* All that comes.  0, or why no more is wanted. */
static int read_all(const struct spawn *spawn, int fd)
{
	static struct lines lines;
	struct timespec deadline = { 0 };
	char buf[4096];
	size_t bytes = 0;
	bool hurried = false;
	ssize_t n;

	lines.spawn = spawn;
	lines.len = 0;
	if (spawn->seconds)
		set_deadline(&deadline, spawn->seconds);
	for (;;) {
		struct pollfd ready = { .fd = fd, .events = POLLIN };
		int left;

		if (spawn->seconds && interrupt_pending() && !hurried) {
			set_deadline(&deadline, 1);
			hurried = true;
		}
		left = time_left(&deadline);
		if (!left)
			return hurried ? -EINTR : -ETIMEDOUT;
		if (poll(&ready, 1, left) <= 0)
			continue;
		n = read(fd, buf, sizeof(buf));
		if (n > 0)
			take(&lines, buf, (size_t)n);
		else if (!n || errno != EINTR)
			break;
		bytes += n > 0 ? (size_t)n : 0;
		if (spawn->bytes && bytes > spawn->bytes)
			return -EFBIG;
	}
	if (lines.len)
		end_line(&lines);
	return 0;
}

static int await(pid_t pid)
{
	int status;

	while (waitpid(pid, &status, 0) < 0)
		if (errno != EINTR)
			return -errno;
	return WIFSIGNALED(status) ? 128 + WTERMSIG(status)
				   : WEXITSTATUS(status);
}

int spawn_run(const struct spawn *spawn)
{
	int pipe_fds[2] = { -1, -1 };
	int err = 0, status;
	pid_t pid;

	if (spawn->line && pipe(pipe_fds))
		return -errno;
	if (spawn->line) {
		(void)fcntl(pipe_fds[0], F_SETFD, FD_CLOEXEC);
		(void)fcntl(pipe_fds[1], F_SETFD, FD_CLOEXEC);
	}
	pid = start(spawn, pipe_fds[1]);
	if (spawn->line)
		(void)close(pipe_fds[1]);
	if (pid > 0 && spawn->line)
		err = read_all(spawn, pipe_fds[0]);
	if (spawn->line)
		(void)close(pipe_fds[0]);
	if (pid < 0)
		return (int)pid;
	if (err)
		(void)kill(pid, SIGKILL);
	status = await(pid);
	return err ? err : status;
}
