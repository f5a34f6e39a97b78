package org.vcpuacct.history;

import java.io.Closeable;
import java.io.IOException;
import java.util.Optional;

/** A file of the history, open to be read: when its steps were, and sections on demand. */
final class Block implements Closeable {

  private final HistoryFile file;
  private final Sections sections;
  private final StepTimes times;

  private Block(HistoryFile file, Sections sections) throws IOException {
    this.file = file;
    this.sections = sections;
    this.times = new StepTimes(sections.tracks(StepRows.TIME_SECTION));
  }

  /** Opens a file. */
  static Block open(HistoryFile file) throws IOException {
    Sections sections =
        file.open() ? new StepSections(file.path()) : new BlockSections(file.path());
    try {
      return new Block(file, sections);
    } catch (IOException e) {
      sections.close();
      throw e;
    }
  }

  HistoryFile file() {
    return file;
  }

  /** Tells the run of the daemon that wrote it from others. */
  long runEpochMillis() {
    return sections.header().runEpochMillis();
  }

  StepTimes times() {
    return times;
  }

  /** Its wall-clock time, from first to last step. */
  Extent extent() {
    return new Extent(times.epochMillis(0), times.epochMillis(times.steps() - 1));
  }

  /** The network elements; empty, and said, if what is held of them is damaged. */
  Optional<NeSection> nes() {
    try {
      return Optional.of(new NeSection(sections.tracks(StepRows.NE_SECTION)));
    } catch (IOException e) {
      say("the network elements in " + file.path() + " are lost", e);
      return Optional.empty();
    }
  }

  /** The VMs that had this index; empty, and said, if what is held of them is damaged. */
  Optional<VmSection> vms(int index) {
    try {
      return Optional.of(new VmSection(sections.tracks(StepRows.vmSection(index))));
    } catch (IOException e) {
      say("the VM with index " + index + " in " + file.path() + " is lost", e);
      return Optional.empty();
    }
  }

  private void say(String lost, IOException why) {
    DamageLog.say(file.path(), lost + ": " + why.getMessage());
  }

  @Override
  public void close() throws IOException {
    sections.close();
  }
}
