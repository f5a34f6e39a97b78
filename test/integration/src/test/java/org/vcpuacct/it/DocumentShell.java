package org.vcpuacct.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.vcpuacct.it.DocumentedBlock.Command;

/**
 * Types the commands of documents in one place, a block in one shell, and holds what they print
 * against what the document shows.
 */
final class DocumentShell {

  /** A command whose output goes to a file. */
  private static final Pattern INTO_FILE = Pattern.compile("> ([\\w./-]+)$");

  /** What prints nothing when all is well. */
  private static final Pattern SILENT =
      Pattern.compile("^(export|mount|setfacl|systemctl (enable|reload)) ");

  /** How net-snmp's tools say that there is nothing, with exit status 0. */
  private static final Pattern NOTHING = Pattern.compile("No Such (Object|Instance)|: No entries");

  private static final int LINES_SHOWN = 40;
  private static final String END = "-- end of command --";

  private final Function<List<String>, Program.Result> run;
  private final Map<String, String> placeholders;
  private final Elsewhere elsewhere;

  /** What the commands that were typed have printed. */
  private final Map<String, String> printed = new HashMap<>();

  /**
   * A shell.
   *
   * @param run runs a program in the place to its end
   * @param placeholders what stands there for what differs from reader to reader, as regular
   *     expressions
   */
  DocumentShell(
      Function<List<String>, Program.Result> run,
      Map<String, String> placeholders,
      Elsewhere elsewhere) {
    this.run = run;
    this.placeholders = placeholders;
    this.elsewhere = elsewhere;
  }

  /**
   * Types those commands of a block that nothing else runs; one that was typed before, not again.
   */
  void type(DocumentedBlock block) {
    List<Command> commands =
        block.commands().stream().filter(command -> !elsewhere.has(command.text())).toList();
    List<String> texts =
        commands.stream().map(Command::text).filter(text -> !printed.containsKey(text)).toList();
    if (!texts.isEmpty()) {
      typeInOneShell(texts);
    }
    for (Command command : commands) {
      String output = printed.get(command.text());
      Figures.show("%s: %s%n%s", block, command.text(), beginning(output));
      assertShown(block + ": " + command.text(), command, output);
    }
  }

  private void typeInOneShell(List<String> texts) {
    StringBuilder script = new StringBuilder();
    for (String text : texts) {
      script.append(mine(text)).append('\n');
      Matcher file = INTO_FILE.matcher(text);
      if (file.find()) {
        script.append("head -n 2 ").append(file.group(1)).append('\n');
      }
      script.append("echo '").append(END).append("'\n");
    }
    Program.Result result = run.apply(List.of("bash", "-ec", script.toString())).orFail();
    String[] outputs = result.out().split(END + "\n", -1);
    assertThat(outputs).as("%s", result).hasSize(texts.size() + 1);
    for (int i = 0; i < texts.size(); i++) {
      printed.put(texts.get(i), outputs[i]);
    }
  }

  private static String beginning(String output) {
    return output.lines().limit(LINES_SHOWN).collect(Collectors.joining("\n"));
  }

  private String mine(String command) {
    String text = command;
    for (Map.Entry<String, String> placeholder : placeholders.entrySet()) {
      text = text.replaceAll(placeholder.getKey(), placeholder.getValue());
    }
    return text;
  }

  private static void assertShown(String title, Command command, String output) {
    if (!SILENT.matcher(command.text()).find()) {
      assertThat(output).as(title).isNotBlank();
    }
    assertThat(output).as(title).doesNotContainPattern(NOTHING);
    ShownOutput.assertIn(title, command.output(), output);
  }
}
