/*
 * proc-floor PID...: what the kernel alone takes to tell of every thread of these processes. Test code.
 *
 * Once a second, ROUNDS times, it reads schedstat of all threads on kept descriptors, as the daemon does,
 * and then stat; it prints the medians of the CPU time of a file, in nanoseconds: "SCHEDSTAT STAT".
 */
#define _GNU_SOURCE
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

enum { MAX_THREADS = 65536, ROUNDS = 15 };

static int schedstats[MAX_THREADS], stats[MAX_THREADS];
static int threads;

static int open_or_exit(const char *process, const char *thread, const char *name) {
  char path[128];
  snprintf(path, sizeof path, "/proc/%s/task/%s/%s", process, thread, name);
  int fd = open(path, O_RDONLY);
  if (fd < 0) {
    fprintf(stderr, "proc-floor: %s: %s\n", path, strerror(errno));
    exit(1);
  }
  return fd;
}

static void open_threads(const char *process) {
  char path[64];
  snprintf(path, sizeof path, "/proc/%s/task", process);
  DIR *folder = opendir(path);
  if (folder == NULL) {
    fprintf(stderr, "proc-floor: %s: %s\n", path, strerror(errno));
    exit(1);
  }
  for (struct dirent *entry; threads < MAX_THREADS && (entry = readdir(folder)) != NULL;) {
    if (entry->d_name[0] != '.') {
      schedstats[threads] = open_or_exit(process, entry->d_name, "schedstat");
      stats[threads] = open_or_exit(process, entry->d_name, "stat");
      threads++;
    }
  }
  closedir(folder);
}

static int64_t cpu_ns(void) {
  struct timespec now;
  clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now);
  return (int64_t)now.tv_sec * 1000000000 + now.tv_nsec;
}

/* CPU time of reading one of these files, ns. */
static int64_t read_all(const int *files) {
  char text[4096];
  int64_t start_ns = cpu_ns();
  for (int i = 0; i < threads; i++) {
    if (pread(files[i], text, sizeof text, 0) <= 0) {
      fprintf(stderr, "proc-floor: a thread has ended\n");
      exit(1);
    }
  }
  return (cpu_ns() - start_ns) / threads;
}

static int ascending(const void *left, const void *right) {
  int64_t a = *(const int64_t *)left, b = *(const int64_t *)right;
  return (a > b) - (a < b);
}

static int64_t median(int64_t *values) {
  qsort(values, ROUNDS, sizeof values[0], ascending);
  return values[ROUNDS / 2];
}

int main(int argc, char **argv) {
  int64_t schedstat_ns[ROUNDS], stat_ns[ROUNDS];
  for (int i = 1; i < argc; i++) {
    open_threads(argv[i]);
  }
  if (threads == 0) {
    fprintf(stderr, "usage: proc-floor PID...\n");
    return 2;
  }
  for (int round = 0; round < ROUNDS; round++) {
    sleep(1);
    schedstat_ns[round] = read_all(schedstats);
    stat_ns[round] = read_all(stats);
  }
  printf("%lld %lld\n", (long long)median(schedstat_ns), (long long)median(stat_ns));
  return 0;
}
