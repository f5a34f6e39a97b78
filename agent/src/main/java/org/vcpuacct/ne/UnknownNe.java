package org.vcpuacct.ne;

import static java.util.stream.Collectors.joining;

import java.util.List;
import org.vcpuacct.ledger.NeAccount;

/** That there is no network element of a name, in a sentence that names those that there are. */
public final class UnknownNe {

  private UnknownNe() {}

  /** Of the newest snapshot. */
  public static String now(String name, List<NeAccount> known) {
    return "there is no network element \""
        + name
        + "\" now; "
        + (known.isEmpty() ? "there is none at all" : "there are: " + names(known));
  }

  /** Of a time in the past. */
  public static String then(String name, List<NeAccount> known) {
    return "there was no network element \""
        + name
        + "\" then; "
        + (known.isEmpty() ? "there was none at all" : "there were: " + names(known));
  }

  private static String names(List<NeAccount> known) {
    return known.stream().map(NeAccount::name).collect(joining(", "));
  }
}
