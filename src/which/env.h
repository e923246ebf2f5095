/*
 * One environment: what its directory and its pyvenv.cfg say, and whether
 * it can work.  Whether it may be used is not known here; see trust.h.
 */
#ifndef ENV_H
#define ENV_H

#include <stdbool.h>
#include <sys/stat.h>

#include "compat.h"
#include "name.h"

/* The words of the answer, as `venv-which --hook` says them. */
enum verdict { VERDICT_NONE, VERDICT_USE, VERDICT_BLOCKED, VERDICT_BROKEN };

/* How it was found. */
enum found {
	FOUND_NAME,		/* it stands in a directory of the walk */
	FOUND_INSIDE,		/* the directory is inside of it */
	FOUND_REDIRECT,		/* a .venv file leads to it (PEP 832) */
	FOUND_ACTIVE,		/* $VIRTUAL_ENV */
	FOUND_KEPT,		/* a tool keeps it for the project */
	FOUND_NAMED,		/* it stands in the container directory */
	FOUND_PARTS,		/* it is none yet: a directory with parts */
};

/* In the place of pyvenv.cfg while one is being made, or removed. */
#define ENV_UNFINISHED ".pyvenv.cfg.new"
/* Beside that, where it is being removed: what is left of it is not wanted. */
#define ENV_CONDEMNED ".venv-which.removed"

#define VERSION_SIZE 32

struct env {
	enum found found;

	/* From pyvenv.cfg; safe for a terminal; "" where it is unknown. */
	char name[NAME_SIZE];
	char version[VERSION_SIZE];
	char implementation[VERSION_SIZE];

	/* The descriptors all questions went to (-1: none); the answers. */
	int fd, cfg_fd;
	int cfg_err;		/* why cfg_fd is -1; 0: the file is empty */
	struct stat self, bin, cfg, redirect_st; /* the last, or the marker's */
	bool bin_is_link, cfg_is_link;
	bool plain;		/* no symbolic link was on its path */

	/* Set by env_read() to USE or BROKEN, by trust_judge() to BLOCKED. */
	enum verdict verdict;

	/* Each "" where there is none. */
	const char *rule;	/* one word that names the rule behind it */
	const char *why;	/* the reason, a clause safe for a terminal */
	const char *next;	/* what to do about it; another way, a line */
	const char *note;	/* something odd that does no harm */
	const char *redirect;	/* the .venv file that led here */
	const char *tool;	/* the tool that keeps it, FOUND_KEPT; */
	const char *marker;	/* and the file of the project it goes by */
	const char *file;	/* trust_judge() decided by it; its stat(2): */
	uid_t file_owner;
	mode_t file_mode;

	char path[PATH_MAX];	/* absolute; what VIRTUAL_ENV would be */

	/* Room for them.  It comes last, and most answers never touch it: a
	 * page that is never touched costs nothing, and one that is costs as
	 * much as two system calls.  Hence paths stand behind all else, here
	 * and elsewhere. */
	char why_text[2 * PATH_MAX], next_text[2 * PATH_MAX];
	char redirect_text[PATH_MAX], file_text[PATH_MAX];
};

/* Is it the errno of a want of descriptors or memory? */
bool env_is_shortage(int err);

/* Empty all but the path, and close nothing. */
void env_clear(struct env *env);

/*
 * Is there an environment at `path` (absolute)?  Clears *ret and sets its
 * path; if so, also its descriptors, which the caller closes by env_close().
 * The path has to mean the same to every process: see open_place().
 *
 * 0, or -ENOENT: no pyvenv.cfg in it; -ENOTDIR: it is no directory;
 * -EINVAL: its pyvenv.cfg is not a regular file; -EACCES: cannot be told;
 * -ENAMETOOLONG; or a shortage, which says nothing of the path.
 */
int env_open(struct env *ret, const char *path);

/*
 * Read an open environment: name, version, and whether it works.  ->found
 * and ->redirect are set by the caller, for the name may depend on them.
 */
void env_read(struct env *env);

/* Make it a broken one, for `rule`; the pieces up to NULL are the reason. */
void env_break(struct env *env, const char *rule, ...);

/* Close the descriptors.  Safe to call twice and on a zeroed env. */
void env_close(struct env *env);

/*
 * The project that it belongs to, in ret (PATH_MAX bytes): the directory
 * that holds it, or the redirect to it, or the marker.
 */
void env_project(const struct env *env, char *ret);

/*
 * The path of its Python in ret (PATH_MAX bytes).  0, -ENAMETOOLONG, or
 * -EINVAL: nobody knows its own.
 */
int env_python(const struct env *env, char *ret);

#endif
