# How bench/run measures in fish.  Sourced by an interactive shell, it loads
# the hook of $TOOL and defines the words of the plans; words.bash explains
# them.

echo @load
switch $TOOL
    case ours
        $STAGE/bin/venv init fish | source
        function prompt
            _venv_prompt
        end
        function preexec
        end
    case direnv direnv-new
        test $TOOL = direnv; or set DIRENV $DIRENV_NEW
        $DIRENV hook fish | source
        function prompt
            __direnv_export_eval
        end
        function preexec
            __direnv_export_eval_2
        end
    case mise
        $MISE activate fish | source
        function prompt
            __mise_env_eval_on_prompt
        end
        function preexec
            __mise_env_eval_2
        end
end
echo @end
# It is at work from the first prompt on.
test $TOOL != ours; or emit fish_prompt

function block
    set -l label $argv[1]
    set -l n $argv[2]
    set -e argv[1..2]
    $STAMP start >>$OUT
    for i in (string split '' (string repeat -n $n x))
        $argv
    end
    $STAMP $label $n >>$OUT
end
function nothing
end
function run
    $EMPTY
end
function capture
    set -l output ($EMPTY)
end
function go
    cd $argv[1]
    cd $argv[2]
end
function type_go
    for dir in $argv
        preexec
        cd $dir
        prompt
    end
end
# Without what fish itself does with ten thousand of them.
function tab
    function commandline
        test $argv[1] = -ct; or builtin printf '%s\n' venv use
    end
    _venv_complete >$OUT.offered
    echo 0 offered (count <$OUT.offered) >>$OUT
end
function proof
    $STAMP active "$VIRTUAL_ENV" >>$OUT
end
