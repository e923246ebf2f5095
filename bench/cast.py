"""What a session left on the screen, on stdin, as an asciicast (version 2).

usage: cast.py HOME.  The pty driver's marks are taken out; HOME is shown as
/home/me, and Python's version as 3.11.2; the times are those of somebody who
types evenly, so that the same session always makes the same recording.
"""

import json
import platform
import re
import sys

TYPED, READ, ANSWER = 0.055, 0.9, 0.25  # seconds: a key, before a line, behind

PROMPT = re.compile(r'((?:\([a-z0-9.]+\) )?~\S* \$ )(.*)')


def lines(screen, home):
    """The lines that a person would have seen."""
    text = re.sub(r'\033\[[0-9;?]*[@-~]', '', screen).replace('\r', '')
    text = text.replace(home, '/home/me')
    text = text.replace(platform.python_version(), '3.11.2')
    for line in text.split('\n'):
        typed = PROMPT.fullmatch(line)
        if re.fullmatch(r'@\d+@|mark \d+|exit', line) or (
                typed and re.match(r'mark \d+$|exit$', typed[2])):
            continue
        yield line, typed


def main():
    """Print the recording."""
    seen = list(lines(sys.stdin.buffer.read().decode(), sys.argv[1]))
    while seen and not seen[-1][0]:
        seen.pop()
    print(json.dumps({'version': 2, 'width': 64, 'height': len(seen) + 1}))
    now = 0.3

    def event(text):
        print(json.dumps([round(now, 3), 'o', text]))

    for line, typed in seen:
        if not typed:
            event(line + '\r\n')
            continue
        event(typed[1])
        now += READ
        for key in typed[2]:
            event(key)
            now += TYPED
        now += ANSWER
        event('\r\n')
    now += READ
    event('')


main()
