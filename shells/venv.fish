# venv-which for fish 3.1 and later: does as told.
#
# Loaded by this line in ~/.config/fish/config.fish:
#	command venv init fish | source
# The second half of the script, hook/venv.fish, decides when to ask; what is to
# be done about the answer is decided in C.
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

    # _venv_memory   what the last answer gave to be handed back
    # _venv_paths    its lines, until a prompt needs `keep` and `watch` of them
    # _venv_shown    what the prompt shows in front
    # _venv_deactivate  the function `deactivate` is ours
    # _venv_label    what the user's own prompt shows
    # _venv_mark     and what is not active there
    # _venv_drawn    our fish_mode_prompt was called, be it by who wraps it

    # What the environment says of these is somebody else's, unless this script
    # was loaded here before.
    if not builtin functions --query _venv_take
        for name in _venv_{memory,paths,shown,deactivate,label,mark,stale,pwd,seen,warned} \
            _venv_{ready,loads,called,call,again,drawn} VENV_WHICH_{NAME,VERSION,STATE}
            set -e $name
        end
    end

    # -- The answer -----------------------------------------------------------

    # Do what the lines say.  The user's functions are called last, as events.
    # False: they have no end, and were not meant for us.
    function _venv_take
        test "$argv[-1]" = 'end 2'; or return 1
        for name in _venv_{shown,label,mark,call,again} VENV_WHICH_{NAME,VERSION}
            set -g $name ''
        end
        set -g _venv_paths
        set -g _venv_did
        for line in $argv
            set -l words (string split -m 1 -- ' ' $line)
            switch $words[1]
                case keep watch same
                    set -a _venv_paths $line
                case set
                    set words (string split -m 1 -- ' ' $words[2])
                    _venv_set $words
                case unset
                    set -e -g $words[2]
                case deactivate
                    _venv_own $words[2]
                case prompt
                    set _venv_shown $words[2]
                case label
                    set _venv_label $words[2]
                case mark
                    set _venv_mark $words[2]
                case state
                    set -g VENV_WHICH_STATE $words[2]
                case name
                    set VENV_WHICH_NAME $words[2]
                case version
                    set VENV_WHICH_VERSION $words[2]
                case memory
                    set -g _venv_memory $words[2]
                case call
                    set _venv_call $words[2]
                case ask
                    set _venv_again ask (string split -m 1 -- ' ' $words[2])
                case say
                    builtin printf '%s\n' $words[2] >&2
                case did
                    set -a _venv_did $words[2]
            end
        end
    end

    # PATH is a list here.  An empty entry is the working directory in it, but
    # for the one behind ours, which says that the list was empty.
    function _venv_set
        if test $argv[1] = PATH
            set -l entries (string split -- : $argv[2])
            test -n "$entries[-1]"; or set -e entries[-1]
            set -gx PATH $entries
        else
            set -gx $argv[1] "$argv[2]"
        end
    end

    # Tell the user's own handlers of the events venv_activated and
    # venv_deactivated.
    function _venv_tell
        for text in $argv
            set -l words (string split -m 1 -- ' ' $text)
            builtin emit venv_$words[1] $words[2]
        end
    end

    # Whose `deactivate` there is to be.  One of the user's stays.
    function _venv_own
        if test $argv[1] = ours
            builtin functions --query deactivate; and return 0
            function deactivate --description 'Deactivate the environment'
                not builtin functions --query _venv_verb; or _venv_verb off
            end
            set -g _venv_deactivate 1
            return 0
        else if test $argv[1] = none; and set -q _venv_deactivate
            builtin functions --erase deactivate
        end
        set -e _venv_deactivate
    end

    # Without the program nobody can tell anything; one can still get out.
    function _venv_out
        set -l i (builtin contains --index -- "$VIRTUAL_ENV/bin" $PATH)
        and set -e PATH[$i]
        for name in VIRTUAL_ENV VIRTUAL_ENV_PROMPT VENV_WHICH_AUTO _venv_shown _venv_label _venv_mark
            set -e -g $name
        end
        _venv_own none
    end

    # -- Prompt ---------------------------------------------------------------

    # fish draws fish_mode_prompt before fish_prompt, and keeps $status and
    # $pipestatus for the latter, which we therefore leave alone.  It stays once
    # it is there; what comes and goes is what it prints.  A theme that is
    # loaded later may put its own in the place of ours.
    function _venv_show
        if builtin functions --query fish_mode_prompt
            set -l details (builtin functions --details --verbose fish_mode_prompt)
            string match -q 'venv-which:*' -- $details[5]; and return 0
            # Or somebody has wrapped it, and calls it.
            set -g _venv_drawn
            fish_mode_prompt >/dev/null
            set -q _venv_drawn[1]; and return 0
        end
        _venv_segment_used; and return 0
        builtin functions --erase _venv_mode_prompt
        builtin functions --query fish_mode_prompt
        and builtin functions --copy fish_mode_prompt _venv_mode_prompt
        function fish_mode_prompt --description 'venv-which: the environment, then the mode'
            set -g _venv_drawn 1
            builtin printf %s "$_venv_shown"
            builtin functions --query _venv_mode_prompt
            and _venv_mode_prompt
        end
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

    # Print $argv[2] in colour $argv[1].  The blank is no part of what is
    # coloured.
    function _venv_segment_add
        if test -n "$NO_COLOR" -o -z "$TERM" -o "$TERM" = dumb
            builtin printf '(%s) ' $argv[2]
        else
            builtin printf '%s(%s)%s ' (builtin set_color $argv[1]) $argv[2] (builtin set_color normal)
        end
    end

    function _venv_segment
        test -z "$_venv_label"; or _venv_segment_add cyan $_venv_label
        test -z "$_venv_mark"; or _venv_segment_add yellow $_venv_mark
    end

    # For fish_prompt and fish_right_prompt.  The user may have one of his own.
    if not builtin functions --query venv_prompt
        function venv_prompt --description 'Print the environment, for a prompt'
            set -l keep $status
            builtin functions --query _venv_segment; and _venv_segment
            return $keep
        end
    end

    # -- Commands -------------------------------------------------------------

    # The first ones act on the shell.  The next may change the answer about
    # this directory.  Everything else is the program's alone.
    function venv --description 'Manage virtual environments'
        if not builtin functions --query _venv_verb
            command venv $argv
            return
        end
        switch "$argv[1]"
            case use pick off on
                _venv_verb $argv
            case doctor
                _venv_doctor $argv
            case list status
                $_venv_bin/venv --hook "memory=$_venv_memory" $argv
            case allow deny create recreate link remove
                $_venv_bin/venv $argv
                set -l keep $status
                _venv_again
                return $keep
            case '*'
                $_venv_bin/venv $argv
        end
    end

    # What only this shell knows of itself, as arguments `WORD VALUE`; see
    # src/venv/facts.h.  The program judges.
    function _venv_doctor
        set -l handlers (builtin functions --handlers)
        set -l facts 'shell fish' "release $version" "version $_venv_release" \
            "bin $_venv_bin" 'loads '(count $_venv_loads) "memory $_venv_memory" \
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
    # and what `cd` asks.
    function _venv_laps
        set -l ten 0 1 2 3 4 5 6 7 8 9
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
    end

end
