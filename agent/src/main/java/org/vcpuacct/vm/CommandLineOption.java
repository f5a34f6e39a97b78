package org.vcpuacct.vm;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.vcpuacct.host.CommandLine;

/**
 * Where a value stands on a VMM's command line. Both spellings are understood: {@code --flag value}
 * and {@code --flag=value}.
 */
final class CommandLineOption {

  private final String flag;
  private final Function<String, Optional<String>> value;

  private CommandLineOption(String flag, Function<String, Optional<String>> value) {
    this.flag = flag;
    this.value = value;
  }

  /** The option's whole argument is the value. */
  static CommandLineOption plain(String flag) {
    return new CommandLineOption(flag, Optional::of);
  }

  /** The argument is a list {@code key=value,...}, with a comma in a value written twice. */
  static CommandLineOption keyed(String flag, String key) {
    return new CommandLineOption(flag, argument -> valueOf(argument, key, false));
  }

  /** As {@link #keyed}, and an element without a key counts as the value. */
  static CommandLineOption keyedOrBare(String flag, String key) {
    return new CommandLineOption(flag, argument -> valueOf(argument, key, true));
  }

  /** The first group of the first pattern that the whole argument matches. */
  static CommandLineOption matching(String flag, Pattern... patterns) {
    return new CommandLineOption(flag, argument -> firstGroup(argument, patterns));
  }

  /** The value on this command line; the last one, if the option is given more than once. */
  Optional<String> find(CommandLine commandLine) {
    Optional<String> found = Optional.empty();
    for (String argument : arguments(commandLine, flag)) {
      Optional<String> here = value.apply(argument).filter(v -> !v.isBlank());
      found = here.isPresent() ? here : found;
    }
    return found;
  }

  /** The arguments of an option, in their order. */
  static List<String> arguments(CommandLine commandLine, String flag) {
    List<String> all = commandLine.arguments();
    List<String> found = new ArrayList<>();
    for (int i = 1; i < all.size(); i++) {
      argument(all, i, flag).ifPresent(found::add);
    }
    return found;
  }

  private static Optional<String> argument(List<String> arguments, int i, String flag) {
    String argument = arguments.get(i);
    if (argument.equals(flag)) {
      return i + 1 < arguments.size() ? Optional.of(arguments.get(i + 1)) : Optional.empty();
    }
    return argument.startsWith(flag + "=")
        ? Optional.of(argument.substring(flag.length() + 1))
        : Optional.empty();
  }

  private static Optional<String> valueOf(String argument, String key, boolean bareCounts) {
    for (String element : elements(argument)) {
      if (element.startsWith(key + "=")) {
        return Optional.of(element.substring(key.length() + 1));
      }
      if (bareCounts && element.indexOf('=') < 0) {
        return Optional.of(element);
      }
    }
    return Optional.empty();
  }

  /** Splits at single commas; two commas stand for one that belongs to the element. */
  static List<String> elements(String argument) {
    List<String> elements = new ArrayList<>();
    StringBuilder element = new StringBuilder();
    for (int i = 0; i < argument.length(); i++) {
      char c = argument.charAt(i);
      boolean comma = c == ',';
      if (comma && i + 1 < argument.length() && argument.charAt(i + 1) == ',') {
        element.append(',');
        i++;
      } else if (comma) {
        elements.add(element.toString());
        element.setLength(0);
      } else {
        element.append(c);
      }
    }
    elements.add(element.toString());
    return elements;
  }

  private static Optional<String> firstGroup(String argument, Pattern... patterns) {
    for (Pattern pattern : patterns) {
      Matcher matcher = pattern.matcher(argument);
      if (matcher.matches()) {
        return Optional.of(matcher.group(1));
      }
    }
    return Optional.empty();
  }
}
