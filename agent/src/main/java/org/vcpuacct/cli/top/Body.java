package org.vcpuacct.cli.top;

import java.util.List;
import java.util.Optional;
import org.jline.utils.AttributedString;

/** What stands between the header and the footer of a screen: lines of which a page is shown. */
interface Body {

  /** What stands above every page. */
  List<AttributedString> headings();

  /** What part of the whole is in sight, in words; empty if all of it is. */
  String part();

  /** How many lines there are. */
  int size();

  /** A line, from 0. */
  AttributedString line(int index, boolean selected);

  /** The network element that a line is about. */
  Optional<String> ne(int index);
}
