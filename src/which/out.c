/*
 * Buffered output without stdio, and strings that end in "..." where they
 * do not fit.
 */
#include "out.h"

#include <errno.h>
#include <string.h>
#include <unistd.h>

#include "text.h"
#include "var.h"

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
	if (out->len + 1 < out->cap) {
		out->buf[out->len++] = c;
		out->buf[out->len] = '\0';
	} else {
		out_bytes(out, &c, 1);
	}
}

void out_line(struct out *out, const char *word, const char *value)
{
	out_str(out, word);
	out_char(out, ' ');
	out_str(out, value);
	out_char(out, '\n');
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

/* Printable ASCII */
static bool is_plain(char c)
{
	return c >= ' ' && c < 0x7f;
}

void out_label(struct out *out, const char *s, size_t len, size_t chars)
{
	const char *end = s + len;

	while (s < end && chars) {
		size_t n = 0;

		/* Most of it, in one piece. */
		while (n < chars && s + n < end && is_plain(s[n]))
			n++;
		out_bytes(out, s, n);
		s += n;
		chars -= n;
		if (s == end || !chars)
			return;
		if (text_is_safe(text_next(s, end, &n)))
			out_bytes(out, s, n);
		else
			out_char(out, '?');
		s += n;
		chars--;
	}
}

static void out_safe_part(struct out *out, const char *s, size_t len)
{
	out_label(out, s, len, len);
}

void out_safe(struct out *out, const char *s)
{
	out_safe_part(out, s, strlen(s));
}

/*
 * What of the path is below the home directory, with the slash; "" for that
 * itself; or NULL.  With
 * sudo, the home is root's and `~` in the user's shell another one.
 */
static const char *below_home(const char *path)
{
	const char *home = var_get("HOME");
	size_t len = home && *home == '/' ? strlen(home) : 0;

	while (len && home[len - 1] == '/')
		len--;
	if (!len || strncmp(path, home, len) ||
	    (path[len] && path[len] != '/') || var_get("SUDO_UID"))
		return NULL;
	return path + len;
}

void out_path(struct out *out, const char *path)
{
	const char *rest = below_home(path);

	out_str(out, rest ? "~" : "");
	out_safe(out, rest ? rest : path);
}

static void out_quoted(struct out *out, const char *s)
{
	static const char plain[] = "abcdefghijklmnopqrstuvwxyz"
		"ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789/._-+,@%";

	if (*s && !s[strspn(s, plain)]) {
		out_str(out, s);
		return;
	}
	out_char(out, '\'');
	for (; *s; s++) {
		/*
		 * fish has `\` mean something between these quotes, too, and
		 * elvish nothing outside of quotes.
		 */
		if (*s == '\'' || *s == '\\')
			out_str(out, *s == '\'' ? "'\"'\"'" : "'\"\\\\\"'");
		else
			out_char(out, *s);
	}
	out_char(out, '\'');
}

bool out_word(struct out *out, const char *s)
{
	const char *end = s + strlen(s), *rest = below_home(s);
	size_t n;

	for (const char *p = s; p < end; p += n)
		if (!text_is_safe(text_next(p, end, &n)))
			return false;
	out_str(out, rest ? "~" : "");
	out_str(out, rest && *rest ? "/" : "");
	if (!rest || (*rest && rest[1]))
		out_quoted(out, rest ? rest + 1 : s);
	return true;
}

void out_operand(struct out *out, const char *s)
{
	if (!out_word(out, s))
		out_str(out, "<path>");
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

/* -- messages ----------------------------------------------------------- */

/* Only their addresses mean something. */
const char out_piece_path[] = "path", out_piece_word[] = "word";
const char out_piece_reason[] = "reason", out_piece_advice[] = "advice";

void out_reason(struct out *out, const char *indent, const char *reason)
{
	size_t len = strcspn(reason, "\n");

	out_safe_part(out, reason, len);
	while (reason[len]) {
		reason += len + 1;
		len = strcspn(reason, "\n");
		out_char(out, '\n');
		out_str(out, indent);
		out_safe_part(out, reason, len);
	}
}

void out_pieces(struct out *out, const char *indent, va_list pieces)
{
	const char *piece;

	while ((piece = va_arg(pieces, const char *))) {
		if (piece == out_piece_path) {
			out_path(out, va_arg(pieces, const char *));
		} else if (piece == out_piece_word) {
			out_operand(out, va_arg(pieces, const char *));
		} else if (piece == out_piece_reason) {
			out_reason(out, indent, va_arg(pieces, const char *));
		} else if (piece == out_piece_advice) {
			out_char(out, '\n');
			out_str(out, indent);
		} else {
			out_safe(out, piece);
		}
	}
}

void complain_pieces(const char *program, va_list pieces)
{
	char buf[1024];
	struct out out = OUT_FILE(STDERR_FILENO, buf);

	out_str(&out, program);
	out_str(&out, ": ");
	out_pieces(&out, "  ", pieces);
	out_char(&out, '\n');
	(void)out_flush(&out);
}

void complain(const char *program, ...)
{
	va_list pieces;

	va_start(pieces, program);
	complain_pieces(program, pieces);
	va_end(pieces);
}
