"""What a Python says of itself, for `venv create`; src/base.c runs this text.

BASE -I -S -c TEXT PATH DIR: PATH is how BASE was called, DIR a directory that
nobody else can write to.  The answer is lines `WORD VALUE` between `venv-which
facts` and `end`; what a site or a wrapper prints beside them is passed over.
Nothing stays behind on the disk.
"""
import os
import sys

lines = ['venv-which facts']


def say(*words):
    line = ' '.join(words)
    if '\n' in line or '\r' in line:
        raise ValueError('%r has a line break in it' % (words[-1],))
    lines.append(line)


def end():
    # Strictly: what is not UTF-8 could stand in no pyvenv.cfg.
    text = ('\n'.join(lines) + '\nend\n').encode('utf-8')
    while text:
        text = text[os.write(1, text):]
    os._exit(0)


# -- which one is the base ---------------------------------------------------

def cfg_near(exe):
    """The pyvenv.cfg of the environment whose Python exe is, or None."""
    bin_dir = os.path.dirname(exe)
    for place in os.path.dirname(bin_dir), bin_dir:
        cfg = os.path.join(place, 'pyvenv.cfg')
        if os.path.isfile(cfg):
            return cfg
    return None


def home_of(cfg):
    with open(cfg, encoding='utf-8', errors='surrogateescape') as file:
        for line in file:
            key, equals, value = line.partition('=')
            if equals and key.strip().lower() == 'home':
                return value.strip()
    return None


def out_of_env(exe):
    """Python before 3.11 takes the environment around it for its base."""
    seen = 0
    cfg = cfg_near(exe)
    while cfg and seen < 8:
        home = home_of(cfg) or ''
        names = [os.path.basename(exe), 'python%d.%d' % sys.version_info[:2],
                 'python3', 'python']
        found = [os.path.join(home, name) for name in names
                 if os.access(os.path.join(home, name), os.X_OK)]
        if not home or not found:
            break
        exe = found[0]
        cfg = cfg_near(exe)
        seen += 1
    return exe


def has_library(exe):
    """Could an environment of exe find the standard library from `home`?"""
    name = os.path.basename(os.path.dirname(os.__file__))
    prefix = os.path.dirname(os.path.dirname(exe))
    return any(os.path.isfile(os.path.join(prefix, lib, name, 'os.py'))
               for lib in (getattr(sys, 'platlibdir', 'lib'), 'lib'))


def find_base():
    exe = getattr(sys, '_base_executable', None) or sys.executable
    if not exe:
        raise ValueError('it does not know its own path')
    exe = out_of_env(os.path.abspath(exe))
    # A link to the program alone does not lead to its library.
    real = os.path.realpath(exe)
    if real != exe and not has_library(exe) and has_library(real):
        exe = real
    return exe


# -- what an environment of it looks like -------------------------------------

def shape(room):
    """Made by its own venv module, which knows its own links best."""
    import shutil
    import tempfile
    import venv
    scratch = os.path.realpath(tempfile.mkdtemp(prefix='shape.', dir=room))
    env = os.path.join(scratch, 'env')
    try:
        builder = venv.EnvBuilder(symlinks=True)
        builder.setup_python(builder.ensure_directories(env))
        for place, dirs, files in os.walk(env):
            dirs.sort()
            for name in sorted(dirs + files):
                path = os.path.join(place, name)
                rel = os.path.relpath(path, env)
                if os.path.islink(path):
                    yield 'link', rel, os.readlink(path)
                elif os.path.isdir(path):
                    yield 'dir', rel, None
                else:
                    raise ValueError('its venv module makes a file %s' % rel)
    finally:
        shutil.rmtree(scratch)


def say_shape(room):
    site = []
    links = []
    for kind, rel, target in shape(room):
        if kind == 'dir':
            say('dir', rel)
            if os.path.basename(rel) == 'site-packages':
                site.append(rel)
        else:
            links.append((not os.path.isabs(target), rel, target))
    # The one that leads out of the environment first: others lead to it.
    for _, rel, target in sorted(links):
        say('link', rel)
        say('to', target)
    if not site:
        raise ValueError('its venv module makes no site-packages')
    say('site', sorted(site)[0])
    return sorted(site)[0]


# -- pip ----------------------------------------------------------------------

def wheels_in(folder, names):
    """As ensurepip does it: of several, the last."""
    found = {}
    try:
        files = sorted(os.listdir(folder))
    except OSError:
        files = []
    for file in files:
        name = file.split('-')[0]
        if file.endswith('.whl') and name in names:
            found[name] = os.path.join(folder, file)
    return found


def find_wheels(watched):
    import sysconfig
    lib = os.path.dirname(os.__file__)
    # It may come later: Debian has it in a package of its own.
    watched.append(os.path.join(lib, 'ensurepip', '__init__.py'))
    try:
        import ensurepip
    except ImportError:
        ensurepip = None
    versions = {'setuptools': getattr(ensurepip, '_SETUPTOOLS_VERSION', None),
                'pip': getattr(ensurepip, '_PIP_VERSION', None)}
    names = ['setuptools', 'pip']
    if sys.version_info >= (3, 12) or (versions['pip'] and
                                       not versions['setuptools']):
        names = ['pip']
    folder = sysconfig.get_config_var('WHEEL_PKG_DIR')
    # Debian's of before 3.10 does not say it.
    if not folder and not versions['pip'] and sys.base_prefix == '/usr':
        folder = '/usr/share/python-wheels'
    found = {}
    if folder:
        watched.append(folder)
        found = wheels_in(folder, names)
    if versions['pip'] and len(found) < len(names):
        bundled = os.path.join(os.path.dirname(ensurepip.__file__), '_bundled')
        found = {}
        for file in sorted(os.listdir(bundled)):
            for name in names:
                # Others may lie beside it, left by an older release.
                if file.startswith('%s-%s-' % (name, versions[name])):
                    found[name] = os.path.join(bundled, file)
    if 'pip' not in found:
        return []
    return [found[name] for name in names if name in found]


def say_wheels(site, watched):
    """The wheels, and a name for what becomes of them under this Python."""
    import hashlib
    import importlib.util
    wheels = find_wheels(watched)
    identity = hashlib.sha256()
    for word in (sys.implementation.cache_tag, '%d.%d' % sys.version_info[:2],
                 importlib.util.MAGIC_NUMBER.hex(), site):
        identity.update(word.encode() + b'\0')
    for wheel in wheels:
        with open(wheel, 'rb') as file:
            identity.update(hashlib.sha256(file.read()).digest())
        say('wheel', wheel)
        watched.append(wheel)
    if wheels:
        say('image', identity.hexdigest()[:32])


# -- the answer ---------------------------------------------------------------

def main(asked, room):
    if sys.version_info < (3, 8):
        raise ValueError('it is Python %d.%d, and 3.8 is the oldest that is'
                         ' known here' % sys.version_info[:2])
    base = find_base()
    watched = [os.path.realpath(asked)]
    if asked != base:
        cfg = cfg_near(asked)
        if cfg:
            watched.append(cfg)
        # A shim may choose another one tomorrow.
        try:
            shim = not os.path.samefile(asked, sys.executable)
        except OSError:
            shim = True
        if shim:
            say('fleeting', 'yes')
        say('see', base)
    else:
        import venv
        name = sys.implementation.name
        names = {'cpython': 'CPython', 'pypy': 'PyPy', 'graalpy': 'GraalPy'}
        say('base', base)
        say('real', os.path.realpath(base))
        say('version', '%d.%d.%d' % sys.version_info[:3])
        say('implementation', names.get(name, name))
        say('deps', *getattr(venv, 'CORE_VENV_DEPS', ('pip', 'setuptools')))
        watched += [os.__file__, venv.__file__]
        say_wheels(say_shape(room), watched)
    for path in watched:
        say('guard', path)
    end()


try:
    main(*sys.argv[1:])
except Exception as error:
    lines = lines[:1]
    say('error', str(error).replace('\n', ' ').replace('\r', ' ').encode(
        'ascii', 'backslashreplace').decode())
    end()
