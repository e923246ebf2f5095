/*
 * Remembering a signal until there is time for it.
 */
#include "interrupt.h"

#include <signal.h>
#include <stddef.h>

static volatile sig_atomic_t came;

static void remember(int number)
{
	came = number;
}

void interrupt_watch(void)
{
	static const int watched[] = { SIGINT, SIGTERM, SIGHUP };
	struct sigaction action = { .sa_handler = remember }, old;

	(void)sigemptyset(&action.sa_mask);
	for (size_t i = 0; i < sizeof(watched) / sizeof(*watched); i++)
		/* What nohup(1) has ignored stays so. */
		if (!sigaction(watched[i], NULL, &old) &&
		    old.sa_handler != SIG_IGN)
			(void)sigaction(watched[i], &action, NULL);
	action.sa_handler = SIG_IGN;
	(void)sigaction(SIGPIPE, &action, NULL);
	(void)sigaction(SIGXFSZ, &action, NULL);
}

int interrupt_pending(void)
{
	return (int)came;
}

void interrupt_obey(void)
{
	struct sigaction action = { .sa_handler = SIG_DFL };

	if (!came)
		return;
	(void)sigemptyset(&action.sa_mask);
	(void)sigaction((int)came, &action, NULL);
	(void)raise((int)came);
}
