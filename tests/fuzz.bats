# What reads the files of strangers, at input that nobody would write, and the
# table, at lives of a shell that nobody would lead: tests/fuzz.

# weight: 18
# shellcheck disable=SC2016,SC2030,SC2031,SC2154 # text; each test is a process

load helper
bats_require_minimum_version 1.5.0

# They share a build folder of their own.
setup() {
	sandbox
	export B=$BATS_FILE_TMPDIR/build
	FUZZ=$ROOT/tests/fuzz
}

# --- words of these tests

# A missing tool skips; where nothing may be missing, that is a failure.
need_fuzzer() {
	[[ ! -e $BATS_FILE_TMPDIR/fuzzer ]] || return 0
	! sh "$FUZZ/run" --compiler >"$BATS_FILE_TMPDIR/fuzzer" || return 0
	rm -f "$BATS_FILE_TMPDIR/fuzzer"
	[[ -z ${REQUIRE_SHELLS-} ]] ||
		fail 'libFuzzer is required with REQUIRE_SHELLS, and not installed'
	skip 'no clang with libFuzzer on this machine'
}

# fuzz [VARIABLE=VALUE...]: make fuzz, of the repository.
fuzz() { run timeout 600 make -s -C "$ROOT" "B=$B" "$@" fuzz; }

targets() { basename -a -s .c "$FUZZ"/*.c | grep -vx replay; }

# toy [VARIABLE=VALUE...]: run a target that breaks at ten bytes, from a corpus
# of one.
toy() {
	mkdir -p toy/src toy/tests/fuzz/corpus/toy
	cp "$FUZZ"/{run,needed,fuzz.h,replay.c} toy/tests/fuzz
	cat >toy/tests/fuzz/toy.c <<-'END'
		#include "fuzz.h"

		int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
		{
			(void)data;
			must(size < 10);
			return 0;
		}
	END
	[[ -e toy/tests/fuzz/corpus/toy/one ]] ||
		echo one >toy/tests/fuzz/corpus/toy/one
	run env B="$HOME/toy/made" "$@" sh toy/tests/fuzz/run
}

# --- the tests

@test "each fuzz target has a corpus, which is small, and no other has" {
	local target
	assert_equal "$(targets)" "$(basename -a "$FUZZ"/corpus/*)"
	for target in $(targets); do
		assert_equal "$target $(find "$FUZZ/corpus/$target" -type f -size +10)" \
			"$target "
		files=$(find "$FUZZ/corpus/$target" -type f | wc -l)
		(( files > 5 && files <= 60 )) || fail "$target has $files"
	done
}

@test "the corpus breaks nothing that reads the files of strangers" {
	fuzz FUZZ_RUNS=0
	assert_success
	for target in $(targets); do
		assert_line --regexp "^$target: [1-9][0-9]* inputs of the corpus: no finding$"
	done
}

@test "nor do twenty thousand changes of it, the same ones every time" {
	need_fuzzer
	before=$(cd "$FUZZ" && find . -type f -exec cksum {} + | sort)
	fuzz FUZZ_RUNS=20000
	assert_success
	for target in $(targets); do
		assert_line --regexp "^$target: .* corpus, 20000 changed ones: no finding$"
	done
	assert_equal "$(cd "$FUZZ" && find . -type f -exec cksum {} + | sort)" "$before"
}

@test "fifty thousand lives of a shell leave all that is the user's as it was" {
	run sh "$FUZZ/model" 50000
	assert_success
	assert_output '50000 random inputs: no finding'
}

@test "the model sees each of ten faults and more that are made in the table" {
	run sh "$FUZZ/model" --faults
	assert_success
	[[ $output =~ ^([0-9]+)\ faults,\ 0\ missed$ ]]
	(( BASH_REMATCH[1] >= 10 ))
}

@test "what it finds is told as a story, with the input" {
	run sh "$FUZZ/model" --fault turn.c \
		's/while (entries_count(path, bin) > keep)/while (0)/' 1000
	assert_equal "$status" 1
	assert_line --regexp '^0> cd \('
	assert_line --partial 'PATH=/app/.venv/bin(ours):'
	assert_line --regexp '^input: [0-9a-f]+$'
	assert_line --partial 'this must be so, and is not: '
}

@test "an input that breaks something is kept and named, and make fuzz fails" {
	need_fuzzer
	toy FUZZ_RUNS=20000
	assert_equal "$status" 1
	assert_line --partial 'this must be so, and is not: size < 10'
	finding=$(sed -n 's/^fuzz: toy: finding: //p' <<<"$output")
	[[ $finding == "$HOME/toy/made/fuzz/toy-crash-"* ]]
	(( $(wc -c <"$finding") >= 10 ))
	# It is the first one that is tried the next time.
	toy FUZZ_SECONDS=1
	assert_equal "$status" 1
	assert_line "fuzz: toy: this input breaks it: $finding"
}

@test "without libFuzzer the corpus is read all the same, and that is said" {
	toy FUZZ_CC=false FUZZ_RUNS=0
	assert_success
	assert_line 'toy: 1 inputs of the corpus: no finding'
	toy FUZZ_CC=false
	assert_equal "$status" 1
	assert_line --partial 'no compiler with libFuzzer is here'
	echo 'ten bytes or more' >toy/tests/fuzz/corpus/toy/two
	toy FUZZ_CC=false FUZZ_RUNS=0
	assert_equal "$status" 1
	assert_line --partial 'this must be so, and is not: size < 10'
	assert_line "fuzz: toy: this input breaks it: $HOME/toy/tests/fuzz/corpus/toy/two"
}
