# SPDX-License-Identifier: Apache-2.0
# Process 1 of the guest, on the host's file system: runs the script that it was booted for, then powers off.
export PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin
mount -t proc none /proc
mount -t sysfs none /sys
mount -t devtmpfs none /dev
mount -t securityfs none /sys/kernel/security
mount -t tmpfs -o mode=755 none /run
mount -t tmpfs -o mode=1777 none /tmp
ip link set lo up
# each refusal is to be seen
echo 0 >/proc/sys/kernel/printk_ratelimit

cd /shared/guest || exit
sh -eu "./$(cat script)"
echo "$?" >/shared/results/exit-code
dmesg >/shared/results/kernel.log
sync
echo o >/proc/sysrq-trigger
# power goes off while it waits, and programs can no longer be started
while :; do
    :
done
