/*
 * Writing the record of decisions; record.h says what stands in it.
 */
#ifndef DECIDE_H
#define DECIDE_H

#include "command.h"
#include "record.h"

/* What to do with the record. */
struct change {
	enum { CHANGE_ALLOW, CHANGE_DENY, CHANGE_FORGET } kind;
	const char *path;		/* absolute */
	const struct identity *id;	/* NULL: nothing is there */
};

/*
 * Take the lines about the path or the directory out of the record and, but
 * for CHANGE_FORGET, add the new one; all other lines stay byte for byte.
 * One who comes at the same time waits; whatever happens, the file is the
 * old one or the new one, whole.  It is 0600, its directory 0700.
 *
 * The number of lines taken out.  Ends the command with a line and status 1
 * where the record cannot be read or written, or others could write it.
 */
int decide(const struct command *self, const struct change *change);

/*
 * The record in buf (RECORD_MAX + 1 bytes), its path in ret_path; ends the
 * command as above.
 */
void decide_read(const struct command *self, char *buf, char *ret_path);

#endif
