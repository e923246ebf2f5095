"""Take down what is installed in an environment; src/freeze.c runs this text.

BASE -I -S -c TEXT ENV VERSION: reads the metadata in the site-packages of ENV
(made for Python VERSION, "3.11.2" or "") as data; nothing of ENV is run or
imported.  VERSION "*" means all, with what comes with an environment.  Prints
lines between `venv-which freeze` and `end`:

    index REQUIREMENT       name==version
    elsewhere REQUIREMENT   a direct URL (PEP 610), or an editable project
    name NAME               of what one of both is about, in its normal form
    lost WORDS              what cannot be taken down

Metadata is a stranger's text: what is no name, version or URL is lost, and no
line can hold another one, or an option.
"""
import json
import os
import re
import stat
import sys
import urllib.parse

NAME = re.compile(r'[A-Za-z0-9]([A-Za-z0-9._-]*[A-Za-z0-9])?\Z')
VERSION = re.compile(r'[A-Za-z0-9][A-Za-z0-9.!+_-]*\Z')
URL = re.compile(r'(?:(?:git|hg|svn|bzr)\+)?(?:https?|ssh|file|git)://'
                 r"[A-Za-z0-9._~:/?\[\]@!&'()*+,;=%-]*\Z")
COMMIT = re.compile(r'[A-Za-z0-9][A-Za-z0-9._/-]*\Z')
ANY = '*'
KINDS = '.dist-info', '.egg-info', '.egg'
NAME_MAX = 200
REQUIREMENT_MAX = 2000
FILE_MAX = 256 << 10    # of a longer one the beginning is read

lines = ['venv-which freeze']


def say(*words):
    text = ' '.join(words)
    lines.append(text.encode('ascii', 'backslashreplace').decode()
                 .replace('\n', '\\n').replace('\r', '\\r'))


def end():
    text = ('\n'.join(lines) + '\nend\n').encode()
    while text:
        text = text[os.write(1, text):]
    os._exit(0)


def normal(name):
    """PEP 503."""
    return re.sub(r'[-_.]+', '-', name).lower()


def sites(env, version):
    """Those of its own version, and the others."""
    found = []
    for lib in 'lib', 'lib64':
        try:
            names = sorted(os.listdir(os.path.join(env, lib)))
        except OSError:
            continue
        for name in names:
            site = os.path.realpath(os.path.join(env, lib, name,
                                                 'site-packages'))
            if (re.match(r'(python|pypy)[0-9]', name) and
                    os.path.isdir(site) and site not in found):
                found.append(site)
    minor = '.'.join(version.split('.')[:2])
    own = [site for site in found if minor and re.search(
        r'(python|pypy)%st?/site-packages\Z' % re.escape(minor), site)]
    return own, [site for site in found if site not in own]


def read(path):
    """The bytes of a regular file, or None."""
    fd = os.open(path, os.O_RDONLY | os.O_NONBLOCK | os.O_CLOEXEC)
    with open(fd, 'rb', buffering=0) as file:
        if not stat.S_ISREG(os.fstat(fd).st_mode):
            return None
        return file.read(FILE_MAX)


def file_url(path):
    return 'file://' + urllib.parse.quote(os.fsencode(os.path.normpath(path)))


def elsewhere(requirement, name):
    if requirement and len(requirement) <= REQUIREMENT_MAX:
        say('elsewhere', requirement)
        say('name', normal(name))
    else:
        say('lost', name)


def by_url(name, text):
    """The requirement for what direct_url.json says, or None."""
    said = json.loads(text.decode('utf-8'))
    url = str(said['url'])
    vcs = said.get('vcs_info')
    editable = bool(said.get('dir_info', {}).get('editable'))
    if vcs:
        commit = str(vcs['commit_id'])
        if not COMMIT.match(commit):
            return None
        url = '%s+%s@%s' % (vcs['vcs'], url, commit)
    if not URL.match(url):
        return None
    sub = said.get('subdirectory')
    sub = 'subdirectory=' + urllib.parse.quote(str(sub)) if sub else ''
    if vcs and '+file:' in url.partition('/')[0]:
        # Before 24.1 pip takes no such URL behind a name.
        return '%s#egg=%s%s' % (url, name, sub and '&' + sub)
    end = sub and '#' + sub
    if editable:
        return '-e ' + url + end
    return '%s @ %s%s' % (name, url, end)


def headers(site, entry):
    """Name and version by the metadata, each None where it says none."""
    place = os.path.join(site, entry)
    found = {b'name': None, b'version': None}
    text = None
    for file in 'METADATA', 'PKG-INFO', 'EGG-INFO/PKG-INFO', '':
        try:
            text = read(os.path.join(place, file) if file else place)
            break
        except (FileNotFoundError, NotADirectoryError):
            pass
    for line in (text or b'').splitlines():
        if not line:
            break
        key, _, value = line.partition(b':')
        if found.get(key.lower(), 1) is None:
            value = value.strip().decode('utf-8', 'backslashreplace')
            found[key.lower()] = value
    return found[b'name'], found[b'version']


def direct_url(site, entry):
    """What direct_url.json holds; None: there is none."""
    try:
        return read(os.path.join(site, entry, 'direct_url.json')) or b''
    except (FileNotFoundError, NotADirectoryError):
        return None


def take(site, entry, skipped, seen):
    name, version = headers(site, entry)
    if not name or len(name) > NAME_MAX or not NAME.match(name):
        say('lost', entry)
        return
    if normal(name) in seen or normal(name) in skipped:
        return
    seen.add(normal(name))
    direct = direct_url(site, entry)
    if direct is not None:
        try:
            requirement = by_url(name, direct)
        except (ValueError, LookupError, TypeError, AttributeError,
                RecursionError):
            requirement = None
        elsewhere(requirement, name)
    elif version and len(version) <= NAME_MAX and VERSION.match(version):
        say('index', '%s==%s' % (name, version))
        say('name', normal(name))
    else:
        say('lost', name)


def take_link(site, file, seen):
    """Of `setup.py develop`, which has no metadata there: where the package
    is, and the way from there to its setup.py."""
    name = os.path.splitext(file)[0]
    lines_of = (read(os.path.join(site, file)) or b'').split(b'\n') + [b'']
    path, way = (os.fsdecode(line.strip()) for line in lines_of[:2])
    if os.path.isabs(path) and NAME.match(name):
        seen.add(normal(name))
        elsewhere('-e ' + file_url(os.path.join(path, way)), name)
    else:
        say('lost', file)


def take_site(site, skipped, seen):
    entries = sorted(os.listdir(site))
    # A link goes first; with ~ it is what a pip that was killed has left.
    entries.sort(key=lambda entry: not entry.endswith('.egg-link'))
    for entry in entries:
        try:
            if entry.endswith('.egg-link'):
                take_link(site, entry, seen)
            elif entry.endswith(KINDS) and entry[0] != '~':
                take(site, entry, skipped, seen)
        except OSError:
            say('lost', entry)


def coming_with(site, version):
    """As `pip freeze`: what comes with an environment was not installed."""
    if version == ANY:
        return set()
    minor = re.search(r'(?:python|pypy)([0-9]+)\.?([0-9]*)t?/site-packages\Z',
                      site)
    if minor and [int(part or 0) for part in minor.groups()] >= [3, 12]:
        return {'pip'}
    return {'pip', 'setuptools', 'wheel', 'distribute'}


def main(env, version):
    seen = set()
    own, others = sites(env, version)
    for site in own:
        take_site(site, coming_with(site, version), seen)
    # One that another Python was given to, as by `venv --upgrade`, has what is
    # installed where it was.
    for site in others if not seen else []:
        take_site(site, coming_with(site, version), seen)


try:
    main(*sys.argv[1:])
except Exception as error:
    lines = lines[:1]
    say('error', '%s: %s' % (type(error).__name__, error))
end()
