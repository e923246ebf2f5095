# The programs that copy for the tests, and set them a limit: tests/copy.c and
# tests/within.c.

bats_require_minimum_version 1.5.0
load helper

setup() { sandbox; }

@test "it copies as cp -R does: directories, modes, links, whatever a name holds" {
	mkdir -p from/sub/empty from/.hidden
	echo text >"from/sub/two words"
	echo '#!/bin/sh' >from/.hidden/program
	head -c 100000 /dev/urandom >from/data
	printf 'one\0two' >$'from/new\nline'
	ln -s sub/nowhere from/link
	ln -s .. from/sub/up
	chmod 700 from/.hidden from/.hidden/program
	chmod 400 from/data
	cp -R from expected
	"$COPY" from made/below
	diff -r --no-dereference expected made/below
	assert_equal "$(listing made/below)" "$(listing expected)"
	(cd expected && find . -printf '%p %m\n' | sort) >modes
	(cd made/below && find . -printf '%p %m\n' | sort) | diff modes -
}

@test "what is there is written over, and what else is there stays" {
	mkdir -p from/both to/both
	echo new >from/both/file
	echo older >to/both/file
	echo mine >to/both/mine
	ln -s new from/link
	ln -s old to/link
	"$COPY" "$PWD/from" "$PWD/to"
	assert_equal "$(cat to/both/file) $(cat to/both/mine) $(readlink to/link)" \
		'new mine new'
}

@test "an environment is copied as Python would have made it there" {
	local made
	make_env app/first
	make_env 'two words/.venv'
	share_env .venv
	"$COPY" "$made/.venv" lib/.venv "$made.new/.venv"
	cp -R lib/.venv copied
	rm -r lib
	"$PYTHON" -m venv --without-pip lib/.venv
	diff -r --no-dereference lib/.venv copied
	run ! grep -rF "$made" copied
	(cd copied && find . ! -type l -printf '%p %m\n' | sort) >modes
	(cd lib/.venv && find . ! -type l -printf '%p %m\n' | sort) | diff - modes
	run app/first/bin/python -c 'import sys; print(sys.prefix)'
	assert_output "$HOME/app/first"
}

@test "what is not the same everywhere is for Python: a umask, a quoted path" {
	local made place
	share_env .venv
	for place in 'two words/.venv' "it's" a/../.venv a/./.venv a//.venv a/ . ..; do
		run "$COPY" "$made/.venv" "$place" "$made.new/.venv"
		assert_equal "$place: $status $output" "$place: 2 "
	done
	umask 002
	run "$COPY" "$made/.venv" .venv "$made.new/.venv"
	assert_equal "$status $output" '2 '
	assert_equal "$(ls -A)" ''
	make_env .venv
	assert_equal "$(find .venv/pyvenv.cfg -perm 664)" .venv/pyvenv.cfg
}

@test "what cannot be copied is an error" {
	run "$COPY" nowhere to
	assert_failure 1
	assert_output "copy: $HOME/nowhere: No such file or directory"
	mkdir from
	echo >file
	run "$COPY" from file/below
	assert_failure 1
	assert_output "copy: $HOME/file/below: Not a directory"
	run "$COPY" from
	assert_failure 1
}

@test "within a limit a program is itself, and what takes longer is ended" {
	run "$WITHIN" 20 sh -c 'echo "$$ $1"; exit 7' _ 'two words'
	assert_failure 7
	[[ $output == [1-9]*' two words' ]]
	run "$WITHIN" 1 sleep 20
	assert_failure 142
	run "$WITHIN" 1 nowhere
	assert_failure 126
	assert_output 'within: nowhere: No such file or directory'
	run "$WITHIN" sleep 20
	assert_failure 126
}
