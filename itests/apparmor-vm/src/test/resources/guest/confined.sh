# SPDX-License-Identifier: Apache-2.0
# A kernel with AppArmor: the profile as it comes, then attacks from inside of hats.
. ./lib.sh

make_tenants
cp -r /shared/hatter /opt/hatter
cp /opt/hatter/apparmor/hatter /etc/apparmor.d/hatter
mkdir /etc/apparmor.d/hatter.d
cp hats /etc/apparmor.d/hatter.d/test
apparmor_parser -r /etc/apparmor.d/hatter 2>"$results/profile-warnings"
apparmor_parser -r ./php-fpm.profile
say 'profiles are loaded'

# the distribution as it comes
mkdir -p /var/www
cp pid.php /var/www
make_pools
start_hatter /etc/hatter

nginx -c "$PWD/nginx.conf" &

# php-fpm without hats, which shows what the attacks can do, and the same with hats where that is compared
[ "$(cat all)" = true ] && places='fpm free' || places=free
for place in $places; do
    mkdir "/run/$place"
    sed "s|PLACE|$place|" php-fpm.conf >"/run/$place/conf"
done
sed -i /apparmor_hat/d /run/free/conf
[ "$places" = free ] || aa-exec -p php-fpm -- php-fpm8.2 -y /run/fpm/conf
php-fpm8.2 -y /run/free/conf
say 'php-fpm runs'

await_hatter
label "$(cat /run/hatter/hatter.pid)" >"$results/hatter-label"
until_true is_active demo
page hatter-demo hello >"$results/hatter-demo"
until_true is_active www
page hatter-www var/www/pid.php >"$results/hatter-www"
label "$(cat "$results/hatter-www")" >"$results/hatter-www-label"

attacks free x unconfined "$(cat /run/free/pid)"
if [ "$places" != free ]; then
    attacks fpm a php-fpm "$(cat /run/fpm/pid)"
    attacks fpm x php-fpm "$(cat /run/fpm/pid)"
    attacks fpm h php-fpm "$(cat /run/fpm/pid)" to-sibling
fi

manager=$(cat /run/hatter/hatter.pid)
until_true is_active a
until_true is_active b
for page in a/a/pid.php b/b/pid.php x/a/pid.php; do
    label "$(page hatter $page)"
done >"$results/worker-labels"
attacks hatter a hatter "$manager"
attacks hatter x hatter "$manager"
attacks hatter h hatter "$manager" to-sibling

# three virtual hosts and an unknown one
for host in one two three four; do
    echo "$host $(curl -s -H "Host: $host.example" http://127.0.0.1:8080/vhosts/label.php)"
done >"$results/hosts"

# the apparmor bundle leaves and returns, under load
load hatter a a/label.php &
until_true test -e /tmp/load-served
control stop dev.hatter.apparmor
until_true is_waiting a
state a >"$results/state-while-away"
page hatter a/a/label.php >"$results/page-while-away"
workers_of alice >"$results/workers-while-away"
control start dev.hatter.apparmor
until_true is_active a
rm /tmp/load-served
until_true test -e /tmp/load-served
touch /tmp/load-over
wait "$!"

# a hat is removed from the kernel while its pool runs; Hatter itself has to see it and to end the worker
victim=$(page hatter b/b/pid.php)
printf 'hatter//b' >/sys/kernel/security/apparmor/.remove
label "$victim" >"$results/label-after-removal" || echo gone >"$results/label-after-removal"
until_true test ! -e "/proc/$victim/exe"
until_true is_not_active b
state b >"$results/state-after-removal"
page hatter b/b/label.php >"$results/page-after-removal"
workers_of bob >"$results/workers-after-removal"

stop_hatter
denials >"$results/hatter-denials"

# Hatter itself unconfined: whole profiles take the place of hats
apparmor_parser -r ./whole.profile
make_whole_pools
/opt/hatter/bin/hatter run --conf /etc/hatter-whole --run /run/hatter >"$results/whole.log" 2>&1 &
until_true is_active whole
until_true is_active lax
until_true is_refused strict
label "$(page hatter whole/a/pid.php)" >"$results/whole-label"
label "$(page hatter lax/a/pid.php)" >"$results/lax-label"
state strict >"$results/strict-state"
await_hatter
stop_hatter
