package org.vcpuacct.it;

import java.util.ArrayList;
import java.util.List;

/** The command {@code vcpuacct}, from the jar as it is shipped. */
final class Vcpuacct {

  private Vcpuacct() {}

  /** Its command line on a host. */
  static List<String> words(Host host, String... arguments) {
    List<String> words = new ArrayList<>();
    words.addAll(List.of("java", "@" + host.place(Project.JVM_OPTIONS)));
    words.addAll(List.of(ClassArchive.use(host), "-jar", host.place(Project.JAR)));
    words.addAll(List.of(arguments));
    return words;
  }

  /** Runs it on a host to its end. */
  static Program.Result run(Host host, String... arguments) {
    return through(host, List.of(), arguments);
  }

  /** Runs it by way of another program, which gets the command line as its arguments. */
  static Program.Result through(Host host, List<String> program, String... arguments) {
    List<String> words = new ArrayList<>(program);
    words.addAll(words(host, arguments));
    return host.run(words.toArray(String[]::new));
  }
}
