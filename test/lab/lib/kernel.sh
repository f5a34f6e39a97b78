# shellcheck shell=bash
# The lab's kernel: a stock one, with the real kvm_amd among its modules, unpacked and never installed.

# Sets KERNEL_TREE (a directory with boot/ and lib/modules/), KERNEL_VERSION and KERNEL_IMAGE.
prepare_kernel() { # prepare_kernel 6.12|6.1|own
  case $(distribution):$1 in
    debian:own | *:own) own_kernel ;;
    debian:*) debian_kernel "$1" ;;
    *) die "kernel $1 comes from Debian's archive; on this machine use --kernel own (its own /boot kernel)" ;;
  esac
  KERNEL_VERSION=$(ls "$KERNEL_TREE/lib/modules")
  export KERNEL_IMAGE=$KERNEL_TREE/boot/vmlinuz-$KERNEL_VERSION
  modules_for kvm-amd > /dev/null || die "kernel $KERNEL_VERSION has no kvm-amd among its modules"
}

# shellcheck source=/dev/null
distribution() { (. /etc/os-release && printf '%s' "$ID"); }

default_kernel() { if [ "$(distribution)" = debian ]; then echo 6.12; else echo own; fi; }

# Debian names a kernel by its exact version; its meta packages know the newest of a series.
debian_kernel() { # debian_kernel SERIES
  local package
  package=$(debian_kernel_package "$1")
  [ -n "$package" ] || die "no Debian kernel $1 in apt's lists (apt-get update brings them up to date)"
  KERNEL_TREE=$CACHE/kernel/$package
  [ -e "$KERNEL_TREE/complete" ] && return
  say "downloading $package"
  rm -rf "$KERNEL_TREE"
  mkdir -p "$KERNEL_TREE"
  (cd "$KERNEL_TREE" && apt-get -qq download "$package" && dpkg -x ./*.deb . && rm ./*.deb) >&2 \
    || die "cannot download and unpack $package"
  depmod -b "$KERNEL_TREE" "$(ls "$KERNEL_TREE/lib/modules")"
  touch "$KERNEL_TREE/complete"
}

debian_kernel_package() { # debian_kernel_package SERIES
  apt-cache depends "linux-image-$1-amd64" linux-image-amd64 2> /dev/null \
    | awk -v name="linux-image-$1." '$1 == "Depends:" && index($2, name) == 1 { print $2; exit }'
}

# Any other distribution brings its own kernel, in /boot.
own_kernel() {
  local version image
  version=$(uname -r)
  image=/boot/vmlinuz-$version
  [ -r "$image" ] || die "cannot read $image: the lab needs this machine's own kernel there"
  KERNEL_TREE=$CACHE/kernel/own-$version
  mkdir -p "$KERNEL_TREE/boot" "$KERNEL_TREE/lib/modules"
  cp -u "$image" "$KERNEL_TREE/boot/"
  ln -sfn "/lib/modules/$version" "$KERNEL_TREE/lib/modules/$version"
}

# Prints the files of the modules and of those they need, in loading order.
modules_for() { # modules_for MODULE...
  local module
  for module; do
    modprobe -d "$KERNEL_TREE" -S "$KERNEL_VERSION" --show-depends "$module" 2> /dev/null \
      || die "kernel $KERNEL_VERSION has no module $module"
  done | awk '$1 == "insmod" && !seen[$2]++ { print $2 }'
  return "${PIPESTATUS[0]}"
}
