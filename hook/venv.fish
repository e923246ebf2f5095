
# venv-which for fish 3.1 and later: when to ask.
#
# A change of PWD asks, so that `cd app && pytest` finds the right pytest; the
# prompt asks when a watched path has come or gone.  Otherwise no process is
# run.

if status is-interactive

    # -- State ----------------------------------------------------------------

    # _venv_pwd      the directory that was last asked about
    # _venv_watch    what `test` needs to see whether the answer is stale
    # _venv_always   ask at every prompt
    # _venv_said     the line that the user has read about this place
    # _venv_ready    the first prompt has been, start-up is over
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

    # The lines of the answer, into _venv_answer: verdict, path, name, version
    # and what to say.  False: it is not whole.
    function _venv_read
        test "$argv[-1]" = end; or return 1
        set -g _venv_answer none '' '' '' ''
        for line in $argv
            set -l words (string split -m 1 -- ' ' $line)
            switch $words[1]
                case watch end
                    break
                case use blocked broken none unknown
                    set _venv_answer[1] $words[1]
                    set _venv_answer[2] "$words[2]"
                case name
                    set _venv_answer[3] $words[2]
                case version
                    set _venv_answer[4] $words[2]
                case say
                    set _venv_answer[5] $words[2]
            end
        end
    end

    # The lines `watch` and `keep`, as one expression for `test`: true where a
    # path that was absent is there, or one that was there is absent.
    function _venv_watch_for
        set -g _venv_always (string match -- 'watch \*' $argv)
        set -g _venv_watch -n '' \
            (string replace -f -r -- '^watch (/.*)$' '-o'\n'-e'\n'$1' $argv) \
            (string replace -f -r -- '^keep (/.*)$' '-o'\n'!'\n'-e'\n'$1' $argv)
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
            _venv_warn_once "no answer from $_venv_bin/venv-which; install it again, or take its line out of config.fish"
            return 0
        end
        _venv_watch_for $answer
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

    # Could the answer be another one by now?
    function _venv_is_stale
        test -n "$_venv_always" -o "$PWD" != "$_venv_pwd"; and return 0
        test $_venv_watch
    end

    function _venv_hook
        test -z "$VENV_WHICH_DISABLE"; or return 0
        _venv_is_stale; and _venv_ask
        _venv_apply
    end

    # -- Registration ---------------------------------------------------------

    # At the prompt.
    function _venv_prompt --on-event fish_prompt
        set -l keep $status
        set -g _venv_ready 1
        _venv_hook
        return $keep
    end

    # After a change of directory, while the shell is at work.  A command
    # substitution changes it for good; the next prompt will see.
    function _venv_changed --on-variable PWD
        set -l keep $status
        if set -q _venv_ready; and not status is-command-substitution
            _venv_hook
        end
        return $keep
    end

end
