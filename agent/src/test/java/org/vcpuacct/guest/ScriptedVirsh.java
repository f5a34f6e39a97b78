package org.vcpuacct.guest;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;

/** A program that talks as virsh does, and can do what the real one cannot be made to do. */
final class ScriptedVirsh {

  /** It hangs, as one whose libvirtd is stopped: only SIGKILL ends it. */
  static final String HANG = "kill -STOP $$";

  static final String INFO =
      answer(
          "{\"return\":{\"supported_commands\":[{\"enabled\":true,\"name\":\"guest-get-cpustats\"},"
              + "{\"enabled\":true,\"name\":\"guest-get-load\"}]}}");
  static final String CPU_STATS =
      answer("{\"return\":[{\"cpu\":0,\"user\":7,\"system\":6,\"idle\":5}]}");
  static final String LOAD = agentError("guest-get-load", "not today");

  private final Path program;
  private final Path starts;
  private String domid = "echo 3";
  private String cpuStats = CPU_STATS;

  ScriptedVirsh(Path folder) throws IOException {
    program = folder.resolve("virsh");
    starts = folder.resolve("starts");
    Files.createFile(
        program,
        PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwxr-xr-x")));
    Files.createFile(starts);
    write();
  }

  /** What it does when it is asked for a domain's number: a command of the shell. */
  ScriptedVirsh domid(String script) throws IOException {
    domid = script;
    return write();
  }

  /** What it does when it is asked for a guest's CPU times: a command of the shell. */
  ScriptedVirsh cpuStats(String script) throws IOException {
    cpuStats = script;
    return write();
  }

  String program() {
    return program.toString();
  }

  /** With what it was started so far. */
  List<String> starts() throws IOException {
    return Files.readAllLines(starts);
  }

  /** A command of the shell that prints an agent's answer. */
  static String answer(String json) {
    return "printf '%s\\n\\n' '" + json + "'";
  }

  /** A command of the shell that prints an agent's error as libvirt does. */
  static String agentError(String command, String description) {
    return error(
        "internal error: unable to execute QEMU agent command '\"'\"'"
            + command
            + "'\"'\"': "
            + description);
  }

  /** A command of the shell that complains as virsh does. */
  static String error(String message) {
    return "printf 'error: %s\\n\\n' '" + message + "' >&2";
  }

  private ScriptedVirsh write() throws IOException {
    Files.writeString(
        program,
        """
        #!/bin/sh
        echo "$*" >> '%s'
        printf "Type:  'help' for help with commands\\n\\n"
        while printf 'virsh # ' && read -r line; do
          case $line in
            'echo '*) echo "${line#echo }" ;;
            'domid '*) %s ;;
            *guest-info*) %s ;;
            *guest-get-cpustats*) %s ;;
            *guest-get-load*) %s ;;
          esac
        done
        """
            .formatted(starts, domid, INFO, cpuStats, LOAD),
        StandardOpenOption.TRUNCATE_EXISTING);
    return this;
  }
}
