# Environments of `venv create` beside those of `python -m venv`, made by each
# Python that is here: the same but for what is meant to differ.

# weight: 30
# shellcheck disable=SC2016,SC2030,SC2031,SC2154 # text; each test is a process

load helper
bats_require_minimum_version 1.5.0

setup() {
	sandbox
	mkdir work
	cd work || return
}

# --- what is meant to differ

# Files that CPython's has not: all of ours are .gitignore (of it, since 3.13),
# CACHEDIR.TAG and the scripts of two more shells.  Debian's PyPy leaves wheels
# behind in share.
meant() {
	grep -vxE '\./(\.gitignore|CACHEDIR\.TAG|bin/activate\.(nu|xsh))|\./share(/.*)?'
}

# The scripts of activation are compared by what they do: activate.bats.
other_text() {
	case $1 in
	*.pyc | */activate | */activate.*sh | */Activate.ps1) ;;
	*) return 1 ;;
	esac
}

# --- words of these tests

# both: $INTERPRETER's own in ./stock, ours in ./ours, both made at ./env.
both() {
	"$INTERPRETER" -m venv env "$@"
	mv env stock
	ours "$@"
}
ours() {
	venv create -q -p "$INTERPRETER" env "$@"
	mv env ours
}

# both_quickly: the same, by the pip that ours has unpacked.
both_quickly() {
	ours
	"$INTERPRETER" -m venv --without-pip env
	ensure_pip env "$XDG_CACHE_HOME/venv-which/image" --upgrade --default-pip
	sed 's/ --without-pip / /' env/pyvenv.cfg >cfg
	cat cfg >env/pyvenv.cfg
	mv env stock
}

same_tree() {
	diff <(listing stock | meant) <(listing ours | meant)
}

# same_files: what is in each, but for byte code and what is compared otherwise.
same_files() {
	local file
	(cd stock && find . -type f) | meant | while read -r file; do
		other_text "$file" || [[ $file == ./pyvenv.cfg ]] || printf '%s\n' "$file"
	done >names
	diff <(cd stock && xargs -r -d '\n' cksum <../names) \
		<(cd ours && xargs -r -d '\n' cksum <../names)
}

# Since 3.11 it has all keys; before, ours has two more.
same_cfg() {
	if [[ $(sed -n 's/^version = //p' stock/pyvenv.cfg) == 3.[89].* ||
		$(sed -n 's/^version = //p' stock/pyvenv.cfg) == 3.10.* ]]; then
		diff stock/pyvenv.cfg <(grep -v '^executable = \|^command = ' ours/pyvenv.cfg)
		assert_equal "$(grep -c '^executable = /\|^command = /' ours/pyvenv.cfg)" 2
	else
		diff stock/pyvenv.cfg ours/pyvenv.cfg
	fi
}

# Byte code: the same but for the name of the source, which import puts right;
# it belongs to the source beside it, so that import takes it.
same_code() {
	"$INTERPRETER" -I -S - <<-'END'
		import _imp, marshal, os, struct, types

		# What is in it is in the text of both, mostly: all but the order in a set,
		# which is another one in each run.
		def same(ours, stock):
		    _imp._fix_co_filename(ours, stock.co_filename)
		    return marshal.dumps(ours, 0) == marshal.dumps(stock, 0) or plain(ours) == plain(stock)

		def plain(code):
		    names = [name for name in dir(code) if name.startswith('co_') and
		             name not in ('co_filename', 'co_consts', 'co_lnotab') and
		             not callable(getattr(code, name))]
		    return [getattr(code, name) for name in names] + [
		        plain(const) if isinstance(const, types.CodeType) else value(const)
		        for const in code.co_consts]

		def value(const):
		    if isinstance(const, frozenset):
		        return sorted(map(repr, const))
		    return list(map(value, const)) if isinstance(const, tuple) else repr(const)

		count = 0
		for place, dirs, files in os.walk('ours'):
		    for file in files:
		        if not file.endswith('.pyc'):
		            continue
		        path = os.path.join(place, file)
		        with open(path, 'rb') as one:
		            ours = one.read()
		        with open(path.replace('ours', 'stock', 1), 'rb') as other:
		            stock = other.read()
		        source = os.stat(os.path.join(os.path.dirname(place), file.split('.')[0] + '.py'))
		        assert ours[:8] == stock[:8], path
		        assert struct.unpack('<LL', ours[8:16]) == (
		            int(source.st_mtime), source.st_size), path
		        assert same(marshal.loads(ours[16:]), marshal.loads(stock[16:])), path
		        count += 1
		assert count > 100, count
	END
}

# answers: what Python says of itself inside of ./env.
answers() {
	(
		cd /
		env -u PYTHONPATH "$OLDPWD/env/bin/python" - <<-'END'
			import site, sys, sysconfig
			for name in ('prefix', 'exec_prefix', 'base_prefix', 'base_exec_prefix',
			             'executable', '_base_executable', 'path', 'flags',
			             'platlibdir', 'version'):
			    print(name, getattr(sys, name, None))
			print(site.getsitepackages(), site.ENABLE_USER_SITE, site.USER_SITE)
			for scheme in sysconfig.get_scheme_names():
			    print(scheme, sorted(sysconfig.get_paths(scheme).items()))
			print(sorted(sysconfig.get_paths().items()))
			print(sorted((k, str(v)) for k, v in sysconfig.get_config_vars().items()))
		END
		# And pip, which is asked the rest before it ends: to begin takes it longer.
		PYTHONPATH=$OLDPWD/asked "$OLDPWD/env/bin/pip3" --version
		# The names of pip are one text.
		cmp "$OLDPWD/env/bin/pip" "$OLDPWD/env/bin/pip3"
	) 2>&1
}

same_answers() {
	mkdir asked
	cat >asked/sitecustomize.py <<-'END'
		import atexit

		@atexit.register
		def ask():
		    from pip._internal.cli.main import main
		    print(main(['list', '--format=freeze']))
		    print(main(['check']), flush=True)
	END
	mv stock env
	answers >stock.answers
	mv env stock
	mv ours env
	answers >ours.answers
	mv env ours
	[[ $(wc -l <stock.answers) -gt 10 ]]
	diff stock.answers ours.answers
}

same() {
	same_tree
	same_files
	same_cfg
	[[ -s names ]]
	same_code
	same_answers
}

compare() {
	interpreter "$1"
	both_quickly
	same
}

# --- the tests

@test "with Python 3.8 it makes what CPython makes" { compare 3.8; }
@test "with Python 3.9 it makes what CPython makes" { compare 3.9; }
@test "with Python 3.10 it makes what CPython makes" { compare 3.10; }
@test "with Python 3.11 it makes what CPython makes" { compare 3.11; }
@test "with Python 3.12 it makes what CPython makes" {
	interpreter 3.12
	# Its pip is unpacked for others, too.
	mkdir -p "$XDG_CACHE_HOME/venv-which"
	share_image "$INTERPRETER"
	compare 3.12
}
@test "with Python 3.13 it makes what CPython makes" { compare 3.13; }
@test "with Python 3.14 it makes what CPython makes" { compare 3.14; }

@test "with PyPy it makes what PyPy makes" {
	interpreter pypy
	# More memory for what is new; with its usual 4 MB it takes twice the time.
	export PYPY_GC_NURSERY=32M
	both
	same
}

@test "with the system's Python it makes what CPython makes" {
	# And our pip is one that is unpacked already.
	share_cache
	INTERPRETER=$PYTHON
	both
	same
}

@test "with its options it makes what CPython makes with them" {
	INTERPRETER=$PYTHON
	local options
	for options in --without-pip --copies '--copies --prompt P' --system-site-packages \
		'--prompt it'"'"'s' '--symlinks --clear' --upgrade; do
		echo "options: $options"
		rm -rf stock ours
		# shellcheck disable=SC2086 # words
		both --without-pip $options
		# A first --upgrade leaves CPython's without scripts to activate it.
		[[ $options == --upgrade ]] || same_tree
		same_files
		same_cfg
	done
}
