# run.sh package: an archive that runs where no Java is installed. Read by run.sh.

# What the runtime has. By the libraries' own need, as jdeps tells (of java.desktop, only code that the program never
# reaches asks for it): sql and what it needs, naming and management (the pool, metrics), security.jgss (the PostgreSQL
# driver), security.auth (whose files are whose). Found at run time, which jdeps does not see: crypto.ec (TLS), net.http (JWK
# Sets of other issuers), unsupported (Jetty, the JSON library), zipfs (the dashboard's files in the jar).
modules=java.base,java.logging,java.management,java.naming,java.net.http,java.security.jgss,java.security.sasl,java.sql
modules+=,java.xml,jdk.crypto.ec,jdk.management,jdk.security.auth,jdk.unsupported,jdk.zipfs

make_runtime() {
    local flags=(--strip-java-debug-attributes --no-header-files --no-man-pages)
    # The archive of classes holds what a start reads, so that the rest may be compressed.
    if [ "$java_major" -ge 21 ]; then flags+=(--compress=zip-6); else flags+=(--compress=2); fi
    # Without jmods the JDK links its own files, which a distribution may have changed (the certificates it trusts).
    if [ ! -d "$java_home/jmods" ]; then flags+=(--ignore-modified-runtime); fi
    "$java_home/bin/jlink" "${flags[@]}" --add-modules "$modules" --output "$1/runtime"
    rm -f "$1/runtime/bin/keytool"
    # The JDK's own classes, on which the archive is built before 25.
    if [ "$java_major" -lt 25 ]; then "$1/runtime/bin/java" -Xshare:dump -XX:+UseSerialGC > /dev/null; fi
}

# Unpacks the archive elsewhere and runs it there, where its classes have to come from the archive of classes.
check_archive() {
    local folder
    folder=$(mktemp -d "$root/target/.package.XXXXXX")
    tar -xzf "$1" -C "$folder" --strip-components=1
    # The log's name without its folder, whose path may have a space.
    (cd "$folder" && LATCHKEY_JAVA_OPTS=-Xlog:class+load:file=classes bin/latchkey version > /dev/null)
    grep -q 'dev.latchkey.cli.Cli source: shared objects file' "$folder/classes" ||
        die "the archive of classes is not used: $folder/classes says where they come from"
    rm -rf "$folder"
}

make_archive() {
    [ "$(uname -s)" = Linux ] || die "package makes archives of Linux, on Linux"
    [ -x "$java_home/bin/jlink" ] || die "$java_home has no bin/jlink: a whole JDK is needed"
    package
    local begun=$SECONDS version name place home
    version=$(sed -n 's:.*<version>\(.*\)</version>.*:\1:p' "$root/pom.xml" | head -n 1)
    name=latchkey-$version-linux-$(uname -m)
    place=$root/target/package
    # A JDK before 24 archives no class from a path that a URL has to encode (JDK-8339460).
    if [[ $place = *[!A-Za-z0-9/._-]* ]]; then place=$(mktemp -d)/package; fi
    home=$place/latchkey-$version
    # Every file is as old as the commit: the same sources give the same archive, but for the archives of classes.
    : "${seconds:=1767225600}"
    say "Making $name.tar.gz: a runtime by jlink, native libraries, an archive of classes ..."
    rm -rf "$place"
    mkdir -p "$home/bin" "$home/lib"
    make_runtime "$home"
    cp "$root/LICENSE" "$home/"
    cp "$root/src/build/archive-README.txt" "$home/README.txt"
    cp "$root/src/build/latchkey" "$home/bin/"
    cp "$jvm_flags" "$home/lib/"
    cp -R "$root/src/deploy" "$home/deploy"
    rm "$home"/deploy/check*.sh
    "$home/runtime/bin/java" -cp "$root/target/fast-start" PackageFiles "$jar" "$home" "$seconds"
    tar -C "$place" --sort=name --mtime="@$seconds" --owner=0 --group=0 --numeric-owner \
        --mode=u=rwX,go=rX --format=ustar -cf - "latchkey-$version" | gzip -9n > "$root/target/$name.tar.gz"
    if [ "$place" != "$root/target/package" ]; then rm -rf "$(dirname "$place")"; fi
    check_archive "$root/target/$name.tar.gz"
    (cd "$root/target" && sha256sum "$name.tar.gz" > SHA256SUMS)
    say "  made target/$name.tar.gz ($(du -m "$root/target/$name.tar.gz" | cut -f 1) MB) and target/SHA256SUMS" \
        "in $((SECONDS - begun)) s"
}
