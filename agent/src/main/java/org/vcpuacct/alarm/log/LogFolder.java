package org.vcpuacct.alarm.log;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;
import org.vcpuacct.state.StateFile;

/** The folder of the log, and what is the same of all files in it. */
final class LogFolder {

  /** Only the daemon's user reads and writes a file of the log. */
  static final FileAttribute<Set<PosixFilePermission>> OWNERS_FILE =
      PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));

  private static final FileAttribute<Set<PosixFilePermission>> OWNERS_FOLDER =
      PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"));

  private LogFolder() {}

  /** Makes the folder, unless it is there. */
  static void make(Path folder) throws IOException {
    Files.createDirectories(folder, OWNERS_FOLDER);
  }

  /** Puts the names of new files on disk. */
  static void force(Path folder) throws IOException {
    StateFile.syncFolder(folder);
  }
}
