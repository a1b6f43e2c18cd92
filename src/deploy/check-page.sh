#!/usr/bin/env bash
# Does what src/docs/deployment.md says, on a Debian that boots systemd in a container: every block whose tool is there, one
# after the other. check-page.sh [ARCHIVE]; needs root and the Debian packages mmdebstrap and systemd-container.
set -euo pipefail
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)
archive=${1:-$(echo "$root"/target/latchkey-*-linux-*.tar.gz)}
[ "$(id -u)" = 0 ] || { echo "check-page.sh: booting systemd needs root" >&2 && exit 1; }
source "$root/src/build/scratch.sh"
needs mmdebstrap systemd-container:systemd-nspawn
machine=''
tidy() {
    if [ -n "$machine" ]; then { kill "$machine"; wait "$machine"; } 2> /dev/null || true; fi
}

echo "Making the machine ..."
mmdebstrap --quiet --variant=apt --include=systemd,systemd-sysv,dbus,curl,openssl,nginx-light,libstdc++6,zlib1g \
    bookworm "$scratch/root" 2> "$scratch/out" || fail "no Debian"
place=$scratch/root/root/place
mkdir -p "$place" "$scratch/root/etc/ssl/latchkey"
cp "$archive" "$place/"
(cd "$place" && sha256sum -- *.tar.gz > SHA256SUMS)
openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -days 2 -subj /CN=id.example.com \
    -addext subjectAltName=DNS:id.example.com -keyout "$scratch/root/etc/ssl/latchkey/privkey.pem" \
    -out "$scratch/root/etc/ssl/latchkey/fullchain.pem" 2> /dev/null
# A network of its own, where no other service has its ports.
systemd-nspawn -q -D "$scratch/root" -b --register=no --keep-unit --console=passive --private-network \
    > "$scratch/console" 2>&1 &
machine=$!
inside() { nsenter --target "$first" --mount --pid --uts --ipc --net -- "$@"; }
up=''
for _ in $(seq 600); do
    first=$(cat "/proc/$machine/task/$machine/children") && first=${first%% *}
    # A unit of the bare machine may have failed; that it is done starting is what counts.
    up=$([ -z "$first" ] || inside systemctl is-system-running 2>&1) || true
    if [[ $up = running || $up = degraded ]]; then break; fi
    sleep 0.2
done
[[ $up = running || $up = degraded ]] || fail "the machine does not boot ($up): $(cat "$scratch/console")"

awk -v dir="$scratch" '/^```bash$/ {on = 1; file = dir "/block." sprintf("%02d", ++n); next} /^```$/ {on = 0} on {print > file}' \
    "$root/src/docs/deployment.md"
for block in "$scratch"/block.*; do
    first_line=$(head -n 1 "$block")
    if [[ $first_line =~ ^(podman|kubectl|java) ]]; then
        echo "  left out, without its tool: $first_line ..."
        continue
    fi
    inside bash -c "set -euo pipefail; cd /root/place; $(cat "$block")" > "$scratch/out" 2>&1 || fail "$(cat "$block")"
    seen "$first_line ..."
done

inside curl -fsS --resolve id.example.com:443:127.0.0.1 --cacert /etc/ssl/latchkey/fullchain.pem \
    https://id.example.com/.well-known/oauth-authorization-server | grep -q '"issuer":"https://id.example.com"' || fail "nginx"
exposure=$(inside systemd-analyze security latchkey | tail -n 1)
if inside runuser -u latchkey -- latchkey signing-keys rotate --now --db /var/lib/latchkey/latchkey.db > "$scratch/out" 2>&1 ||
    ! grep -q -i 'master key' "$scratch/out"; then fail "the store has no master key"; fi
inside systemctl stop latchkey
[ "$(inside systemctl show latchkey -p ExecMainStatus)" = ExecMainStatus=0 ] || fail "it did not end well"
seen "metadata through nginx; SIGTERM ends it with 0; ${exposure#*→ }"
