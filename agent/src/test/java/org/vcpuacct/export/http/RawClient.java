package org.vcpuacct.export.http;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;

/** Sends octets, whatever they are, and reads what comes back. */
final class RawClient implements Closeable {

  private static final int PATIENCE_MS = 10_000;

  private final Socket socket;

  RawClient(int port) throws IOException {
    socket = new Socket(InetAddress.getLoopbackAddress(), port);
    socket.setSoTimeout(PATIENCE_MS);
  }

  /** Sends a text, octet by character. */
  RawClient send(String text) throws IOException {
    socket.getOutputStream().write(text.getBytes(ISO_8859_1));
    return this;
  }

  /** Says that nothing more comes. */
  RawClient end() throws IOException {
    socket.shutdownOutput();
    return this;
  }

  /** All that comes until the server closes; what came before if it resets the connection. */
  String all() throws IOException {
    StringBuilder text = new StringBuilder();
    InputStream stream = socket.getInputStream();
    byte[] buffer = new byte[65_536];
    try {
      for (int octets = stream.read(buffer); octets > 0; octets = stream.read(buffer)) {
        text.append(new String(buffer, 0, octets, ISO_8859_1));
      }
    } catch (SocketTimeoutException e) {
      throw e;
    } catch (IOException e) {
      return text.toString();
    }
    return text.toString();
  }

  /** The next line of what comes, without its end; null if the server closes. */
  String line() throws IOException {
    StringBuilder text = new StringBuilder();
    InputStream stream = socket.getInputStream();
    for (int octet = stream.read(); octet >= 0; octet = stream.read()) {
      if (octet == '\n') {
        return text.toString().stripTrailing();
      }
      text.append((char) octet);
    }
    return null;
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
