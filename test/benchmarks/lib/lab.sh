# shellcheck shell=bash
# The lab as the benchmarks use it. The vCPUs of the guest have a CPU of the lab to themselves, as network
# functions have; what watches them runs on CPU 0, which runs no guest; all else runs on the third.
# Sourced by the benchmarks, once they have set HERE and PROJECT.

LAB=$PROJECT/test/lab/lab
JAR=$PROJECT/agent/target/vcpuacct.jar
VCPU_PCPU=1
MONITOR_PCPU=0
OTHER_PCPU=2
START_SECONDS=60
GUEST=storm

work=$(mktemp -d)
export LAB_DIR=$work/lab
monitor=

clean_up() {
  trap - EXIT INT TERM
  [ -z "$monitor" ] || kill "$monitor" 2> /dev/null || true
  [ ! -e "$LAB_DIR" ] || "$LAB" down > /dev/null 2>&1 || true
  rm -rf "$work"
}

end_with_caller() { # all that was started ends with the script
  trap clean_up EXIT
  trap 'exit 130' INT
  trap 'exit 143' TERM
}

progress() { # progress TEXT
  printf '%3s s  %s\n' "$SECONDS" "$1" >&2
}

fail() { # fail TEXT
  echo "${0##*/}: $1" >&2
  exit 1
}

need_commands() { # need_commands COMMAND:DEBIAN-PACKAGE...: the lab has this machine's programs
  local need missing=()
  PATH=$PATH:/usr/local/sbin:/usr/sbin:/sbin
  for need; do
    command -v "${need%%:*}" > /dev/null || missing+=("${need%%:*} (Debian: ${need#*:})")
  done
  [ ${#missing[@]} = 0 ] || fail "missing on this machine: ${missing[*]}"
  [ -f "$JAR" ] || fail "no $JAR: mvn -pl agent -am package"
}

start_lab() { # start_lab KERNEL OPTION...
  progress "booting the lab, kernel $1"
  "$LAB" up --kernel "$1" --owner $$ "${@:2}"
  # What comes in from now on leaves the vCPUs' CPU alone.
  # shellcheck disable=SC2016 # for the shell in the lab
  "$LAB" exec sh -c 'taskset -acp "$0" "$(pgrep -o -x "dropbear|sshd")" > /dev/null' $OTHER_PCPU
}

start_guest() { # start_guest VCPUS PHASE...
  local vcpus=$1 phase options=()
  shift
  for phase; do options+=(--phase "$phase"); done
  "$LAB" guest start $GUEST --vcpus "$vcpus" --pin $VCPU_PCPU --payload "${options[@]}" >&2
  coproc PHASES { run_phases_when_asked; }
}

# One connection for all phases: to come into the lab takes longer than a phase. Nothing in the lab looks again
# and again whether a phase is over: on a machine with few cores that would slow the guest down.
run_phases_when_asked() {
  # shellcheck disable=SC2016 # for the shell in the lab
  "$LAB" exec -i sh -c '
    tail -n 0 -f "$2" &
    while read -r phase; do
      kill -USR1 "$1"
    done
    kill $!' sh "$("$LAB" guest pid $GUEST)" /run/lab/guests/$GUEST/status
}

begin_phase() { # begin_phase NUMBER: the next one, counted from 1
  begun_phase=$1
  echo "$begun_phase" >&"${PHASES[1]}"
}

await_phase() { # until it is over; the line that tells its end becomes "phase_line"
  phase_line=
  until [[ $phase_line == "phase $begun_phase done"* ]]; do
    # shellcheck disable=SC2034 # it is for the caller
    read -r phase_line <&"${PHASES[0]}" || fail "the guest does not end its phase"
  done
}

stop_guest() {
  local to_phases=${PHASES[1]}
  exec {to_phases}>&-
  wait "${PHASES_PID?no guest}" || true
  "$LAB" guest stop $GUEST >&2
}

start_monitor() { # start_monitor COMMAND...: one at a time; what it says goes to $work/monitor.log
  # shellcheck disable=SC2016 # for the shell in the lab
  "$LAB" exec sh -c 'echo $$ > /tmp/monitor.pid; exec "$@"' sh taskset -c $MONITOR_PCPU "$@" \
    > "$work/monitor.log" 2>&1 &
  monitor=$!
}

await_monitor() { # await_monitor PATTERN: a line that it says once it is at work
  local end=$((SECONDS + START_SECONDS))
  until grep -qs "$1" "$work/monitor.log"; do
    if [ $SECONDS -ge $end ] || ! kill -0 "$monitor" 2> /dev/null; then
      fail "it does not start: $(cat "$work/monitor.log")"
    fi
    sleep 0.5
  done
}

stop_monitor() { # and waits until it has said everything
  # shellcheck disable=SC2016 # for the shell in the lab
  "$LAB" exec sh -c 'kill -INT "$(cat /tmp/monitor.pid)"'
  wait "$monitor" 2> /dev/null || true
  monitor=
}

start_daemon() { # start_daemon TIER [VMS [SECTIONS]]: it has found so many VMs, else the one guest, when this returns
  printf '[agent]\nbest-tier = "%s"\nstate-dir = "/tmp/state"\n\n[snmp]\nlisten = "0.0.0.0:1161"\nv2c-anywhere = true\n%s\n' \
    "$1" "${3-}" |
    "$LAB" exec -i sh -c 'cat > /tmp/vcpuacct.conf'
  start_monitor java "@$PROJECT/systemd/jvm.options" -jar "$JAR" run --config /tmp/vcpuacct.conf
  await_monitor "tier $1, ${2-1} VMs"
}
