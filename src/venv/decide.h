/*
 * Writing the record of decisions; record.h says what stands in it.
 */
#ifndef DECIDE_H
#define DECIDE_H

#include "which/out.h"
#include "which/record.h"

/* What to do with the record. */
struct change {
	enum { CHANGE_ALLOW, CHANGE_DENY, CHANGE_CREATED,
	       CHANGE_FORGET } kind;
	const char *path;		/* absolute */
	const struct identity *id;	/* NULL: nothing is there */
};

/*
 * Take the lines about the path or the directory out of the record and, but
 * for CHANGE_FORGET, add the new one; all other lines stay byte for byte.
 * One who comes at the same time waits; whatever happens, the file is the
 * old one or the new one, whole.  It is 0600, its directory 0700.
 *
 * The number of lines taken out; or -1, where the record cannot be read or
 * written, or others could write it: `why` says the reason.
 */
int decide(const struct change *change, struct out *why);

/*
 * Record that the environment `path` (absolute, open at fd) was made by this
 * user here: `created`.  As decide(), but that it adds its line without
 * waiting for the disk where no other speaks of it, and writes nothing where
 * it is recorded or allowed already.  Lines about other paths cost no system
 * call.
 * False: `why` says the reason.
 */
bool decide_made(const char *path, int fd, struct out *why);

/*
 * The record in buf (RECORD_MAX + 1 bytes), its path in ret_path.  False:
 * `why` says the reason.
 */
bool decide_read(char *buf, char *ret_path, struct out *why);

#endif
