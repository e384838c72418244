#!/usr/bin/env bash
# enter.sh ROOT COMMAND…: runs a command inside ROOT. Started in mount and process namespaces of its own (run.mjs), so
# that every mount below and every process left behind is gone with it, however it ends. Closing descriptor 3 asks the
# command to end.
set -euo pipefail
root=$1
shift

mount --make-rprivate /
mount -t proc proc "$root/proc"
mount --rbind /sys "$root/sys"
mount -t tmpfs -o mode=755 tmpfs "$root/dev"
mkdir -p "$root/dev/pts" "$root/dev/shm"
mount -t devpts -o newinstance,ptmxmode=0666,mode=620 devpts "$root/dev/pts"
mount -t tmpfs -o mode=1777 tmpfs "$root/dev/shm"
for device in null zero full random urandom tty; do
  touch "$root/dev/$device"
  mount --bind "/dev/$device" "$root/dev/$device"
done
ln -s pts/ptmx "$root/dev/ptmx"
ln -s /proc/self/fd "$root/dev/fd"
for number in 0 1 2; do
  ln -s "/proc/self/fd/$number" "$root/dev/$(echo stdin stdout stderr | cut -d' ' -f$((number + 1)))"
done

chroot "$root" "$@" 3<&- &
command=$!
(read -r -u 3 || true; kill -TERM "$command") 2>/dev/null &
exec 3<&-
wait "$command"
