package dev.tourmaline.daemon.config;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Optional;
import java.util.regex.Pattern;

/** What is said about the hosts and ports of addresses. */
public final class Hosts {

  private static final int MOST_PORTS = 65_535;
  private static final int LONGEST_NAME = 253;
  private static final Pattern LABELS = Pattern.compile("[^.]{1,63}(\\.[^.]{1,63})*\\.?");
  private static final Pattern LOOPBACK =
      Pattern.compile("localhost\\.?|127(\\.\\d{1,3}){3}|\\[(::|(0{1,4}:){7})0{0,3}1]");

  private Hosts() {}

  /** {@return whether an address sends what is secret readably to another machine} */
  public static boolean isReadableOnTheWay(String url) {
    String host;
    try {
      host = String.valueOf(new URI(url).getHost());
    } catch (URISyntaxException e) {
      host = "";
    }
    return url.regionMatches(true, 0, "http:", 0, 5) && !LOOPBACK.matcher(host).matches();
  }

  /** {@return what is wrong with the host or port of an address, as a clause; empty if nothing} */
  static Optional<String> fault(URI url) {
    String host = url.getHost();
    if (host == null) {
      return Optional.of("has no host; a host holds letters a to z, digits, '-' and '.'");
    }
    if (!host.startsWith("[")
        && (host.length() > LONGEST_NAME || !LABELS.matcher(host).matches())) {
      return Optional.of("has a host with a part of more than 63 characters");
    }
    return url.getPort() == 0 || url.getPort() > MOST_PORTS
        ? Optional.of("has a port that is none; a port is from 1 to " + MOST_PORTS)
        : Optional.empty();
  }
}
