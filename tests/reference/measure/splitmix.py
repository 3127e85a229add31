"""The draws of the crate's generator (SplitMix64), which resampling here repeats number by number."""

import functools

import numpy as np

MASK = (1 << 64) - 1


def splitmix(seed):
    while True:
        seed = (seed + 0x9E3779B97F4A7C15) & MASK
        z = seed
        z = ((z ^ (z >> 30)) * 0xBF58476D1CE4E5B9) & MASK
        z = ((z ^ (z >> 27)) * 0x94D049BB133111EB) & MASK
        yield z ^ (z >> 31)


@functools.cache
def draws(seed, n, resamples=2000):
    numbers, unfair = splitmix(seed), (1 << 64) % n

    def below():
        while True:
            product = next(numbers) * n
            if product & MASK >= unfair:
                return product >> 64

    return np.array([[below() for _ in range(n)] for _ in range(resamples)])
