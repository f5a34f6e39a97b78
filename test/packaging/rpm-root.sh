# shellcheck shell=bash
# A folder with an rpm database of its own and, where the package's scripts are to run, what they need: the shell, rm and
# systemd-sysusers of this machine, and a systemctl that writes down what it is asked. To be sourced; needs root.

STUBS=(bash coreutils java-headless libbpf systemd)

# What the package requires, in packages without files: rpm's own database decides by them.
build_stubs() { # build_stubs OUTDIR
  local name
  for name in "${STUBS[@]}"; do
    stub_spec "$name" > "$1/$name.spec"
    rpmbuild -bb --quiet --define "_topdir $1/rpmbuild" --define "_rpmdir $1" \
      --define '_build_name_fmt %%{NAME}.rpm' "$1/$name.spec"
  done
}

stub_spec() { # stub_spec NAME
  printf '%s\n' "Name: $1" 'Version: 99' 'Release: 1' 'Summary: Stub' 'License: Apache-2.0' 'BuildArch: noarch'
  case $1 in
    bash) echo 'Provides: /bin/sh, /usr/bin/sh' ;;
    java-headless) echo 'Epoch: 1' ;;
    libbpf) echo 'Epoch: 2' ;;
  esac
  printf '%s\n' '%description' 'Stub.' '%files'
}

copy_program() { # copy_program ROOT PROGRAM: to the same place, with the libraries that it is linked with
  local file
  while read -r file; do
    mkdir -p "$1${file%/*}"
    cp -L "$file" "$1$file"
  done < <(echo "$2" && ldd "$2" | grep -oE '/[^ ]+')
}

make_root() { # make_root ROOT
  mkdir -p "$1/etc" "$1/usr/bin" "$1/bin" "$1/run" "$1/tmp"
  copy_program "$1" /bin/sh
  copy_program "$1" /bin/cat
  copy_program "$1" /bin/rm
  copy_program "$1" /usr/bin/systemd-sysusers
  printf 'root:x:0:0::/:/bin/sh\n' > "$1/etc/passwd"
  printf 'root:x:0:\n' > "$1/etc/group"
  printf '#!/bin/sh\necho "$*" >> /systemctl.log\n' > "$1/usr/bin/systemctl"
  chmod +x "$1/usr/bin/systemctl"
}

# Debian's rpm advises against itself each time, without this option of its own.
force_debian=()
if rpm --force-debian --version > /dev/null 2>&1; then force_debian=(--force-debian); fi

rpm_in() { # rpm_in ROOT ARGUMENT...
  rpm "${force_debian[@]}" --root "$1" --dbpath /var/lib/rpm "${@:2}"
}
