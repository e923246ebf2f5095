"""Try `venv` at each of its steps; called by `at_each` of disturb.bash.

disturb.py STEPS killed CHECK COMMAND...
disturb.py STEPS failing DIR ERRORS COMMAND...

STEPS is a file with a line `CALL N` for each step: the Nth such system call of
the command, at which it is killed, or strace has it fail with each of ERRORS
(words in one argument).  Before each, ./env is as in ./old, or not there.  The first
step at which anything is not as it has to be is told, with status 1.

All this is one process but for `venv`, what disturbs it, and the Python that is
tried: to start others took longer than what is tested.  The Python that
environments are made with is $PYTHON, and what kills is $KILL_AT, or strace.
"""
import difflib
import os
import shutil
import stat
import subprocess
import sys

PYTHON = os.environ.pop('PYTHON')
KILL_AT = os.environ.pop('KILL_AT')
what = 'before the first step'
known = []


def fail(text):
    """Say where it was, and what the command has said."""
    with open('disturb.out', errors='replace') as file:
        sys.exit('%s, and %s\n%s' % (what, text, file.read()))


# --- what is there

def entries(top, depth=100):
    """Everything in it: the path, and what os.stat says of it."""
    with os.scandir(top) as found:
        for entry in found:
            yield entry.path, entry.stat(follow_symlinks=False)
            if entry.is_dir(follow_symlinks=False) and depth:
                yield from entries(entry.path, depth - 1)


def text_of(path, mode):
    """What makes two of a kind different: where it leads, or its bytes."""
    if stat.S_ISLNK(mode):
        return os.readlink(path)
    if not stat.S_ISREG(mode):
        return oct(stat.S_IFMT(mode))
    with open(path, 'rb') as file:
        # Of byte code, which no image has twice, only that it is there.
        return '' if path.endswith('.pyc') else file.read()


def state(top, depth=100):
    """All that is in it, as it would be if it was made again."""
    if not os.path.isdir(top):
        return None
    return {path: (stat.S_IFMT(info.st_mode),
                   stat.S_ISREG(info.st_mode) and info.st_mode & 0o100,
                   text_of(path, info.st_mode)) for path, info in entries(top, depth)}


def around():
    """What else `venv` writes: its records, and of its images, which there are."""
    return (state(os.environ['XDG_STATE_HOME']),
            state(os.environ['XDG_CACHE_HOME'], 3))


def exactly():
    """All that is here, with what would be another if it was made again."""
    where = 'env' if os.path.isdir('env') else '.'
    info = os.lstat(where)
    found = {where: (info.st_ino, info.st_mode)}
    for path, info in entries(where):
        # What the tests keep beside it.
        if where == '.' and ('.' in path.split('/')[1] or path.split('/')[1] == 'old'):
            continue
        found[path] = info.st_ino, info.st_mode
        if not stat.S_ISDIR(info.st_mode):
            found[path] += (info.st_nlink, info.st_mtime_ns,
                            text_of(path, info.st_mode))
    return found


def same(now, expected, text):
    """Or else the differences are shown."""
    if now != expected:
        lines = [['%s %s' % pair for pair in sorted(found.items())]
                 for found in (expected, now)]
        for line in list(difflib.unified_diff(*lines, lineterm='', n=0))[:20]:
            print(line[:300])
        fail(text)


def leftovers(top):
    """What waits or was put aside in it."""
    for path, info in entries(top):
        name = os.path.basename(path)
        if (name.startswith('.') and name.endswith('.new') or
                name.startswith('.venv-which.') or
                name.endswith('.dist-info') and not has_text(path + '/RECORD')):
            fail('left: ' + path)


def has_text(path):
    return os.path.exists(path) and os.path.getsize(path) > 0


def is_env(top):
    """It looks like one."""
    return os.path.isfile(top + '/pyvenv.cfg') and not os.path.islink(top + '/pyvenv.cfg')


def identity(top):
    info = os.stat(top)
    return info.st_ino, info.st_mode


# --- what is done

def reset():
    """Put ./old, or nothing, in the place of ./env."""
    for name in 'env', 'left', 'deep':
        if os.path.lexists(name):
            shutil.rmtree(name)
    if os.path.isdir('old'):
        shutil.copytree('old', 'env', symlinks=True)


def run(*command):
    """The exit status; what it says is in disturb.out."""
    with open('disturb.out', 'wb') as out:
        return subprocess.call(command, stdin=subprocess.DEVNULL, stdout=out,
                               stderr=subprocess.STDOUT)


def disturb(call, n, happens, command):
    """As disturb of disturb.bash, but that it stops at no other call if it can."""
    if happens == 'signal=KILL' and KILL_AT:
        return run(KILL_AT, call, n, *command)
    quick = () if happens == 'signal=KILL' else ('-f', '--seccomp-bpf')
    return run('strace', *quick, '-qq', '-o', '/dev/null', '-e', 'trace=' + call, '-e',
               'inject=%s:%s:when=%s' % (call, happens, n), *command)


def runs(top, module=''):
    """Its Python does, for it, and imports that; of equal ones, one is asked."""
    this = module, state(top)
    if this in known:
        return
    if run(top + '/bin/python', '-I', '-B', '-c', 'import sys%s\n'
           'assert sys.prefix == %r, sys.prefix' %
           (module and ', ' + module, os.path.realpath(top))):
        fail('%s does not run' % top)
    known.append(this)


def command_of(top):
    with open(top + '/pyvenv.cfg', errors='surrogateescape') as file:
        return [line for line in file if line.startswith('command')]


class Killed:
    """What has to hold where it was killed."""

    def __init__(self, command):
        self.command = command
        reset()
        self.again('the first run fails')
        self.whole = state('env')
        self.new = command_of('env')

    def again(self, text='the next run fails', command=()):
        if run(*(command or self.command)):
            fail(text)

    def next_run(self, module=''):
        self.again()
        same(state('env'), self.whole, 'the next run makes another state')
        leftovers('env')
        runs('env', module)

    def new_or_none(self):
        """What was not there is not there, or whole, and the next run makes it."""
        if is_env('env'):
            same(state('env'), self.whole, 'it looks whole')
            runs('env')
        self.next_run()

    def old_or_new(self):
        """What was there is there, or its successor, at any moment."""
        if not is_env('env'):
            fail('it is no environment')
        runs('env', 'mine')
        with open('env/pyvenv.cfg', 'rb') as now, open('old/pyvenv.cfg', 'rb') as old:
            if now.read() != old.read() and command_of('env') != self.new:
                fail('pyvenv.cfg is another')
        self.next_run('mine')

    def none_or_new(self):
        """What is being emptied looks like none until the new one is whole."""
        if is_env('env'):
            runs('env')
        self.next_run()

    def old_none_or_new(self):
        """And until then the old one comes back."""
        module = '' if is_env('env') else 'mine'
        self.again('a plain run fails', (
            'venv', 'create', '-q', '-p', PYTHON, '--without-pip', 'env'))
        runs('env', module)
        if text_of('env/.project', stat.S_IFREG) != b'mine\n':
            fail('what was nobody\'s is lost')
        leftovers('env')


def killed(steps, check, command):
    global what
    checks = Killed(command)
    for call, n in steps:
        what = 'killed at %s %s' % (call, n)
        reset()
        before = os.path.isdir('env') and identity('env')
        status = disturb(call, n, 'signal=KILL', command)
        if status not in (-9, 137):
            fail('its status is %d' % status)
        getattr(checks, check)()
        if before and identity('env') != before:
            fail('its directory is another')
    return 8


def failing(steps, top, errors, command):
    global what
    count = 0
    reset()
    if run(*command):
        fail('the first run fails')
    whole = state(top)
    before = tried = None
    for call, n in steps:
        for error in errors.split():
            what = '%s at %s %s' % (error, call, n)
            if not before:
                reset()
                before, outside = exactly(), around()
            if disturb(call, n, 'error=' + error, command) == 0:
                # What could not be removed at the end, the next run removes.
                for name in 'gone', 'kept':
                    shutil.rmtree('%s/.venv-which.%s' % (top, name), True)
                same(state(top), whole, 'it succeeds')
                leftovers(top)
                before = None
                continue
            same(exactly(), before, 'something has changed')
            # A message, and what to do, in a line of its own.
            with open('disturb.out', errors='replace') as file:
                if sum(not line.startswith('  ') for line in file) > 1:
                    fail('it says more')
            count += 1
        # Where nothing at all has changed, the next run is the one that was tried.
        if not tried or not before or around() != outside:
            if run(*command):
                fail('the next run fails')
            same(state(top), whole, 'the next run makes another state')
            before, tried = None, True
    if count < 10:
        sys.exit('only %d errors' % count)
    return 1


with open(sys.argv[1]) as file:
    todo = [line.split() for line in file]
if sys.argv[2] == 'killed':
    least = killed(todo, sys.argv[3], sys.argv[4:])
else:
    least = failing(todo, sys.argv[3], sys.argv[4], sys.argv[5:])
if len(todo) < least:
    sys.exit('only %d steps' % len(todo))
