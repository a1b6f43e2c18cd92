#!/usr/bin/env bash
# Builds the image for real and runs it: check.sh [--keep|--kept]. Needs root, and the Debian packages buildah, mmdebstrap, curl and
# jq; no registry of images, since the base images are made of Debian's packages. --keep leaves all images in target/images
# for the next time, --kept runs the one that was left and builds none. Maven's local repository is lent to the build.
set -euo pipefail
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)
[ "$(id -u)" = 0 ] || { echo "check.sh: buildah's chroot isolation needs root" >&2 && exit 1; }
source "$root/src/build/scratch.sh"
needs buildah mmdebstrap curl jq util-linux:setpriv

images=$root/target/images
keep=${1:-}
buildah() { command buildah --root "$images/storage" --runroot "$images/run" --storage-driver overlay "$@"; }
tidy() {
    umount -R "$scratch/root" 2> /dev/null || true
    buildah rm --all > /dev/null 2>&1 || true
    umount "$images/storage/overlay" 2> /dev/null || true
    if [[ $keep != --ke* ]]; then rm -rf --one-file-system "$images"; fi
}

# base NAME PACKAGE...: an image of Debian's packages.
base() {
    local name=$1 container
    shift
    if buildah inspect --type image "localhost/$name" > /dev/null 2>&1; then return; fi
    echo "Making the base image $name ..."
    mmdebstrap --quiet "$@" bookworm "$scratch/base.tar" 2> "$scratch/err" || fail "no base image"
    container=$(buildah from scratch)
    buildah add -q "$container" "$scratch/base.tar" / > /dev/null
    buildah commit -q --format docker --rm "$container" "$name" > /dev/null
    rm "$scratch/base.tar"
}
build() {
    base latchkey-build --variant=apt --include=openjdk-17-jdk-headless,maven,git,ca-certificates
    base latchkey-base --variant=extract --include=base-files,dash,libc6,libgcc-s1,libstdc++6,zlib1g \
        --dpkgopt='path-exclude=/usr/share/doc/*' --dpkgopt='path-include=/usr/share/doc/*/copyright' \
        --dpkgopt='path-exclude=/usr/share/man/*' --dpkgopt='path-exclude=/usr/share/locale/*'

    local begun=$SECONDS
    mkdir -p "$HOME/.m2"
    (cd "$root" && buildah bud --isolation chroot --format docker --layers=false -q -f src/container/Containerfile \
        --ignorefile src/container/Containerfile.dockerignore \
        --build-arg BUILD_IMAGE=localhost/latchkey-build --build-arg BASE_IMAGE=localhost/latchkey-base \
        --build-arg SOURCE_COMMIT="$(git rev-parse --short=12 HEAD 2> /dev/null || true)" \
        --build-arg SOURCE_DATE_EPOCH="$(git log -1 --format=%ct 2> /dev/null || true)" \
        --volume "$HOME/.m2:/root/.m2:rw" -t latchkey .) > "$scratch/build" 2>&1 || { cat "$scratch/build" >&2 && fail "the build"; }
    seen "built in $((SECONDS - begun)) s"
}
if [ "$keep" != --kept ]; then build; fi

config=$(buildah inspect --type image latchkey | jq .Docker.config)
jq -c '{User, Volumes, ExposedPorts, WorkingDir, Entrypoint, Cmd, Healthcheck}' <<< "$config"
mapfile -t env < <(jq -r '.Env[]' <<< "$config")
mapfile -t command < <(jq -r '.Entrypoint[], .Cmd[]' <<< "$config")
mapfile -t health < <(jq -r '.Healthcheck.Test[1:][]' <<< "$config")
[ "$(jq -r '.User' <<< "$config")" = 10001:0 ] || fail "another user"
[ "$(jq -r '.Healthcheck.Interval' <<< "$config")" = 5000000000 ] || fail "another interval"

container=$(buildah from localhost/latchkey)
mount=$(buildah mount "$container")
bytes=$(du -sb --apparent-size "$mount" | cut -f 1)
[ "$bytes" -lt 120000000 ] || fail "$bytes bytes"
packed=$(tar -C "$mount" -cf - . | gzip | wc -c)
seen "$((bytes / 1000000)) MB ($((packed / 1000000)) MB as it travels), of which the base has" \
    "$((bytes / 1000000 - $(du -sb --apparent-size "$mount/opt" | cut -f 1) / 1000000)) MB"
buildah run --isolation chroot "$container" -- "${command[0]}" version

# Runs it as a container is run: its files read-only, the volume, first process of its own namespace, no way to privileges.
mkdir "$scratch/root"
mount --bind "$mount" "$scratch/root"
mount -o remount,bind,ro "$scratch/root"
mount -t tmpfs -o mode=0755,size=64k dev "$scratch/root/dev"
for device in null random urandom; do
    : > "$scratch/root/dev/$device"
    mount --bind "/dev/$device" "$scratch/root/dev/$device"
done
port=$((20000 + RANDOM % 10000))
url=http://localhost:$port
workdir=$(jq -r '.WorkingDir' <<< "$config")
chroot=$(command -v chroot)

# as USER NAME=VALUE... PROGRAM ARG...: becomes the program within the image's root.
as() {
    local user=$1 told=()
    shift
    while [[ $1 = [A-Z]*=* ]]; do told+=("$1") && shift; done
    exec env -i "${env[@]}" "${told[@]}" "$chroot" --userspec="$user:0" --groups='' "$scratch/root" \
        sh -c 'cd "$0" && exec "$@"' "$workdir" "$@"
}
export -f as
# start USER NAME=VALUE... [ARG...]: the image's command, or its entry point with other arguments.
start() {
    begun=$EPOCHREALTIME
    {
        declare -p env workdir scratch chroot
        declare -f as
        echo 'mount -t proc proc "$scratch/root/proc" && as "$@"'
    } > "$scratch/first"
    unshare --mount --pid --fork setpriv --no-new-privs bash "$scratch/first" "$@" > "$scratch/out" 2> "$scratch/err" &
    service=$!
    first=''
    until [ -n "$first" ]; do first=$(cat "/proc/$service/task/$service/children") && first=${first% }; done
}
# healthy USER NAME=VALUE...: asks by the image's own command until it says yes, as often as the compose files let it.
healthy() {
    local asked=0
    until (as_peer "$@" "${health[@]}") > "$scratch/health" 2>&1; do
        kill -0 "$service" 2> /dev/null || fail "it ended"
        [ $((++asked)) -lt 100 ] || fail "it is not healthy: $(cat "$scratch/health")"
        sleep 0.25
    done
    millis=$(((${EPOCHREALTIME/./} - ${begun/./}) / 1000))
}
as_peer() { nsenter --target "$first" --mount --pid bash -c 'source "$1" && shift && as "$@"' - "$scratch/peer" "$@"; }
stop() {
    local code=0 begun=$SECONDS
    kill "$first"
    wait "$service" || code=$?
    service=''
    [ "$code" = 0 ] || fail "SIGTERM ended it with $code"
    [ $((SECONDS - begun)) -le 10 ] || fail "it took $((SECONDS - begun)) s to stop"
}
volume() {
    umount "$scratch/root$workdir" 2> /dev/null || true
    rm -rf "$scratch/data"
    cp -a "$mount$workdir" "$scratch/data"
    mount --bind "$scratch/data" "$scratch/root$workdir"
}
{
    declare -p env workdir scratch chroot
    declare -f as
} > "$scratch/peer"

volume
for user in 10001 54321; do
    settings=("LATCHKEY_PORT=$port" "LATCHKEY_ISSUER=$url")
    start "$user" "${settings[@]}" "${command[@]}"
    sleep 0.25
    healthy "$user" "${settings[@]}"
    [ "$(sed -n 's/^NSpid:.*\t//p' "/proc/$first/status")" = 1 ] || fail "it is not process 1"
    [ "$(sed -n 's/^Uid:\t\([0-9]*\).*/\1/p' "/proc/$first/status")" = "$user" ] || fail "it is another user"
    grep -q 'lib/latchkey.jsa\|lib/latchkey.aot' "/proc/$first/maps" || fail "it does not use the archive of classes"
    if grep -q WARN "$scratch/err"; then fail "it warns"; fi
    key=$(as_peer "$user" /opt/latchkey/bin/latchkey keys create check --scopes fx --add-scopes --json)
    curl -fsS -u "$(jq -r .id <<< "$key"):$(jq -r .secret <<< "$key")" -d grant_type=client_credentials \
        "$url/connect/token" | jq -e .access_token > /dev/null || fail "no token"
    for _ in 1 2 3; do (as_peer "$user" "${settings[@]}" "${health[@]}") > /dev/null; done
    states=$(nsenter --target "$first" --mount --pid sh -c 'cat "$0"/proc/[0-9]*/stat' "$scratch/root" | sed 's/^\([0-9]*\) (\(.*\)) \(.\).*/\1 \2 \3/')
    if grep -v -e '^1 java' -e ' sh .$' -e ' cat .$' <<< "$states"; then fail "processes are left"; fi
    stop
    seen "as user $user, root read-only: healthy $millis ms after the start, process 1, a token, SIGTERM ends it with 0"
    volume
done
start 54321 "LATCHKEY_PORT=$port" "LATCHKEY_DEV=true" "LATCHKEY_DB=:memory:" "${command[@]}"
healthy 54321 "LATCHKEY_PORT=$port"
curl -fsS -u dev:dev-secret -d grant_type=client_credentials "$url/connect/token" | jq -e .access_token > /dev/null
stop
[ -z "$(ls "$scratch/data")" ] || fail "the stand-in wrote to the volume"
seen "a stand-in by environment alone, in memory"
start 10001 "LATCHKEY_PORT=$port" "${command[@]}"
code=0
wait "$service" || code=$?
service=''
[ "$code" = 2 ] && grep -q -e --issuer "$scratch/err" || fail "without an issuer: $code"
seen "without an issuer it ends with 2 and says: $(tail -n 1 "$scratch/err")"
