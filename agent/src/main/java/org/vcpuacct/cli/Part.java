package org.vcpuacct.cli;

import java.io.IOException;
import java.util.Optional;
import java.util.function.Function;
import org.vcpuacct.config.Config;

/**
 * A part of the daemon, and what of the configuration it follows. For one thread.
 *
 * @param <S> its settings, which are compared as values
 */
final class Part<S> {

  private final String name;
  private final Function<Config, S> settingsOf;
  private final Follower<S> follower;
  private Optional<S> followed = Optional.empty();

  /** Takes settings over. */
  @FunctionalInterface
  interface Follower<S> {

    /**
     * Follows them from now on.
     *
     * @throws IOException if it cannot; then it goes on by those before, if it can
     */
    void use(S settings) throws IOException;
  }

  /**
   * A part that has not followed a configuration yet.
   *
   * @param name what it follows: the name of a section, or of a key
   * @param settingsOf the same of a configuration
   */
  Part(String name, Function<Config, S> settingsOf, Follower<S> follower) {
    this.name = name;
    this.settingsOf = settingsOf;
    this.follower = follower;
  }

  /** What it follows: the name of a section, or of a key. */
  String name() {
    return name;
  }

  /** Whether a configuration says something else to it than that which it follows. */
  boolean differs(Config config) {
    return !followed.equals(Optional.of(settingsOf.apply(config)));
  }

  /**
   * Follows a configuration.
   *
   * @throws IOException if it cannot; the message says why
   */
  void follow(Config config) throws IOException {
    S settings = settingsOf.apply(config);
    followed = Optional.empty(); // whatever comes of it: the next configuration is followed
    follower.use(settings);
    followed = Optional.of(settings);
  }
}
