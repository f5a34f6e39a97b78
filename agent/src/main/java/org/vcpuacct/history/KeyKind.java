package org.vcpuacct.history;

import java.io.IOException;
import org.vcpuacct.history.track.MalformedTrackException;
import org.vcpuacct.history.track.OctetReader;
import org.vcpuacct.history.track.OctetWriter;
import org.vcpuacct.history.track.Track;
import org.vcpuacct.ledger.Catalogue;

/** What a track is of: the first octet of its key. The numbers are permanent. */
enum KeyKind {
  /** When the steps were. */
  TIME(1),
  NE(2),
  VM(3),
  /** What is kept of a vCPU at every step. */
  VCPU(4),
  /** What is kept of a vCPU now and then. */
  VCPU_DETAIL(5),
  /** The threads of one kind of a VM. */
  THREADS(6),
  /** How the asking of a guest goes. */
  GUEST(7),
  /** What a guest said of its load. */
  GUEST_LOAD(8);

  private final int number;

  KeyKind(int number) {
    this.number = number;
  }

  /** A key that begins with this kind. */
  OctetWriter key() {
    return new OctetWriter().octet(number);
  }

  /** The kind of a track. */
  static KeyKind of(Track track) throws IOException {
    return read(track.key());
  }

  /** Makes sure that a track is of this kind. */
  void require(Track track) throws IOException {
    if (of(track) != this) {
      throw new MalformedTrackException("a track is of " + of(track) + " and not of " + this);
    }
  }

  /** What follows the kind in a track's key. */
  static OctetReader rest(Track track) throws IOException {
    OctetReader key = track.key();
    read(key);
    return key;
  }

  private static KeyKind read(OctetReader key) throws IOException {
    int number = key.octet();
    return Catalogue.find(values(), kind -> kind.number, number)
        .orElseThrow(() -> new MalformedTrackException("no track is of kind " + number));
  }
}
