# venv-which for bash-it and oh-my-bash, which load a *.plugin.bash, or a link
# to it, of a clone.  `make` has built what is loaded here; it runs the programs
# in the clone.
_venv_plugin() {
	\builtin local "file=${BASH_SOURCE[0]}" link
	while [[ -L $file ]]; do
		link=$(\builtin command readlink "$file") || \builtin break
		case $link in
		/*) file=$link ;;
		*) file=${file%/*}/$link ;;
		esac
	done
	case $file in
	*/*) _VENV_CLONE=$(\builtin cd -P "${file%/*}" && \builtin pwd) ;;
	*) _VENV_CLONE=$PWD ;;
	esac
}

_venv_plugin
if [[ -x $_VENV_CLONE/build/venv-which && -r $_VENV_CLONE/build/plugin/venv.bash ]]; then
	# shellcheck disable=SC1091 # it is made
	\builtin source "$_VENV_CLONE/build/plugin/venv.bash"
else
	\builtin printf 'venv-which: %s is not built; run make in it\n' "$_VENV_CLONE" >&2
fi
\builtin unset -v _VENV_CLONE
\builtin unset -f _venv_plugin
