# SPDX-License-Identifier: Apache-2.0
# What the scripts of the guest share.
results=/shared/results

say() {
    echo "[$(cut -d ' ' -f 1 /proc/uptime)] $*"
}

# Waits until the command succeeds, for 180 s.
until_true() {
    tries=0
    until "$@" 2>/dev/null; do
        tries=$((tries + 1))
        [ "$tries" -lt 900 ] || {
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

# denials: what the kernel has refused to Hatter, and to the hats that come with it
denials() {
    dmesg | grep -a 'apparmor="DENIED"' | grep -E 'profile="hatter(//www|//responder)?"' || true
}

# attacks PLACE POOL PARENT MANAGER [ATTACK]...: leaves what came of them as result attacks/PLACE-POOL
attacks() {
    mkdir -p "$results/attacks"
    php-cgi -q -d register_argc_argv=1 attacks.php "$@" >"$results/attacks/$1-$2"
    say "attacks from $1, pool $2, are over"
}

# Pools a, b, x, h with the hats of these names, one without, and one with many hats, besides those that come with Hatter.
make_pools() {
    mkdir -p /etc/hatter
    cp /opt/hatter/conf/* /etc/hatter
    echo 'apparmor_hat = responder' >>/etc/hatter/dev.hatter.pool-demo.cfg
    cp pid.php label.php /srv/a
    cp label.php /srv/b
    mkdir -p /srv/vhosts
    cp label.php /srv/vhosts
    for pool in a:alice b:bob x:bob h:bob free:alice; do
        name=${pool%:*}
        {
            cat pool.cfg
            echo "listen = /run/hatter/$name.sock"
            echo "user = ${pool#*:}"
            [ "$name" = free ] || echo "apparmor_hat = $name"
        } >"/etc/hatter/dev.hatter.pool-$name.cfg"
    done
    {
        cat vhosts.cfg
        echo 'user = alice'
    } >/etc/hatter/dev.hatter.pool-vhosts.cfg
}

# Pools that name a profile of its own, one that only complains with and without leave, for Hatter without a profile.
make_whole_pools() {
    mkdir -p /etc/hatter-whole
    for pool in whole:hatter//a:enforce lax:lax:complain strict:lax:enforce; do
        name=${pool%%:*}
        profile=${pool#*:}
        {
            cat pool.cfg
            echo "listen = /run/hatter/$name.sock"
            echo 'user = alice'
            echo "apparmor_hat = ${profile%:*}"
            echo "apparmor_mode = ${profile##*:}"
        } >"/etc/hatter-whole/dev.hatter.pool-$name.cfg"
    done
}

state() {
    cat "/run/hatter/pools/$1"
}

is_active() {
    state "$1" | grep -q '^active'
}

is_not_active() {
    ! is_active "$1"
}

is_refused() {
    state "$1" | grep -q '^refused'
}

is_waiting() {
    state "$1" | grep -q '^waiting'
}

# Hatter's workers of that user, with their labels.
workers_of() {
    manager=$(cat /run/hatter/hatter.pid)
    for process in $(grep -ls "^PPid:[[:space:]]*$manager\$" /proc/[0-9]*/status); do
        process=${process%/status}
        [ "$(stat -c %U "$process" 2>/dev/null)" != "$1" ] || cat "$process/attr/current" 2>/dev/null
    done
}

# control start|stop BUNDLE
control() {
    curl -s --max-time 60 "http://127.0.0.1:9099/$1/$2"
}

# load PLACE POOL SCRIPT: asks until /tmp/load-over is there; leaves the answers in their order as result load
load() {
    php-cgi -q -d register_argc_argv=1 load.php "$@" >"$results/load"
}

# lonely_hatter RESULT: Hatter without AppArmor; leaves the states and answers of a pool with a hat and of one without
lonely_hatter() {
    [ -e /etc/hatter ] || make_pools
    /opt/hatter/bin/hatter run --conf /etc/hatter --run /run/hatter >"$results/$1.log" 2>&1 &
    await_hatter
    until_true is_active free
    state a >"$results/$1-state-a"
    state free >"$results/$1-state-free"
    page hatter free/a/pid.php >"$results/$1-page-free"
    curl -s -o /dev/null -w '%{http_code}\n' http://127.0.0.1:8080/hatter/a/a/pid.php >"$results/$1-page-a"
    ls /run/hatter/*.sock >"$results/$1-sockets"
    stop_hatter
}
