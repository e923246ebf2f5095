# What runs the tests, and says how they went: tests/run and tests/load.

# shellcheck disable=SC2016 # text, for the tests in the tests

bats_require_minimum_version 1.5.0
load helper

setup() { sandbox; }

@test "an ignored interrupt key is none for the tests" {
	printf '%s\n' '@test "it comes" { run sh -c '\''kill -INT $$'\''; [ $status = 130 ]; }' >a.bats
	run sh -c 'trap "" INT; exec "$0" "$PWD/a.bats"' "$ROOT/tests/run"
	assert_success
	assert_output $'ok it comes\n1 passed, 0 failed'
}

@test "titles are shown, then what failed, and last how many" {
	printf '%s\n' '@test "good in 5ms" { :; }' '@test "bad" { echo why; false; }' \
		'@test "none" { skip "for a reason"; }' >a.bats
	run "$ROOT/tests/run" "$PWD/a.bats"
	assert_failure 1
	assert_line --index 0 'ok good in 5ms'
	assert_line --index 1 'not ok bad'
	assert_line --index 2 'ok none # skip for a reason'
	assert_line '# why'
	assert_line --index "$((${#lines[@]} - 1))" '1 passed, 1 failed, 1 skipped'
}

@test "the line where a test fails is named, and the one in a helper's function" {
	printf '%s\n' "load '$ROOT/tests/helper'" 'setup() { sandbox; }' \
		'@test "plain" {' : '[[ a == b ]]' : '}' \
		'@test "called" {' : 'assert_equal 1 2' : '}' >a.bats
	run env STAGE="$STAGE" "$ROOT/tests/run" "$PWD/a.bats"
	assert_failure 1
	assert_line --partial 'a.bats, line 5)'
	assert_line '#   `[[ a == b ]]'"' failed"
	assert_line --partial "from function \`assert_equal' in file"
	assert_line --partial 'a.bats, line 10)'
	assert_line "#   \`assert_equal 1 2' failed"
}

@test "the slowest are listed when asked" {
	printf '@test "%s" { %s; }\n' one true two 'sleep 0.3' three true >a.bats
	SLOWEST=2 run "$ROOT/tests/run" "$PWD/a.bats"
	assert_success
	assert_equal "${#lines[@]}" 8
	assert_line --index 3 --regexp '^ +[0-9]+\.[0-9] s  a\.once: two$'
	assert_line --index 6 --regexp '^ +[0-9]+\.[0-9] s of the processor  a\.once$'
	run "$ROOT/tests/run" "$PWD/a.bats"
	assert_equal "${#lines[@]}" 4
}

@test "what has most tests, or the heaviest, begins first" {
	local file
	for file in 1 2 3; do
		printf '@test "%s" { :; }\n' "$file" "${file}b" >"$file.bats"
	done
	printf '@test "%s" { :; }\n' 2c >>2.bats
	printf '# weight: 4\n' >>3.bats
	TEST_JOBS=1 run "$ROOT/tests/run" "$PWD/1.bats" "$PWD/2.bats" "$PWD/3.bats"
	assert_output "$(printf 'ok %s\n' 3 3b 2 2b 2c 1 1b; echo 7 passed, 0 failed)"
}

@test "half as many again as there are processors run at a time, or TEST_JOBS" {
	local each
	printf '@test "%s" { :; }\n' 1 >1.bats
	put_program xargs 'echo "at a time: $*"; cat >/dev/null'
	for each in '1 2' '2 3' '3 5' '8 12'; do
		put_program getconf "echo ${each% *}"
		PATH=$PWD:$PATH run "$ROOT/tests/run" "$PWD/1.bats"
		assert_line --index 0 --regexp "^at a time: .*-P ${each#* } "
	done
	TEST_JOBS=7 PATH=$PWD:$PATH run "$ROOT/tests/run" "$PWD/1.bats"
	assert_line --index 0 --regexp '^at a time: .*-P 7 '
}

@test "a command is run beside busy processes, and failures are counted" {
	BUSY=1 run "$ROOT/tests/load" 3 sh -c 'echo x >>log; echo "run $(grep -c x log)"; [ "$(grep -c x log)" != 2 ]'
	assert_failure 1
	assert_output $'run 2, status 1:\nrun 2\n3 runs, 1 failed'
	BUSY=1 run "$ROOT/tests/load" 2 true
	assert_success
	assert_output '2 runs, 0 failed'
}
