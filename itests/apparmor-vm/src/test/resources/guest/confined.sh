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
start_hatter /opt/hatter/conf

nginx -c "$PWD/nginx.conf" &

# php-fpm with hats, and the same without, which shows what the attacks can do
for place in fpm free; do
    mkdir "/run/$place"
    sed "s|PLACE|$place|" php-fpm.conf >"/run/$place/conf"
done
sed -i /apparmor_hat/d /run/free/conf
aa-exec -p php-fpm -- php-fpm8.2 -y /run/fpm/conf
php-fpm8.2 -y /run/free/conf
say 'php-fpm runs'

await_hatter
label "$(cat /run/hatter/hatter.pid)" >"$results/hatter-label"
page hatter-demo hello >"$results/hatter-demo"
page hatter-www var/www/pid.php >"$results/hatter-www"
label "$(cat "$results/hatter-www")" >"$results/hatter-www-label"

attacks free x unconfined "$(cat /run/free/pid)"
attacks fpm a php-fpm "$(cat /run/fpm/pid)"
attacks fpm x php-fpm "$(cat /run/fpm/pid)"
attacks fpm h php-fpm "$(cat /run/fpm/pid)" to-sibling

stop_hatter
denials hatter >"$results/hatter-denials"
