package org.vcpuacct.cli;

import java.io.Closeable;
import java.io.IOException;
import java.util.Optional;

/**
 * What is opened by its settings, and opened anew when they are others. It can be read by any
 * thread; one at a time may change it.
 *
 * @param <S> settings
 * @param <T> what is opened
 */
final class Reopenable<S, T extends Closeable> implements Closeable {

  private final Opener<S, T> opener;
  private Optional<S> settings = Optional.empty();
  private volatile Optional<T> open = Optional.empty();

  /** Opens it. */
  @FunctionalInterface
  interface Opener<S, T> {
    T open(S settings) throws IOException;
  }

  /** One that is not open yet. */
  Reopenable(Opener<S, T> opener) {
    this.opener = opener;
  }

  /** What is open now. */
  Optional<T> get() {
    return open;
  }

  /**
   * Opens it by other settings. The old one is closed first: the new one can need what that holds.
   *
   * @param wanted empty if it is to be closed
   * @throws IOException if it cannot be opened; then it is opened by the old settings again
   */
  void use(Optional<S> wanted) throws IOException {
    close();
    try {
      open(wanted);
    } catch (IOException e) {
      openAgain(e);
      throw e;
    }
    settings = wanted;
  }

  private void open(Optional<S> by) throws IOException {
    if (by.isPresent()) {
      open = Optional.of(opener.open(by.get()));
    }
  }

  private void openAgain(IOException failure) {
    try {
      open(settings);
    } catch (IOException e) {
      failure.addSuppressed(e);
    }
  }

  @Override
  public void close() throws IOException {
    Optional<T> old = open;
    open = Optional.empty();
    if (old.isPresent()) {
      old.get().close();
    }
  }
}
