"""The session of README.md's picture: typed into bash, and drawn as an SVG.

usage: picture.py HOME >FILE.  HOME is shown as /home/me, and Python's version
as 3.11.2.  The times in the picture are those of somebody who types evenly, so
that the same session always makes the same picture.
"""

import fcntl
import os
import platform
import pty
import re
import select
import struct
import sys
import termios

import pyte

from svg import draw

COLUMNS, ROWS = 88, 14
KEY, READ, ANSWER, STILL = 0.06, 1.0, 0.3, 4.0  # seconds

# What is written ends so: the prompt, see bench/picture, or the menu, whose last
# move is to the cursor in its line.
PROMPT, MENU = rb'\033\]133;B\a', rb'\033\[\d+C'

# What is typed, what each key of it ends with, and what comes then.
SESSION = [
    ('cd api && command -v python', None, PROMPT),
    ('cd ../web && command -v python', None, PROMPT),
    ('cp -r ../api ../copy && cd ../copy', None, PROMPT),
    ('cd && venv pick', None, MENU),
    ('to', MENU, PROMPT),
]


class Terminal:
    """Bash on a terminal of its own, and what is on its screen."""

    def __init__(self):
        self.screen = pyte.Screen(COLUMNS, ROWS)
        self.stream = pyte.ByteStream(self.screen)
        self.pid, self.fd = pty.fork()
        if self.pid == 0:
            fcntl.ioctl(0, termios.TIOCSWINSZ,
                        struct.pack('HHHH', ROWS, COLUMNS, 0, 0))
            os.execvp('bash', ['bash', '-i'])

    def wait(self, end):
        """Until what is written ends so: then nothing more comes."""
        written = b''
        while not re.search(end + rb'\Z', written):
            if not select.select([self.fd], [], [], 300)[0]:
                raise SystemExit(f'picture: {end!r} never came:\n'
                                 + '\n'.join(self.screen.display))
            data = os.read(self.fd, 65536)
            written += data
            self.stream.feed(data)

    def type(self, key, end):
        """One key, and what it changes."""
        os.write(self.fd, key.encode())
        self.wait(end)

    def rows(self):
        """The screen: for each row its parts, (column, text, colours)."""
        rows = []
        for y in range(ROWS):
            parts, last = [], None
            for x in range(COLUMNS):
                char = self.screen.buffer[y][x]
                style = (char.fg, char.bg, char.bold, char.reverse)
                if style == last:
                    parts[-1][1] += char.data
                else:
                    parts.append([x, char.data, style])
                    last = style
            rows.append(tuple((x, text, style) for x, text, style in parts
                              if text.strip() or style[3] or style[1] != 'default'))
        return rows, (self.screen.cursor.x, self.screen.cursor.y)


def record():
    """The states of the screen: (seconds that it stands, rows, cursor)."""
    terminal, states = Terminal(), []
    terminal.wait(PROMPT)
    for line, echo, answer in SESSION:
        states.append((READ, *terminal.rows()))
        for key in line:
            terminal.type(key, echo or re.escape(key.encode()))
            states.append((KEY, *terminal.rows()))
        states.append((ANSWER, *terminal.rows()))
        terminal.type('\r', answer)
    states.append((STILL, *terminal.rows()))
    os.close(terminal.fd)
    os.waitpid(terminal.pid, 0)
    return states


def main():
    """Print the picture."""
    names = {sys.argv[1]: '/home/me', platform.python_version(): '3.11.2'}
    pattern = re.compile('|'.join(map(re.escape, names)))
    states = []
    for seconds, rows, cursor in record():
        states.append((seconds, [
            tuple((x, pattern.sub(lambda m: names[m[0]], text), style)
                  for x, text, style in row) for row in rows], cursor))
    sys.stdout.write(draw(states, COLUMNS, ROWS))


main()
