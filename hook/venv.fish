
# When to ask, in fish: a change of PWD does, so that `cd app && pytest` finds the
# right pytest; the prompt does when a watched path has come or gone, and when
# somebody has changed what we left.  Otherwise no process is run.

if status is-interactive

    # -- State ----------------------------------------------------------------

    # _venv_pwd      the directory that was last asked about
    # _venv_seen     PWD, VIRTUAL_ENV, VENV_WHICH_AUTO, PATH as we left them
    # _venv_ready    the first prompt has been, start-up is over
    # _venv_loads    how often this was loaded while the shell started
    # _venv_called   what an activation script did has just been undone
    set -e _venv_seen
    set -q _venv_ready; or set -g _venv_loads $_venv_loads 1

    function _venv_warn_once
        test "$argv[1]" != "$_venv_warned"; or return 0
        set -g _venv_warned $argv[1]
        builtin printf 'venv-which: %s\n' $argv[1] >&2
    end

    # -- Asking ---------------------------------------------------------------

    # Ask the helper; with words, the program, about `venv WORD...`.
    function _venv_ask
        # A PATH that the calling function has for itself is not the shell's.
        set -e -l PATH
        # What only this shell knows.
        set -l facts memory=$_venv_memory
        set -q _venv_called; and set -a facts called
        set -q _venv_seen; or set -a facts fresh
        set -q _OLD_VIRTUAL_PATH; and set -a facts script
        test -z "$VIRTUAL_ENV_DISABLE_PROMPT"; or set -a facts plain
        not set -q _venv_deactivate; and builtin functions --query deactivate
        and set -a facts function
        # As one text, of as many lines as it has.
        set -l IFS
        set -l answer
        if set -q argv[1]
            set answer ($_venv_bin/venv --hook $facts $argv); or return
        else if test -x $_venv_bin/venv-which
            # fish would have much to say of a program that is not there.
            set answer ($_venv_bin/venv-which --hook $facts 2>/dev/null)
        end
        set -e IFS
        set -g _venv_pwd $PWD
        if not _venv_take "$answer"
            _venv_unread (count $argv) $answer
            return
        end
        # An activation script's own function undoes what the script did; then
        # the same is asked again, as the answer said.
        set -l did $_venv_did
        if test -n "$_venv_call"
            set -g _venv_called $_venv_again
            builtin functions --query $_venv_call; and $_venv_call
            _venv_ask $_venv_called
            set -e _venv_called
        end
        # The user's own handlers, of venv_activated and venv_deactivated.
        for text in $did
            _venv_split $text
            builtin emit venv_$_venv_word $_venv_rest
        end
    end

    # What has no end, or another one, changes nothing: an update may have
    # brought another protocol to a shell that runs.  A program that was asked
    # for help has given it.
    function _venv_unread
        if string match -q -r '(^|\n)end .*$' -- "$argv[2]"
            _venv_warn_once 'another version of it was installed, which this shell cannot read; start a new shell'
            return 1
        else if test $argv[1] -gt 0
            builtin printf '%s\n' $argv[2]
        else
            _venv_warn_once "no answer from $_venv_bin/venv-which; install it again, or take its line out of config.fish"
        end
    end

    # use, pick, off, on.  Without the program one can still get out.
    function _venv_verb
        if test $argv[1] != off -o -x $_venv_bin/venv
            _venv_ask $argv; or return
            set -g _venv_seen "$PWD:$VIRTUAL_ENV:$VENV_WHICH_AUTO:$PATH"
            return
        end
        set -q VIRTUAL_ENV
        and set -l i (builtin contains --index -- "$VIRTUAL_ENV/bin" $PATH)
        and set -e PATH[$i]
        _venv_take 'state none
deactivate none
unset VIRTUAL_ENV
unset VIRTUAL_ENV_PROMPT
unset VENV_WHICH_AUTO
end 2'
    end

    # A path that was absent is there, or one that was there is absent.  (From fish
    # 3.5 on it is asked by one command, which an older one could not read.)
    function _venv_is_stale
        for path in $_venv_watch
            test -e $path; and return 0
        end
        for path in $_venv_keep
            test -e $path; or return 0
        end
        return 1
    end

    # Ask where the answer could be another one by now, or what is active by a link
    # is.  Where nothing has changed a prompt costs no more than the comparisons here.
    function _venv_hook
        if test "$PWD:$VIRTUAL_ENV:$VENV_WHICH_AUTO:$PATH" = "$_venv_seen" -a "$PWD" = "$_venv_pwd"
            _venv_is_stale
            or begin
                set -q _venv_same[1]; and test (builtin realpath -- "$VIRTUAL_ENV") != $_venv_same
            end
            or return 0
        end
        _venv_again
    end

    # Ask in any case: of the same name another directory may be by now.
    function _venv_again
        set -g _venv_pwd
        test -z "$VENV_WHICH_DISABLE"; or return 0
        _venv_ask
        set -g _venv_seen "$PWD:$VIRTUAL_ENV:$VENV_WHICH_AUTO:$PATH"
    end

    # -- Trigger --------------------------------------------------------------

    # At the prompt, and after a change of directory, while the shell is at work.
    # (A command substitution changes it for good; the next prompt will see.)
    function _venv_follow
        function _venv_prompt --on-event fish_prompt
            set -l keep $status
            _venv_hook
            test -z "$_venv_prompt"; or _venv_show
            return $keep
        end
        function _venv_changed --on-variable PWD
            set -l keep $status
            status is-command-substitution; or _venv_again
            return $keep
        end
    end

    # -- Registration ---------------------------------------------------------

    # What completes is read at the first TAB, which is also where it is seen
    # whether the user has set up something else: what he has stays.
    # (fish keeps what it is told twice, and would ask twice.)
    set -l programs
    builtin functions --query _venv_complete; or set programs venv venv-which
    function _venv_complete
        builtin source '@scriptdir@/complete.fish'
        _venv_complete $argv
    end
    for program in $programs
        complete -c $program -n "_venv_complete alone $program" -f -a '(_venv_complete)'
    end

    # At the first prompt the startup files are done, and so are those who come
    # after us in them: who puts back a PATH is to be called before us.
    function _venv_settle --on-event fish_prompt
        set -l keep $status
        builtin functions --erase _venv_settle
        set -g _venv_ready 1
        switch $version
            case 3.{1,2,3,4}.'*'
            case '*'
                builtin source '@scriptdir@/rest.fish'
        end
        _venv_follow
        _venv_prompt
        return $keep
    end

end
