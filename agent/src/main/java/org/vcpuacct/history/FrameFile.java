package org.vcpuacct.history;

import static java.nio.file.StandardOpenOption.READ;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.vcpuacct.history.track.MalformedTrackException;

/** A header and frames behind each other, to be read. For one thread. */
final class FrameFile implements Closeable {

  private final FileChannel channel;
  private final FileHeader header;
  private final List<Slot> slots = new ArrayList<>();
  private long end = FileHeader.OCTETS;

  /** Where a frame is, its header included. */
  record Slot(int number, long offset, int octets) {}

  /**
   * Opens a file.
   *
   * @throws IOException if it cannot be read, or its header is none
   */
  FrameFile(Path file) throws IOException {
    channel = FileChannel.open(file, READ);
    try {
      header = FileHeader.read(read(0, (int) Math.min(channel.size(), FileHeader.OCTETS)));
      findSlots();
    } catch (IOException e) {
      channel.close();
      throw e;
    }
  }

  FileHeader header() {
    return header;
  }

  /** The frames that the file is long enough for. */
  List<Slot> slots() {
    return slots;
  }

  /** Where the last of them ends. */
  long end() {
    return end;
  }

  /** How long the file is. */
  long octets() throws IOException {
    return channel.size();
  }

  /**
   * What a frame holds.
   *
   * @throws MalformedTrackException if it is damaged
   */
  byte[] payload(Slot slot) throws IOException {
    ByteBuffer frame = read(slot.offset(), slot.octets());
    if (!Frame.isWhole(frame)) {
      throw new MalformedTrackException("the frame at " + slot.offset() + " is damaged");
    }
    return Frame.payload(frame);
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }

  private void findSlots() throws IOException {
    long size = channel.size();
    while (end + Frame.HEADER_OCTETS <= size) {
      ByteBuffer frameHeader = read(end, Frame.HEADER_OCTETS);
      long octets = Frame.HEADER_OCTETS + (long) Frame.length(frameHeader);
      if (octets < Frame.HEADER_OCTETS || end + octets > size) {
        return;
      }
      slots.add(new Slot(Frame.number(frameHeader), end, (int) octets));
      end += octets;
    }
  }

  /** Octets of the file, in a buffer with an array of that length. */
  ByteBuffer read(long offset, int length) throws IOException {
    ByteBuffer octets = ByteBuffer.allocate(length);
    while (octets.hasRemaining()) {
      if (channel.read(octets, offset + octets.position()) < 0) {
        throw new MalformedTrackException("the file has become shorter");
      }
    }
    return octets.flip();
  }
}
