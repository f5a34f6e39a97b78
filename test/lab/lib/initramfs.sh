# shellcheck shell=bash
# The two initramfs (the lab's, and that of a Linux guest in it) and the small C programs.

HOST_MODULES=(virtio_pci 9pnet_virtio 9p overlay virtio_net kvm-amd vhost_vsock vsock_loopback)
GUEST_MODULES=(virtio_pci 9pnet_virtio 9p overlay virtio_console vmw_vsock_virtio_transport)

prepare_host_initramfs() { prepare_initramfs host "${HOST_MODULES[@]}"; }

prepare_guest_initramfs() { prepare_initramfs guest "${GUEST_MODULES[@]}"; }

# Sets INITRAMFS to the file, made anew when the kernel, the init or busybox is another.
prepare_initramfs() { # prepare_initramfs host|guest MODULE...
  local role=$1 init=$LAB_HOME/$1/init sum tree
  shift
  sum=$(cat "$init" "$(command -v busybox)" <(echo "$@") | sha256sum)
  INITRAMFS=$CACHE/initramfs/$role-$KERNEL_VERSION-${sum:0:16}
  [ -e "$INITRAMFS" ] && return
  say "making the $role's initramfs"
  mkdir -p "$CACHE/initramfs"
  tree=$(mktemp -d "$CACHE/initramfs/tree.XXXXXX")
  mkdir "$tree/bin" "$tree/modules"
  cp "$(command -v busybox)" "$tree/bin/busybox"
  install -m 755 "$init" "$tree/init"
  unpack_modules "$tree/modules" "$@"
  archive "$tree" | gzip -1 > "$tree.gz"
  mv "$tree.gz" "$INITRAMFS"
  rm -rf "$tree"
}

unpack_modules() { # unpack_modules DIRECTORY MODULE...: the .ko files, and their loading order in order
  local directory=$1 files file name
  shift
  files=$(modules_for "$@") || exit
  for file in $files; do
    name=$(basename "${file%%.ko*}").ko
    case $file in
      *.xz) xz -dc "$file" ;;
      *.zst) zstd -qdc "$file" ;;
      *.gz) gzip -dc "$file" ;;
      *) cat "$file" ;;
    esac > "$directory/$name"
    echo "$name" >> "$directory/order"
  done
}

archive() { # archive DIRECTORY: as the kernel unpacks it
  (cd "$1" && find . -mindepth 1 | cpio --quiet -o -H newc -R 0:0)
}

# Builds a C program into the cache unless it is there, from this very source: checkouts share the cache.
prepare_program() { # prepare_program SOURCE
  local source=$1 program
  program=$CACHE/bin/$(basename "$1" .c)
  [ -x "$program" ] && cmp -s "$source" "$program.c" && return
  mkdir -p "$CACHE/bin"
  gcc -std=c11 -O2 -Wall -Wextra -Werror -static -pthread -o "$program.new" "$source" \
    || die "cannot build $source"
  mv "$program.new" "$program"
  cp "$source" "$program.c"
}

prepare_programs() {
  prepare_program "$LAB_HOME/lib/tsc_khz.c"
  prepare_program "$LAB_HOME/host/session.c"
  prepare_program "$LAB_HOME/host/hold.c"
  prepare_program "$LAB_HOME/payload/payload.c"
}
