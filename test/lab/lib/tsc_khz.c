/*
 * tsc_khz: prints the frequency, in kHz, of the time stamp counter that QEMU's emulation shows its
 * guest: this machine's own on x86, and one tick a nanosecond elsewhere (QEMU's cpu_get_ticks()).
 */
#define _GNU_SOURCE
#include <inttypes.h>
#include <stdint.h>
#include <stdio.h>
#include <time.h>

#if defined(__x86_64__)
#include <x86intrin.h>

enum { TRIES = 100, SPAN_MS = 300 };

struct reading {
  uint64_t ticks, ns;
};

static uint64_t monotonic_ns(void) {
  struct timespec now;
  clock_gettime(CLOCK_MONOTONIC, &now);
  return (uint64_t)now.tv_sec * 1000000000 + (uint64_t)now.tv_nsec;
}

/* Both clocks at one instant: of several tries the one that was interrupted least. */
static struct reading read_both(void) {
  struct reading best = {0, 0};
  uint64_t shortest = UINT64_MAX;
  for (int i = 0; i < TRIES; i++) {
    uint64_t before = __rdtsc(), ns = monotonic_ns(), after = __rdtsc();
    if (after - before < shortest) {
      shortest = after - before;
      best = (struct reading){before + (after - before) / 2, ns};
    }
  }
  return best;
}

static uint64_t tsc_khz(void) {
  struct reading first = read_both();
  nanosleep(&(struct timespec){.tv_nsec = SPAN_MS * 1000000L}, NULL);
  struct reading last = read_both();
  return (last.ticks - first.ticks) * 1000000 / (last.ns - first.ns);
}
#else
static uint64_t tsc_khz(void) {
  return 1000000;
}
#endif

int main(void) {
  printf("%" PRIu64 "\n", tsc_khz());
  return 0;
}
