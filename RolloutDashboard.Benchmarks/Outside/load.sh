#!/bin/bash
# load.sh SERVERDIR NAME [options of measure.js]: a 3 GB disk (ext4 in a file, mounted by loop) with a copy of the seeded directory, a server on it, base rate, load, figures.
set -e
server=$1; name=$2; shift 2; here=$(cd "$(dirname "$0")" && pwd); work=${WORK:?folder with seed/, a seeded data directory}; img=$work/$name.img; mnt=$work/mnt-$name
mkdir -p $mnt; umount $mnt 2>/dev/null || true; rm -f $img
truncate -s 3500M $img; mkfs.ext4 -q -m 0 -E lazy_itable_init=0,lazy_journal_init=0 $img; mount -o loop $img $mnt
cp -r $work/seed $mnt/data; sync; df -m --output=avail $mnt | tail -1
WORK=$work node $here/measure.js $server $mnt/data "$@" || true
sleep 1; umount $mnt && rm -f $img
