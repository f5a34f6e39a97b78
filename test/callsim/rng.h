/* Random numbers that a seed repeats: SplitMix64 (Steele, Lea, Flood 2014). */
#ifndef CALLSIM_RNG_H
#define CALLSIM_RNG_H

#include <math.h>
#include <stdint.h>

struct rng {
	uint64_t state;
};

/* Uniform in [0, 1). */
static inline double rng_uniform(struct rng *rng)
{
	uint64_t z = rng->state += UINT64_C(0x9e3779b97f4a7c15);

	z = (z ^ (z >> 30)) * UINT64_C(0xbf58476d1ce4e5b9);
	z = (z ^ (z >> 27)) * UINT64_C(0x94d049bb133111eb);
	return (double)((z ^ (z >> 31)) >> 11) * 0x1p-53;
}

/* Exponential, of mean 1. */
static inline double rng_exponential(struct rng *rng)
{
	return -log1p(-rng_uniform(rng));
}

#endif
