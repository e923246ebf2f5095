/*
 * kill_at: a command that is killed at one of its system calls; on Linux.
 *
 *	kill_at CALL N COMMAND...
 *
 * Its Nth CALL is not made any more; those of what it starts do not count.
 * strace can do that, too, but to kill it stops at calls of every kind, which
 * takes five times as long as the command itself.
 *
 * Exit status: 137, or the command's own; 1, with a message, if anything fails;
 * 2 where it was built without the headers of Linux, which musl has not.
 */
#if defined(__linux__) && defined(__has_include)
#if __has_include(<linux/seccomp.h>)
#define SECCOMP
#endif
#endif

#ifdef SECCOMP
#include <errno.h>
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <signal.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/ptrace.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

/* Those that make, change or remove something; new machines have not all. */
static const struct {
	const char *name;
	uint32_t number;
} calls[] = {
#ifdef SYS_mkdir
	{ "mkdir", SYS_mkdir },
#endif
#ifdef SYS_rmdir
	{ "rmdir", SYS_rmdir },
#endif
#ifdef SYS_renameat
	{ "renameat", SYS_renameat },
#endif
	{ "fchmod", SYS_fchmod },
	{ "flock", SYS_flock },
	{ "linkat", SYS_linkat },
	{ "mkdirat", SYS_mkdirat },
	{ "openat", SYS_openat },
	{ "renameat2", SYS_renameat2 },
	{ "symlinkat", SYS_symlinkat },
	{ "unlinkat", SYS_unlinkat },
	{ "utimensat", SYS_utimensat },
	{ "write", SYS_write },
};

static _Noreturn void fail(const char *what, const char *why)
{
	fprintf(stderr, "kill_at: %s: %s\n", what, why);
	exit(1);
}

static uint32_t number_of(const char *name)
{
	for (size_t i = 0; i < sizeof(calls) / sizeof(*calls); i++)
		if (strcmp(calls[i].name, name) == 0)
			return calls[i].number;
	fail(name, "no such call");
}

/* From here on this process stops at that call, and at no other one. */
static void stop_at(uint32_t number)
{
	struct sock_filter steps[] = {
		BPF_STMT(BPF_LD | BPF_W | BPF_ABS,
			 offsetof(struct seccomp_data, nr)),
		BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, number, 0, 1),
		BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_TRACE),
		BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ALLOW),
	};
	struct sock_fprog program = {
		.len = sizeof(steps) / sizeof(*steps), .filter = steps,
	};

	if (ptrace(PTRACE_TRACEME, 0, NULL, NULL) != 0 ||
	    prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0 ||
	    prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, &program) != 0)
		fail("seccomp", strerror(errno));
}

/* All that is stopped goes on, but for its Nth call. */
static int follow(pid_t pid, long n)
{
	/* What it starts would have no CALL if it was not followed. */
	const long options = PTRACE_O_TRACESECCOMP | PTRACE_O_TRACEEXEC |
		PTRACE_O_TRACEFORK | PTRACE_O_TRACEVFORK | PTRACE_O_TRACECLONE |
		PTRACE_O_EXITKILL;
	int status, result = 1;
	bool begun = false;
	pid_t who;

	while ((who = waitpid(-1, &status, __WALL)) > 0) {
		int event = status >> 16, sig;

		if (!WIFSTOPPED(status)) {
			if (who != pid)
				continue;
			result = WIFSIGNALED(status) ? 128 + WTERMSIG(status) :
				WEXITSTATUS(status);
			continue;
		}
		if (event == PTRACE_EVENT_SECCOMP && who == pid && --n == 0) {
			kill(pid, SIGKILL);
			continue;
		}
		/* It is the command by now. */
		if (!begun && ptrace(PTRACE_SETOPTIONS, pid, NULL, options))
			fail("ptrace", strerror(errno));
		/* What only tells that it is followed is no signal for it. */
		sig = WSTOPSIG(status);
		if (!begun || event != 0 || sig == SIGSTOP)
			sig = 0;
		begun = true;
		ptrace(PTRACE_CONT, who, NULL, sig);
	}
	return result;
}

int main(int argc, char **argv)
{
	uint32_t number;
	pid_t pid;
	long n;

	if (argc < 4 || (n = atol(argv[2])) < 1)
		fail("usage", "kill_at CALL N COMMAND...");
	number = number_of(argv[1]);
	pid = fork();
	if (pid < 0)
		fail("fork", strerror(errno));
	if (pid > 0)
		return follow(pid, n);
	stop_at(number);
	execvp(argv[3], argv + 3);
	fail(argv[3], strerror(errno));
}
#else
int main(void)
{
	return 2;
}
#endif
