package org.vcpuacct.cli.top;

/** The keys, in words. */
final class Keys {

  private Keys() {}

  /** One line of the keys that lead to all others. */
  static String summary() {
    return "q quit  ? help  Tab view  / filter  Enter fold  l o c x d n sort  Space pause";
  }

  /** What every key does. */
  static String help() {
    StringBuilder help = new StringBuilder("Tab      next view\n");
    for (View view : View.values()) {
      help.append(view.key()).append("        ").append(view.title()).append('\n');
    }
    for (Sort sort : Sort.values()) {
      help.append(sort.key()).append("        sort by ").append(sort.label()).append('\n');
    }
    return help
        + """
        r        reverse the order
        /        show what has these letters in the name of its NE or VM; Esc shows all
        Enter    fold or unfold the vCPUs of a network element; a: of all
        arrows   select a row (also j, k, PgUp, PgDn, Home, End), scroll columns
        Space    stand still, go on
        q        quit
        """;
  }
}
