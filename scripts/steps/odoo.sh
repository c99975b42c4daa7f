# shellcheck shell=bash
# Odoo 19: PyPI has none, Debian unstable has it as one package with every
# Community addon inside. Installing it with apt would pull in unstable's
# Python, so it is downloaded (signature checked by apt) and only unpacked.

# From Debian unstable, and from this machine's own release: the packages that
# Odoo's symbolic links ../share/... point into. The release matters, since
# unstable's fonts-font-awesome has other file names and no icon would show.
UNSTABLE_PACKAGES=(odoo-19 fonts-montserrat)
RELEASE_PACKAGES=(
    fonts-font-awesome fonts-roboto-unhinted fonts-inconsolata fonts-ocr-b
    libjs-jquery libjs-jquery-form libjs-underscore
)
DEBIAN_KEYRING=/usr/share/keyrings/debian-archive-keyring.gpg

debian_release() {
    (. /etc/os-release && echo "${VERSION_CODENAME:-stable}")
}

# Mirrors that this machine's apt uses for its own Debian release, one a line.
# apt itself reads its sources (.list and .sources), so we need not.
debian_mirrors() {
    apt-get update --print-uris |
        sed -nE "s#^'([^']*)/dists/($(debian_release)|stable|testing|unstable|sid)/InRelease'.*#\1#p" |
        sort -u
}

# apt-get with its configuration, lists and archives in a folder of ours, so
# that the machine's own sources stay as they are.
private_apt() {
    local folder=$1
    shift
    apt-get -q \
        -o Dir::Etc::sourcelist="$folder/sources.list" -o Dir::Etc::sourceparts=- \
        -o Dir::State::lists="$folder/lists" -o Dir::Cache="$folder/cache" \
        -o APT::Sandbox::User="$(id -un)" \
        -o Acquire::Languages=none -o Acquire::Retries=3 "$@"
}

# Fetch the packages into FOLDER from the first mirror that has them. A third
# party's repository for the same release may come first: its signature fails.
download_odoo() {
    local folder=$1 mirror release
    release=$(debian_release)
    mkdir -p "$folder/lists/partial" "$folder/cache/archives/partial"
    for mirror in $(debian_mirrors); do
        printf "deb [signed-by=$DEBIAN_KEYRING] $mirror %s main\n" sid "$release" \
            >"$folder/sources.list"
        if private_apt "$folder" -o APT::Update::Error-Mode=any update &&
            (cd "$folder" && private_apt "$folder" download \
                "${UNSTABLE_PACKAGES[@]/%//sid}" "${RELEASE_PACKAGES[@]/%//$release}"); then
            return
        fi
    done
    return 1
}

# Debian removed this non-free file; the web client asks for it, and without it
# every browser test fails on a console error. Empty does.
mend_removed_file() {
    local folder=$1/usr/lib/python3/dist-packages/odoo/addons/mail/static/lib/selfie_segmentation
    mkdir -p "$folder"
    touch "$folder/selfie_segmentation.js"
}

unpack_odoo() {
    local downloads=$1 tree=$2 package
    for package in "$downloads"/*.deb; do
        dpkg-deb -x "$package" "$tree"
    done
    mend_removed_file "$tree"
    dpkg-deb -f "$downloads"/odoo-19_*.deb Version >"$tree/version"
}

# The tree appears under its final name only when complete: a killed run leaves
# nothing but a folder that the next run removes.
fetch_odoo() {
    rm -rf "$CACHE"/unpacking "$CACHE"/downloads
    mkdir -p "$CACHE/downloads" "$CACHE/unpacking"
    say "Odoo: downloading odoo-19 from Debian unstable (about 140 MB)"
    advise "check the network, or set ODOO_HOME to an Odoo 19 source tree"
    log download_odoo "$CACHE/downloads"
    say "Odoo: unpacking into $CACHE/odoo-19"
    advise "check free disk space (1.5 GB) in $CACHE, then run again"
    log unpack_odoo "$CACHE/downloads" "$CACHE/unpacking"
    mv -T "$CACHE/unpacking" "$CACHE/odoo-19"
    rm -rf "$CACHE/downloads"
}

step_odoo() {
    [[ -f $ODOO_PROGRAM ]] && return
    if [[ $ODOO_HOME != "$CACHE/odoo-19" ]]; then
        advise "set ODOO_HOME to a tree that has odoo-bin or usr/bin/odoo; $ODOO_HOME has neither"
        return 1
    fi
    mkdir -p "$CACHE"
    # Clones share the cache: whoever comes second waits and finds it done.
    exec {cache_lock}>"$CACHE/lock"
    flock --nonblock "$cache_lock" || {
        say "Odoo: waiting for another checkout that is fetching it"
        flock "$cache_lock"
    }
    [[ -f $ODOO_PROGRAM ]] || fetch_odoo
    exec {cache_lock}>&-
}
