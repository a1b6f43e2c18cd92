# Read by the scripts that check what was built, which set root, the top of the checkout. It gives them a folder of their own
# below target/, whatever the machine calls its place for large temporary files, and takes it away when they end.

service='' # a process to be ended then
tidy() { :; } # what else is to be undone then, before the folder goes
mkdir -p "$root/target"
scratch=$(mktemp -d "$root/target/check.XXXXXX")
chmod 0755 "$scratch"
finish() {
    if [ -n "$service" ]; then { kill -9 "$service"; wait "$service"; } 2> /dev/null || true; fi
    tidy
    rm -rf --one-file-system "$scratch"
}
trap finish EXIT

# Says what the program that was looked at has said, too.
fail() {
    echo "FAILED: $*" >&2
    cat "$scratch"/{out,err} >&2 2> /dev/null || true
    exit 1
}
seen() { echo "  seen: $*"; }

# needs PACKAGE[:PROGRAM]...: Debian's packages, by the programs that are looked for.
needs() {
    local each missing=()
    for each in "$@"; do
        command -v "${each#*:}" > /dev/null || missing+=("${each%:*}")
    done
    [ ${#missing[@]} = 0 ] || fail "apt-get install ${missing[*]}"
}
