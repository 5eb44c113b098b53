# SPDX-License-Identifier: Apache-2.0
# shellcheck shell=sh disable=SC2154 # NEEDS and say are of who sources it
# For ./test and benchmarks/run, to be sourced: which packages of a list are missing, and how to install them.
# The list is in NEEDS, as command:package; the command (or file, Perl module, PHP module as NAME.so) is what tells that the
# package is there.
# "say" is the sourcing script's.

is_there() {
    case $1 in
        /*) [ -e "$1" ] ;;
        *.pm) perl -M"${1%.pm}" -e 1 2>/dev/null ;;
        *.so) php-cgi -m 2>/dev/null | grep -qxF "${1%.so}" ;;
        *) PATH=$PATH:/usr/sbin:/sbin command -v "$1" >/dev/null ;;
    esac
}

missing_packages() {
    for need in $NEEDS; do
        is_there "${need%%:*}" || printf '%s ' "${need#*:}"
    done
}

# Packages start their servers unless a policy says no (invoke-rc.d): ours, for as long as it takes.
POLICY=/usr/sbin/policy-rc.d

there() {
    [ -e "$1" ] || [ -L "$1" ]
}

forbid_services() {
    # one that is there already is what a run that was killed put aside
    if there "$POLICY" && ! there "$POLICY.hatter-saved"; then
        mv "$POLICY" "$POLICY.hatter-saved"
    fi
    trap allow_services EXIT
    trap 'exit 130' INT TERM HUP
    printf '#!/bin/sh\nexit 101\n' >"$POLICY"
    chmod 755 "$POLICY"
}

allow_services() {
    rm -f "$POLICY"
    if there "$POLICY.hatter-saved"; then
        mv "$POLICY.hatter-saved" "$POLICY"
    fi
    trap - EXIT INT TERM HUP
}

# What applications ask for when they are installed: no database that runs here is touched, nor a web server's configuration.
answer_packages() {
    for package in phpmyadmin roundcube-core; do
        question=${package%-core}
        printf '%s\n' "$package $question/dbconfig-install boolean false" \
            "$package $question/reconfigure-webserver multiselect"
    done | debconf-set-selections
}

install_packages() {
    say "installing $1"
    forbid_services
    export DEBIAN_FRONTEND=noninteractive
    answer_packages || say 'applications may set up databases'
    # shellcheck disable=SC2086 # a list
    { apt-get -q update && apt-get -q -y install --no-install-recommends $1; } || say 'not everything could be installed'
    allow_services
}
