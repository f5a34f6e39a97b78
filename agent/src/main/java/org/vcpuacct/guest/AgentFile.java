package org.vcpuacct.guest;

import java.io.ByteArrayOutputStream;
import java.util.Base64;
import java.util.OptionalLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.vcpuacct.json.Json;

/**
 * Reads files of the guest through its agent, and leaves none open there: a handle that could not
 * be closed, because the connection broke, is closed in the next conversation. For one thread.
 */
final class AgentFile {

  private static final Logger LOG = LoggerFactory.getLogger(AgentFile.class);

  private static final String OPEN = "guest-file-open";
  private static final String READ = "guest-file-read";
  private static final String CLOSE = "guest-file-close";

  /** In base64, less than a short answer. */
  private static final int READ_BYTES = 8 << 10;

  private OptionalLong openHandle = OptionalLong.empty();

  /**
   * A file's content.
   *
   * @param path of a file in the guest; no character in it needs escaping in JSON
   * @param limit the most bytes it may have
   */
  byte[] read(AgentChannel agent, String path, int limit)
      throws GuestLoadException, InterruptedException {
    close(agent);
    openHandle = OptionalLong.of(open(agent, path));
    byte[] content;
    try {
      content = content(agent, openHandle.getAsLong(), limit);
    } catch (AgentErrorException e) {
      close(agent);
      throw e;
    }
    close(agent);
    return content;
  }

  private static long open(AgentChannel agent, String path)
      throws GuestLoadException, InterruptedException {
    return agent
        .execute(OPEN, "{\"path\":\"" + path + "\",\"mode\":\"r\"}")
        .integer()
        .orElseThrow(() -> AgentMessages.malformed(OPEN, "no handle"));
  }

  private static byte[] content(AgentChannel agent, long handle, int limit)
      throws GuestLoadException, InterruptedException {
    ByteArrayOutputStream content = new ByteArrayOutputStream();
    String arguments = "{\"handle\":" + handle + ",\"count\":" + READ_BYTES + "}";
    boolean ended = false;
    while (!ended) {
      Json part = agent.execute(READ, arguments);
      content.writeBytes(decode(part));
      if (content.size() > limit) {
        throw new GuestRefusedException("answer too long: a file of more than " + limit + " bytes");
      }
      ended = part.member("eof").flatMap(Json::bool).orElse(true);
    }
    return content.toByteArray();
  }

  private static byte[] decode(Json part) throws GuestRefusedException {
    try {
      return part.string("buf-b64")
          .map(Base64.getDecoder()::decode)
          .orElseThrow(() -> AgentMessages.malformed(READ, "no buf-b64"));
    } catch (IllegalArgumentException e) {
      throw AgentMessages.malformed(READ, "not base64");
    }
  }

  /** A handle that the agent does not know any more, because it was started again, is closed. */
  private void close(AgentChannel agent) throws GuestLoadException, InterruptedException {
    if (openHandle.isEmpty()) {
      return;
    }
    try {
      agent.execute(CLOSE, "{\"handle\":" + openHandle.getAsLong() + "}");
    } catch (AgentErrorException e) {
      LOG.debug("{}", e.getMessage());
    }
    openHandle = OptionalLong.empty();
  }
}
