
# venv-which for fish 3.1 and later: when to ask.
#
# A change of PWD asks, so that `cd app && pytest` finds the right pytest; the
# prompt asks when a watched path has come or gone.  Otherwise no process is
# run.

if status is-interactive

    # -- State ----------------------------------------------------------------

    # _venv_pwd      the directory that was last asked about
    # _venv_paths    the answer's lines, until a prompt needs their paths
    # _venv_stale    these as an expression for `test`
    # _venv_always   ask at every prompt
    # _venv_seen     PWD, VIRTUAL_ENV, VENV_WHICH_AUTO, PATH as we left them
    # _venv_said     the line that the user has read about this place
    # _venv_ready    the first prompt has been, start-up is over
    set -e _venv_seen
    set -q _venv_found; or set -g _venv_found ''
    set -q _venv_verdict; or set -g _venv_verdict none
    set -q _venv_name; or set -g _venv_name ''
    set -q _venv_version; or set -g _venv_version ''

    function _venv_warn
        builtin printf 'venv-which: %s\n' $argv[1] >&2
    end

    function _venv_warn_once
        test "$argv[1]" != "$_venv_warned"; or return 0
        set -g _venv_warned $argv[1]
        _venv_warn $argv[1]
    end

    # -- The answer -----------------------------------------------------------

    # The answer, into _venv_answer: verdict, path, name, version and what to
    # say.  False: it is not whole.
    function _venv_read
        test "$argv[-1]" = 'end 1'; or return 1
        set -g _venv_answer "$argv[1]" '' '' '' ''
        builtin contains -- "$argv[1]" none unknown; and return 0
        # The lines before `keep` and `watch`, each a word and its value.
        set -l words (string split -m 1 -- ' ' $argv[1..4])
        set _venv_answer[1..2] $words[1..2]
        set -l word
        for value in $words[3..-1]
            switch "$word"
                case name
                    set _venv_answer[3] $value
                case version
                    set _venv_answer[4] $value
                case say
                    set _venv_answer[5] $value
                case '*'
                    set word $value
                    continue
            end
            set word ''
        end
        return 0
    end

    # Say why the answer was not read.  An update may have brought another
    # protocol to a shell that runs.
    function _venv_unread
        if string match -q 'end *' -- "$argv[-1]"
            _venv_warn_once 'another version of it was installed, which this shell cannot read; start a new shell'
        else
            _venv_warn_once "no answer from $_venv_bin/venv-which; install it again, or take its line out of config.fish"
        end
    end

    # Make the lines an expression for `test`: a path that was absent is there,
    # or one that was there is absent.
    function _venv_watch
        set -g _venv_stale 1 -eq 0 (string replace -f -r -- '^watch ' '-o'\n'-e'\n $_venv_paths) \
            (string replace -f -r -- '^keep ' '-o'\n'!'\n'-e'\n $_venv_paths)
        set -e _venv_paths
    end

    # -- Trigger --------------------------------------------------------------

    # Ask the helper.  An answer without its end is no answer: all stays as it
    # is.
    function _venv_ask
        # fish would have much to say of a program that is not there.
        set -l answer
        test -x $_venv_bin/venv-which
        and set answer ($_venv_bin/venv-which --hook 2>/dev/null)
        set -g _venv_pwd $PWD
        if not _venv_read $answer
            _venv_unread $answer
            return 0
        end
        set -g _venv_paths $answer
        set -g _venv_stale 1 -eq 0
        set -e _venv_always
        if builtin contains -- 'watch *' $answer
            set -g _venv_always 1
            set -e _venv_paths
        end
        test $_venv_answer[1] != unknown; or return 0
        set -g _venv_verdict $_venv_answer[1]
        set -g _venv_name $_venv_answer[3]
        set -g _venv_version $_venv_answer[4]
        set -g _venv_found ''
        test $_venv_verdict != use; or set -g _venv_found $_venv_answer[2]
        if test -n "$_venv_answer[5]" -a "$_venv_answer[5]" != "$_venv_said"
            builtin printf '%s\n' $_venv_answer[5] >&2
        end
        set -g _venv_said $_venv_answer[5]
    end

    # Has a path come or gone?
    function _venv_is_stale
        set -q _venv_paths; and _venv_watch
        test $_venv_stale
    end

    # Ask where the answer could be another one by now, and act on it.  Where
    # nothing has changed a prompt costs no more than the comparisons here.
    function _venv_hook
        test -z "$VENV_WHICH_DISABLE"; or return 0
        if test "$_venv_always" = 1 -o "$PWD" != "$_venv_pwd"; or _venv_is_stale
            _venv_ask
        else if test "$PWD:$VIRTUAL_ENV:$VENV_WHICH_AUTO:$PATH" = "$_venv_seen"
            return 0
        end
        _venv_apply
        set -g _venv_seen "$PWD:$VIRTUAL_ENV:$VENV_WHICH_AUTO:$PATH"
    end

    # Ask in any case: of the same name another directory may be by now, and a
    # decision may have changed the answer.
    function _venv_again
        set -g _venv_pwd
        _venv_hook
    end

    # -- Registration ---------------------------------------------------------

    # At the prompt.
    function _venv_prompt --on-event fish_prompt
        set -l keep $status
        set -g _venv_ready 1
        set -q _venv_left; and _venv_path_left
        _venv_hook
        return $keep
    end

    # After a change of directory, while the shell is at work.  A command
    # substitution changes it for good; the next prompt will see.
    function _venv_changed --on-variable PWD
        set -l keep $status
        if set -q _venv_ready; and not status is-command-substitution
            _venv_again
        end
        return $keep
    end

end
