# SPDX-License-Identifier: Apache-2.0
# What the scripts of the guest share.
results=/shared/results

say() {
    echo "[$(cut -d ' ' -f 1 /proc/uptime)] $*"
}

# Waits until the command succeeds, for 60 s.
until_true() {
    tries=0
    until "$@" 2>/dev/null; do
        tries=$((tries + 1))
        [ "$tries" -lt 300 ] || {
            say "waited in vain: $*"
            return 1
        }
        sleep 0.2
    done
}

# Two tenants; everybody may read all of their files, as far as mode bits go.
make_tenants() {
    echo 'alice:x:3001:3001::/:/bin/false' >>/etc/passwd
    echo 'bob:x:3002:3002::/:/bin/false' >>/etc/passwd
    echo 'alice:x:3001:' >>/etc/group
    echo 'bob:x:3002:' >>/etc/group
    mkdir -p /srv/a /srv/b/upload
    cp attack.php /srv/a
    cp pid.php /srv/b
    echo secret >/srv/b/secret.txt
    chmod 777 /srv/b/upload
}

# page PLACE PATH: what nginx answers
page() {
    curl -s --max-time 60 "http://127.0.0.1:8080/$1/$2"
}

label() {
    cat "/proc/$1/attr/current"
}

# start_hatter CONF: confined by its profile, in the background
start_hatter() {
    export HATTER_JAVA_OPTS='-XX:TieredStopAtLevel=1'
    aa-exec -p hatter -- /opt/hatter/bin/hatter run --conf "$1" --run /run/hatter >"$results/hatter.log" 2>&1 &
}

await_hatter() {
    until_true test -e /run/hatter/hatter.ready
    say 'Hatter is ready'
}

stop_hatter() {
    pid=$(cat /run/hatter/hatter.pid)
    kill -TERM "$pid"
    until_true test ! -e "/proc/$pid/exe"
    say 'Hatter has ended'
}

# denials PROFILE: what the kernel has refused to it and its hats
denials() {
    dmesg | grep -a 'apparmor="DENIED"' | grep -E "profile=\"$1(//[^\"]*)?\"" || true
}

# attacks PLACE POOL PARENT MANAGER [ATTACK]...: leaves what came of them as result attacks/PLACE-POOL
attacks() {
    mkdir -p "$results/attacks"
    php-cgi -q -d register_argc_argv=1 attacks.php "$@" >"$results/attacks/$1-$2"
    say "attacks from $1, pool $2, are over"
}
