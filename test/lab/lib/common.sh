# shellcheck shell=bash
# What every part of the lab's command uses: messages, places, and processes known by more than a number.

LAB_HOME=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd -P)
export PROJECT CACHE
PROJECT=$(cd "$LAB_HOME/../.." && pwd -P)
CACHE=${XDG_CACHE_HOME:-$HOME/.cache}/vcpuacct-lab
export LAB_DIR=${LAB_DIR:-${XDG_STATE_HOME:-$HOME/.local/state}/vcpuacct-lab}

say() { printf 'lab: %s\n' "$*" >&2; }

die() { # die MESSAGE [STATUS]
  say "$1"
  exit "${2:-1}"
}

usage_error() { die "$1 (test/lab/lab help shows the usage)" 2; }

# need_value OPTION VALUE...: an option at the end of the line has lost its value.
need_value() { [ $# -ge 2 ] || usage_error "$1 needs a value"; }

need_number() { # need_number OPTION VALUE
  [[ ${2-} =~ ^[1-9][0-9]*$ ]] || usage_error "$1 needs a positive whole number, not '${2-}'"
}

# A process is its PID and its start time in clock ticks (field 22 of /proc/PID/stat): a PID alone may
# have passed to a stranger. Prints nothing when the process is gone.
identity_of() { # identity_of PID
  local stat
  { read -r stat < "/proc/$1/stat"; } 2> /dev/null || return 1
  # shellcheck disable=SC2086 # the fields behind the command's name, which may itself hold spaces
  set -- "$1" ${stat##*) }
  [ "$2" != Z ] && printf '%s %s\n' "$1" "${21}"
}

is_alive() { # is_alive "PID START"
  [ -n "$1" ] && [ "$(identity_of "${1%% *}")" = "$1" ]
}

is_gone() { ! is_alive "$1"; }

# Waits until the given test succeeds, looking ten times a second.
wait_for() { # wait_for SECONDS COMMAND...
  local tries=$(($1 * 10))
  shift
  until "$@"; do
    ((tries-- > 0)) || return 1
    sleep 0.1
  done
}

# One word of a POSIX shell's command line, whatever it holds.
quote() { printf "'%s'" "${1//\'/\'\\\'\'}"; }

quote_all() {
  local word
  for word; do
    quote "$word"
    printf ' '
  done
}

# QEMU's option parser takes a comma for the end of a value unless it is doubled.
qemu_value() { printf '%s' "${1//,/,,}"; }
