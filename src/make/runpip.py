"""Run pip so that it puts things into this Python's environment and nowhere
else; src/make/pip.c runs this text.

PYTHON -I -c TEXT DIR ENV ARG...: pip ARG..., with the settings of the user and
those in ENV but for such as name another place, or other things, than ARG does.
DIR holds the pip to run, and is not in sys.path while it works: it would take
itself, and what is beside it, for installed.  Where DIR is empty it is the
environment's own.
"""
import configparser
import os
import runpy
import shutil
import sys
import tempfile

OTHERS = frozenset('''
    target prefix root user dry-run report python require-virtualenv
    require-venv requirement requirements-from-script editable group src source
    source-dir source-directory ignore-installed platform python-version
    implementation abi help version
'''.split())
SECTIONS = 'global', 'install', 'wheel'


def is_other(name):
    """By the rules of pip for the names of settings."""
    name = name.lower().replace('_', '-')
    return (name[2:] if name.startswith('--') else name) in OTHERS


def files_for(env):
    """The user's own and the environment's, of which the last one counts; pip
    reads the user's where there is no PIP_CONFIG_FILE."""
    own = os.path.join(env, 'pip.conf')
    file = os.environ.get('PIP_CONFIG_FILE', '')
    if os.path.exists(file):
        return [own, file]
    place = os.path.expanduser('~/Library/Application Support')
    if sys.platform != 'darwin' or not os.path.isdir(place + '/pip'):
        place = os.path.expanduser('~/.config')
    if sys.platform != 'darwin':
        place = os.environ.get('XDG_CONFIG_HOME') or place
    return [os.path.expanduser('~/.pip/pip.conf'), place + '/pip/pip.conf',
            own]


def write_settings(place, env):
    """A PIP_CONFIG_FILE in `place`, which has precedence over all other files:
    these, where what is of OTHERS is empty, and so not set."""
    if os.environ.get('PIP_CONFIG_FILE') == os.devnull:
        return
    parser = configparser.RawConfigParser()
    for file in files_for(env):
        try:
            parser.read(file, encoding='utf-8')
        except (configparser.Error, UnicodeError):
            # pip has words for it, where it reads it.
            os.environ['PIP_CONFIG_FILE'] = file
            return
    for section in SECTIONS:
        if not parser.has_section(section):
            parser.add_section(section)
    for options in [parser.defaults()] + [parser[name] for name in SECTIONS]:
        for name in [name for name in options if is_other(name)]:
            options.pop(name, None)
    for section in SECTIONS:
        for name in OTHERS:
            parser.set(section, name, '')
    file = os.path.join(place, 'pip.conf')
    with open(file, 'w', encoding='utf-8') as settings:
        parser.write(settings)
    os.environ['PIP_CONFIG_FILE'] = file


def main():
    where, env = sys.argv[1:3]
    del sys.argv[1:3]
    for name in list(os.environ):
        if name.startswith('PIP_') and is_other(name[4:]):
            del os.environ[name]
    place = tempfile.mkdtemp(prefix='venv-which.')
    try:
        write_settings(place, env)
        if where:
            sys.path.insert(0, where)
            import pip
            del sys.path[0]
        runpy.run_module('pip', run_name='__main__', alter_sys=True)
    finally:
        shutil.rmtree(place, ignore_errors=True)


main()
