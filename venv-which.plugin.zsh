# venv-which for the plugin managers of zsh, which load the *.plugin.zsh of a
# clone: oh-my-zsh, zinit, antidote, znap, sheldon.  `make` has built what is
# loaded here; it runs the programs in the clone.
if [[ -x ${${(%):-%x}:A:h}/build/venv-which && -r ${${(%):-%x}:A:h}/build/plugin/venv.zsh ]]; then
	\builtin source "${${(%):-%x}:A:h}/build/plugin/venv.zsh"
else
	\builtin print -ru2 -- "venv-which: ${${(%):-%x}:A:h} is not built; run make in it"
fi
