/*
 * Measuring a tree by descriptors, so that nobody who renames something
 * meanwhile leads the walk elsewhere.
 */
#include "usage.h"

#include <dirent.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "which/compat.h"

/* As many descriptors are open at once; real trees have some 15 levels. */
#define DEPTH_MAX 200

/* A file with several names. */
struct file {
	ino_t inode;	/* 0: the slot is free; no file has that number */
	nlink_t unseen;	/* names that were not met yet */
	unsigned long long size;
};

struct measure {
	struct usage *usage;
	dev_t device;
	struct file *files;	/* open hashing; cap is a power of 2 */
	size_t n, cap;
	int depth;
};

/* -- files with several names ------------------------------------------- */

static struct file *slot_of(struct file *files, size_t cap, ino_t inode)
{
	size_t i = (size_t)inode * 2654435761u & (cap - 1);

	while (files[i].inode && files[i].inode != inode)
		i = (i + 1) & (cap - 1);
	return &files[i];
}

static bool grow(struct measure *m)
{
	size_t cap = m->cap ? 2 * m->cap : 1024;
	struct file *files = calloc(cap, sizeof(*files));

	if (!files)
		return false;
	for (size_t i = 0; i < m->cap; i++)
		if (m->files[i].inode)
			*slot_of(files, cap, m->files[i].inode) = m->files[i];
	free(m->files);
	m->files = files;
	m->cap = cap;
	return true;
}

static int note_name(struct measure *m, const struct stat *st,
		     unsigned long long size)
{
	struct file *file;

	if (2 * m->n >= m->cap && !grow(m))
		return -ENOMEM;
	file = slot_of(m->files, m->cap, st->st_ino);
	if (!file->inode) {
		m->n++;
		*file = (struct file){ st->st_ino, st->st_nlink, size };
	}
	if (file->unseen)
		file->unseen--;
	return 0;
}

static void add_files(const struct measure *m)
{
	for (size_t i = 0; i < m->cap; i++)
		if (m->files[i].unseen)
			m->usage->shared += m->files[i].size;
		else
			m->usage->own += m->files[i].size;
}

/* -- the walk ----------------------------------------------------------- */

static int measure_dir(struct measure *m, int fd);

static int measure_entry(struct measure *m, int dir_fd, const char *name)
{
	unsigned long long size;
	struct stat st;
	int fd;

	if (fstatat(dir_fd, name, &st, AT_SYMLINK_NOFOLLOW)) {
		m->usage->partial |= errno != ENOENT;
		return 0;
	}
	if (st.st_dev != m->device)
		return 0;
	size = (unsigned long long)st.st_blocks * 512;
	if (!S_ISDIR(st.st_mode) && st.st_nlink > 1)
		return note_name(m, &st, size);
	m->usage->own += size;
	if (!S_ISDIR(st.st_mode))
		return 0;
	fd = m->depth >= DEPTH_MAX ? -1 :
		openat(dir_fd, name, O_RDONLY | O_DIRECTORY | O_NOFOLLOW |
		       O_CLOEXEC);
	if (fd < 0) {
		m->usage->partial = true;
		return 0;
	}
	return measure_dir(m, fd);
}

/* What is in it; closes fd. */
static int measure_dir(struct measure *m, int fd)
{
	DIR *dir = fdopendir(fd);
	const struct dirent *entry;
	int err = 0;

	if (!dir) {
		err = -errno;
		(void)close(fd);
		return err;
	}
	m->depth++;
	while (!err && (errno = 0, entry = readdir(dir)))
		if (strcmp(entry->d_name, ".") && strcmp(entry->d_name, ".."))
			err = measure_entry(m, fd, entry->d_name);
	m->usage->partial |= !err && errno;
	m->depth--;
	(void)closedir(dir);
	return err;
}

int usage_of(int fd, struct usage *ret)
{
	struct usage usage = { 0 };
	struct measure m = { .usage = &usage };
	struct stat st;
	int err, own_fd;

	own_fd = openat(fd, ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	if (own_fd < 0)
		return -errno;
	if (fstat(own_fd, &st)) {
		err = -errno;
		(void)close(own_fd);
		return err;
	}
	m.device = st.st_dev;
	usage.own = (unsigned long long)st.st_blocks * 512;
	err = measure_dir(&m, own_fd);
	add_files(&m);
	free(m.files);
	if (!err)
		*ret = usage;
	return err;
}
