# venv-which for fish 3.1 and later: what changes in the shell.
#
# Loaded by this line in ~/.config/fish/config.fish:  command venv init fish | source
# The second half of the script, hook/venv.fish, decides when to ask.
#
# Builtins that fish lets a function replace are called as `builtin NAME`.

# Interactive shells only: nobody else may notice.
if status is-interactive

    # -- State ----------------------------------------------------------------

    # Where the programs were installed.  They are never looked up in PATH,
    # where an environment could have put its own.
    set -g _venv_bin '@bindir@'

    # What this script is, for `venv doctor`.
    set -g _venv_release '@version@'

    # _venv_found    the usable environment of this directory, or empty
    # _venv_verdict  the helper's word for it: use, none, blocked, broken
    # _venv_name     its name; _venv_version, the version of its Python
    # _venv_mine     the environment whose activation in this shell is ours
    # _venv_gone     the one that was, when somebody else's took its place
    # _venv_left     its entry of PATH, for two prompts after it was taken out
    # _venv_old      _OLD_VIRTUAL_PATH was set when ours was activated
    # _venv_deactivate  the function `deactivate` is ours
    # _venv_shown    what the prompt shows, "(name) "
    # _venv_loads    how often this was loaded while the shell started
    # _venv_label    what the segment calls the environment that is ours
    # What the environment says of these is somebody else's, unless this script
    # was loaded here before.
    if not builtin functions --query _venv_apply
        for name in found verdict name version mine gone old deactivate shown \
            path_unset left left_once paths stale always pwd seen said warned ready answer loads \
            label
            set -e _venv_$name
        end
        set -e VENV_WHICH_NAME
        set -e VENV_WHICH_VERSION
        set -e VENV_WHICH_STATE
    end
    set -q _venv_mine; or set -g _venv_mine ''
    set -q _venv_ready; or set -g _venv_loads $_venv_loads 1

    # -- PATH -----------------------------------------------------------------

    # _venv_path_unset remembers a PATH that was not set: here it differs from
    # an empty one in nothing that would still be seen once ours is in it.
    function _venv_path_add
        # A PATH that the calling function has for itself is not the shell's.
        set -e -l PATH
        set -q PATH; or set -g _venv_path_unset 1
        set -gx PATH $argv[1] $PATH
    end

    # Take the first entry $argv[1] out; all others stay.
    function _venv_path_drop
        set -e -l PATH
        set -l i (builtin contains --index -- $argv[1] $PATH); or return 0
        set -e PATH[$i]
        if not set -q PATH[1]; and set -q _venv_path_unset
            set -e PATH
        end
        set -e _venv_path_unset
    end

    # Put entry $argv[1] back where another tool or a login took it out; with
    # $argv[2], also where it is no longer first.
    function _venv_path_heal
        set -e -l PATH
        if not builtin contains -- $argv[1] $PATH
            _venv_path_add $argv[1]
        else if test -n "$argv[2]" -a "$PATH[1]" != "$argv[1]"
            _venv_path_drop $argv[1]
            _venv_path_add $argv[1]
        end
    end

    # The entry that was just taken out may be back: direnv puts back the whole
    # PATH that it found.  At the two prompts after that it is taken out again.
    function _venv_path_left
        test "$_venv_left" = "$VIRTUAL_ENV/bin"; or _venv_path_drop $_venv_left
        if set -q _venv_left_once
            set -e _venv_left
            set -e _venv_left_once
        else
            set -g _venv_left_once 1
        end
    end

    # -- Prompt ---------------------------------------------------------------

    # fish draws fish_mode_prompt before fish_prompt, and keeps $status and
    # $pipestatus for the latter, which we therefore leave alone.
    function _venv_prompt_on
        set -g _venv_shown "($argv[1]) "
        test -z "$VIRTUAL_ENV_DISABLE_PROMPT"; or return 0
        _venv_segment_used; and return 0
        _venv_prompt_is_ours; and return 0
        builtin functions --erase _venv_mode_prompt
        builtin functions --query fish_mode_prompt
        and builtin functions --copy fish_mode_prompt _venv_mode_prompt
        function fish_mode_prompt --description 'venv-which: the environment, then the mode'
            builtin printf %s "$_venv_shown"
            builtin functions --query _venv_mode_prompt
            and _venv_mode_prompt
        end
    end

    function _venv_prompt_off
        set -g _venv_shown ''
        _venv_prompt_is_ours; or return 0
        builtin functions --erase fish_mode_prompt
        if builtin functions --query _venv_mode_prompt
            builtin functions --copy _venv_mode_prompt fish_mode_prompt
            builtin functions --erase _venv_mode_prompt
        end
    end

    # A theme that was loaded later may have put its own in the place of ours.
    function _venv_prompt_is_ours
        builtin functions --query fish_mode_prompt; or return 1
        set -l details (builtin functions --details --verbose fish_mode_prompt)
        string match -q 'venv-which:*' -- $details[5]
    end

    # Does the user's own prompt show the environment?
    function _venv_segment_used
        for name in fish_prompt fish_right_prompt
            builtin functions --query $name
            and builtin functions $name | string match -q '*venv_prompt*'
            and return 0
        end
        return 1
    end

    # The name and the version, of which two numbers say enough.
    function _venv_label
        set -l words $argv[1] (string replace -r '^([^.]*\.[^.]*)\..*' '$1' -- "$argv[2]")
        test -n "$words[2]"; or set -e words[2]
        string join -- ' ' $words
    end

    # What another shell, or a tool, activated: its name is what the environment
    # says, and so anybody's text.  CPython's activation had it as "(name) "
    # once.  One that was activated in this shell by its script is shown by that.
    function _venv_label_inherited
        set -l text "$VIRTUAL_ENV_PROMPT"
        test -n "$text"; or set text (string split -- / $VIRTUAL_ENV)[-1]
        string replace -r -a '\p{C}' '?' -- "$text" | string replace -r '^\((.*)\) $' '$1' |
            string sub -l 64
    end

    # Print $argv[2] in colour $argv[1].  The blank is no part of what is
    # coloured.
    function _venv_segment_add
        if test -n "$NO_COLOR" -o -z "$TERM" -o "$TERM" = dumb
            builtin printf '(%s) ' $argv[2]
        else
            builtin printf '%s(%s)%s ' (builtin set_color $argv[1]) $argv[2] (builtin set_color normal)
        end
    end

    # What is active here, and what would be but for a reason.
    function _venv_segment
        set -l words $VENV_WHICH_NAME $VENV_WHICH_STATE
        switch "$VENV_WHICH_STATE"
            case active
                _venv_segment_add cyan (_venv_label $VENV_WHICH_NAME $VENV_WHICH_VERSION)
                return
            case '' none
                set -e words
        end
        if test -n "$_venv_mine"
            _venv_segment_add cyan $_venv_label
        else if test -n "$VIRTUAL_ENV"; and not set -q _OLD_VIRTUAL_PATH
            _venv_segment_add cyan (_venv_label_inherited)
        end
        test -n "$words[1]"; or set -e words[1]
        set -q words[1]; and _venv_segment_add yellow (string join -- ': ' $words)
    end

    # For fish_prompt and fish_right_prompt.  The user may have one of his own.
    if not builtin functions --query venv_prompt
        function venv_prompt --description 'Print the environment, for a prompt'
            set -l keep $status
            _venv_segment
            return $keep
        end
    end

    # -- Verbs ----------------------------------------------------------------

    # Make $argv[1], called $argv[2], with Python $argv[3], the shell's
    # environment.
    function _venv_set
        set -gx VIRTUAL_ENV $argv[1]
        set -gx VIRTUAL_ENV_PROMPT $argv[2]
        _venv_path_add $argv[1]/bin
        if set -q PYTHONHOME
            set -gx _VENV_PYTHONHOME $PYTHONHOME
            set -e PYTHONHOME
        end
        _venv_dress $argv[2..3]
    end

    # Take the shell's environment away, whoever made it so.
    function _venv_unset
        set -e _venv_left_once
        set -g _venv_left $VIRTUAL_ENV/bin
        _venv_path_drop $_venv_left
        # One that is still there is the user's own.
        builtin contains -- $_venv_left $PATH; and set -e _venv_left
        set -e VIRTUAL_ENV
        set -e VIRTUAL_ENV_PROMPT
        _venv_home_back
        _venv_undress
    end

    # A PYTHONHOME that the user set meanwhile is his.
    function _venv_home_back
        if set -q _VENV_PYTHONHOME
            set -q PYTHONHOME; or set -gx PYTHONHOME $_VENV_PYTHONHOME
            set -e _VENV_PYTHONHOME
        end
    end

    # What an environment has in this shell beside its variables, which a shell
    # inherits: the prompt and `deactivate`, unless the user has one of his own.
    function _venv_dress
        set -g _venv_mine $VIRTUAL_ENV
        set -g _venv_old (set -q _OLD_VIRTUAL_PATH; and builtin printf set)
        set -g _venv_label (_venv_label $argv)
        _venv_prompt_on $argv[1]
        if not builtin functions --query deactivate
            function deactivate --description 'Deactivate the environment'
                _venv_off
            end
            set -g _venv_deactivate 1
        end
    end

    function _venv_undress
        _venv_prompt_off
        if set -q _venv_deactivate
            _venv_taken_over; or builtin functions --erase deactivate
            set -e _venv_deactivate
        end
        set -g _venv_mine ''
    end

    # Has an activation script been sourced over ours?  It may have been the
    # same environment's; what it leaves in any case is _OLD_VIRTUAL_PATH, and
    # its own `deactivate`.
    function _venv_taken_over
        set -q _OLD_VIRTUAL_PATH; and test -z "$_venv_old"
    end

    # -- The table ------------------------------------------------------------

    # Bring the shell in line with the answer.  VIRTUAL_ENV is what is active,
    # VENV_WHICH_AUTO what the hook made so; that they differ, and how, tells
    # who did what since.
    function _venv_apply
        if test -n "$_venv_mine"
            if test "$_venv_mine" != "$VIRTUAL_ENV"; or _venv_taken_over
                _venv_stand_down $_venv_mine
            end
        end
        if test -z "$VIRTUAL_ENV"
            _venv_apply_none
        else if test "$VIRTUAL_ENV" = "$VENV_WHICH_AUTO"
            _venv_apply_ours
        else if test -n "$VENV_WHICH_AUTO"
            _venv_stand_down $VENV_WHICH_AUTO
        end
        _venv_state
    end

    # What is active is the user's own or another tool's, or nothing is: take
    # away what is left of our environment $argv[1].
    function _venv_stand_down
        _venv_path_drop $argv[1]/bin
        _venv_undress
        if test -n "$VIRTUAL_ENV"
            # Their `deactivate` may bring back the PATH they found.
            set -g _venv_gone $argv[1]
            set -e VENV_WHICH_AUTO
        end
    end

    # Nothing is active.  What was ours was deactivated by the user, and so it
    # stays, until the answer changes.
    function _venv_apply_none
        if set -q _venv_gone
            _venv_path_drop $_venv_gone/bin
            _venv_prompt_off
            _venv_home_back
            # That was its activation by hand; its end is the user's, too.
            test "$_venv_gone" = "$_venv_found"
            and set -gx VENV_WHICH_AUTO $_venv_gone
            set -e _venv_gone
        end
        if test -z "$VENV_WHICH_AUTO" -o "$VENV_WHICH_AUTO" != "$_venv_found"
            set -e VENV_WHICH_AUTO
            _venv_enter
        end
    end

    function _venv_apply_ours
        if test "$VIRTUAL_ENV" != "$_venv_found"
            _venv_unset
            set -e VENV_WHICH_AUTO
            _venv_enter
        else if test "$_venv_mine" = "$VIRTUAL_ENV"
            # Loaded again: the startup file may have set PATH anew.
            if set -q _venv_seen
                _venv_path_heal $VIRTUAL_ENV/bin ''
            else
                _venv_path_heal $VIRTUAL_ENV/bin first
            end
        else
            _venv_path_heal $VIRTUAL_ENV/bin first
            _venv_dress $_venv_name $_venv_version
        end
    end

    function _venv_enter
        if test -n "$_venv_found"
            _venv_set $_venv_found $_venv_name $_venv_version
            set -gx VENV_WHICH_AUTO $_venv_found
        end
    end

    # For prompts: the directory's environment, and what it is to this shell.
    function _venv_state
        set -g VENV_WHICH_NAME $_venv_name
        set -g VENV_WHICH_VERSION $_venv_version
        set -g VENV_WHICH_STATE $_venv_verdict
        if test "$_venv_verdict" = use
            if test "$VIRTUAL_ENV" = "$_venv_found"
                set -g VENV_WHICH_STATE active
            else if test -n "$VIRTUAL_ENV"
                set -g VENV_WHICH_STATE other
            else if test "$VENV_WHICH_AUTO" = "$_venv_found"
                set -g VENV_WHICH_STATE off
            else
                set -g VENV_WHICH_STATE inactive
            end
        end
        return 0
    end

    # -- Commands -------------------------------------------------------------

    # The answer; it begins with a line more where the environment is the one
    # of the working directory.
    function _venv_use
        set -l nearest
        if test "$argv[1]" = nearest
            set nearest 1
            set -e argv[1]
        end
        _venv_read $argv
        _venv_drop_active
        set -e VENV_WHICH_AUTO
        if test -n "$nearest"
            set -g _venv_found $_venv_answer[2]
        end
        _venv_set $_venv_answer[2..4]
        if test "$_venv_answer[2]" = "$_venv_found"
            set -gx VENV_WHICH_AUTO $_venv_found
        end
    end

    # End what is active, in its own way where it has one.
    function _venv_drop_active
        test -n "$VIRTUAL_ENV"; or return 0
        if test "$VIRTUAL_ENV" != "$_venv_mine"; or _venv_taken_over
            builtin functions --query deactivate; and deactivate
        end
        test -z "$VIRTUAL_ENV"; or _venv_unset
    end

    function _venv_off
        _venv_drop_active
        set -e VENV_WHICH_AUTO
        if test -n "$_venv_found"
            set -gx VENV_WHICH_AUTO $_venv_found
        end
        _venv_apply
    end

    function _venv_on
        if test -n "$VIRTUAL_ENV" -a "$VIRTUAL_ENV" != "$VENV_WHICH_AUTO"
            builtin printf '%s\n' 'venv: on: what is active was activated by hand, and stays; `venv off` ends it' >&2
            return 1
        end
        test -n "$VIRTUAL_ENV"; or set -e VENV_WHICH_AUTO
        _venv_ask
        _venv_apply
    end

    # $argv[1] is the answer, the rest the command line.  What is active goes
    # before its files do, whoever activated it.  What is there after that, the
    # hook finds out; where it cannot, since the working directory went as well,
    # there is nothing.
    function _venv_remove
        if test "$argv[1]" = active
            _venv_drop_active
            set -e VENV_WHICH_AUTO
        end
        $_venv_bin/venv remove -y $argv[3..-1]
        set -l keep $status
        set -g _venv_found ''
        set -g _venv_verdict none
        _venv_again
        return $keep
    end

    # What only this shell knows of itself, as arguments `WORD VALUE`; see
    # src/facts.h.  The program judges.
    function _venv_doctor
        set -l handlers (builtin functions --handlers)
        set -l facts 'shell fish' "release $version" "version $_venv_release" \
            "bin $_venv_bin" 'loads '(count $_venv_loads) "mine $_venv_mine" \
            'prompt-in the handlers of fish_prompt' \
            'chdir-in the handlers of PWD' \
            'prompt '(string replace -f -r -- '^fish_prompt ' '' $handlers) \
            'chdir '(string replace -f -r -- '^PWD ' '' $handlers) \
            'user-path '$fish_user_paths
        set -q _OLD_VIRTUAL_PATH; and set -a facts sourced
        for name in VIRTUAL_ENV VIRTUAL_ENV_PROMPT VIRTUAL_ENV_DISABLE_PROMPT \
            VENV_WHICH_AUTO
            set -qU $name; and set -a facts "universal $name"
        end
        if builtin contains -- --time $argv
            set -a facts "laps 1000 50 "(string join ' ' (_venv_laps 2>/dev/null))
        end
        $_venv_bin/venv --hook doctor $facts end $argv[2..-1]
    end

    # The time before and after nothing, prompts, a program that does nothing,
    # and what `cd` asks.  This is no subshell: what prompts forget stays.
    function _venv_laps
        set -l ten 0 1 2 3 4 5 6 7 8 9
        set -l left $_venv_left
        set -l once $_venv_left_once
        set -l text
        $_venv_bin/venv --hook doctor clock
        $_venv_bin/venv --hook doctor clock
        for i in $ten$ten$ten
            _venv_prompt
        end
        $_venv_bin/venv --hook doctor clock
        for i in $ten[1..5]$ten
            set text ($_venv_bin/venv-which -V)
        end
        $_venv_bin/venv --hook doctor clock
        for i in $ten[1..5]$ten
            _venv_again
        end
        $_venv_bin/venv --hook doctor clock
        if set -q left[1]
            set -g _venv_left $left
        end
        if set -q once[1]
            set -g _venv_left_once $once
        end
    end

    # The first ones act on the shell, once the program has found them well
    # called.  The next may change the answer about this directory.  Everything
    # else is the program's alone.
    function venv --description 'Manage virtual environments'
        switch "$argv[1]"
            case use pick off on remove
                _venv_command $argv
            case doctor
                _venv_doctor $argv
            case allow deny create recreate link
                $_venv_bin/venv $argv; and _venv_again
            case '*'
                $_venv_bin/venv $argv
        end
    end

    function _venv_command
        set -l answer ($_venv_bin/venv --hook $argv); or return
        if string match -q 'end *' -- "$answer[-1]"; and test "$answer[-1]" != 'end 1'
            _venv_unread $answer
            return 1
        else if test "$answer[-1]" != 'end 1'
            builtin printf '%s\n' $answer
            return 0
        end
        switch $argv[1]
            case use pick
                _venv_use $answer
                _venv_state
            case off
                _venv_off
            case on
                _venv_on
            case remove
                _venv_remove $answer[1] $argv
        end
    end

end
