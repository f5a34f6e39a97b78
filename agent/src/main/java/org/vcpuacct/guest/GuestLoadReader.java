package org.vcpuacct.guest;

/** One way to ask one guest for its load. For one thread. */
interface GuestLoadReader {

  /**
   * Asks the guest. Blocks until it has answered, at most about as long as the reader's time-out;
   * holds nothing open afterwards.
   *
   * @throws GuestNotAnsweringException if nothing came in time, or there is nobody to ask
   * @throws GuestRefusedException if the answer is no, or is none
   * @throws InterruptedException if the thread was interrupted
   */
  GuestLoad read() throws GuestLoadException, InterruptedException;
}
