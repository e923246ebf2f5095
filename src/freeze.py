"""Take down what is installed in an environment; src/freeze.c runs this text.

BASE -I -S -c TEXT ENV VERSION: reads the metadata in the site-packages of ENV
(made for Python VERSION, "3.11.2" or "") as data; nothing of ENV is run or
imported.  Prints lines between `venv-which freeze` and `end`:

    index REQUIREMENT       name==version
    elsewhere REQUIREMENT   a direct URL (PEP 610), or an editable project
    lost WORDS              what cannot be taken down

Metadata is a stranger's text: what is no name, version or URL is lost, and no
line can hold another one, or an option.
"""
import importlib.metadata
import json
import os
import re
import sys
import urllib.parse

NAME = re.compile(r'[A-Za-z0-9]([A-Za-z0-9._-]*[A-Za-z0-9])?\Z')
VERSION = re.compile(r'[A-Za-z0-9][A-Za-z0-9.!+_-]*\Z')
URL = re.compile(r'(?:(?:git|hg|svn|bzr)\+)?(?:https?|ssh|file|git)://'
                 r"[A-Za-z0-9._~:/?\[\]@!&'()*+,;=%-]*\Z")
COMMIT = re.compile(r'[A-Za-z0-9._/-]+\Z')

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
    """Of its own version, and where there is none such, all."""
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
    return own or found


def file_url(path):
    return 'file://' + urllib.parse.quote(os.path.abspath(path))


def by_url(name, text):
    """The requirement for what direct_url.json says, or None."""
    said = json.loads(text)
    url = str(said['url'])
    # A fragment or a blank could begin something else.
    url = urllib.parse.quote(url, safe="%/:?[]@!&'()*+,;=~._-")
    vcs = said.get('vcs_info')
    editable = bool(said.get('dir_info', {}).get('editable'))
    if vcs:
        commit = str(vcs['commit_id'])
        if not COMMIT.match(commit):
            return None
        url = '%s+%s@%s' % (vcs['vcs'], url, commit)
    if not URL.match(url) or len(url) > 2000:
        return None
    sub = said.get('subdirectory')
    end = '#subdirectory=' + urllib.parse.quote(str(sub)) if sub else ''
    if editable:
        return '-e ' + url + end
    return '%s @ %s%s' % (name, url, end)


def take(dist, skipped, seen):
    name = dist.metadata['Name']
    version = dist.version
    if not name or not NAME.match(name):
        say('lost', repr(name))
        return
    if normal(name) in seen or normal(name) in skipped:
        return
    seen.add(normal(name))
    direct = dist.read_text('direct_url.json')
    if direct:
        try:
            requirement = by_url(name, direct)
        except (ValueError, KeyError, TypeError, AttributeError):
            requirement = None
        if requirement:
            say('elsewhere', requirement)
        else:
            say('lost', name)
    elif version and VERSION.match(version):
        say('index', '%s==%s' % (name, version))
    else:
        say('lost', name)


def take_links(site, seen):
    """Of `setup.py develop`, which has no metadata there."""
    for file in sorted(os.listdir(site)):
        name, dot = os.path.splitext(file)
        if dot != '.egg-link':
            continue
        with open(os.path.join(site, file), encoding='utf-8',
                  errors='surrogateescape') as lines_of:
            path = lines_of.readline().strip()
        if os.path.isabs(path):
            seen.add(normal(name))
            say('elsewhere', '-e ' + file_url(path))
        else:
            say('lost', name)


def main(env, version):
    # As `pip freeze`: what comes with an environment was not installed.
    skipped = {'pip'}
    if [int(part) for part in re.findall(r'[0-9]+', version)[:2]] < [3, 12]:
        skipped |= {'setuptools', 'wheel', 'distribute'}
    seen = set()
    for site in sites(env, version):
        take_links(site, seen)
        for dist in importlib.metadata.distributions(path=[site]):
            take(dist, skipped, seen)


try:
    main(*sys.argv[1:])
except Exception as error:
    lines = lines[:1]
    say('error', '%s: %s' % (type(error).__name__, error))
end()
