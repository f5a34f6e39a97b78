package org.vcpuacct.diagnosis;

import java.util.Optional;

/** A cause that the figures may or may not point to. */
@FunctionalInterface
interface Suspect {

  /** The cause, with the figure that points to it; empty if none does. */
  Optional<LikelyCause> suspected(Evidence evidence);
}
