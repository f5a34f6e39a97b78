package org.vcpuacct.export.http;

import java.util.Set;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/**
 * Lets requests for some resources have their turn, one after the other: those whose answers take
 * much memory or time to make. A few wait, and the others are refused, so that threads are left for
 * what is quick.
 */
public final class Turns {

  private static final int MAX_WAITING = 2;
  private static final long PATIENCE_MS = 5_000;
  private static final int SERVICE_UNAVAILABLE = 503;

  private final Semaphore turn = new Semaphore(1, true);

  /** The same resource, taking turns with all others that were given here. */
  public Resource of(Resource resource) {
    return new InTurn(resource);
  }

  private final class InTurn implements Resource {

    private final Resource resource;

    InTurn(Resource resource) {
      this.resource = resource;
    }

    @Override
    public String path() {
      return resource.path();
    }

    @Override
    public Set<String> parameters() {
      return resource.parameters();
    }

    @Override
    public Answer answer(Query query) {
      if (!await()) {
        return Answer.line(SERVICE_UNAVAILABLE, "others are asking for the like; try again");
      }
      try {
        return resource.answer(query);
      } finally {
        turn.release();
      }
    }
  }

  private boolean await() {
    try {
      return turn.getQueueLength() < MAX_WAITING
          && turn.tryAcquire(PATIENCE_MS, TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }
}
