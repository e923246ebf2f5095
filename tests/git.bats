# The rule `tracked`: an environment in the git index of the repository around
# it came with the repository, and is not used.  git makes all that is read.

# shellcheck disable=SC2016,SC2030,SC2031,SC2088,SC2103,SC2154,SC1003
# They are text; each test is a process; bats sets stderr.

load helper
bats_require_minimum_version 1.5.0

setup() {
	sandbox
	need_git
	WHICH=$STAGE/bin/venv-which
	make_env app/.venv
	cd app || return
	echo text >file
}

teardown() {
	# Whatever still waits there goes on.
	[[ ! -p $HOME/pull/go ]] || : <>"$HOME/pull/go"
	leave_public
}

# --- words of these tests

# git as on any machine; it signs as nobody and says nothing.
git() {
	GIT_CONFIG_NOSYSTEM=1 command git -c user.name=nobody \
		-c user.email=n@x -c init.defaultBranch=main \
		-c advice.addEmbeddedRepo=false \
		-c protocol.file.allow=always "$@" 2>>"${HOME%/*}/git" ||
		{ cat "${HOME%/*}/git" && return 1; }
}

# repository [DIR] [OPTION...]: an empty one.
repository() { git init -q --template= "${@:2}" "${1-.}"; }

# commit [DIR]: of what is in the index.
commit() {
	git -C "${1-.}" commit -q --no-gpg-sign --allow-empty -m text
}

# entry PATH...: is in the index, whether or not it is a file.
entry() {
	local blob path
	blob=$(git hash-object -w --stdin <<<text)
	for path; do
		printf '100644 %s 0\t%s\n' "$blob" "$path"
	done | git update-index --index-info
}

# forget_entries: the index is empty again.
forget_entries() { git read-tree --empty; }

# ruled RULE STATUS: that is behind the verdict.  It never hangs.
ruled() {
	hear "$WITHIN" 60 "$WHICH" --explain
	rules
	assert_equal "$rule $status" "$1 $2"
}
tracked() { ruled tracked 3; }
untracked() { ruled made-here 0; }

# nobody_can_tell: tracked, as long as nobody can tell.
nobody_can_tell() {
	tracked
	assert_line --regexp \
		'^  why: nobody can tell whether it is in the git index'
}

# index_version N: git has written that.
index_version() {
	assert_equal "$(od -An -tu1 -j4 -N4 .git/index | tr -s ' ')" " 0 0 0 $1"
}

# reindex EXPRESSION: the index becomes what Python says, and has a right
# checksum; `b` are its bytes before that, `n()` is a number in four bytes.
reindex() {
	"$PYTHON" -c '
import hashlib, sys
n = lambda number: number.to_bytes(4, "big")
with open(".git/index", "rb") as index:
    b = index.read()[:-20]
b = eval(sys.argv[1])
with open(".git/index", "wb") as index:
    index.write(b + hashlib.sha1(b).digest())' "$1"
}

is_sanitized() { grep -aq __asan_init "$WHICH"; }

# --- words for other users

ALICE=61234

# --- in the index, or not

@test "without a repository, an index or an entry it was made here" {
	untracked
	repository
	untracked
	git add file
	untracked
	commit
	untracked
	forget_entries
	untracked
}

@test "the line says which repository, and what to do" {
	repository
	git add -f .venv
	tracked
	whole
	assert_line --partial "  why: its files are in the git index of $HOME/app"
	assert_line --regexp "^  next: .*venv allow $HOME/app/\.venv\$"
	hear "$WHICH"
	refused venv-which 3 'is blocked: its files are in the git index'
}

@test "tracked is tracked in index version 2" {
	local names='.ven .venv-a .venv.txt .venv0 .venva bin/python lib/x'
	repository
	mkdir bin lib
	# shellcheck disable=SC2086 # words
	touch $names
	# shellcheck disable=SC2086
	git add -f $names
	index_version 2
	untracked
	git add -f .venv
	index_version 2
	tracked
	commit
	tracked
	git rm -rq --cached .venv
	untracked
}

@test "tracked is tracked in version 3, which has longer entries" {
	local option
	for option in -N --skip-worktree; do
		repository
		touch a .venv-a z
		git add file .venv-a
		if [[ $option == -N ]]; then
			git add -N a z
		else
			git add a z
			git update-index --skip-worktree a z
		fi
		index_version 3
		untracked
		git add -f .venv/bin/activate
		index_version 3
		tracked
		rm -rf .git
	done
	repository
	git add -f -N .venv/pyvenv.cfg
	index_version 3
	tracked
}

@test "tracked is tracked in version 4, whose names are cut at the front" {
	local n
	repository
	for n in -a -b/bin/a -b/bin/activate -b/lib/a .txt 0/bin/a; do
		entry ".venv$n" ".ven$n" "sub/.venv$n/x"
		git update-index --index-version 4
		index_version 4
		untracked
	done
	touch z
	git add -N z
	untracked
	git add -f .venv/bin/activate
	index_version 4
	tracked
	forget_entries
	entry .venv/README .venv/READMEs
	git update-index --index-version 4
	untracked
	entry .venv/pyvenv.cfg
	index_version 4
	tracked
}

@test "one entry for what makes it work is enough" {
	local path
	repository
	for path in pyvenv.cfg pip.conf bin/python bin/activate bin/x bin/sub/x \
		lib/x.pth lib64/x.pth share/x include/x Scripts/x lib/python3.11/site-packages/x/y.py; do
		entry "$path" ".venv/$path"
		echo "# $path"
		tracked
		forget_entries
	done
	# Two sides of a merge that was not finished.
	path=$(git hash-object -w --stdin <<<text)
	printf '100644 %s %s\t.venv/bin/x\n' "$path" 2 "$path" 3 |
		git update-index --index-info
	tracked
}

@test "one for what does not is none" {
	repository
	entry .venv/.gitignore .venv/README .venv/README.md .venv/.keep \
		.venv/CACHEDIR.TAG .venv/pyvenv.cfg.txt .venv/pyvenv .venv/binary
	untracked
}

@test "what only begins or ends like it is another one" {
	repository
	entry .venv2/bin/a .ven/bin/a .venv-x/bin/a .venv-x/pyvenv.cfg \
		.venv.d/lib/a venv/bin/a xvenv/pyvenv.cfg x.venv/pyvenv.cfg \
		x/.venv/pyvenv.cfg app/.venv/bin/python .venv2 .ven \
		bin/python pyvenv.cfg lib/a -/.venv/lib/a
	untracked
}

@test "a name that some file systems take for it is it" {
	local path
	repository
	for path in .VENV/bin/x .Venv/PyVenv.cfg .venv/BIN/x .venV/Lib/x; do
		entry "$path"
		echo "# $path"
		tracked
		forget_entries
	done
}

@test "a name that is one where names are normalised, or fold, is in doubt" {
	local path
	repository
	# Of no width; the long s; a letter with a mark, in one and in two.
	for path in $'.ve\342\200\214nv/bin/x' $'\342\200\215.venv/bin/x' \
		$'.venv\357\273\277/bin/x' $'.VE\342\200\214NV/BIN/X' \
		$'.venv/pyvenv\342\200\213.cfg'; do
		entry "$path"
		echo "# $path"
		nobody_can_tell
		forget_entries
	done
	make_bare_env $'ta\303\251sk/.venv'
	make_place $'ta\303\251sk/.venv'
	entry $'tae\314\201\305\277k/.venv/bin/x'
	untracked
	(cd $'ta\303\251sk' && nobody_can_tell)
	forget_entries
	make_env tasks/.venv
	entry $'ta\305\277ks/.venv/bin/x'
	(cd tasks && nobody_can_tell)
	forget_entries
	entry $'\342\204\252/.venv/bin/x' $'\357\254\203/.venv/bin/x'
	make_env k/.venv
	(cd k && nobody_can_tell)
	make_env ffi/.venv
	(cd ffi && nobody_can_tell)
	forget_entries
	entry $'ta\303\211sk/.venv/bin/x'
	(cd $'ta\303\251sk' && nobody_can_tell)
	forget_entries
	entry $'ta\303\251sk/.venv/bin/x'
	(cd $'ta\303\251sk' && tracked)
}

@test "a name of other letters is another one" {
	repository
	entry $'\346\227\245\346\234\254/.venv/bin/x' \
		$'\346\227\245.venv/bin/x' $'.\346\227\245/bin/x' \
		$'.venv\303\251s/bin/x' \
		$'.\303\251nv2/bin/x' $'.\303\251/bin/x' \
		$'.v\320\265nv/bin/x' $'.venv\346\227\245/bin/x' $'sub/.ve\342\200\214nv/bin/x'
	untracked
}

@test "a link in the index is judged by what it leads to" {
	make_env "$HOME/envs/one"
	rm -r .venv
	ln -s ../envs/one .venv
	repository
	git add file
	untracked
	git add -f .venv
	untracked
	git -C "$HOME" init -q
	git -C "$HOME" add -f envs
	tracked
}

@test "a link to an environment in another repository's index is no way round" {
	make_env "$HOME/other/.venv"
	rm -r .venv
	ln -s ../other/.venv .venv
	repository "$HOME/other"
	untracked
	git -C "$HOME/other" add -f .venv
	tracked
	repository
	tracked
}

@test "it may be anywhere below the top of the repository" {
	make_env sub/dir/venv
	repository
	cd sub/dir
	untracked
	(
		cd ../..
		entry .venv/bin/python venv/bin/python dir/venv/bin/python \
			sub/venv/bin/python sub/dir/.venv/bin/python
	)
	untracked
	git add -f venv/pyvenv.cfg
	tracked
	ln -s dir "$HOME/app/sub/link"
	cd ../link
	tracked
	ln -s app/sub "$HOME/short"
	cd "$HOME/short/dir"
	tracked
}

@test "it may be the top of the repository itself" {
	repository .venv
	untracked
	entry() (cd .venv && git update-index --add "$1")
	echo text >.venv/README
	entry README
	untracked
	entry bin/activate
	tracked
	rm -rf .venv/.git
	repository .venv
	echo text >.venv/pip.conf
	entry pip.conf
	tracked
	rm -rf .venv/.git
	repository .venv
	entry pyvenv.cfg
	tracked
	cd .venv/lib
	tracked
}

# --- which repository

@test "the nearest repository decides" {
	repository "$HOME"
	git -C "$HOME" add -f app/.venv
	tracked
	repository
	untracked
	git add file
	untracked
	git add -f .venv/pyvenv.cfg
	tracked
	git -C "$HOME" read-tree --empty
	tracked
}

@test "a work tree has an index of its own" {
	repository
	git add file
	commit
	git worktree add -q ../tree
	[[ -f ../tree/.git ]]
	make_env ../tree/.venv
	git add -f .venv
	tracked
	cd ../tree
	untracked
	git add -f .venv
	tracked
	cd ../app
	forget_entries
	untracked
	cd ../tree
	tracked
	rm -rf ../app/.git/worktrees
	nobody_can_tell
}

# said [OPTION...]: what the hook says here.
said() { "$WHICH" --hook "$@" | sed -n 's/^say //p'; }

@test "in a work tree inside of its checkout, whose environment it is is said" {
	local line='venv-which: ~/app/.venv is of the checkout around this git work tree'
	repository
	mkdir src
	git add file
	commit
	assert_equal "$(said)" ''
	git worktree add -q trees/one
	git worktree add -q two
	git worktree add -q ../beside
	assert_equal "$(said)$(cd src && said)$(cd .git && said)" ''
	mkdir trees/one/src two/src
	assert_equal "$(cd trees/one/src && said)" "$line
  for one of its own: venv create ~/app/trees/one/.venv
  for none: \`ceiling = $HOME/app/trees\` in the config file"
	# No ceiling cuts this one off and leaves the checkout's directories.
	assert_equal "$(cd two/src && said)" "$line
  for one of its own: venv create ~/app/two/.venv"
	(cd trees/one && "$STAGE/bin/venv" doctor || true) >../doctor
	grep -q 'environment:  *~/app/.venv may be used; it is of the checkout' ../doctor
	(cd trees/one && "$STAGE/bin/venv" status) >../status
	grep -q '^found  *in ~/app, the checkout around this git work tree$' ../status
	! (cd src && "$STAGE/bin/venv" status) | grep -q 'work tree'
	assert_equal "$(cd ../beside && said)" ''
	# As it says.
	mkdir -p ~/.config/venv-which
	(cd trees/one && said) | sed -n 's/.*`\(ceiling = .*\)`.*/\1/p' \
		>~/.config/venv-which/config
	run "$WHICH" -C trees/one/src
	assert_equal "$status" 1
	assert_equal "$("$WHICH" -C src)" "$HOME/app/.venv"
	rm ~/.config/venv-which/config
	make_env trees/one/.venv
	assert_equal "$(cd trees/one/src && said)" ''
	# A submodule and a clone are a part of it.
	repository two/clone
	assert_equal "$(cd two/clone && said)" "$(cd two && said)"
	repository clone
	assert_equal "$(cd clone && said)" ''
	mkdir part
	echo 'gitdir: ../.git/modules/part' >part/.git
	assert_equal "$(cd part && said)" ''
	mkfifo src/.git
	assert_equal "$(cd src && said)" ''
}

@test "and it is said once, for as long as one stays there" {
	repository
	git add file
	commit
	git worktree add -q trees/one
	mkdir trees/one/src
	cd ..
	in_shell <<-'END'
		cd app
		cd trees/one
		cd src
		cd ..
		show VIRTUAL_ENV
		cd ../..
		cd trees/one
	END
	shown <<<"VIRTUAL_ENV=$HOME/app/.venv"
	times_on_screen 2 'is of the checkout around this git work tree'
	on_screen 'is of the checkout around this git work tree' 2
}

@test "a submodule has an index of its own" {
	repository "$HOME/part"
	cp file "$HOME/part"
	git -C "$HOME/part" add file
	commit "$HOME/part"
	repository
	git submodule --quiet add "$HOME/part" part
	[[ -f part/.git ]]
	make_env part/.venv
	git add -f .venv
	tracked
	cd part
	untracked
	git add -f .venv
	tracked
	cd ..
	forget_entries
	untracked
	cd part
	tracked
}

@test "git's variables are not believed, and not changed" {
	repository
	repository "$HOME/other"
	entry .venv/pyvenv.cfg
	cp .git/index "$HOME/full"
	cp .git/index "$HOME/other/.git/index"
	forget_entries
	export GIT_DIR=$HOME/other/.git GIT_WORK_TREE=$PWD
	untracked
	export GIT_INDEX_FILE=$HOME/full
	untracked
	mv "$HOME/full" .git/index
	rm "$HOME/other/.git/index"
	export GIT_INDEX_FILE=$HOME/nothing GIT_CEILING_DIRECTORIES=$PWD:$HOME
	tracked
	export GIT_DIR=/nonexistent GIT_COMMON_DIR=/nonexistent
	tracked
	cd .venv
	tracked
	run "$STAGE/bin/venv" run -e "$HOME/app/.venv" env
	refute_line --regexp '^GIT_'
	rm ../.git/index
	run "$STAGE/bin/venv" run -e "$HOME/app/.venv" env
	assert_line "GIT_INDEX_FILE=$HOME/nothing"
	assert_line GIT_DIR=/nonexistent
}

@test "a .git that is no repository is passed over" {
	repository "$HOME"
	git -C "$HOME" add -f app/.venv
	mkdir .git
	tracked
	mkdir .git/objects .git/refs
	tracked
	git -C "$HOME" read-tree --empty
	untracked
	rmdir .git/objects .git/refs .git
	ln -s gone .git
	git -C "$HOME" add -f app/.venv
	tracked
}

@test "a .git without a HEAD is no repository, though it has an index" {
	repository "$HOME"
	git -C "$HOME" add -f app/.venv
	repository
	git add file
	untracked
	rm .git/HEAD
	tracked
}

@test "a repository of another user's is passed over" {
	need_root
	repository "$HOME"
	repository
	git add -f .venv
	chown -R "$ALICE" .git
	untracked
	(cd "$HOME" && entry app/.venv/bin/x)
	tracked
	git -C "$HOME" read-tree --empty
	untracked
	SUDO_UID=$ALICE tracked
	mv .git "$HOME/git"
	echo "gitdir: $HOME/git" >.git
	chown "$ALICE" .git
	untracked
}

# --- kinds of indices

@test "an entry may be in the shared part of a split index" {
	repository
	git add -f .venv
	git update-index --split-index
	git add file
	[[ -f $(echo .git/sharedindex.*) ]]
	grep -aq link .git/index
	run ! grep -aq pyvenv.cfg .git/index
	tracked
	rm .git/sharedindex.*
	nobody_can_tell
	rm .git/index
	untracked
	git add file
	git update-index --split-index
	untracked
	git add -f .venv/pyvenv.cfg
	tracked
	rm .git/index .git/sharedindex.*
	git add file
	git update-index --index-version 4
	git update-index --split-index
	touch other
	git add other
	untracked
	for file in .git/sharedindex.*; do
		rm "$file"
		mkfifo "$file"
	done
	nobody_can_tell
}

@test "a repository with SHA-256 is read as well" {
	repository . --object-format=sha256 || skip 'git knows no SHA-256'
	local version
	for version in 2 4; do
		touch a b .venv-a z
		git add a b file .venv-a
		git update-index --index-version $version
		index_version $version
		untracked
		git add -N z
		untracked
		git add -f .venv
		tracked
		commit
		tracked
		forget_entries
	done
	git add file
	commit
	git update-index --split-index
	git add a
	untracked
	git add -f .venv
	git update-index --split-index
	git add b
	run ! grep -aq pyvenv.cfg .git/index
	tracked
}

# crafted NAME: the index is the one that tests/fuzz/sha256 calls so.
crafted() { "$PYTHON" "$ROOT/tests/fuzz/sha256" --index "$1" >.git/index; }

@test "an index that can be read with SHA-1 and with SHA-256 is read as both" {
	repository . --object-format=sha256 || skip 'git knows no SHA-256'
	crafted both-hit
	assert_equal "$(git ls-files)" .venv/A/bc
	tracked
	assert_line --partial "  why: its files are in the git index of ~/app"
	crafted both-none
	assert_equal "$(git ls-files)" other/A/bc
	nobody_can_tell
	rm -rf .git
	# With SHA-1 it has none of the environment; and nobody knows which.
	repository
	crafted both-hit
	assert_equal "$(git ls-files)" 0123456789
	tracked
}

@test "what tests/fuzz/sha256 makes is the corpus" {
	local file
	git init -q --object-format=sha256 --template= try ||
		skip 'git knows no SHA-256'
	mkdir made
	"$PYTHON" "$ROOT/tests/fuzz/sha256" made
	for file in made/*; do
		[[ -e $ROOT/tests/fuzz/corpus/index/${file#*/} ]] ||
			fail "not in the corpus: ${file#*/}"
	done
	for file in made/*both*; do
		cmp "$file" "$ROOT/tests/fuzz/corpus/index/${file#*/}"
	done
}

@test "the extensions of git that one may pass over are passed over" {
	repository
	git add file
	commit
	git -c index.threads=2 -c index.recordEndOfIndexEntries=true \
		-c index.recordOffsetTable=true update-index --untracked-cache \
		--force-write-index
	for extension in TREE UNTR EOIE; do
		grep -aq $extension .git/index || fail "git wrote no $extension"
	done
	untracked
	git add -f .venv
	tracked
	git rm -rq --cached .venv
	reindex 'b + b"FSMN" + n(20) + n(2) + b"token\0" + bytes(10)'
	untracked
	reindex 'b + b"ZZZZ" + n(70000) + bytes(70000) + b"AAAA" + n(0)'
	untracked
	reindex 'b + b"Zzzz" + n(1) + b"x"'
	untracked
}

# sparse_index DIR: nothing of it is checked out, and DIR/ is all that is there.
sparse_index() {
	mkdir keep
	touch keep/a
	git add file keep
	commit
	git sparse-checkout set --cone --sparse-index keep ||
		skip 'git knows no sparse index'
	grep -aq sdir .git/index || skip 'git writes no sparse index'
	grep -aq "$1/" .git/index
	run ! grep -aqF "$1/." .git/index
}

@test "a directory that a sparse index does not go into may hold it" {
	repository
	mkdir -p proj other
	touch other/a
	cp -R .venv proj
	git add -f .venv proj other
	sparse_index proj
	make_env other/.venv
	rm -rf .venv proj
	make_env .venv
	make_env proj/.venv
	tracked
	(cd proj && tracked)
	(cd other && tracked)
	make_env keep/.venv
	(cd keep && untracked)
}

@test "a directory of a sparse index that is another one does not" {
	repository
	mkdir -p .venv-x .ven proj
	touch .venv-x/a .ven/a proj/a
	git add .venv-x .ven proj
	sparse_index proj
	untracked
}

# --- while git writes

# busy FILE: tracked, for git is at work in it.
busy() {
	nobody_can_tell
	whole
	assert_line '  why: nobody can tell whether it is in the git index while git writes that'
	assert_line --regexp "^  next: .* rm ${1//./\\.}\$"
	assert_line --partial "  file: $1 (owner "
}

@test "while git writes the index, nobody can tell" {
	repository
	touch .git/index.lock
	busy "$HOME/app/.git/index.lock"
	rm .git/index.lock
	untracked
	git add file
	cp .git/index .git/index.lock
	busy "$HOME/app/.git/index.lock"
	rm .git/index.lock
	ln -s nowhere .git/index.lock
	busy "$HOME/app/.git/index.lock"
	hear "$STAGE/bin/venv" run true
	refused venv 3 'while git writes that; look again when it is done'
	rm .git/index.lock
	untracked
	# What is in the index that is there is no matter of doubt to anybody.
	"$STAGE/bin/venv" allow >/dev/null
	touch .git/index.lock
	ruled allowed 0
}

@test "a work tree and a submodule have a lock of their own" {
	repository "$HOME/part"
	cp file "$HOME/part"
	git -C "$HOME/part" add file
	commit "$HOME/part"
	repository
	git submodule --quiet add "$HOME/part" part
	commit
	git worktree add -q ../tree
	make_env part/.venv
	make_env ../tree/.venv
	touch .git/index.lock
	busy "$HOME/app/.git/index.lock"
	(cd part && untracked)
	(cd ../tree && untracked)
	rm .git/index.lock
	touch .git/modules/part/index.lock .git/worktrees/tree/index.lock
	untracked
	(cd part && busy "$HOME/app/part/../.git/modules/part/index.lock")
	(cd ../tree && busy "$HOME/app/.git/worktrees/tree/index.lock")
}

@test "an environment that a pull is just bringing is blocked" {
	mkdir ../pull
	cd ../pull
	repository upstream
	commit upstream
	git clone -q upstream clone
	# Nothing of git's is at work any more when the pull has ended.
	git -C clone config maintenance.auto false
	git -C clone config gc.auto 0
	# Made for this very place, and so by no other rule blocked.
	make_env clone/.venv
	mv clone/.venv upstream
	echo 'z filter=slow' >upstream/.gitattributes
	touch upstream/z
	git -C upstream add -f .
	commit upstream
	mkfifo there go
	# The files before z are there; the index is the old one.
	git -C clone config filter.slow.smudge \
		"echo >'$PWD/there'; cat '$PWD/go'"
	cd clone
	ruled '' 1
	git pull -q 3>&- &
	pull=$!
	read -r <../there
	[[ -e .venv/pyvenv.cfg ]]
	busy "$PWD/.git/index.lock"
	: >../go
	wait "$pull"
	tracked
	assert_line --partial "  why: its files are in the git index of $(short "$PWD")"
}

# --- what nobody can tell

@test "an index that ends too soon" {
	local size n
	repository
	entry a b sub/c z
	untracked
	"$PYTHON" - "$WHICH" <<-'END'
		import subprocess, sys
		with open(".git/index", "rb") as index:
		    whole = index.read()
		for size in [*range(len(whole)), len(whole)]:
		    with open(".git/index", "wb") as index:
		        index.write(whole[:size])
		    if size < len(whole):
		        said = subprocess.run([sys.argv[1], "--explain"],
		            timeout=60, stdout=subprocess.PIPE).stdout
		        assert b"\n  rule: tracked\n" in said, size
	END
	untracked
	git update-index --index-version 4
	size=$(wc -c <.git/index)
	for ((n = size - 1; n > 0; n -= 5)); do
		head -c "$n" .git/index >"$HOME/short"
		mv "$HOME/short" .git/index
		nobody_can_tell
	done
}

@test "an index that is none, or of a version to come" {
	local text
	repository
	entry a .venv/README z
	cp .git/index "$HOME/index"
	while read -r -u 4 text; do
		cp "$HOME/index" .git/index
		reindex "$text"
		echo "# $text"
		nobody_can_tell
	done 4<<-'END'
		b[:4] + n(99) + b[8:]
		b[:4] + n(1) + b[8:]
		b[:4] + n(5) + b[8:]
		b[:4] + n(0) + b[8:]
		b"CRID" + b[4:]
		b[:8] + n(4) + b[12:]
		b[:8] + n(2) + b[12:]
		b[:8] + n(0xffffffff) + b[12:]
		b + b"zzzz" + n(4) + b"data"
		b + b"zzzz" + n(0)
		b + b"ZZZZ" + n(0xffffffff) + b"data"
		b + b"ZZZZ" + n(5) + b"data"
		b + b"ZZZZ"
		b + b"Z"
		b.replace(b".venv/README", b".venv\0README")
		b"garbage" * 1000
		bytes(70000)
		b""
	END
	: >.git/index
	nobody_can_tell
	printf 'not even a checksum' >.git/index
	nobody_can_tell
}

@test "an index that is no file, and nothing hangs" {
	repository
	git add file
	rm .git/index
	mkdir .git/index
	nobody_can_tell
	rmdir .git/index
	mkfifo .git/index
	nobody_can_tell
	rm .git/index
	ln -s /dev/zero .git/index
	nobody_can_tell
	ln -sf index .git/index
	nobody_can_tell
}

@test "an index that may not be read" {
	local as=()
	public_place
	cp "$WHICH" "$PUBLIC/which"
	if [[ $EUID -eq 0 ]]; then
		command -v setpriv >/dev/null || skip 'no setpriv here'
		as=(setpriv --reuid="$ALICE" --regid="$ALICE" --clear-groups)
		"${as[@]}" test -x "$PUBLIC/which" -a -x "$PYTHON" ||
			skip 'other users cannot reach the test directory'
	fi
	cd "$PUBLIC"
	make_env .venv
	repository
	entry file
	[[ $EUID -ne 0 ]] || chown -R "$ALICE" .git .venv
	WHICH=$HOME/as
	put_program "$WHICH" "exec ${as[*]-} '$PUBLIC/which' \"\$@\""
	untracked
	chmod 0 .git/index
	nobody_can_tell
	chmod 600 .git/index
	chmod 0 .git
	tracked
	chmod 700 .git
	untracked
}

@test "a .git file that leads nowhere" {
	local text
	for text in garbage '' 'gitdir:' 'gitdir: ' 'gitdir: gone\n' \
		'\0\0\0' 'gitdir: /nonexistent\n' "gitdir: $HOME\n" \
		'gitdir: .git\n' \
		"gitdir: $(printf 'x/%.0s' {1..3000})\n"; do
		printf '%b' "$text" >.git
		echo "# $text"
		nobody_can_tell
	done
	head -c 3000000 /dev/zero >.git
	nobody_can_tell
	rm .git
	mkfifo .git
	run "$WITHIN" 60 "$WHICH" --explain
	[[ $status == [03] ]]
}

@test "whatever is in an index, it has an answer" {
	repository
	entry a .venv-a/bin/python .venv/README sub/.venv/bin/python z
	git update-index --untracked-cache
	cat >"$HOME/fuzz.py" <<-'END'
		import random, subprocess, sys
		rng = random.Random(int(sys.argv[2]))
		with open(".git/index", "rb") as index:
		    whole = index.read()
		for _ in range(300):
		    b = bytearray(whole)
		    for _ in range(rng.randint(1, 4)):
		        at = rng.randrange(len(b))
		        b[at:at + rng.randint(0, 3)] = bytes(
		            rng.choice((0, 1, 127, 255, rng.randrange(256)))
		            for _ in range(rng.randint(0, 3)))
		    with open(".git/index", "wb") as index:
		        index.write(b)
		    run = subprocess.run([sys.argv[1], "--explain"], timeout=60,
		        capture_output=True, text=True)
		    if run.returncode not in (0, 3) or run.stderr:
		        sys.exit(f"{bytes(b)!r}: {run}")
		with open(".git/index", "wb") as index:
		    index.write(whole)
	END
	for version in 2 4; do
		git update-index --index-version $version
		run "$PYTHON" "$HOME/fuzz.py" "$WHICH" $version
		assert_output ''
		untracked
	done
}

# --- what it costs

@test "no git is run, and nothing of it is changed" {
	need_strace
	repository
	git add -f .venv
	find .git -exec ls -ld {} + >"$HOME/before"
	touch .venv/pyvenv.cfg
	ASAN_OPTIONS=detect_leaks=0 run -3 strace -f -qq -o "$HOME/trace" \
		-e trace=execve,execveat,fork,vfork,clone,clone3 "$WHICH"
	assert_equal "$(grep -c . "$HOME/trace")" 1
	grep -q 'execve(' "$HOME/trace"
	find .git -exec ls -ld {} + | diff "$HOME/before" -
}

@test "one look is for the lock, and the index is read once" {
	need_strace
	repository
	touch a b c
	git add a b c file
	ASAN_OPTIONS=detect_leaks=0 strace -f -qq -y -o "$HOME/trace" \
		"$WHICH" >/dev/null
	assert_equal "$(grep -c 'index\.lock' "$HOME/trace")" 1
	# stat, open, fstat, one read, close
	assert_equal "$(grep -c '\.git/index[">]' "$HOME/trace")" 5
	assert_equal "$(grep -c 'read(.*\.git/index[">]' "$HOME/trace")" 1
}

@test "where a decision allows it, the index is not opened" {
	need_strace
	repository
	git add -f .venv
	opened() {
		ASAN_OPTIONS=detect_leaks=0 strace -f -qq -o "$HOME/trace" \
			-e trace=open,openat,openat2 "$WHICH" >/dev/null 2>&1 || true
		grep -c '/\.git\|index"' "$HOME/trace" || true
	}
	refute_regex "$(opened)" '^0$'
	"$STAGE/bin/venv" allow
	ruled allowed 0
	assert_equal "$(opened)" 0
	"$STAGE/bin/venv" deny
	ruled denied 3
	assert_equal "$(opened)" 0
}

@test "an index of 100 MB is read in memory of a fixed size" {
	! is_sanitized || skip 'the sanitizers want memory of their own'
	repository
	cat >"$HOME/huge.py" <<-'END'
		import hashlib, os, struct, sys
		def entry(name):
		    e = (bytes(24) + struct.pack(">I", 0o100644) + bytes(32) +
		        struct.pack(">H", len(name)) + name)
		    return e + bytes(8 - len(e) % 8)
		many = 410000
		before, after = entry(b"-%06d/" % 0 + b"x" * 180).split(b"-%06d/" % 0)
		digest = hashlib.sha1()
		with open(".git/index", "wb") as index:
		    def more(data):
		        index.write(data)
		        digest.update(data)
		    more(b"DIRC" + struct.pack(">II", 2, many + 2))
		    for n in range(0, many, 1000):
		        more(b"".join([b"%b-%06d/%b" % (before, i, after)
		            for i in range(n, n + 1000)]))
		size = os.stat(".git/index").st_size
		assert size > 100e6
		print(size)
		for number, words in enumerate(sys.argv[1:]):
		    end = b"".join(entry(name.encode()) for name in words.split())
		    both = digest.copy()
		    both.update(end)
		    with open(".git/end%d" % number, "wb") as file:
		        file.write(end + both.digest())
	END
	cat >"$HOME/which" <<-END
		#!$(type -P bash)
		ulimit -v 65536
		exec '$WHICH' "\$@"
	END
	chmod +x "$HOME/which"
	WHICH=$HOME/which
	size=$("$PYTHON" "$HOME/huge.py" '.venv/README z' '.venv/bin/python z')
	cat .git/end0 >>.git/index
	git ls-files z | grep -qx z
	untracked
	# The same with another end.
	"$PYTHON" -I -S -c 'import os, sys; os.truncate(sys.argv[1], int(sys.argv[2]))' \
		.git/index "$size"
	cat .git/end1 >>.git/index
	git ls-files .venv | grep -qx .venv/bin/python
	tracked
	assert_line --partial 'its files are in the git index of'
	rm .git/index
}

# --- hostile names

# odd_env DIR LINK: an environment in a directory of whatever name, which was
# made here by a plainer one.
odd_env() {
	ln -s "$1" "$2"
	make_bare_env "$1/.venv"
	echo "VIRTUAL_ENV=$2/.venv" >"$1/.venv/bin/activate"
}

@test "an index of more than a GiB is not read" {
	repository
	printf 'DIRC\0\0\0\2\377\377\377\377' >.git/index
	dd if=/dev/null of=.git/index bs=1 seek=300000000000 2>/dev/null ||
		skip 'no file of that size here'
	tracked
}

@test "a clone whose checkout failed has no index, and nobody can tell" {
	local sign
	repository
	untracked
	rm -f .git/index
	untracked
	for sign in packed-refs logs FETCH_HEAD; do
		rm -rf .git/logs
		: >".git/$sign"
		nobody_can_tell
		rm ".git/$sign"
	done
}

@test "a repository in the index whose own .git is gone is in doubt" {
	make_env sub/.venv
	repository
	git update-index --add --cacheinfo \
		"160000,$(printf '%040d' 1),sub"
	cd sub
	nobody_can_tell
}

@test "a repository may have any name" {
	local name n=0
	for name in "${HOSTILE_NAMES[@]}"; do
		n=$((n + 1))
		odd_env "$HOME/in/$name" "$HOME/link$n"
		cd "$HOME/in/$name"
		repository
		untracked
		git add -f .venv
		tracked
		[[ $stderr$output != *$'\033'* && $stderr$output != *$'\007'* ]]
	done
	run find "$HOME" -name '*PWNED*' -type f
	assert_output ''
}

@test "a directory in a repository may have any name" {
	local name n=0
	repository "$HOME"
	for name in "${HOSTILE_NAMES[@]}"; do
		n=$((n + 1))
		odd_env "$HOME/in/$name" "$HOME/link$n"
		cd "$HOME/in/$name"
		untracked
		git add -f .venv
		tracked
	done
	for name in "${HOSTILE_NAMES[@]}"; do
		cd "$HOME/in/$name"
		tracked
	done
	git update-index --index-version 4
	tracked
	git rm -rq --cached .
	untracked
}
