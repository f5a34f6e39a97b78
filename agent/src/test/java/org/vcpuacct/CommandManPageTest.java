package org.vcpuacct;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/** vcpuacct(8) has the commands and options that the program has. */
class CommandManPageTest {

  private static final Map<String, CommandLine> COMMANDS = Main.commandLine().getSubcommands();

  private final ManPage page = ManPage.read("vcpuacct.8");

  CommandManPageTest() throws IOException {}

  @Test
  void eachCommandHasASection() {
    assertThat(page.sections())
        .filteredOn(section -> !section.equals(section.toUpperCase(Locale.ROOT)))
        .containsExactlyInAnyOrderElementsOf(COMMANDS.keySet());
  }

  @Test
  void theOptionsOfTheCommandItselfAreThere() {
    assertThat(page.items("DESCRIPTION").keySet())
        .containsExactlyInAnyOrderElementsOf(
            arguments(Main.commandLine().getCommandSpec()).keySet());
  }

  @ParameterizedTest
  @MethodSource("commands")
  void aCommandHasItsOptionsAndNoOther(String command) {
    assertThat(page.items(command).keySet())
        .containsExactlyInAnyOrderElementsOf(
            arguments(COMMANDS.get(command).getCommandSpec()).keySet());
  }

  @ParameterizedTest
  @MethodSource("commands")
  void anOptionHasItsDefault(String command) {
    Map<String, String> items = page.items(command);
    Map<String, String> defaults = arguments(COMMANDS.get(command).getCommandSpec());

    assertThat(items.values()).noneMatch(String::isBlank);
    defaults.values().removeIf(String::isEmpty);
    defaults.forEach(
        (option, value) ->
            assertThat(items.get(option)).as(option).contains("The default is").contains(value));
  }

  private static Set<String> commands() {
    return COMMANDS.keySet();
  }

  /** Options and parameters as mdoc has them, with the default of each, or "". */
  private static Map<String, String> arguments(CommandSpec command) {
    Map<String, String> arguments = new LinkedHashMap<>();
    for (OptionSpec option : command.options()) {
      String names =
          Arrays.stream(option.names())
              .map(name -> "Fl " + name.substring(1))
              .collect(Collectors.joining(" , "));
      boolean takesValue = option.arity().max() > 0;
      arguments.put(
          takesValue ? names + " Ar " + option.paramLabel() : names,
          takesValue && option.defaultValue() != null ? option.defaultValue() : "");
    }
    for (PositionalParamSpec parameter : command.positionalParameters()) {
      arguments.put("Ar " + parameter.paramLabel(), "");
    }
    return arguments;
  }
}
