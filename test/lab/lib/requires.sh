# shellcheck shell=bash
# What the lab needs of the machine: the one list. Columns: the commands of which one must be there
# (libc.a: the C library to link statically with), its Debian/Ubuntu package, its Fedora/RHEL package.

REQUIREMENTS='
qemu-system-x86_64      qemu-system-x86    qemu-system-x86-core
qemu-ga                 qemu-guest-agent   qemu-guest-agent
busybox                 busybox-static     busybox
dropbear|sshd           dropbear-bin       openssh-server
ssh                     openssh-client     openssh-clients
ssh-keygen              openssh-client     openssh-clients
depmod                  kmod               kmod
cpio                    cpio               cpio
xz                      xz-utils           xz
zstd                    zstd               zstd
socat                   socat              socat
ip                      iproute2           iproute
setpriv                 util-linux         util-linux
cyclictest              rt-tests           realtime-tests
tmux                    tmux               tmux
perf                    linux-perf         perf
bpftool                 bpftool            bpftool
gcc                     gcc                gcc
libc.a                  libc6-dev          glibc-static
'

# Administration tools are often not on a user's path.
export PATH=$PATH:/usr/local/sbin:/usr/sbin:/sbin

requires() { # the packages, one a line, for ./demo and ./verify to install
  local column=2
  command -v apt-get > /dev/null || column=3
  awk -v column=$column 'NF { print $column }' <<< "$REQUIREMENTS" | sort -u
}

is_present() { # is_present 'COMMAND|COMMAND'
  local name
  for name in ${1//|/ }; do
    case $name in
      libc.a) [ -e "$(gcc -print-file-name=libc.a 2> /dev/null)" ] && return ;;
      *) command -v "$name" > /dev/null && return ;;
    esac
  done
  return 1
}

require_all() {
  local commands apt dnf missing=0
  while read -r commands apt dnf; do
    if [ -z "$commands" ] || is_present "$commands"; then continue; fi
    say "missing: ${commands//|/ or } (apt-get install $apt, or dnf install $dnf)"
    missing=1
  done <<< "$REQUIREMENTS"
  ! ldd "$(command -v busybox)" > /dev/null 2>&1 || {
    say "missing: a busybox that needs no libraries (apt-get install busybox-static, or dnf install busybox)"
    missing=1
  }
  [ $missing = 0 ] || die "install what is missing; 'test/lab/lab requires' lists every package"
}

# Only for --init systemd: most machines run it anyway, and containers can do without it.
require_systemd() {
  [ -x /lib/systemd/systemd ] || die "missing: systemd (apt-get install systemd, or dnf install systemd)"
}
