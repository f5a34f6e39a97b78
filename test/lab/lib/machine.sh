# shellcheck shell=bash
# The emulated machine: starting it, watching over it, ending it.
#
# LAB_DIR holds its state: supervisor (identity), console.log, qemu.log, qmp.sock, ssh_port, the keys,
# ended (why it ended, when nobody asked), and temporary (the supervisor removes the directory).

lab_is_up() { is_alive "$(cat "$LAB_DIR/supervisor" 2> /dev/null)"; }

require_up() {
  lab_is_up && return
  tell_why_it_ended
  die "no lab is up in $LAB_DIR (test/lab/lab up starts one)"
}

cmd_up() {
  local kernel='' cpus=2 memory_mib=4096 owner='' life_s=7200 listeners=all init=plain forwards=() started=$SECONDS
  while [ $# -gt 0 ]; do
    need_value "$@"
    case $1 in
      --kernel) kernel=$2 ;;
      --cpus) need_number "$1" "$2" && cpus=$2 ;;
      --memory) need_number "$1" "$2" && memory_mib=$2 ;;
      --owner) owner=$(identity_of "$2") || usage_error "--owner: no process $2" ;;
      --life) need_number "$1" "$2" && life_s=$2 ;;
      --listeners)
        [[ $2 =~ ^(all|few)$ ]] || usage_error "$1 needs all or few, not '$2'"
        listeners=$2
        ;;
      --init)
        [[ $2 =~ ^(plain|systemd)$ ]] || usage_error "$1 needs plain or systemd, not '$2'"
        init=$2
        ;;
      --forward) forwards+=("$(hostfwd "$2")") || exit ;;
      *) usage_error "up: unknown option $1" ;;
    esac
    shift 2
  done
  require_all
  [ "$init" = plain ] || require_systemd
  claim_lab_dir
  prepare_boot "${kernel:-$(default_kernel)}" "$cpus" "$memory_mib" "$listeners" "$init" "${forwards[@]}"
  say "booting $KERNEL_VERSION under emulation: $cpus CPUs and one apart, $memory_mib MiB"
  start_supervisor "$owner" "$life_s"
  await_ready
  say "up after $((SECONDS - started)) s; state in $LAB_DIR"
}

# The directory opens the way to a root shell over this machine's files: nobody else may look into it.
claim_lab_dir() {
  mkdir -p "$LAB_DIR" || exit
  [ -O "$LAB_DIR" ] || die "$LAB_DIR is not a directory of this user"
  chmod 700 "$LAB_DIR"
  exec 9> "$LAB_DIR/lock"
  flock -n 9 || die "another 'lab up' is at work in $LAB_DIR"
  ! lab_is_up || die "a lab is up in $LAB_DIR already (test/lab/lab down ends it)"
  clear_state
}

clear_state() {
  (cd "$LAB_DIR" && rm -rf initrd.?????? && rm -f supervisor ended console.log qemu.log qmp.sock ssh_port key key.pub \
    host_key host_key.pub known_hosts ssh.log initrd)
}

# Fills the cache and sets QEMU, the command line of the emulator.
prepare_boot() { # prepare_boot KERNEL CPUS MEMORY_MIB LISTENERS INIT HOSTFWD...
  local kernel=$1 cpus=$2 memory_mib=$3 listeners=$4 init=$5 guest_initramfs
  shift 5
  local clock
  mkdir -p "$CACHE"
  exec 8> "$CACHE/lock"
  flock 8
  prepare_kernel "$kernel"
  prepare_programs
  prepare_guest_initramfs
  guest_initramfs=$INITRAMFS
  prepare_host_initramfs
  exec 8>&-
  # The kernel would measure its clock at boot, and take a wrong figure for good if the emulator has to
  # wait for a CPU meanwhile: it is told instead.
  clock="tsc=reliable tsc_early_khz=$("$CACHE/bin/tsc_khz")" || die "cannot measure the time stamp counter"
  make_keys
  make_initrd "$guest_initramfs" "$listeners" "$init"
  local network=user,model=virtio-net-pci,hostfwd=tcp:127.0.0.1:0-:22 forward
  for forward; do network+=,hostfwd=$forward; done
  # CPU 0 is one more: see host/serve. The last one has no tick while it runs one thread only, as hosts
  # of network functions have it.
  # shellcheck disable=SC2054 # the commas are QEMU's
  QEMU=(qemu-system-x86_64 -accel tcg,thread=multi -cpu EPYC,+svm,+npt -smp "$((cpus + 1))" -m "$memory_mib"
    -nodefaults -display none -no-reboot -serial file:console.log -qmp unix:qmp.sock,server=on,wait=off
    -kernel "$KERNEL_IMAGE" -initrd initrd
    -append "console=ttyS0 quiet oops=panic panic=-1 maxcpus=1 $clock nohz_full=$cpus"
    -nic "$network")
  share root /
  share project "$PROJECT"
  share cache "$CACHE"
}

share() { # share TAG DIRECTORY
  QEMU+=(-virtfs "local,path=$(qemu_value "$2"),mount_tag=$1,security_model=none,readonly=on,multidevs=remap")
}

# Keys of this one lab, for both sides: nobody else comes in, and nobody else answers in its place.
make_keys() {
  ssh-keygen -q -t ed25519 -N '' -C lab -f "$LAB_DIR/key"
  ssh-keygen -q -t ed25519 -N '' -C lab -f "$LAB_DIR/host_key"
  echo "lab $(cut -d' ' -f1,2 "$LAB_DIR/host_key.pub")" > "$LAB_DIR/known_hosts"
}

# The kernel unpacks one archive after another: what is this lab's own, then the cached one (a plain
# archive must begin on a multiple of 4 bytes, a compressed one may begin anywhere).
make_initrd() { # make_initrd GUEST_INITRAMFS LISTENERS INIT
  local tree
  tree=$(mktemp -d "$LAB_DIR/initrd.XXXXXX")
  cp "$LAB_DIR/host_key" "$tree/host_key"
  cp "$LAB_DIR/key.pub" "$tree/authorized_keys"
  {
    echo "PROJECT=$(quote "$PROJECT")"
    echo "GUEST_KERNEL=$(quote "/run/lab/cache/${KERNEL_IMAGE#"$CACHE/"}")"
    echo "LISTENERS=$(quote "$2")"
    echo "INIT=$(quote "$3")"
    echo "GUEST_INITRAMFS=$(quote "/run/lab/cache/${1#"$CACHE/"}")"
  } > "$tree/lab.conf"
  (umask 077 && cat <(archive "$tree") "$INITRAMFS" > "$LAB_DIR/initrd")
  rm -rf "$tree"
}

start_supervisor() { # start_supervisor OWNER LIFE_S
  : > "$LAB_DIR/console.log"
  (
    exec 9>&-
    cd "$LAB_DIR" || exit
    setsid "$LAB_HOME/lab" _supervise "$1" "$2" "${QEMU[@]}" < /dev/null > qemu.log 2>&1 &
  )
  wait_for 5 test -s "$LAB_DIR/supervisor" || die "the supervisor did not start"
}

# Runs as a process of its own, in LAB_DIR, and lives exactly as long as the emulator.
cmd_supervise() { # OWNER LIFE_S QEMU...
  local owner=$1 deadline=$((SECONDS + $2)) reason=''
  shift 2
  identity_of $$ > supervisor.new && mv supervisor.new supervisor
  trap 'reason=asked' TERM INT HUP
  setpriv --pdeathsig KILL "$@" &
  local qemu=$!
  while kill -0 $qemu 2> /dev/null; do
    [ -z "$owner" ] || is_alive "$owner" || reason="its owner, process ${owner%% *}, is gone"
    ((SECONDS < deadline)) || reason="its time was over"
    [ -z "$reason" ] || kill -KILL $qemu 2> /dev/null
    sleep 0.5 &
    wait $! 2> /dev/null
  done
  [ "$reason" = asked ] || echo "${reason:-$(why_it_died)}" > ended
  rm -f key host_key initrd qmp.sock ssh_port supervisor
  [ ! -e temporary ] || rm -rf "$LAB_DIR"
}

why_it_died() {
  if grep -aqE 'Kernel panic|Oops' console.log; then
    echo "its kernel panicked:"
    grep -aE -A 40 -m 1 'Oops|BUG:|Kernel panic' console.log
  else
    echo "the emulator ended:"
    tail -n 20 console.log qemu.log
  fi
}

tell_why_it_ended() {
  [ ! -s "$LAB_DIR/ended" ] || say "the lab in $LAB_DIR ended: $(cat "$LAB_DIR/ended")"
}

# Shows the console's progress lines until the lab answers.
await_ready() {
  local shown=0 deadline=$((SECONDS + 120)) lines
  until grep -aq '^lab: ready' "$LAB_DIR/console.log"; do
    lab_is_up || die_without_answer "it ended while booting"
    ((SECONDS < deadline)) || die_without_answer "it did not come up within 120 s"
    show_progress
    sleep 0.2
  done
  show_progress
  find_ssh_port
  prepare_ssh
  wait_for 20 "${SSH[@]}" true < /dev/null 2> "$LAB_DIR/ssh.log" || die_without_answer "it does not answer: $(cat "$LAB_DIR/ssh.log")"
}

show_progress() {
  lines=$(grep -a '^lab: ' "$LAB_DIR/console.log" | tr -d '\r' | tail -n +$((shown + 1)))
  [ -n "$lines" ] || return 0
  printf '%s\n' "$lines" >&2
  shown=$((shown + $(wc -l <<< "$lines")))
}

die_without_answer() {
  say "the lab failed: $1; the end of its console:"
  tail -n 40 "$LAB_DIR/console.log" "$LAB_DIR/qemu.log" >&2
  cmd_down
  exit 1
}

cmd_down() {
  local supervisor
  supervisor=$(cat "$LAB_DIR/supervisor" 2> /dev/null)
  if is_alive "$supervisor"; then
    kill -TERM "${supervisor%% *}"
    wait_for 10 is_gone "$supervisor" || die "supervisor ${supervisor%% *} does not end"
  fi
}

# Up, a command with the lab at hand, down, whatever happens; kill -9 included, by way of the owner.
cmd_run() {
  local options=()
  while [ $# -gt 0 ] && [ "$1" != -- ]; do
    need_value "$@"
    options+=("$1" "$2")
    shift 2
  done
  [ $# -ge 2 ] || usage_error "run: no command behind --"
  shift
  trap cmd_down EXIT
  trap 'exit 130' INT
  trap 'exit 143' TERM
  trap 'exit 129' HUP
  (cmd_up --owner $$ "${options[@]}") || exit
  setpriv --pdeathsig TERM "$@" <&0 &
  wait $!
}
