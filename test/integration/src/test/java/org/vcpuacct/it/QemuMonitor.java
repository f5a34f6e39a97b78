package org.vcpuacct.it;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Asks QEMU itself which thread runs which vCPU, by its monitor. */
final class QemuMonitor {

  private static final int MAX_ANSWER_BYTES = 64 * 1024;
  private static final String REQUESTS =
      "{\"execute\":\"qmp_capabilities\"}{\"execute\":\"query-cpus-fast\"}{\"execute\":\"quit\"}";

  /** The vCPU's place in the guest's topology, where thread-id is something else. */
  private static final Pattern PLACE = Pattern.compile("\"props\": \\{[^}]*}");

  private static final Pattern THREAD = Pattern.compile("\"thread-id\": (\\d+)");
  private static final Pattern NUMBER = Pattern.compile("\"cpu-index\": (\\d+)");

  private QemuMonitor() {}

  /** The thread of each vCPU. QEMU ends with that: its monitor is asked last. */
  static Map<Integer, Integer> threadsAndQuit(Path socket) throws IOException {
    String answer = PLACE.matcher(ask(socket)).replaceAll("");
    Map<Integer, Integer> threads = new TreeMap<>();
    Matcher thread = THREAD.matcher(answer);
    Matcher number = NUMBER.matcher(answer);
    while (thread.find() && number.find()) {
      threads.put(Integer.parseInt(number.group(1)), Integer.parseInt(thread.group(1)));
    }
    return threads;
  }

  private static String ask(Path socket) throws IOException {
    try (SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX)) {
      channel.connect(UnixDomainSocketAddress.of(socket));
      channel.write(ByteBuffer.wrap(REQUESTS.getBytes(StandardCharsets.US_ASCII)));
      ByteBuffer answer = ByteBuffer.allocate(MAX_ANSWER_BYTES);
      while (channel.read(answer) >= 0) {
        // until QEMU closes it
      }
      return new String(answer.array(), 0, answer.position(), StandardCharsets.US_ASCII);
    }
  }
}
