# shellcheck shell=bash
# CPU time of a process and of its threads, read from outside. Sourced by the benchmarks.

CLOCK_TICKS=$(getconf CLK_TCK)

now_ns() {
  local uptime
  read -r uptime _ < /proc/uptime
  echo "${uptime/./}0000000"
}

process_cpu_ns() { # process_cpu_ns PID: all its threads, the ended ones too; 10 ms fine
  local stat
  read -r stat < "/proc/$1/stat"
  # shellcheck disable=SC2086 # the fields behind the command's name, which may itself hold spaces
  set -- ${stat##*) }
  echo $(((${12} + ${13}) * (1000000000 / CLOCK_TICKS)))
}

threads_cpu_ns() { # threads_cpu_ns PID NAME-PATTERN: the living threads of these names
  local task comm cpu_ns sum_ns=0
  for task in "/proc/$1/task"/*; do
    { read -r comm < "$task/comm" && read -r cpu_ns _ < "$task/schedstat"; } 2> /dev/null || continue
    # shellcheck disable=SC2053 # a pattern
    [[ $comm != $2 ]] || sum_ns=$((sum_ns + cpu_ns))
  done
  echo "$sum_ns"
}

status_mib() { # status_mib PID FIELD: a size in /proc/PID/status
  awk -v field="$2:" '$1 == field { printf "%.0f", $2 / 1024 }' "/proc/$1/status"
}
