package org.vcpuacct.cli.top;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/** Which network elements and vCPUs are listed, and in which order. */
final class Rows {

  private Rows() {}

  /**
   * A row.
   *
   * @param ne the network element that the subject is or belongs to
   */
  record Row(Picture.Ne ne, Picture.Subject subject) {}

  /** The rows that a state shows of a picture. */
  static List<Row> of(Picture picture, TopState state) {
    String filter = state.effectiveFilter().toLowerCase(Locale.ROOT);
    Comparator<Picture.Subject> order = state.order().sort().order(state.order().reversed());
    List<Row> rows = new ArrayList<>();
    for (Picture.Ne ne : picture.nes().stream().sorted(order).toList()) {
      List<Picture.Vcpu> vcpus = contains(ne.name(), filter) ? ne.vcpus() : ofVms(ne, filter);
      if (contains(ne.name(), filter) || !vcpus.isEmpty()) {
        rows.add(new Row(ne, ne));
        if (state.folding().isOpen(ne.name())) {
          vcpus.stream().sorted(order).forEach(vcpu -> rows.add(new Row(ne, vcpu)));
        }
      }
    }
    return rows;
  }

  private static List<Picture.Vcpu> ofVms(Picture.Ne ne, String filter) {
    return ne.vcpus().stream().filter(vcpu -> contains(vcpu.vm(), filter)).toList();
  }

  private static boolean contains(String name, String filter) {
    return name.toLowerCase(Locale.ROOT).contains(filter);
  }
}
