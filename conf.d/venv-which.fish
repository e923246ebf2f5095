# venv-which for fisher, which copies this file, and no program, out of a clone:
# the one that is installed is loaded, as by the line for config.fish.
if status is-interactive
    if command -sq venv
        command venv init fish | source
    else
        builtin printf 'venv-which: there is no venv in PATH; run make install in its clone\n' >&2
    end
end
