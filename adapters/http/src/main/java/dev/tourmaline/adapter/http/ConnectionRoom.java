package dev.tourmaline.adapter.http;

import com.sun.management.UnixOperatingSystemMXBean;
import java.lang.management.ManagementFactory;

/**
 * How a server shares out its connections, each of which costs the process an open file.
 *
 * @param connections how many may be open
 * @param browserStreams how many of them may be streams of browsers
 * @param serverStreams how many may be streams of servers
 */
record ConnectionRoom(int connections, int browserStreams, int serverStreams) {

  private static final int KEPT_BACK_AT_LEAST = 256;
  private static final int KEPT_BACK_AT_MOST = 1024;

  /** An eighth of the connections is for requests that are no streams. */
  private static final int SHARE = 8;

  /** {@return how many files this process may open; the most there are where nobody says} */
  static long fileLimit() {
    return ManagementFactory.getOperatingSystemMXBean() instanceof UnixOperatingSystemMXBean unix
        ? unix.getMaxFileDescriptorCount()
        : Long.MAX_VALUE;
  }

  /**
   * {@return how many connections leave enough of the files for what must go on: the upstream
   * connections, the rules, the log, the operator's port}
   */
  static int within(long files) {
    long quarter = Math.max(KEPT_BACK_AT_LEAST, Math.min(KEPT_BACK_AT_MOST, files / 4));
    return (int) Math.min(Integer.MAX_VALUE, files - Math.min(quarter, files / 2));
  }

  /** {@return how many connections suffice for so many streams of browsers and of servers} */
  static int enoughFor(int browserStreams, int serverStreams) {
    long streams = (long) browserStreams + serverStreams;
    return (int) Math.min(Integer.MAX_VALUE, streams + streams / (SHARE - 1) + SHARE);
  }

  /** {@return the shares of so many connections} */
  static ConnectionRoom of(int connections, int browserStreams, int serverStreams) {
    int share = Math.max(1, connections / SHARE);
    int servers = Math.min(serverStreams, share);
    return new ConnectionRoom(
        connections, Math.min(browserStreams, connections - servers - share), servers);
  }
}
