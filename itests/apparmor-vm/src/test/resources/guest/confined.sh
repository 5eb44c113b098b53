# SPDX-License-Identifier: Apache-2.0
results=/shared/results

cp -r /shared/hatter /opt/hatter
cp /opt/hatter/apparmor/hatter /etc/apparmor.d/hatter
apparmor_parser -r /etc/apparmor.d/hatter 2>"$results/profile-warnings"
