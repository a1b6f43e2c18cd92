#!/usr/bin/env bash
# Latchkey from a checkout.
#
#   ./run.sh [args...]        run the program, building target/latchkey.jar first if it is missing or stale
#   ./run.sh build            build target/latchkey.jar
#   ./run.sh test [args...]   build and run every check; args go to Maven
#   ./run.sh fmt              format the sources
#   ./run.sh bench [row...]   measure: startup, tokens, memory, online, growth (BENCH_QUICK=1, BENCH_SECONDS, BENCH_RUNS)
#   ./run.sh bench jmh [...]  measure the pieces of a token; arguments go to JMH
#
# JAVA_HOME picks the JDK (17 or newer), LATCHKEY_JAVA_OPTS adds JVM flags.
set -euo pipefail

die() {
    echo "run.sh: $*" >&2
    exit 1
}

# The folder this file is really in, through any symlinks. The working directory stays the caller's.
source_file=${BASH_SOURCE[0]}
while [ -L "$source_file" ]; do
    link=$(readlink "$source_file")
    case $link in
        /*) source_file=$link ;;
        *) source_file=$(dirname "$source_file")/$link ;;
    esac
done
root=$(cd -P "$(dirname "$source_file")" && pwd)
jar=$root/target/latchkey.jar

# Sets java, java_home, java_version, java_major and jvm_flags. The JDK's release file tells its version without starting it.
find_java() {
    local home version link
    if [ -n "${JAVA_HOME:-}" ]; then
        java=$JAVA_HOME/bin/java
        [ -x "$java" ] || die "JAVA_HOME has no bin/java: $JAVA_HOME (a JDK 17 or newer is needed)"
        home=$JAVA_HOME
    else
        java=$(command -v java) || die "no java found: install a JDK 17 or newer, or set JAVA_HOME"
        home=$java
        while [ -L "$home" ]; do
            link=$(readlink "$home")
            case $link in
                /*) home=$link ;;
                *) home=$(dirname "$home")/$link ;;
            esac
        done
        home=$(dirname "$(dirname "$home")")
    fi
    version=
    if [ -r "$home/release" ]; then
        version=$(sed -n 's/^JAVA_VERSION="\(.*\)".*/\1/p' "$home/release")
    fi
    if [ -z "$version" ]; then
        version=$("$java" -version 2>&1 | sed -n 's/.* version "\([^"]*\)".*/\1/p' | head -n 1) || true
    fi
    java_major=${version#1.}
    java_major=${java_major%%[!0-9]*}
    [ -n "$java_major" ] || die "cannot tell the version of $java (a JDK 17 or newer is needed)"
    [ "$java_major" -ge 17 ] || die "$java is Java $java_major: a JDK 17 or newer is needed"
    java_home=$home
    java_version=$version
    # Few threads and a small heap: a serial collector does, and leaves the processors to the signing. New objects
    # have room for most of a start without collecting, and more where many connections are busy at once.
    jvm_flags=(-XX:+UseSerialGC -Xms20m -Xmx96m -XX:NewSize=8m -XX:MaxNewSize=32m)
}

# A service that is out of memory ends, and says so on standard error, for its supervisor to start it again; any other
# command says so itself.
serve_flags=(-XX:+ExitOnOutOfMemoryError -XX:+DisplayVMOutputToStderr)

# What is going on is said there, wherever a function's own output goes.
exec 3>&2 || exec 3> /dev/null

say() {
    echo "$*" >&3
}

# Checks what building needs, and gives Maven the JDK find_java chose.
find_maven() {
    command -v mvn > /dev/null || die "no mvn found: install Maven 3.6.3 or newer"
    if [ -x "$java_home/bin/javac" ]; then
        export JAVA_HOME=$java_home
    else
        command -v javac > /dev/null || die "$java has no javac beside it: building needs a JDK 17 or newer"
    fi
    # Maven runs too briefly for the second compiler to pay.
    export MAVEN_OPTS="-XX:TieredStopAtLevel=1 ${MAVEN_OPTS:-}"
    # A newer JDK warns about what Maven's own libraries do; that is not this build's news.
    if [ "$java_major" -ge 23 ]; then
        MAVEN_OPTS="--sun-misc-unsafe-memory-access=allow --enable-native-access=ALL-UNNAMED $MAVEN_OPTS"
    fi
}

maven() {
    mvn -B -ntp -Dstyle.color=never -f "$root/pom.xml" "$@"
}

stale() {
    [ -f "$jar" ] || return 0
    [ -n "$(find "$root/pom.xml" "$root/keys.sql" "$root/LICENSE" "$root/src/main" -newer "$jar" -print 2> /dev/null | head -n 1)" ]
}

# Runs a command while no other run.sh builds. A failing command ends this script, and with it the lock.
locked() {
    # Within a build that holds the lock (a test that calls run.sh, say) there is nothing to wait for.
    if [ -n "${LATCHKEY_BUILD_LOCKED:-}" ]; then
        "$@"
        return
    fi
    export LATCHKEY_BUILD_LOCKED=1
    mkdir -p "$root/target"
    if command -v flock > /dev/null; then
        exec 9> "$root/target/.lock"
        flock 9
        "$@"
        exec 9>&-
        unset LATCHKEY_BUILD_LOCKED
        return
    fi
    # Without flock the lock is a folder that holds its owner's process id.
    local lock=$root/target/.lock.d owner
    until mkdir "$lock" 2> /dev/null; do
        owner=$(cat "$lock/pid" 2> /dev/null || true)
        if [ -n "$owner" ] && ! kill -0 "$owner" 2> /dev/null; then
            rm -rf "$lock"
        else
            sleep 0.2
        fi
    done
    echo $$ > "$lock/pid"
    trap 'rm -rf "$root/target/.lock.d"' EXIT
    "$@"
    rm -rf "$lock"
    trap - EXIT
    unset LATCHKEY_BUILD_LOCKED
}

package_with() {
    local log=$1
    shift
    maven -Dmaven.test.skip=true -Dspotless.check.skip=true "$@" package > "$log" 2>&1
}

# Runs a command, and says meanwhile that it still does.
patiently() {
    local what=$1 begun=$SECONDS ticker code=0
    shift
    (
        # The shell that says so ends with what it speaks of, and keeps neither lock nor output open.
        exec 8>&- 9>&- > /dev/null 2> /dev/null
        while sleep 10 3>&-; do say "  still $what, for $((SECONDS - begun)) s"; done
    ) &
    ticker=$!
    "$@" || code=$?
    kill "$ticker" 2> /dev/null || true
    wait "$ticker" 2> /dev/null || true
    return "$code"
}

package() {
    local started=$root/target/.started log=$root/target/.build.log begun=$SECONDS
    say "Building Latchkey: compiling and packaging (a minute or two at first) ..."
    : > "$started"
    # What is fetched already is enough most times, and then no network is needed.
    if ! patiently "compiling and packaging" package_with "$log" -o; then
        if ! grep -q 'offline mode' "$log" || ! patiently "fetching libraries and building" package_with "$log"; then
            grep -E '^\[(WARNING|ERROR)\]' "$log" >&2 || cat "$log" >&2
            die "the build failed"
        fi
    fi
    [ -f "$jar" ] || die "the build left no $jar"
    # As old as the build's start, so that a source saved meanwhile counts as newer.
    touch -r "$started" "$jar"
    say "  built in $((SECONDS - begun)) s"
    prepare || true
}

# What java is given, as a file that java reads (java @target/java.options -jar target/latchkey.jar).
options=$root/target/java.options

options_title() {
    echo "# $java_version in $java_home for $root"
}

# Whether the options were written for this jar, this JDK and this place.
prepared() {
    local title=
    [ "$options" -nt "$jar" ] || return 1
    read -r title < "$options" || return 1
    [ "$title" = "$(options_title)" ]
}

# Readies what makes a start fast, once for this jar and this JDK: the native libraries as files, and an archive of the
# classes as they are loaded and linked. The program runs as well without, so a failure here is not one of the build.
# (A JDK before 24 archives few classes where the path to the jar has a space or the like.)
prepare() {
    local scratch begun=$SECONDS
    [ -w "$root/target" ] || return 0
    if command -v flock > /dev/null; then
        exec 8> "$root/target/.prepare.lock"
        # Who comes meanwhile starts the slower way.
        if ! flock -n 8; then
            exec 8>&-
            return 0
        fi
        # What one left that was killed.
        rm -rf "$root"/target/.prepare.??????
    fi
    scratch=$(mktemp -d "$root/target/.prepare.XXXXXX") || return 0
    if [ "$options" -nt "$jar" ]; then say "This is another JDK than the last one, or another place."; fi
    say "Readying a fast start for this jar and Java $java_version, once; it takes some seconds ..."
    unpack_natives "$scratch" > "$scratch/log" 2>&1 || rm -rf "$scratch/native"
    write_options "$scratch"
    patiently "readying a fast start" train "$scratch" >> "$scratch/log" 2>&1 || true
    # A native signer that does not load from its file is left in the jar.
    if ! grep -q 'signed by AWS-LC' "$scratch/err"; then rm -rf "$scratch/native"; fi
    keep_prepared "$scratch"
    rm -rf "$scratch"
    if command -v flock > /dev/null; then exec 8>&-; fi
    say "  ready in $((SECONDS - begun)) s"
}

unpack_natives() {
    local sqlite crypto suffix=so
    case $(uname -s)-$(uname -m) in
        Linux-x86_64) sqlite=Linux/x86_64 crypto=linux-x86_64 ;;
        Linux-aarch64) sqlite=Linux/aarch64 crypto=linux-aarch_64 ;;
        Darwin-arm64) sqlite=Mac/aarch64 crypto=osx-aarch_64 suffix=dylib ;;
        *) return 1 ;;
    esac
    sqlite=org/sqlite/native/$sqlite/libsqlitejdbc.$suffix
    crypto=native/$crypto/libamazonCorrettoCryptoProvider.$suffix
    mkdir "$1/unpacked" "$1/native"
    (cd "$1/unpacked" && "$java_home/bin/jar" xf "$jar" "$sqlite" "$crypto")
    mv "$1/unpacked/$sqlite" "$1/unpacked/$crypto" "$1/native"
}

# The JVM's flags, and what the folder has of native libraries and an archive of classes.
write_options() {
    local folder=$1 flag
    {
        options_title
        for flag in "${jvm_flags[@]}"; do echo "$flag"; done
        if [ -d "$folder/native" ]; then
            echo "-Dcom.amazon.corretto.crypto.provider.useExternalLib=true"
            option -Djava.library.path= "$folder/native"
            option -Dorg.sqlite.lib.path= "$folder/native"
        fi
        if [ -s "$folder/latchkey.jsa" ]; then
            option -XX:SharedArchiveFile= "$folder/latchkey.jsa"
            # Where the JDK was exchanged for another of the same name, it starts without.
            printf '%s\n' -Xlog:cds=off -Xlog:cds+dynamic=off
        fi
        if [ -s "$folder/latchkey.aot" ]; then
            option -XX:AOTCache= "$folder/latchkey.aot"
            printf '%s\n' -Xlog:aot=off -Xlog:cds=off
        fi
    } > "$folder/java.options"
}

# An option with a path, quoted as in a file of java's arguments.
option() {
    local path=${2//\\/\\\\}
    echo "$1\"${path//\"/\\\"}\""
}

# Starts the program, has it issue and verify tokens, and lets the JVM keep the classes that took.
train() (
    unset "${!LATCHKEY_@}"
    cd "$1"
    flags=(-XX:ArchiveClassesAtExit=latchkey.jsa)
    # Without the profiles that the first compiler writes for the second: those have a start compile a lot at once.
    if [ "$java_major" -ge 25 ]; then flags=(-XX:AOTCacheOutput=latchkey.aot -XX:TieredStopAtLevel=1); fi
    "$java" @java.options "${flags[@]}" -jar "$jar" serve --port 0 > out 2> err 8>&- 9>&- &
    pid=$! url=
    for ((i = 0; i < 300; i++)); do
        url=$(sed -n 's/^Latchkey is ready on \([^ ]*\) .*/\1/p' out)
        if [ -n "$url" ] || ! kill -0 "$pid" 2> /dev/null; then break; fi
        sleep 0.1
    done
    if [ -n "$url" ]; then
        "$java" @java.options -jar "$jar" keys create archive --scopes archive --add-scopes --env > key.env
        . ./key.env
        export LATCHKEY_KEY_SECRET
        for ((i = 0; i < 3; i++)); do
            "$java" @java.options -jar "$jar" token --key-id "$LATCHKEY_KEY_ID" --url "$url" > token
        done
        "$java" @java.options -jar "$jar" inspect - --jwks-url "$url/.well-known/jwks.json" < token
    fi
    kill "$pid" && wait "$pid"
)

# Each file takes the place of the one before in one step: a program that runs on that one keeps it.
keep_prepared() {
    local kept=$root/target/start name
    mkdir -p "$kept/native"
    for name in latchkey.jsa latchkey.aot; do
        if [ -s "$1/$name" ]; then mv -f "$1/$name" "$kept/$name"; else rm -f "$kept/$name"; fi
    done
    if [ -d "$1/native" ]; then mv -f "$1"/native/* "$kept/native"; else rm -rf "$kept/native"; fi
    write_options "$kept"
    mv -f "$kept/java.options" "$options"
}

package_if_stale() {
    # Another run.sh may have built it while this one waited.
    if stale; then package; fi
}

find_browser() {
    local name
    for name in chromium chromium-browser google-chrome; do
        if command -v "$name" > /dev/null; then return 0; fi
    done
    return 1
}

need_browser() {
    if find_browser; then return; fi
    if [ "$(id -u)" = 0 ] && command -v apt-get > /dev/null; then
        echo "Installing Chromium for the browser tests ..." >&2
        if { apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends chromium chromium-driver; } > /dev/null; then
            return
        fi
    fi
    echo "run.sh: no browser found: the browser tests need Chromium and its driver (on Debian: apt-get install chromium chromium-driver)" >&2
}

run_build() {
    find_java
    find_maven
    locked package
}

# The tests start servers, which must not keep the lock should one outlive them: 9 is the lock's file.
verify() {
    maven verify "$@" 9>&-
}

run_test() {
    find_java
    find_maven
    need_browser
    locked verify "$@"
}

run_fmt() {
    find_java
    find_maven
    locked maven -q spotless:apply "$@"
}

# The pieces, with the flags that the service has.
bench_jmh() {
    local out=$root/target/jmh quick=()
    if [ -n "${BENCH_QUICK:-}" ]; then quick=(-wi 1 -w 1 -i 1 -r 1); fi
    locked maven -q -P jmh test-compile dependency:build-classpath -Dmdep.outputFile="$out/classpath"
    "$java" "${jvm_flags[@]}" -cp "$out/test-classes:$out/classes:$(cat "$out/classpath")" \
        org.openjdk.jmh.Main ${quick[@]+"${quick[@]}"} "$@"
}

run_bench() {
    find_java
    find_maven
    if [ "${1:-}" = jmh ]; then
        shift
        bench_jmh "$@"
        return
    fi
    locked package_if_stale
    locked maven -q -Dspotless.check.skip=true test-compile
    # The measuring program reads JSON with the service's own classes, which the jar holds.
    "$java" -Dslf4j.internal.verbosity=ERROR -cp "$root/target/test-classes:$jar" dev.latchkey.bench.Bench \
        "$root/run.sh" "$jar" "$java" "${jvm_flags[*]}" "$@"
}

run_program() {
    find_java
    if stale; then
        # In a shell of its own, so that the program's environment stays the caller's.
        (
            find_maven
            locked package_if_stale
        )
    fi
    if ! prepared; then prepare || true; fi
    local flags=("${jvm_flags[@]}")
    if prepared; then flags=(@"$options"); fi
    case ${1:-serve} in
        serve | -*) flags+=("${serve_flags[@]}") ;;
    esac
    # shellcheck disable=SC2086 # several options in one variable
    exec "$java" "${flags[@]}" ${LATCHKEY_JAVA_OPTS:-} -jar "$jar" "$@" 3>&-
}

case ${1:-} in
    build) shift; run_build "$@" ;;
    test) shift; run_test "$@" ;;
    fmt) shift; run_fmt "$@" ;;
    bench) shift; run_bench "$@" ;;
    *) run_program "$@" ;;
esac
