package org.vcpuacct.history;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;

/** A process that records a host and says how many steps are on disk; it can be killed. */
final class RecordingProcess implements AutoCloseable {

  private static final long PAUSE_MS = 10;

  private final Path stateDir;
  private Process process;

  RecordingProcess(Path stateDir) {
    this.stateDir = stateDir;
  }

  void start() throws IOException {
    String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    process =
        new ProcessBuilder(
                java,
                "-cp",
                System.getProperty("java.class.path"),
                RecordingProcess.class.getName(),
                stateDir.toString())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
  }

  /**
   * Kills it, as kill -9 does, once it has said so many lines.
   *
   * @return how many steps are on disk from all its lives, as it said
   */
  int killAfter(int lines) throws IOException {
    String last = "0";
    try (BufferedReader said = process.inputReader()) {
      for (int i = 0; i < lines; i++) {
        last = said.readLine();
      }
      process.destroyForcibly().onExit().join();
    }
    return Integer.parseInt(last);
  }

  @Override
  public void close() {
    if (process != null) {
      process.destroyForcibly().onExit().join();
    }
  }

  /** Records until it is killed. */
  public static void main(String[] arguments) throws Exception {
    Path stateDir = Path.of(arguments[0]);
    long run = System.currentTimeMillis();
    int before = 0;
    try (Timeline timeline = Timeline.open(HistoryFile.list(HistoryFolder.path(stateDir)))) {
      before = timeline.steps().size();
    }
    Recorder recorder = Recorder.start(stateDir, HistorySettings.defaults(), run);
    RandomHost host = new RandomHost(run);
    while (true) {
      recorder.record(host.next(0));
      Thread.sleep(PAUSE_MS);
      System.out.println(before + recorder.recorded());
    }
  }
}
