# shellcheck shell=bash
# What a figure is worth nothing without: on which machine, and when. Sourced by the benchmarks.

processor() {
  sed -n 's/^model name[[:space:]]*: //p' /proc/cpuinfo | head -n 1
}

memory_gib() {
  awk '/^MemTotal:/ { printf "%.0f", $2 / 1048576 }' /proc/meminfo
}

jvm() {
  java -version 2>&1 | sed -n '2s/^OpenJDK Runtime Environment //p'
}

describe_machine() { # one line; call it before the benchmark makes load of its own
  printf '%s, %s x %s, %s GiB, Linux %s, OpenJDK %s, load %s before\n' "$(date -u +%F)" "$(nproc)" \
    "$(processor)" "$(memory_gib)" "$(uname -r)" "$(jvm)" "$(cut -d' ' -f1 /proc/loadavg)"
}
