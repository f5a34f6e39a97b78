package org.vcpuacct.export.http;

import java.io.IOException;
import java.io.OutputStream;
import java.util.zip.Deflater;
import java.util.zip.GZIPOutputStream;

/** Compresses little, as what is sent over loopback is worth little work. */
public final class FastGzip extends GZIPOutputStream {

  private static final int BUFFER_OCTETS = 16 * 1024;

  /** Writes to a stream in the coding gzip (RFC 9110 section 8.4.1.3). */
  public FastGzip(OutputStream out) throws IOException {
    super(out, BUFFER_OCTETS);
    def.setLevel(Deflater.BEST_SPEED);
  }

  /** How much was written to it and is in what it compressed; to be asked before it is closed. */
  public long octetsIn() {
    return def.getBytesRead();
  }
}
