# How bench/run measures in tcsh, as its .tcshrc; words.bash explains the words.  There
# are no functions: an alias reads this file with the name of a label.

if ("$1" == block) goto block
echo @load
if ($TOOL == ours) eval "`$STAGE/bin/venv init tcsh`"
echo @end

alias block 'source $WORDS block'
alias proof '$STAMP active "$VIRTUAL_ENV" >>$OUT:q'
alias nothing :
alias run '$EMPTY'
alias capture 'set output = `$EMPTY`'
# What an alias is when the line is read it may not be when the prompt is there.
alias prompt 'eval precmd'
alias go 'cd \!:1; cd \!:2'
alias type_go 'cd \!:1; eval precmd; cd \!:2; eval precmd'
goto end

block:
set label = $2 times = $3 command = ($argv[4-]:q)
$STAMP start >>$OUT:q
repeat $times eval "$command"
$STAMP $label $times >>$OUT:q
end:
