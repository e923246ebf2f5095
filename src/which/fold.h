/*
 * Could two names be one?  Some file systems fold upper and lower case, some
 * take letters with marks for the same however they are composed, and some
 * ignore what has no width (APFS, HFS+, NTFS, ext4 and F2FS with casefold).
 * Which of them is at hand, and by which tables, no portable call tells: this
 * knows no table, and rather takes two names for one.
 */
#ifndef FOLD_H
#define FOLD_H

enum fold {
	FOLD_NO,
	FOLD_MAYBE,	/* they differ in what is not ASCII */
	FOLD_SAME,	/* but for the case of ASCII */
};

/*
 * Does `name` begin with what could be `begin`?  In *ret_rest what follows
 * in `name` (NULL where it does not); it is for the caller to see whether
 * that is a slash or the end.
 */
enum fold fold_begins(const char *begin, const char *name,
		      const char **ret_rest);

#endif
