package dev.tourmaline.adapter.browser.npm;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * A published package of tour software in one exact version, with the digest that it must have. It
 * is packed by {@code npm} into {@code target/npm}, once a build, and nothing of it is run there.
 */
public enum NpmPackage {
  DRIVER(
      "driver.js@1.8.0",
      "+8/IO7h1v14IzWh2GP60N7T3PFZweXwdn5e5POuxRSBoCYUojsBxzqawPeXh3YZIibRy7EehYNEyxe7slwwtdg=="),
  OLDEST_DRIVER(
      "driver.js@1.0.1",
      "YJe0BFgE1S235bxzGAbG5jyqYSFi4gmH2t4BU+NVqBiReA3kFBsY2ZDUwsEizVhD+gATqWFUWswbxYPnR0J2Wg=="),
  /** The last one under the MIT licence. */
  SHEPHERD(
      "shepherd.js@13.0.3",
      "1lQtQUNQYi+8k9BAmbUZh7D2QxFfkxiWKU0XFTbzYaIrCkB4nR0DLQuarH5G7Ym6L8wfbadxP3hJhZ2HzVktaA=="),
  LATEST_SHEPHERD(
      "shepherd.js@15.3.0",
      "A9plZQ1qGX1aDLTrX0cbVowdnE0mOc1pjRie7O9c2cQHiDHI1zaxH2fVe65WH/2ch5nbK0JPu+vQecD7WYw5zw=="),
  INTRO(
      "intro.js@8.6.0",
      "kgQCZ50Ny6sXxBF54/qRMQyTYdNj/bLs7nGUkxZ86jaf+Dc4OnLDa74ee+ViGy01qoXt0M1RQY+c2cHbhAZ3/A=="),
  INTRO_7(
      "intro.js@7.2.0",
      "qbMfaB70rOXVBceIWNYnYTpVTiZsvQh/MIkfdQbpA9di9VBfj1GigUPfcCv3aOfsbrtPcri8vTLTA4FcEDcHSQ=="),
  POSTHOG(
      "posthog-js@1.449.2",
      "vji+h92IHaLlFSEnRH1hwe8uLWGOdDUImmPXexj/+V7Xm7HTxIQisYE/Kom7Aaw4DRpzfdhQxiyAN1YVYR4G8Q=="),
  USERTOUR(
      "usertour.js@0.0.24",
      "EfOqkVp+njKXPlIJ92KqnraOOhCxhfB66y8j9AfZVp4HsZcY0vAU9fptqA+WWJxbtd4x30mhO7Eit1LIdKmLPw=="),
  USERFLOW(
      "userflow.js@2.14.0",
      "WwQExpRTvq0SL1ZuB/1EyLmruT4fd/r+c5yt5CCTPv6yHa2brqCKFN+moC/hfoJG7jN0SIxghFiHOPOwBXIzbg=="),
  USERPILOT(
      "userpilot@1.4.3",
      "+ozALV6t/avhn0AYgWdRHtjiZXx497w0CR25+YE1am/CJIMjIYE07MQQXvRZZyVIkiWet1B9gZMI27RDmpFltQ=="),
  INTERCOM(
      "@intercom/messenger-js-sdk@0.0.20",
      "99ixqRcsX4ZL+HnH3xxpQewKqdN9/mtptsnxk5vDd31TQG4x1o0gvp6aNPJm5iX3SPSJldQhA/uqW66NV1LO1w=="),
  CHAMELEON(
      "@chamaeleonidae/chmln@1.0.1",
      "Ys9LkOzDtjsUY9bbwFU0SbPqpXAjHCmDGZ7N90hEZdncRomgXGUi/BUvzVNsyPk97EpH9JtlrYHcIZhtGPDaXQ==");

  private static final Path PACKED = Path.of("target", "npm");

  private final String spec;
  private final String sha512;
  private final Map<String, byte[]> files = new ConcurrentHashMap<>();

  NpmPackage(String spec, String sha512) {
    this.spec = spec;
    this.sha512 = sha512;
  }

  /** {@return a file of the package, fetched if this build has not yet} */
  public byte[] file(String path) {
    return files.computeIfAbsent(path, read -> NpmTarball.of(archive(), read));
  }

  /** {@return its npm archive, whose digest is the committed one} */
  private Path archive() {
    return new NpmDownloads(PACKED, List.of("npm")).archive(spec, sha512);
  }
}
