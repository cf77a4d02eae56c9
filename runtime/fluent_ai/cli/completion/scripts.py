"""`fluent-ai completion`: what makes a shell complete commands, options, models, providers and files."""

from __future__ import annotations

from typing import Annotated, Literal, TypeAlias

import typer

from fluent_ai.cli import terminal

Shell: TypeAlias = Literal["bash", "zsh", "fish"]

_BASH = """\
_fluent_ai() {
    local -a words
    local line last prefix=""
    IFS=$' \\t\\n' read -r -a words <<< "${COMP_LINE:0:COMP_POINT}"
    [[ "${COMP_LINE:0:COMP_POINT}" == *[[:space:]] ]] && words+=("")
    last="${words[${#words[@]}-1]}"
    # bash takes what follows the last of its separators for the word, and a model has colons.
    [[ "$last" == *:* && "$COMP_WORDBREAKS" == *:* ]] && prefix="${last%"${last##*:}"}"
    COMPREPLY=()
    while IFS= read -r line; do
        if [[ "$line" == ":files" ]]; then
            compopt -o filenames 2>/dev/null
            while IFS= read -r line; do COMPREPLY+=("$line"); done < <(compgen -f -- "$last")
        else
            line="${line%%$'\\t'*}"
            [[ "$line" == *: ]] && compopt -o nospace 2>/dev/null
            COMPREPLY+=("${line#"$prefix"}")
        fi
    done < <(fluent-ai __complete "${words[@]:1}" 2>/dev/null)
}
complete -F _fluent_ai fluent-ai
"""
_ZSH = """\
#compdef fluent-ai
_fluent_ai() {
    local line
    local -a whole open
    for line in "${(@f)$(fluent-ai __complete "${(@)words[2,CURRENT]}" 2>/dev/null)}"; do
        if [[ "$line" == ":files" ]]; then
            _files
        elif [[ "${line%%$'\\t'*}" == *: ]]; then
            open+=("${line%%$'\\t'*}")
        elif [[ -n "$line" ]]; then
            whole+=("${line%%$'\\t'*}")
        fi
    done
    (( ${#whole} )) && compadd -- "${whole[@]}"
    (( ${#open} )) && compadd -S '' -- "${open[@]}"
    return 0
}
compdef _fluent_ai fluent-ai
"""
_FISH = """\
function __fluent_ai_complete
    set -l words (commandline -opc) (commandline -ct)
    for line in (fluent-ai __complete $words[2..-1] 2>/dev/null)
        if test "$line" = ":files"
            __fish_complete_path (commandline -ct)
        else
            echo $line
        end
    end
end
complete -c fluent-ai -f -a "(__fluent_ai_complete)"
"""
SCRIPTS: dict[Shell, str] = {"bash": _BASH, "zsh": _ZSH, "fish": _FISH}


def completion(shell: Annotated[Shell, typer.Argument(help="The shell.")]) -> None:
    """Print the script that makes a shell complete what is typed.

    bash: source <(fluent-ai completion bash); zsh: the same, after compinit; fish: fluent-ai completion fish | source.
    """
    terminal.write(SCRIPTS[shell])
