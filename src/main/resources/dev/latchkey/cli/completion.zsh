#compdef latchkey
# Completes latchkey in zsh: source <(latchkey completion zsh)
_latchkey() {
    local candidate
    local -a found
    for candidate in "${(@f)$("${words[1]}" __complete "${(@)words[2,CURRENT]}" 2> /dev/null)}"; do
        if [[ $candidate == :files ]]; then
            _files
        elif [[ -n $candidate ]]; then
            found+=("${candidate%%$'\t'*}")
        fi
    done
    compadd -- $found
}
compdef _latchkey latchkey
