#!/usr/bin/env bash
# Runs the archive that run.sh package made where no Java is: in a root folder that has a shell, the C library and a few
# tools. check-archive.sh [ARCHIVE] [--starts N]: N starts of it and of run.sh in turns say which is faster.
# Needs curl, openssl, and root or user namespaces.
set -euo pipefail
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)
archive='' starts=0
while [ $# -gt 0 ]; do
    case $1 in
        --starts) starts=$2 && shift 2 ;;
        *) archive=$(realpath "$1") && shift ;;
    esac
done
if [ -z "$archive" ]; then archive=$(ls "$root"/target/latchkey-*-linux-*.tar.gz); fi
if [ -z "${IN_NAMESPACE:-}" ]; then
    flags=(--mount)
    if [ "$(id -u)" != 0 ]; then flags+=(--map-root-user); fi
    IN_NAMESPACE=1 exec unshare "${flags[@]}" "$0" "$archive" --starts "$starts"
fi

source "$root/src/build/scratch.sh"
new=$scratch
tidy() { umount "$new"/{opt,proc,dev/null,dev/urandom,dev/random} 2> /dev/null || true; }

# The new root: the tools, what they are linked to, and the two libraries beside libc that a Java runtime asks for.
mkdir -p "$new"/{bin,dev,proc,tmp,etc,opt}
chmod 1777 "$new/tmp"
for tool in sh cat wc ls mkdir rm mv ln chmod tar gzip readlink dirname sleep env id setpriv; do
    cp "$(command -v "$tool")" "$new/bin/"
done
java_needs=$(ldconfig -p | sed -n -E 's/.*(libz\.so\.1|libstdc\+\+\.so\.6|libgcc_s\.so\.1) .*x86-64.* => //p;s/.*(libz\.so\.1|libstdc\+\+\.so\.6|libgcc_s\.so\.1) .*AArch64.* => //p')
for library in $(ldd "$new"/bin/* | sed -n 's:[^/]*\(/[^ ]*\) (.*:\1:p' | grep -v "^$new" | sort -u) $java_needs \
    $(ldconfig -p | sed -n -E 's/.*lib(m|dl|pthread|rt|resolv|nss_files)\.so\.[0-9] .*(x86-64|AArch64).* => //p'); do
    mkdir -p "$new$(dirname "$library")"
    cp -L "$library" "$new$library"
done
mount --bind /proc "$new/proc"
for device in null urandom random; do
    : > "$new/dev/$device"
    mount --bind "/dev/$device" "$new/dev/$device"
done
inside() { chroot "$new" /bin/env -i PATH=/bin HOME=/tmp "$@"; }
if inside sh -c 'command -v java'; then fail "there is a java"; fi

cp "$archive" "$new/opt/latchkey.tar.gz"
inside sh -c 'cd /opt && tar -xzf latchkey.tar.gz && rm latchkey.tar.gz && mv latchkey-* latchkey'
inside /opt/latchkey/bin/latchkey version
seen "it runs without a Java"
for text in LICENSE README.txt licenses/THIRD-PARTY.txt licenses/AWS-LC-LICENSE.txt runtime/legal/java.base/LICENSE; do
    [ -s "$new/opt/latchkey/$text" ] || fail "no $text"
done

# start NAME=VALUE... PROGRAM ARG...: leaves pid and url of a service.
start() {
    rm -f "$new"/tmp/classes*
    : > "$new/out"
    # The shell in the background becomes the program, so that $! is its process.
    (exec chroot "$new" /bin/env -i PATH=/bin HOME=/tmp "$@" --port 0 > "$new/out" 2> "$new/err") &
    service=$!
    for _ in $(seq 600); do
        url=$(sed -n 's/^Latchkey is ready on \([^ ]*\) .*/\1/p' "$new/out")
        if [ -n "$url" ]; then return; fi
        kill -0 "$service" 2> /dev/null || fail "it ended: $*"
        sleep 0.1
    done
    fail "it was not ready in a minute: $*"
}
stop() {
    local code=0
    kill "$service"
    wait "$service" || code=$?
    service=''
    [ "$code" = 0 ] || fail "SIGTERM ended it with $code"
}
# A key of the store, and a token for it that the service verifies.
token() {
    local db=$1 key
    key=$(inside /opt/latchkey/bin/latchkey keys create "key-$RANDOM" --scopes fx --add-scopes --env --db "$db")
    inside LATCHKEY_KEY_ID="$(sed -n 's/^LATCHKEY_KEY_ID=//p' <<< "$key" | tr -d "'")" \
        LATCHKEY_KEY_SECRET="$(sed -n 's/^LATCHKEY_KEY_SECRET=//p' <<< "$key" | tr -d "'")" \
        /opt/latchkey/bin/latchkey token --url "$url" "${@:2}" |
        inside /opt/latchkey/bin/latchkey inspect - --jwks-url "$url/.well-known/jwks.json" "${@:2}" > "$new/token"
    grep -qi verified "$new/token" || fail "the token does not verify"
}
from_archive() { grep -q 'dev.latchkey.cli.Cli source: shared objects file' "$new/tmp/classes"; }
log=LATCHKEY_JAVA_OPTS=-Xlog:class+load:file=/tmp/classes

start "$log" /opt/latchkey/bin/latchkey serve --db /tmp/one.db --metrics
token /tmp/one.db
from_archive || fail "its classes do not come from the archive"
grep -q 'signed by AWS-LC' "$new/err" || fail "it has no native signer"
if grep -q WARN "$new/err"; then fail "it warns"; fi
[ -z "$(find "$new/tmp" -name '*.so*')" ] || fail "it unpacked a library"
curl -fsS "$url/dashboard/" | grep -i '<title>' > /dev/null || fail "no dashboard"
curl -fsS "$url/metrics" | grep '^jvm_' > /dev/null || fail "no metrics of the JVM"
stop
seen "a token, its verification over HTTP, the dashboard, metrics; classes from the archive, nothing unpacked; SIGTERM: 0"

openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -days 2 -subj /CN=localhost \
    -addext subjectAltName=DNS:localhost,IP:127.0.0.1 -keyout "$new/tmp/key.pem" -out "$new/tmp/cert.pem" 2> /dev/null
start /opt/latchkey/bin/latchkey serve --db /tmp/two.db --signing-algorithm ES256 \
    --tls-cert /tmp/cert.pem --tls-key /tmp/key.pem
token /tmp/two.db --ca-file /tmp/cert.pem
curl -fsS --cacert "$new/tmp/cert.pem" "$url/health/ready" > /dev/null
stop
echo "a password of many words" | inside /opt/latchkey/bin/latchkey users add ann --role admin --db /tmp/two.db > /dev/null
inside /opt/latchkey/bin/latchkey signing-keys list --db /tmp/two.db | grep ES256 > /dev/null || fail "no ES256 key"
seen "HTTPS with an elliptic curve, ES256, a client that trusts a private authority, a password's hash"

# Through symlinks, with a space in the path, read-only and as a user without a name.
inside sh -c 'mv /opt/latchkey "/opt/latch key" && ln -s "/opt/latch key/bin/latchkey" /opt/link &&
    ln -s ../opt/link /bin/latchkey && mkdir -m 0777 /tmp/data'
mount --bind "$new/opt" "$new/opt"
mount -o remount,bind,ro "$new/opt"
start "$log" /bin/setpriv --reuid 54321 --regid 0 --clear-groups latchkey serve --db /tmp/data/three.db
from_archive || fail "moved and read-only, its classes do not come from the archive"
curl -fsS "$url/health/ready" > /dev/null
stop
umount "$new/opt"
inside sh -c 'mv "/opt/latch key" /opt/latchkey && rm /opt/link && ln -s /opt/latchkey/bin/latchkey /opt/link'
seen "the same moved, read-only, through two symlinks, as user 54321"

if [ -e "$new/opt/latchkey/lib/latchkey.jsa" ]; then
    cp "$new/opt/latchkey/lib/latchkey.jsa" "$new/whole"
    for size in 16384 8000000; do
        truncate -s "$size" "$new/opt/latchkey/lib/latchkey.jsa"
        inside /opt/latchkey/bin/latchkey version > /dev/null || fail "an archive of classes cut off at $size bytes ends it"
    done
    mv "$new/whole" "$new/opt/latchkey/lib/latchkey.jsa"
    inside "$log" /opt/latchkey/bin/latchkey version > /dev/null
    from_archive || fail "whole again, the archive of classes is not used"
fi
inside sh -c 'mkdir /tmp/kept && mv /opt/latchkey/lib/latchkey.[!j]* /opt/latchkey/lib/latchkey.jsa /tmp/kept/' 2> /dev/null || true
[ -n "$(ls "$new/tmp/kept")" ] || fail "there was no archive of classes"
start /bin/latchkey serve --db /tmp/four.db
token /tmp/four.db
stop
inside sh -c 'cd /tmp/kept && for file in *; do echo broken > /opt/latchkey/lib/"$file"; done'
[ "$(inside /opt/latchkey/bin/latchkey --version 2>&1 | wc -l)" = 1 ] || fail "it speaks of a broken archive of classes"
inside sh -c 'rm -f /opt/latchkey/lib/latchkey.jsa /opt/latchkey/lib/latchkey.aot && mv /tmp/kept/* /opt/latchkey/lib/'
seen "without the archive of classes, or with one that is broken or cut off, it works as well"

if [ "$starts" -gt 0 ]; then
    # Both on a store that is there, until the first answer that it is ready.
    once() {
        local begun=$EPOCHREALTIME
        "$@" --port 18473 > /dev/null 2>&1 &
        service=$!
        until curl -fsS -o /dev/null http://localhost:18473/health/ready 2> /dev/null; do :; done
        echo $(((${EPOCHREALTIME/./} - ${begun/./}) / 1000))
        kill "$service" && wait "$service"
        service=''
    }
    for _ in $(seq "$starts"); do
        once chroot "$new" /bin/latchkey serve --db /tmp/one.db >> "$new/archive.ms"
        once "$root/run.sh" serve --db "$new/tmp/one.db" >> "$new/checkout.ms"
    done
    for kind in archive checkout; do
        sort -n "$new/$kind.ms" | awk -v kind=$kind -v n="$starts" \
            '{a[NR] = $1} END {print "  start to ready, " kind ": median " a[int((n + 1) / 2)] " ms [" a[1] ".." a[n] "]"}'
    done
fi
