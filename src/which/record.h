/*
 * The record of decisions, which `venv allow`, `venv deny` and, of what they
 * make, `venv create` and `venv recreate` write: one line each, in the manner
 * of known_hosts.
 *
 *	allow DEVICE:INODE:BIRTH PATH
 *	deny DEVICE:INODE:BIRTH PATH
 *	created DEVICE:INODE:BIRTH PATH
 *
 * The numbers are decimal, the last one nanoseconds; they say which directory
 * stood at PATH when the user decided.  Where a file system does not know when
 * one was made, they are DEVICE:INODE:0:SIZE:CHANGED, the last two of its
 * pyvenv.cfg: such file systems have another device at each mount.  Bytes that
 * may not go to a terminal, and backslashes, are `\ooo` in PATH.  Any other
 * line is a comment, or of a later version: it is kept and says nothing.
 */
#ifndef RECORD_H
#define RECORD_H

#include <stdbool.h>
#include <stddef.h>
#include <sys/stat.h>

#include "compat.h"

/* The largest record that is read, in bytes: some thousand decisions. */
#define RECORD_MAX (256 * 1024)

/* A directory, however it is called. */
struct identity {
	unsigned long long device, inode, birth;
	/* Where birth is 0, unknown: of its pyvenv.cfg, or 0. */
	unsigned long long size, changed;
};

enum decision {
	DECISION_NONE,
	DECISION_ALLOW,
	DECISION_DENY,
	DECISION_CREATED,	/* by `venv create`: says where, and no more */
	DECISION_REPLACED,	/* another directory stood there when allowed */
	DECISION_OUTDATED,	/* the same, when created: it says nothing */
};

/* The word that a line begins with: "allow", "deny" or "created". */
const char *decision_verb(enum decision decision);

/* What was done: "allowed", "denied" or "created". */
const char *decision_word(enum decision decision);

struct entry {
	enum decision decision;	/* allow, deny or created */
	struct identity id;
	char path[PATH_MAX];	/* absolute */
};

/* The identity of the open directory fd, whose fstat(2) is st. */
struct identity identity_of(int fd, const struct stat *st);

/*
 * The same directory?  The numbers of devices may change when the machine
 * starts, or at a mount, and are not asked: a time of birth makes up for that,
 * or what is known of its pyvenv.cfg.
 */
bool identity_same(const struct identity *a, const struct identity *b);

/*
 * The next line of *rest in *ret_line and *ret_len, without its newline;
 * *rest is put behind it.  False: there is none.
 */
bool record_line(const char **rest, const char **ret_line, size_t *ret_len);

/*
 * The path that stands between s and end, without its escapes, in ret
 * (PATH_MAX bytes).  False: it is none.
 */
bool record_decode(const char *s, const char *end, char *ret);

/* What a line says.  False: no decision. */
bool record_parse(const char *line, size_t len, struct entry *ret);

/*
 * The record, in buf (RECORD_MAX + 1 bytes); its path in ret_path (PATH_MAX
 * bytes), its fstat(2) in *ret_st.  The bytes it has; 0, and buf untouched,
 * also where it is not there, cannot be reached or belongs to somebody else,
 * who decides nothing here.  -EPERM: others may write it, or could put
 * another one there; -EACCES: it is mine, and I may not read it; -EFBIG;
 * -EINVAL: no regular file, or it has NULs; or another negative errno.
 */
ptrdiff_t record_read(char *buf, char *ret_path, struct stat *ret_st);

/*
 * What the record `text` (terminated) decides of the directory that is open
 * at fd, whose absolute path and fstat(2) are given.  A denial holds for the
 * path and for the directory, by whatever name, and wins over all; `allow`
 * says more than `created`, and so wins over that.
 */
enum decision record_decides(const char *text, const char *path, int fd,
			     const struct stat *st);

#endif
