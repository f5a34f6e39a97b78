# shellcheck shell=bash
# The ways in: commands by ssh, ports by the emulator's monitor.

# Sets SSH, the start of a command line; what follows it is read by the shell in the lab.
prepare_ssh() {
  SSH=(setpriv --pdeathsig TERM ssh -F none -T -p "$(cat "$LAB_DIR/ssh_port")" -i "$LAB_DIR/key"
    -o IdentitiesOnly=yes -o BatchMode=yes -o LogLevel=ERROR -o HostKeyAlias=lab
    -o StrictHostKeyChecking=yes -o "UserKnownHostsFile=\"$LAB_DIR/known_hosts\""
    -o ConnectTimeout=30 -o ServerAliveInterval=15 -o ServerAliveCountMax=8 root@127.0.0.1)
}

# The command as it is, in the directory of the same name, found on the caller's own path.
in_session() { # in_session COMMAND...
  quote_all /run/lab/cache/bin/session "$PWD" env "PATH=$PATH" ${JAVA_HOME:+"JAVA_HOME=$JAVA_HOME"} "$@"
}

cmd_exec() {
  if [ "${1-}" = -i ]; then shift; else exec < /dev/null; fi
  [ $# -gt 0 ] || usage_error "exec: no command"
  require_up
  run_in_lab "$@"
}

# Exits with the command's status. ssh is no plain child: bash would act on a signal only after its end.
run_in_lab() { # run_in_lab COMMAND...
  local ssh status
  prepare_ssh
  "${SSH[@]}" "$(in_session "$@")" <&0 &
  ssh=$!
  trap 'kill $ssh 2> /dev/null' TERM INT HUP
  while
    wait $ssh
    status=$?
    kill -0 $ssh 2> /dev/null
  do :; done
  if [ $status = 255 ] && wait_for 3 test -s "$LAB_DIR/ended"; then tell_why_it_ended; fi
  exit $status
}

# QEMU's form of a forwarding, bound to 127.0.0.1.
hostfwd() { # hostfwd udp|tcp:HOSTPORT:LABPORT
  if ! [[ $1 =~ ^(udp|tcp):([0-9]{1,5}):([0-9]{1,5})$ ]] \
    || ((10#${BASH_REMATCH[2]} > 65535 || 10#${BASH_REMATCH[3]} > 65535)); then
    usage_error "a forwarding is udp:HOSTPORT:LABPORT or tcp:HOSTPORT:LABPORT, not '$1'"
  fi
  echo "${BASH_REMATCH[1]}:127.0.0.1:${BASH_REMATCH[2]}-:${BASH_REMATCH[3]}"
}

cmd_forward() {
  [ $# = 2 ] || usage_error "forward needs udp|tcp and HOSTPORT:LABPORT"
  local forwarding answer
  forwarding=$(hostfwd "$1:$2") || exit
  require_up
  answer=$(monitor "hostfwd_add $forwarding") || exit
  [ -z "$answer" ] || die "forward $1 $2: $answer"
}

find_ssh_port() {
  local port
  port=$(monitor "info usernet" | awk '$1 ~ /HOST_FORWARD/ && $6 == 22 { print $4 }')
  [ -n "$port" ] || die "the emulator does not tell the port of its ssh"
  echo "$port" > "$LAB_DIR/ssh_port"
}

# Has the emulator's monitor carry out a command and prints its answer. The socket's path is given
# relative, because it must be short.
monitor() { # monitor COMMAND
  local from_qemu to_qemu
  coproc { cd "$LAB_DIR" && exec socat - UNIX-CONNECT:qmp.sock; }
  from_qemu=${COPROC[0]} to_qemu=${COPROC[1]}
  read -r -t 10 _ <&"$from_qemu" || die "the emulator's monitor does not answer"
  qmp_request '{"execute":"qmp_capabilities"}' > /dev/null
  qmp_request '{"execute":"human-monitor-command","arguments":{"command-line":"'"$1"'"}}'
  exec {to_qemu}>&-
  wait "$COPROC_PID"
}

qmp_request() { # qmp_request JSON: prints the string that comes back
  local answer
  printf '%s\n' "$1" >&"$to_qemu"
  while read -r -t 10 answer <&"$from_qemu"; do
    case $answer in
      *'"return"'*) break ;;
      *'"error"'*) die "the emulator's monitor says $answer" ;;
    esac
  done
  answer=${answer#*'"return": '}
  answer=${answer#\"}
  printf '%b' "${answer%%\"\}*}"
}
