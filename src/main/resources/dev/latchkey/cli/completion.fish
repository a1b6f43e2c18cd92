# Completes latchkey in fish: latchkey completion fish | source
function __latchkey_complete
    set -l typed (commandline -opc)
    set -l current (commandline -ct)
    for candidate in ($typed[1] __complete $typed[2..] "$current" 2> /dev/null)
        if test "$candidate" = :files
            __fish_complete_path "$current"
        else
            printf '%s\n' $candidate
        end
    end
end
complete -c latchkey -f -a '(__latchkey_complete)'
