#!/usr/bin/env bash
# Latchkey from a checkout.
#
#   ./run.sh [args...]        run the program, building target/latchkey.jar first if it is missing or stale
#   ./run.sh build            build target/latchkey.jar
#   ./run.sh --quiet ...      any of these without a word about building, errors apart
#   ./run.sh test [args...]   build and run every check; args go to Maven
#   ./run.sh test --fast      leave out browsers, PostgreSQL, proxies, load and the packaged jar
#   ./run.sh package          make target/latchkey-VERSION-linux-ARCH.tar.gz, which needs no Java where it runs
#   ./run.sh install          put latchkey and latchkey-testing, for other programs, into the local Maven repository
#   ./run.sh fmt              format the sources
#   ./run.sh maven ARGS       Maven with the same JDK, while nothing else builds
#   ./run.sh bench [row...]   measure: startup, tokens, memory, online, growth, embedded (BENCH_QUICK=1, BENCH_SECONDS, BENCH_RUNS)
#   ./run.sh bench postgres   measure replicas on a PostgreSQL server of its own (BENCH_KEYS)
#   ./run.sh bench jmh [...]  measure the pieces of a token; arguments go to JMH
#
# JAVA_HOME picks the JDK (17 or newer), LATCHKEY_JAVA_OPTS adds JVM flags.
set -euo pipefail

# The folder this file is really in, through any symlinks. The working directory stays the caller's.
root=$(cd -P "$(dirname "$(realpath "${BASH_SOURCE[0]}")")" && pwd)
jar=$root/target/latchkey.jar
# What java is given, as a file that java reads (java @target/java.options -jar target/latchkey.jar).
options=$root/target/java.options
# The JVM's flags until that file is there.
jvm_flags=$root/src/build/jvm.options
# A service that is out of memory ends, and says so on standard error, for its supervisor to start it again; any other
# command says so itself.
serve_flags=(-XX:+ExitOnOutOfMemoryError -XX:+DisplayVMOutputToStderr)

# Where standard input is closed, the JVM opens a file of its own in its place, and a command would read that.
{ : 7<&0; } 2> /dev/null || exec < /dev/null

# What is going on is said there, wherever a function's own output goes.
exec 3>&2 || exec 3> /dev/null
say() { echo "$*" >&3; }

die() {
    echo "run.sh: $*" >&2
    exit 1
}

# Sets java, java_home and java_version. The JDK's release file tells its version without starting it.
find_java() {
    if [ -n "${JAVA_HOME:-}" ]; then
        java=$JAVA_HOME/bin/java java_home=$JAVA_HOME
        [ -x "$java" ] || die "JAVA_HOME has no bin/java: $JAVA_HOME (a JDK 17 or newer is needed)"
    else
        java=$(command -v java) || die "no java found: install a JDK 17 or newer, or set JAVA_HOME"
        java_home=$(dirname "$(dirname "$(realpath "$java")")")
    fi
    java_version=$(sed -n 's/^JAVA_VERSION="\(.*\)".*/\1/p' "$java_home/release" 2> /dev/null || true)
    [ -n "$java_version" ] || java_version=$("$java" -version 2>&1 | sed -n '1s/.* version "\([^"]*\)".*/\1/p') || true
    java_major=${java_version#1.}
    java_major=${java_major%%[!0-9]*}
    [ "${java_major:-0}" -ge 17 ] || die "$java is Java ${java_version:-unknown}: a JDK 17 or newer is needed"
}

# Sets commit and seconds (its time), which latchkey version tells. Where there is no repository, the environment may.
find_commit() {
    commit=${SOURCE_COMMIT:-} seconds=${SOURCE_DATE_EPOCH:-}
    local git=(git --no-optional-locks -C "$root")
    if [ -z "$commit$seconds" ] && [ -e "$root/.git" ] && "${git[@]}" rev-parse > /dev/null 2>&1; then
        commit=$("${git[@]}" rev-parse --short=12 HEAD) seconds=$("${git[@]}" log -1 --format=%ct)
        [ -z "$("${git[@]}" status --porcelain --untracked-files=no)" ] || commit+=-dirty
    fi
}

# Runs Maven with that JDK. It runs too briefly for the second compiler to pay; a newer JDK warns about its libraries.
maven() {
    command -v mvn > /dev/null || die "no mvn found: install Maven 3.6.3 or newer"
    [ -x "$java_home/bin/javac" ] || die "$java has no javac beside it: building needs a JDK 17 or newer"
    local flags="-XX:TieredStopAtLevel=1"
    if [ "$java_major" -ge 23 ]; then
        flags+=" --sun-misc-unsafe-memory-access=allow --enable-native-access=ALL-UNNAMED"
    fi
    local known=()
    find_commit
    if [ -n "$commit" ]; then known+=("-Dlatchkey.commit=$commit"); fi
    if [ -n "$seconds" ]; then known+=("-Dlatchkey.seconds=$seconds"); fi
    # shellcheck disable=SC2086 # no word at all where transfers are told
    # The tests start servers, which must not keep the lock should one outlive them: 9 is the lock's file.
    JAVA_HOME=$java_home MAVEN_OPTS="$flags ${MAVEN_OPTS:-}" \
        mvn -B ${transfers--ntp} ${known[@]+"${known[@]}"} -Dstyle.color=never -f "$root/pom.xml" "$@" 9>&-
}

# Runs a command while no other run.sh builds. Within a build that holds the lock (a test that calls run.sh, say), and
# where the system has no flock, there is nothing to wait for.
locked() {
    if [ -z "${LATCHKEY_BUILD_LOCKED:-}" ] && command -v flock > /dev/null; then
        mkdir -p "$root/target"
        exec 9> "$root/target/.lock"
        flock 9
    fi
    LATCHKEY_BUILD_LOCKED=1 "$@"
    exec 9>&-
}

# Runs a command, and says meanwhile that it still does.
patiently() {
    local what=$1 begun=$SECONDS ticker code=0
    shift
    (
        # The shell that says so ends with what it speaks of, and keeps neither lock nor output open.
        exec 9>&- > /dev/null 2> /dev/null
        while sleep 10 3>&-; do say "  still $what, for $((SECONDS - begun)) s$(fetched)"; done
    ) &
    ticker=$!
    "$@" || code=$?
    kill "$ticker" 2> /dev/null || true
    wait "$ticker" 2> /dev/null || true
    return "$code"
}

# What Maven fetched so far, as its log tells it.
fetched() {
    awk '/^(\[INFO\] )?Downloaded from/ {
        bytes += substr($(NF - 4), 2) * ($(NF - 3) == "MB" ? 1e6 : $(NF - 3) == "kB" ? 1e3 : 1); files++
    } END { if (files) printf ": %d files of %.0f MB fetched", files, bytes / 1e6 }' "$root/target/.build.log" 2> /dev/null
}

stale() {
    [ -f "$jar" ] || return 0
    [ -n "$(find "$root/pom.xml" "$root/keys.sql" "$root/LICENSE" "$root/src/main" "$root/src/build" \
        -newer "$jar" -print 2> /dev/null | head -n 1)" ]
}

package_with() { maven -Dmaven.test.skip=true -Dspotless.check.skip=true "$@" package > "$root/target/.build.log" 2>&1; }

package() {
    local begun=$SECONDS log=$root/target/.build.log
    say "Building Latchkey: compiling and packaging (a minute or two at first) ..."
    mkdir -p "$root/target"
    : > "$root/target/.started"
    # What is fetched already is enough most times, and then no network is needed.
    if ! patiently "compiling and packaging" package_with -o; then
        if grep -q 'offline mode' "$log"; then
            say "  libraries are missing here: Maven fetches them, some 160 MB at first, into its local repository ..."
        fi
        if ! grep -q 'offline mode' "$log" || ! transfers='' patiently "fetching and building" package_with; then
            grep -E '^\[(WARNING|ERROR)\]' "$log" >&2 || cat "$log" >&2
            die "the build failed"
        fi
    fi
    [ -f "$jar" ] || die "the build left no $jar"
    # As old as the build's start, so that a source saved meanwhile counts as newer.
    touch -r "$root/target/.started" "$jar"
    say "  built target/latchkey.jar in $((SECONDS - begun)) s$(fetched)"
    ready_start
}

# Another run.sh may have built it while this one waited.
package_if_stale() { if stale; then package; fi; }

title() { echo "# $java_version in $java_home for $root"; }

# Whether the options were written for this jar, this JDK and this place.
ready() { [ "$options" -nt "$jar" ] && [ "$(head -n 1 "$options")" = "$(title)" ]; }

# The program runs as well without, so a failure here is not one of the build.
ready_start() {
    [ -w "$root/target" ] || return 0
    "$java" -XX:TieredStopAtLevel=1 -cp "$root/target/fast-start" FastStart \
        "$root/target" "$(title)" "$jvm_flags" >&3 2>&3 || say "  it starts the slower way"
}

run() {
    if stale; then locked package_if_stale; fi
    ready || ready_start
    local flags=(@"$jvm_flags")
    if ready; then flags=(@"$options"); fi
    case ${1:-serve} in
        serve | -*) flags+=("${serve_flags[@]}") ;;
    esac
    # shellcheck disable=SC2086 # several options in one variable
    exec "$java" "${flags[@]}" ${LATCHKEY_JAVA_OPTS:-} -jar "$jar" "$@" 3>&-
}

if [ "${1:-}" = --quiet ]; then
    shift
    exec 3> /dev/null
fi
find_java
case ${1:-} in
    build) locked package ;;
    test) shift && . "$root/src/build/test.sh" && test_all "$@" ;;
    package) . "$root/src/build/package.sh" && locked make_archive ;;
    install)
        shift
        say "Putting latchkey and latchkey-testing into the local Maven repository (a minute or two) ..."
        locked maven -q -Dmaven.test.skip=true -Dspotless.check.skip=true install "$@"
        say "  done in $SECONDS s"
        ;;
    maven) shift && locked maven "$@" ;;
    fmt) shift && locked maven -q spotless:apply "$@" ;;
    bench) shift && . "$root/src/build/bench.sh" && bench "$@" ;;
    *) run "$@" ;;
esac
