/*
 * spawn: what it costs to start a program and to wait for its end.
 *
 *	spawn COUNT PROGRAM [ARG...] [-- PROGRAM [ARG...]]...
 *
 * Runs the programs in turns, COUNT times each, and prints a line for each:
 * the shortest and the median time in ns.  An argument that ends in "{}" ends in
 * another number each time.  Their output is thrown away.  Each
 * has a session of its own, and so no terminal, which an interactive shell
 * would want to control.  A program that fails ends it all.
 */
#include <errno.h>
#include <fcntl.h>
#include <spawn.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

extern char **environ;

enum { PROGRAMS = 8 };

static posix_spawn_file_actions_t files;
static posix_spawnattr_t attr;

static _Noreturn void fail(const char *what, int err)
{
	fprintf(stderr, "spawn: %s: %s\n", what, strerror(err));
	exit(1);
}

static long long now(void)
{
	struct timespec t;

	if (clock_gettime(CLOCK_MONOTONIC, &t))
		fail("clock_gettime", errno);
	return (long long)t.tv_sec * 1000000000 + t.tv_nsec;
}

static void prepare(void)
{
	int err = posix_spawn_file_actions_init(&files);

	if (!err)
		err = posix_spawn_file_actions_addopen(&files, STDIN_FILENO,
						       "/dev/null", O_RDONLY, 0);
	if (!err)
		err = posix_spawn_file_actions_addopen(&files, STDOUT_FILENO,
						       "/dev/null", O_WRONLY, 0);
	if (!err)
		err = posix_spawnattr_init(&attr);
#ifdef POSIX_SPAWN_SETSID
	if (!err)
		err = posix_spawnattr_setflags(&attr, POSIX_SPAWN_SETSID);
#endif
	if (err)
		fail("cannot prepare", err);
}

/* The arguments, where the one that ends in "{}" ends in the next number. */
static char **numbered(char **argv)
{
	static char text[4096], *copy[64];
	static int count;
	size_t n = 0;

	for (; *argv && n < sizeof(copy) / sizeof(*copy) - 1; argv++) {
		size_t len = strlen(*argv);
		bool wants = len > 2 && !strcmp(*argv + len - 2, "{}");

		if (wants)
			snprintf(text, sizeof(text), "%.*s%d", (int)len - 2,
				 *argv, count++);
		copy[n++] = wants ? text : *argv;
	}
	copy[n] = NULL;
	return copy;
}

static long long run(char **words)
{
	char **argv = numbered(words);
	long long start = now();
	pid_t pid;
	int status, err;

	err = posix_spawnp(&pid, argv[0], &files, &attr, argv, environ);
	if (err)
		fail(argv[0], err);
	while (waitpid(pid, &status, 0) < 0)
		if (errno != EINTR)
			fail("waitpid", errno);
	if (status) {
		fprintf(stderr, "spawn: %s failed (status %d)\n", argv[0],
			WIFEXITED(status) ? WEXITSTATUS(status)
					  : 128 + WTERMSIG(status));
		exit(1);
	}
	return now() - start;
}

static int by_length(const void *a, const void *b)
{
	const long long *x = a, *y = b;

	return (*x > *y) - (*x < *y);
}

/* Cut the arguments at each "--"; how many programs there are. */
static int split(char **argv, char ***programs)
{
	int n = 0;

	programs[n++] = argv;
	for (; *argv; argv++) {
		if (strcmp(*argv, "--") != 0)
			continue;
		if (n == PROGRAMS)
			fail("too many programs", E2BIG);
		*argv = NULL;
		programs[n++] = argv + 1;
	}
	return n;
}

int main(int argc, char **argv)
{
	char **programs[PROGRAMS];
	int count = argc > 2 ? atoi(argv[1]) : 0, n;
	long long *times;

	if (count < 1) {
		fprintf(stderr, "usage: spawn COUNT PROGRAM [ARG...]"
			" [-- PROGRAM [ARG...]]...\n");
		return 2;
	}
	n = split(argv + 2, programs);
	times = calloc((size_t)(n * count), sizeof(*times));
	if (!times)
		fail("calloc", errno);
	prepare();
	for (int i = 0; i < count; i++)
		for (int p = 0; p < n; p++)
			times[p * count + i] = run(programs[p]);
	for (int p = 0; p < n; p++) {
		long long *t = times + p * count;

		qsort(t, (size_t)count, sizeof(*t), by_length);
		printf("%lld %lld\n", t[0], t[count / 2]);
	}
	free(times);
	return 0;
}
