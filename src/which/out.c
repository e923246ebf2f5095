/*
 * Buffered output without stdio, and strings that end in "..." where they
 * do not fit.
 */
#include "out.h"

#include <errno.h>
#include <stdarg.h>
#include <string.h>
#include <unistd.h>

#include "text.h"

static void write_all(struct out *out)
{
	size_t done = 0;

	while (done < out->len && !out->error) {
		ssize_t n = write(out->fd, out->buf + done, out->len - done);

		if (n >= 0)
			done += (size_t)n;
		else if (errno != EINTR)
			out->error = errno;
	}
	out->len = 0;
}

static void mark_truncated(struct out *out)
{
	static const char dots[] = "...";

	if (out->cap > sizeof(dots))
		memcpy(out->buf + out->cap - sizeof(dots), dots, sizeof(dots));
}

void out_bytes(struct out *out, const char *bytes, size_t len)
{
	while (len) {
		size_t room = out->cap - 1 - out->len;
		size_t n = len < room ? len : room;

		memcpy(out->buf + out->len, bytes, n);
		out->len += n;
		out->buf[out->len] = '\0';
		bytes += n;
		len -= n;
		if (!len)
			return;
		if (out->fd < 0) {
			mark_truncated(out);
			return;
		}
		write_all(out);
	}
}

void out_str(struct out *out, const char *s)
{
	out_bytes(out, s, strlen(s));
}

void out_char(struct out *out, char c)
{
	out_bytes(out, &c, 1);
}

void out_number(struct out *out, unsigned long long n, unsigned base)
{
	char digits[3 * sizeof(n) + 2];
	char *p = digits + sizeof(digits);

	do {
		*--p = (char)('0' + n % base);
		n /= base;
	} while (n);
	if (base == 8)
		*--p = '0';
	out_bytes(out, p, (size_t)(digits + sizeof(digits) - p));
}

void out_safe(struct out *out, const char *s)
{
	const char *end = s + strlen(s);

	while (s < end) {
		size_t n;

		if (text_is_safe(text_next(s, end, &n)))
			out_bytes(out, s, n);
		else
			out_char(out, '?');
		s += n;
	}
}

bool out_word(struct out *out, const char *s)
{
	static const char plain[] = "abcdefghijklmnopqrstuvwxyz"
		"ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789/._-+,@%";
	const char *end = s + strlen(s);
	size_t n;

	for (const char *p = s; p < end; p += n)
		if (!text_is_safe(text_next(p, end, &n)))
			return false;
	if (!s[strspn(s, plain)]) {
		out_str(out, s);
		return true;
	}
	out_char(out, '\'');
	for (; *s; s++) {
		/* fish has `\` mean something between quotes, too. */
		if (*s == '\'' || *s == '\\')
			out_str(out, *s == '\'' ? "'\\''" : "'\\\\'");
		else
			out_char(out, *s);
	}
	out_char(out, '\'');
	return true;
}

static void json_escape(struct out *out, unsigned code)
{
	static const char hex[] = "0123456789abcdef";
	char escape[6] = { '\\', 'u' };

	for (int i = 0; i < 4; i++)
		escape[2 + i] = hex[code >> (12 - 4 * i) & 0xf];
	out_bytes(out, escape, sizeof(escape));
}

void out_json(struct out *out, const char *s)
{
	const char *end = s + strlen(s);

	out_char(out, '"');
	while (s < end) {
		size_t n;
		long code = text_next(s, end, &n);

		if (code < 0) {
			json_escape(out, 0xdc00u + (unsigned char)*s);
		} else if (code < 0x10000 && !text_is_safe(code)) {
			json_escape(out, (unsigned)code);
		} else {
			if (code == '"' || code == '\\')
				out_char(out, '\\');
			out_bytes(out, s, n);
		}
		s += n;
	}
	out_char(out, '"');
}

const char *error_text(int err)
{
	static const struct {
		int err;
		const char *text;
	} table[] = {
		{ EPERM, "Operation not permitted" },
		{ ENOENT, "No such file or directory" },
		{ EIO, "Input/output error" },
		{ ENOMEM, "Out of memory" },
		{ EBADF, "Bad file descriptor" },
		{ EACCES, "Permission denied" },
		{ ENOTDIR, "Not a directory" },
		{ EISDIR, "Is a directory" },
		{ EINVAL, "Not a regular file" },
		{ ENFILE, "Too many open files" },
		{ EMFILE, "Too many open files" },
		{ EFBIG, "File too large" },
		{ ENOSPC, "No space left on device" },
		{ EPIPE, "Broken pipe" },
		{ ENAMETOOLONG, "Filename too long" },
		{ ELOOP, "Too many symbolic links" },
	};

	for (size_t i = 0; i < sizeof(table) / sizeof(*table); i++)
		if (table[i].err == err)
			return table[i].text;
	return "it failed";
}

int out_flush(struct out *out)
{
	write_all(out);
	return -out->error;
}

void complain(const char *program, ...)
{
	char buf[1024];
	struct out out = OUT_FILE(STDERR_FILENO, buf);
	const char *piece;
	va_list pieces;

	out_str(&out, program);
	out_str(&out, ": ");
	va_start(pieces, program);
	while ((piece = va_arg(pieces, const char *)))
		out_safe(&out, piece);
	va_end(pieces);
	out_char(&out, '\n');
	(void)out_flush(&out);
}
