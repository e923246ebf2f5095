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
import signal
import struct
import sys
import termios

import pyte

from svg import draw

COLUMNS, ROWS = 88, 14
KEY, READ, ANSWER, STILL = 0.06, 1.0, 0.3, 4.0  # seconds
PROMPT = b'\033]133;B\a'  # behind each, see bench/picture

# What is typed, and with what the next line begins: the prompt (None), or this.
SESSION = [
    ('cd api && command -v python', None),
    ('cd ../web && command -v python', None),
    ('cp -r ../api ../copy && cd ../copy', None),
    ('cd && venv pick', 'environment'),
    ('to', None),
]


class Terminal:
    """Bash on a terminal of its own, and what is on its screen."""

    def __init__(self):
        self.screen = pyte.Screen(COLUMNS, ROWS)
        self.stream = pyte.ByteStream(self.screen)
        self.prompts = 0
        pid, self.fd = pty.fork()
        if pid == 0:
            os.execvp('bash', ['bash', '-i'])
        self.pid = pid
        fcntl.ioctl(self.fd, termios.TIOCSWINSZ,
                    struct.pack('HHHH', ROWS, COLUMNS, 0, 0))

    def read(self, limit):
        """What is there within that time; false: nothing."""
        if not select.select([self.fd], [], [], limit)[0]:
            return False
        data = os.read(self.fd, 65536)
        self.prompts += data.count(PROMPT)
        self.stream.feed(data)
        return True

    def wait(self, done, what):
        """Until it is so, and nothing more is written."""
        while not done():
            if not self.read(300):
                raise SystemExit(f'picture: {what} never came:\n'
                                 + '\n'.join(self.screen.display))
        while self.read(0.2):
            pass

    def key(self, key):
        """One key, and what it changes."""
        before = (self.screen.cursor.x, self.screen.cursor.y)
        os.write(self.fd, key.encode())
        self.wait(lambda: (self.screen.cursor.x, self.screen.cursor.y) != before,
                  f'the echo of {key!r}')

    def enter(self, seen):
        """The line is done: what is seen then."""
        prompts = self.prompts
        os.write(self.fd, b'\r')
        if seen is None:
            self.wait(lambda: self.prompts > prompts, 'the prompt')
        else:
            self.wait(lambda: self.screen.display[
                self.screen.cursor.y].startswith(seen), seen)

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
    terminal.wait(lambda: terminal.prompts, 'the first prompt')
    for line, seen in SESSION:
        states.append((READ, *terminal.rows()))
        for key in line:
            terminal.key(key)
            states.append((KEY, *terminal.rows()))
        states.append((ANSWER, *terminal.rows()))
        terminal.enter(seen)
    states.append((STILL, *terminal.rows()))
    os.kill(terminal.pid, signal.SIGHUP)
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
