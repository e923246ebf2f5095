"""The states of a terminal's screen, as an animated SVG.

Each state of a row is drawn once, and shown while it is on the screen; so the
picture is as small as what was typed.  What stands where nothing is animated,
and when the animation begins, is the last state: a still that shows all.
"""

from xml.sax.saxutils import escape

WIDTH, HEIGHT, PAD, BAR = 8.4, 18, 14, 30  # of a cell; around; the title's bar

COLOURS = {
    'default': '#d8dee9', 'black': '#3b4252', 'red': '#e06c75',
    'green': '#98c379', 'brown': '#e5c07b', 'blue': '#7aa2f7',
    'magenta': '#c678dd', 'cyan': '#56b6c2', 'white': '#eceff4',
}
BACK = '#1e222a'


def text_of(row):
    """The parts of a row as elements."""
    out = []
    for x, text, (fg, bg, bold, reverse) in row:
        text = text.replace('\xa0', ' ')
        ink, paper = COLOURS.get(fg, f'#{fg}'), COLOURS.get(bg, f'#{bg}')
        if bg == 'default':
            paper = BACK
        if reverse:
            ink, paper = paper, ink
        left, width = PAD + x * WIDTH, len(text) * WIDTH
        if paper != BACK:
            out.append(f'<rect x="{left:g}" y="-13" width="{width:g}" '
                       f'height="{HEIGHT}" fill="{paper}"/>')
        shown = text.rstrip()
        if not shown:
            continue
        lead = len(shown) - len(shown.lstrip())
        shown = shown.lstrip()
        left += lead * WIDTH
        attributes = f'x="{left:g}" textLength="{len(shown) * WIDTH:g}"'
        if ink != COLOURS['default']:
            attributes += f' style="fill:{ink}"'
        if bold:
            attributes += ' font-weight="bold"'
        out.append(f'<text {attributes}>{escape(shown)}</text>')
    return ''.join(out)


def timeline(states):
    """{(y, row, cursor's column): [(from, to), ...]}, in seconds; and the end."""
    shown, now = {}, 0.0
    for seconds, rows, (x, y) in states:
        for at, row in enumerate(rows):
            key = (at, row, x if at == y else None)
            if not row and key[2] is None:
                continue
            spans = shown.setdefault(key, [])
            if spans and abs(spans[-1][1] - now) < 1e-6:
                spans[-1][1] = now + seconds
            else:
                spans.append([now, now + seconds])
        now += seconds
    return shown, now


def draw(states, columns, rows):
    """The SVG; it begins with what it ends with."""
    still = (2.5, states[-1][1], states[-1][2])
    shown, end = timeline([still] + states)
    rules, body = [], []
    for number, ((y, row, cursor), spans) in enumerate(shown.items()):
        first = spans[0][0] == 0
        steps = {}
        for begin, stop in spans:
            steps[begin] = 'visible'
            steps.setdefault(stop, 'hidden')
        steps.setdefault(0.0, 'hidden')
        attributes = '' if first else ' visibility="hidden"'
        changes = sorted((at, how) for at, how in steps.items() if at < end)
        if len(changes) > 1 or not first:
            rules.append(f'@keyframes s{number}{{' + ''.join(
                f'{100 * at / end:.2f}%{{visibility:{how}}}'
                for at, how in changes) + '}'
                f'#s{number}{{animation-name:s{number}}}')
            attributes += f' class="s" id="s{number}"'
        block = '' if cursor is None else (
            f'<rect x="{PAD + cursor * WIDTH:g}" y="-13" width="{WIDTH:g}" '
            f'height="{HEIGHT}" fill="{COLOURS["default"]}" opacity=".7"/>')
        top = BAR + PAD + y * HEIGHT + 9
        body.append(f'<g transform="translate(0 {top})"{attributes}>'
                    f'{text_of(row)}{block}</g>')
    wide = round(columns * WIDTH + 2 * PAD)
    high = rows * HEIGHT + 2 * PAD + BAR
    dots = ''.join(f'<circle cx="{18 + 18 * n}" cy="16" r="5.5" fill="{c}"/>'
                   for n, c in enumerate(('#ff5f57', '#febc2e', '#28c840')))
    return '\n'.join([
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{wide}" '
        f'height="{high}" viewBox="0 0 {wide} {high}" role="img">',
        '<title>venv-which in a terminal</title>',
        f'<style>text{{font:14px ui-monospace,SFMono-Regular,Menlo,Consolas,'
        f'"DejaVu Sans Mono",monospace;fill:{COLOURS["default"]};'
        'white-space:pre}'
        f'.s{{animation:{end:g}s steps(1,end) infinite}}',
        *rules,
        '@media(prefers-reduced-motion:reduce){.s{animation:none}}</style>',
        f'<rect width="{wide}" height="{high}" rx="8" fill="{BACK}"/>{dots}',
        *body, '</svg>', ''])
