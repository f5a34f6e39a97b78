package org.vcpuacct.it;

import java.util.ArrayList;
import java.util.List;

/**
 * A block of code of a document. Behind the language of one with commands stands where they are
 * run: {@code sh host}.
 *
 * @param document path of the document in the project
 * @param line where it begins, from 1
 * @param language what is in it, by the name that is behind the fence; empty if there is none
 * @param place where its commands are run; empty for anything but commands
 * @param lines what is in it
 */
record DocumentedBlock(
    String document, int line, String language, String place, List<String> lines) {

  /** Commands, one a line. */
  static final String COMMANDS = "sh";

  /** Commands, each behind a prompt, and under it what it prints. */
  static final String SESSION = "console";

  private static final String PROMPT = "$ ";
  private static final String CONTINUES = "\\";

  /**
   * A command, and what the document shows of its output.
   *
   * @param text what is typed
   * @param output the lines shown
   */
  record Command(String text, List<String> output) {}

  /** Whether there is something to type in it. */
  boolean hasCommands() {
    return language.equals(COMMANDS) || language.equals(SESSION);
  }

  /** Whether a line of it looks like one that is typed. */
  boolean hasPrompt() {
    return lines.stream().anyMatch(line -> line.startsWith(PROMPT));
  }

  /** What is typed, in its order; none in a block of anything else. */
  List<Command> commands() {
    List<Command> commands = new ArrayList<>();
    String open = "";
    for (String line : hasCommands() ? lines : List.<String>of()) {
      boolean typed = !open.isEmpty() || isTyped(line);
      if (!typed && !commands.isEmpty()) {
        commands.get(commands.size() - 1).output().add(line);
      } else if (typed) {
        open += open.isEmpty() && language.equals(SESSION) ? line.substring(PROMPT.length()) : line;
        if (!line.endsWith(CONTINUES)) {
          commands.add(new Command(withoutComment(open), new ArrayList<>()));
          open = "";
        } else {
          open += "\n";
        }
      }
    }
    return commands;
  }

  private boolean isTyped(String line) {
    return language.equals(SESSION) ? line.startsWith(PROMPT) : !line.isBlank();
  }

  private static String withoutComment(String line) {
    return line.replaceFirst("(^| +)# .*$", "").strip();
  }

  @Override
  public String toString() {
    return document + ":" + line;
  }
}
