# shellcheck shell=bash
# Guests are started and kept by a script inside the lab (host/guest); here only the way there.

cmd_guest() {
  exec < /dev/null
  [ $# -gt 0 ] || usage_error "guest: start, stop, signal, wait, pid or list"
  require_up
  [ "$1" != start ] || prepare_programs
  run_in_lab "$LAB_HOME/host/guest" "$@"
}
