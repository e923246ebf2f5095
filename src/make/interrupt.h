/*
 * Signals that ask a command to stop while it changes files: it takes back
 * what it has done, and ends by that signal then.
 */
#ifndef INTERRUPT_H
#define INTERRUPT_H

/* From now on SIGINT, SIGTERM and SIGHUP wait to be asked for; SIGPIPE and
 * SIGXFSZ are errors of write(2), which are handled as any other. */
void interrupt_watch(void);

/* The signal that came, or 0. */
int interrupt_pending(void);

/* End by the signal that came, as if it had never been watched for. */
void interrupt_obey(void);

#endif
