/*
 * Who is in a group?  Distributions that give each user a group of his own
 * set umask 002, so that group-writable files are the usual thing there.
 */
#ifndef GROUP_H
#define GROUP_H

#include <stdbool.h>
#include <sys/types.h>

/*
 * Has the group no member but the user uid, and root?  Read from
 * /etc/passwd and /etc/group: libc's lookups may load modules and ask the
 * network, which a static program cannot and a `cd` must not.  A group or
 * member that these files do not know makes it false, and so does a user whom
 * they do not: on macOS, or with a directory of the network's, all may have
 * the one group.
 */
bool group_is_private(gid_t gid, uid_t uid);

#endif
