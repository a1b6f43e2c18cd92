# run.sh test: every check, or those that need nothing but Java. Read by run.sh.

# Maven's own options are given in their short form: a long one is --fast, or a slip.
test_all() {
    local goals=(verify) arguments=() argument
    for argument in "$@"; do
        case $argument in
            --fast) goals=(test -Dtests.without=browser,postgresql,proxy,load) ;;
            --*) die "test has no flag $argument: it takes --fast, and hands anything else to Maven (-o, -Dtest=Name)" ;;
            *) arguments+=("$argument") ;;
        esac
    done
    if [ "${goals[0]}" = verify ]; then install_browser; fi
    locked check "${goals[@]}" ${arguments[@]+"${arguments[@]}"}
}

# Format and documentation are done beside the compiler, which leaves a processor free for them.
check() {
    local log=$root/target/.beside.log code=0 pid beside=(spotless:check@format-check)
    if [ "$1" = verify ]; then beside+=(javadoc:jar@javadoc); fi
    mkdir -p "$root/target"
    maven -q "${beside[@]}" > "$log" 2>&1 &
    pid=$!
    maven -Dspotless.check.skip=true -Dmaven.javadoc.skip=true "$@" || code=$?
    wait "$pid" || { cat "$log" && code=1; }
    return "$code"
}

install_browser() {
    if ! command -v chromium > /dev/null && ! command -v google-chrome > /dev/null && [ "$(id -u)" = 0 ] &&
        command -v apt-get > /dev/null; then
        say "Installing Chromium for the browser tests ..."
        { apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends \
            chromium chromium-driver; } > /dev/null ||
            say "run.sh: it could not be installed; the browser tests need Chromium and its driver"
    fi
}
