package org.vcpuacct.history;

/** One step of the sampler, in the block that holds it. */
record Step(Block block, int number) {

  /** CLOCK_MONOTONIC, in units of {@link Resolution}. */
  long takenUnits() {
    return block.times().takenUnits(number);
  }

  /** Wall-clock time, ms since 1970. */
  long epochMillis() {
    return block.times().epochMillis(number);
  }

  /** Whether nothing is missing between this step and the one that is held next. */
  boolean isFollowedBy(Step next) {
    return block.runEpochMillis() == next.block.runEpochMillis()
        && next.block.file().sequence() - block.file().sequence() <= 1;
  }
}
