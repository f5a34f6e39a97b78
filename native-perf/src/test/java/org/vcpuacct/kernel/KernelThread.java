package org.vcpuacct.kernel;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

/** A thread of this process whose kernel number is known, which makes system calls until closed. */
final class KernelThread implements AutoCloseable {

  private static final long POLL_NS = 1_000_000;

  private final Thread thread;
  private final CountDownLatch started = new CountDownLatch(1);
  private final AtomicInteger tid = new AtomicInteger();
  private final AtomicLong rounds = new AtomicLong();
  private volatile boolean ending;

  private KernelThread(Runnable round) {
    thread = new Thread(() -> run(round), "observed");
  }

  /** Starts a thread that calls {@code round} again and again. */
  static KernelThread looping(Runnable round) throws InterruptedException {
    KernelThread made = new KernelThread(round);
    made.thread.start();
    made.started.await();
    return made;
  }

  private void run(Runnable round) {
    try {
      tid.set(TestLibC.currentTid());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } finally {
      started.countDown();
    }
    while (!ending) {
      round.run();
      rounds.incrementAndGet();
    }
  }

  int tid() {
    return tid.get();
  }

  /** How often the round was made. */
  long rounds() {
    return rounds.get();
  }

  /** Ends the thread and waits until the kernel has no trace of it. */
  @Override
  public void close() {
    ending = true;
    while (Files.exists(Path.of("/proc/self/task/" + tid()))) {
      LockSupport.parkNanos(POLL_NS);
    }
  }
}
