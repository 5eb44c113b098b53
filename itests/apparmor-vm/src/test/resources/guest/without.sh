# SPDX-License-Identifier: Apache-2.0
# A kernel without AppArmor: what a pool with a hat does then.
. ./lib.sh

make_tenants
cp -r /shared/hatter /opt/hatter
nginx -c "$PWD/nginx.conf" &
lonely_hatter without
