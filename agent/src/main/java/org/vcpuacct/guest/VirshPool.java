package org.vcpuacct.guest;

import java.io.Closeable;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.Semaphore;

/**
 * Lends a running virsh to one conversation after the other: to start one takes as long as a
 * hundred commands. Safe for use by many threads.
 *
 * <p>libvirtd has 20 workers by default (max_workers in libvirtd.conf), and a guest that is silent
 * holds one until libvirt gives it up. So few are used at once, and guests that were silent the
 * last time wait for each other and not for those that answer.
 */
final class VirshPool implements Closeable {

  private static final int ANSWERING_AT_ONCE = 6;
  private static final int SILENT_AT_ONCE = 2;

  private final String program;
  private final String uri;
  private final AnswerMemory memory;
  private final Semaphore answering = new Semaphore(ANSWERING_AT_ONCE, true);
  private final Semaphore silent = new Semaphore(SILENT_AT_ONCE, true);
  private final Deque<Virsh> idle = new ArrayDeque<>();
  private boolean closed;

  /**
   * @param program virsh's name, or path
   * @param uri libvirt's
   * @param memory shared by all readers
   */
  VirshPool(String program, String uri, AnswerMemory memory) {
    this.program = program;
    this.uri = uri;
    this.memory = memory;
  }

  /** Whom its virsh are connected to. */
  String uri() {
    return uri;
  }

  /**
   * A virsh for one conversation, as soon as it is this one's turn.
   *
   * @param wasSilent whether the guest did not answer the last time
   * @throws IOException if virsh cannot be run
   */
  Loan lend(boolean wasSilent, Deadline deadline)
      throws IOException, GuestLoadException, InterruptedException {
    Semaphore turns = wasSilent ? silent : answering;
    deadline.acquire(turns, "other guests of libvirt left no turn for this one");
    boolean lent = false;
    try {
      Loan loan = new Loan(idleOrNew(), turns);
      lent = true;
      return loan;
    } finally {
      if (!lent) {
        turns.release();
      }
    }
  }

  private Virsh idleOrNew() throws IOException {
    synchronized (idle) {
      while (!idle.isEmpty()) {
        Virsh virsh = idle.pop();
        if (virsh.awaitsCommand()) {
          return virsh;
        }
        virsh.close();
      }
    }
    return Virsh.start(program, uri, memory);
  }

  private void takeBack(Virsh virsh) {
    synchronized (idle) {
      if (virsh.awaitsCommand() && !closed) {
        idle.push(virsh);
      } else {
        virsh.close();
      }
    }
  }

  /** Ends the idle ones now, the others when they are given back. */
  @Override
  public void close() {
    synchronized (idle) {
      closed = true;
      idle.forEach(Virsh::close);
      idle.clear();
    }
  }

  /** Gives the virsh back when it is closed. */
  final class Loan implements Closeable {

    private final Virsh virsh;
    private final Semaphore turns;

    private Loan(Virsh virsh, Semaphore turns) {
      this.virsh = virsh;
      this.turns = turns;
    }

    Virsh virsh() {
      return virsh;
    }

    @Override
    public void close() {
      takeBack(virsh);
      turns.release();
    }
  }
}
