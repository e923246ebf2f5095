"""Make the image of pip that `venv create` copies; src/image.c runs this text.

BASE -I -S -c TEXT IMAGE WHEEL...: unpacks the wheels into IMAGE/tree, as they
are in site-packages, byte-compiles them, and writes IMAGE/manifest and what
of each RECORD is the same in every environment.  IMAGE is an empty directory.
Prints `step N M` as it goes and `done` at its end; else the last line says
why not.

Wheels: packaging.python.org, "Binary distribution format" and "Recording
installed projects".
"""
import base64
import csv
import hashlib
import importlib.util
import io
import os
import py_compile
import re
import sys
import zipfile

MEMBER_MAX = 64 << 20


def digest(data):
    """As RECORD has it."""
    raw = base64.urlsafe_b64encode(hashlib.sha256(data).digest())
    return 'sha256=' + raw.decode('ascii').rstrip('=')


def check_name(name, seen):
    parts = name.split('/')
    if (name in seen or '\\' in name or '' in parts or '.' in parts or
            '..' in parts or not name.isprintable() or not name.isascii()
            or parts[0].endswith('.data')):
        raise ValueError('%r cannot be in a wheel of pip' % (name,))
    seen.add(name)


def put(tree, name, data, mode=0o444):
    path = os.path.join(tree, name)
    os.makedirs(os.path.dirname(path), exist_ok=True)
    with open(path, 'xb') as file:
        file.write(data)
    os.chmod(path, mode)


class Wheel:
    """One wheel on its way into the tree; rows are those of its RECORD."""

    def __init__(self, path, seen):
        self.project, self.version = os.path.basename(path).split('-')[:2]
        self.info = '%s-%s.dist-info' % (self.project, self.version)
        self.rows = []
        self.sources = []
        self.zip = zipfile.ZipFile(path)
        self.seen = seen

    def read(self, name):
        info = self.zip.getinfo(name)
        if info.file_size > MEMBER_MAX:
            raise ValueError('%s is larger than any file of pip' % (name,))
        return self.zip.read(info)          # which verifies the CRC

    def recorded(self):
        text = self.read(self.info + '/RECORD').decode('utf-8')
        return {row[0]: row[1] for row in csv.reader(io.StringIO(text)) if row}

    def unpack(self, tree):
        recorded = self.recorded()
        for member in self.zip.infolist():
            name = member.filename
            if name.endswith('/'):
                continue
            check_name(name, self.seen)
            if name == self.info + '/RECORD':
                continue
            data = self.read(name)
            if digest(data) != recorded.get(name):
                raise ValueError('%s is not what RECORD says' % (name,))
            self.add(tree, name, data, bool(member.external_attr >> 16 & 0o111))
            if name.endswith('.py'):
                self.sources.append(name)
        self.add(tree, self.info + '/INSTALLER', b'pip\n', False)
        self.add(tree, self.info + '/REQUESTED', b'', False)

    def add(self, tree, name, data, executable):
        put(tree, name, data, 0o555 if executable else 0o444)
        self.rows.append((name, digest(data), str(len(data))))

    def scripts(self):
        """(name, module, attribute); versions in names are this Python's."""
        try:
            text = self.read(self.info + '/entry_points.txt').decode('utf-8')
        except KeyError:
            return []
        import configparser
        parser = configparser.ConfigParser(delimiters=('=',))
        parser.optionxform = str
        parser.read_string(text)
        found = {}
        section = 'console_scripts'
        for name in parser[section] if parser.has_section(section) else ():
            module, _, attribute = parser[section][name].partition(':')
            target = module.strip(), attribute.split('[')[0].strip()
            if not re.match(r'[A-Za-z0-9._-]+$', name):
                raise ValueError('%r is no name of a script' % (name,))
            if name == 'easy_install' or name.startswith('easy_install-'):
                found['easy_install'] = target
                found['easy_install-%d.%d' % sys.version_info[:2]] = target
            elif name == 'pip' or re.match(r'pip[0-9.]*$', name):
                found['pip'] = found['pip%d' % sys.version_info[0]] = target
                found['pip%d.%d' % sys.version_info[:2]] = target
            else:
                found[name] = target
        return [(name, *found[name]) for name in sorted(found)]

    def write_record(self, image):
        """Behind the rows of the scripts, whose names sort first."""
        rows = self.rows + [(self.info + '/RECORD', '', '')]
        text = io.StringIO(newline='')
        csv.writer(text).writerows(sorted(rows))
        put(image, 'record/' + self.info, text.getvalue().encode('utf-8'))


# -- byte code ----------------------------------------------------------------

def cache_of(name):
    return importlib.util.cache_from_source(name, optimization='')


def compile_one(tree, name):
    path = os.path.join(tree, cache_of(name))
    try:
        # The name of its source is put right when it is imported.
        py_compile.compile(
            os.path.join(tree, name), path, name, doraise=True,
            invalidation_mode=py_compile.PycInvalidationMode.TIMESTAMP)
    except (py_compile.PyCompileError, SyntaxError, ValueError):
        return          # of Python 2, and without one in pip's own way, too
    os.chmod(path, 0o444)


def compile_part(tree, names, part, parts):
    for i in range(part, len(names), parts):
        compile_one(tree, names[i])
        if part == 0 and i % 8 == 0:
            tell('step %d %d\n' % (i, len(names)))


def compile_all(tree, names):
    """By as many processes as there are processors."""
    parts = min(os.cpu_count() or 1, 8)
    children = []
    for part in range(1, parts):
        child = os.fork()
        if not child:
            status = 1
            try:
                compile_part(tree, names, part, parts)
                status = 0
            finally:
                os._exit(status)
        children.append(child)
    compile_part(tree, names, 0, parts)
    if any(os.waitpid(child, 0)[1] for child in children):
        raise OSError('byte-compiling failed')


# -- the image ----------------------------------------------------------------

def tell(text):
    os.write(1, text.encode('utf-8', 'backslashreplace'))


def manifest_of(image, wheels):
    """Directories before what is in them, and dist-info last."""
    tree = os.path.join(image, 'tree')
    lines = ['venv-which image 2']
    for wheel in wheels:
        lines.append('dist %s %s' % (wheel.project, wheel.version))
        lines += ['script %s %s %s' % script for script in wheel.scripts()]
        lines.append('record ' + wheel.info)
    for place, dirs, files in os.walk(tree):
        dirs.sort(key=lambda name: (name.endswith('.dist-info'), name))
        rel = os.path.relpath(place, tree)
        prefix = '' if rel == '.' else rel + '/'
        if prefix:
            lines.append('dir ' + rel)
        for name in sorted(files):
            st = os.stat(os.path.join(place, name))
            lines.append('file %d %d %s' % (st.st_size, st.st_mtime_ns,
                                            prefix + name))
    return '\n'.join(lines) + '\nend\n'


def main(image, *paths):
    os.umask(0o022)
    tree = os.path.join(image, 'tree')
    seen = set()
    wheels = [Wheel(path, seen) for path in paths]
    for wheel in wheels:
        wheel.unpack(tree)
    compile_all(tree, [name for wheel in wheels for name in wheel.sources])
    for wheel in wheels:
        wheel.rows += [(cache_of(name), '', '') for name in wheel.sources
                       if os.path.exists(os.path.join(tree, cache_of(name)))]
        wheel.write_record(image)
    put(image, 'manifest', manifest_of(image, wheels).encode('ascii'))
    tell('done\n')


try:
    main(*sys.argv[1:])
except Exception as error:
    tell('%s: %s\n' % (type(error).__name__, str(error).replace('\n', ' ')))
    sys.exit(1)
