# venv-which for oh-my-fish, which sources the init.fish of a clone.  `make` has
# built what is loaded here; it runs the programs in the clone.
set -l clone (builtin realpath (string replace -r '[^/]*$' . -- (status filename)))
if test -x $clone/build/venv-which -a -r $clone/build/plugin/venv.fish
    source $clone/build/plugin/venv.fish
else
    builtin printf 'venv-which: %s is not built; run make in it\n' $clone >&2
end
