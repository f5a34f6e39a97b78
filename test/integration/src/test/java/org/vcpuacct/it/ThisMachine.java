package org.vcpuacct.it;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Comparator;
import java.util.List;

/** This machine, with a folder of its own that goes when the tests are through. */
final class ThisMachine implements Host, AutoCloseable {

  private final Path folder;

  ThisMachine() {
    try {
      folder = Files.createTempDirectory("vcpuacct-it");
      Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public List<String> command(List<String> words) {
    return words;
  }

  @Override
  public String put(String name, String content) {
    try {
      return Files.writeString(folder.resolve(name), content).toString();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public String place(Path file) {
    return file.toString();
  }

  @Override
  public String newStateDir() {
    return newFolder().toString();
  }

  /** A new, empty folder. */
  Path newFolder() {
    try {
      return Files.createTempDirectory(folder, "folder");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A copy of a file, which every user of this machine can read. */
  String putCopy(Path file) {
    try {
      return Files.copy(file, folder.resolve(file.getFileName())).toString();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public SnmpAddress snmpAddress() {
    String address = "127.0.0.1:" + freeUdpPort();
    return new SnmpAddress(address, address);
  }

  @Override
  public HttpAddress httpAddress() {
    String address = "127.0.0.1:" + freeTcpPort();
    return new HttpAddress(address, address);
  }

  /** A UDP port of 127.0.0.1 that nobody uses now. */
  static int freeUdpPort() {
    try (DatagramSocket socket =
        new DatagramSocket(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))) {
      return socket.getLocalPort();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A TCP port of 127.0.0.1 that nobody uses now. */
  static int freeTcpPort() {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    try (var files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
