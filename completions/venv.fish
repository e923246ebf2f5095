# venv-which for fish 3.1 and later: what TAB completes.
#
# `venv --complete` says what a word could be; that is data, which fish quotes
# for the command line.  Read at the first TAB: by the script, or without it by
# fish.

if status is-interactive

    # -- State ----------------------------------------------------------------

    # Without the rest of the script.
    builtin functions --query _venv_take; or set -g _venv_bin '@bindir@'

    # -- The question ---------------------------------------------------------

    # A quote that is open is closed, for `string unescape`; a `\` at the end has
    # nothing to say yet.
    function _venv_complete
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
        # fish hides what begins with a dot, as .venv does, behind an empty word.
        set -l dot .
        set -l hidden .*/
        if test -z "$typed"; and set -q hidden[1]; and not string match -q -r '[\n\\\\]' -- $PWD
            set dot (string replace -a '$' '$$' -- $PWD)/.
        end
        test -x $_venv_bin/venv; or return 0
        set -l ask $_venv_bin/venv --complete (string replace -r '.*/' '' -- $words[1]) \
            -- $words[2..-1] "$typed"
        if set -q home[1]
            # What is put in is no regular expression, in which `$$` is a `$`.
            set home (string replace '$' '$$' -- $home)
            _venv_offer | string replace -r -- '^'(string escape --style=regex -- $HOME) $home
        else
            _venv_offer
        end
        or _venv_complete_other
        return 0
    end

    # -- The answer -----------------------------------------------------------

    # Thousands are passed on, and not kept.  A candidate that has a tab in it
    # cannot be told to fish; and fish shows what it inserts, so that one which
    # may not go to a terminal is left out.
    function _venv_offer --no-scope-shadowing
        if test $dot = .
            $ask 2>/dev/null | string match -v -r '^\t|\t.*\t|odd characters$'
        else
            $ask 2>/dev/null | string replace -r '^\.' -- $dot | string match -v -r '^\t|\t.*\t|odd characters$'
        end
    end

    # There is none.  Is it a command line of its own that begins at a word?
    function _venv_complete_other --no-scope-shadowing
        set -l start (string replace -f \t'command ' '' -- ($ask 2>/dev/null))
        or return 0
        set -l line (string escape -- $words[(math $start + 1)..-1]) $raw
        complete --do-complete=(string join ' ' -- $line)
    end

    # -- Registration ---------------------------------------------------------

    # What the user has set up for a program stays.
    for program in venv venv-which
        complete -c $program | string match -q '*'
        or complete -c $program -f -a '(_venv_complete)'
    end

end
