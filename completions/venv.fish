# venv-which for fish 3.1 and later: what TAB completes.
#
# `venv --complete` says what a word could be; that is data, which fish quotes
# for the command line.  Read at the first TAB: by the script, or without it by
# fish.

if status is-interactive

    # -- State ----------------------------------------------------------------

    # Without the rest of the script.
    builtin functions --query _venv_take; or set -g _venv_bin '@bindir@'
    set -l programs
    builtin functions --query _venv_complete; or set programs venv venv-which

    # -- The question ---------------------------------------------------------

    # A quote that is open is closed, for `string unescape`; a `\` at the end has
    # nothing to say yet.
    function _venv_complete
        if set -q argv[1]
            # Is there nothing of the user's own for the program?
            not complete -c $argv[2] | string match -q -v '*_venv_complete*'
            return
        end
        set -l words
        for word in (commandline -opc)
            string match -q -r '^(~|\$HOME)/' -- $word
            and set word $HOME(string replace -r '^[^/]*' '' -- $word)
            set words $words $word
        end
        set -l raw (commandline -ct)
        set -l typed ''
        for end in '' '"' "'"
            set typed (string unescape -- $raw$end)
            and break
            set typed (string unescape -- (string replace -r '\\\\$' '' -- $raw)$end)
            and break
        end
        set -l home (string match -r '^(?:~|\$HOME)(?=/)' -- $raw)
        and set typed $HOME(string replace -r '^[^/]*' '' -- $typed)
        test -x $_venv_bin/venv; or return 0
        set -l line (string replace -r '.*/' '' -- $words[1]) -- $words[2..-1] "$typed"
        # fish shows what it inserts, cannot be told of a tab in it, and hides
        # what begins with a dot, as .venv does, behind an empty word.
        set -l how --plain
        set -l hidden .*/
        test -z "$typed"; and set -q hidden[1]; and set -a how --dot=$PWD/.
        if set -q home[1]
            # What is put in is no regular expression, in which `$$` is a `$`.
            set home (string replace '$' '$$' -- $home)
            $_venv_bin/venv --complete $how $line 2>/dev/null |
                string replace -r -- '^'(string escape --style=regex -- $HOME) $home
        else
            # Thousands are not kept.
            $_venv_bin/venv --complete $how $line 2>/dev/null
        end
        or _venv_complete_other
        return 0
    end

    # -- The answer -----------------------------------------------------------

    # There is none.  Is it a command line of its own that begins at a word?
    function _venv_complete_other --no-scope-shadowing
        set -l start (string replace -f \t'command ' '' -- ($_venv_bin/venv --complete $line 2>/dev/null))
        or return 0
        set -l line (string escape -- $words[(math $start + 1)..-1]) $raw
        complete --do-complete=(string join ' ' -- $line)
    end

    # -- Registration ---------------------------------------------------------

    # Unless the script has done it, or this, for the other program.
    for program in $programs
        complete -c $program -n "_venv_complete alone $program" -f -a '(_venv_complete)'
    end

end
