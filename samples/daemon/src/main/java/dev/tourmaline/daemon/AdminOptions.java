package dev.tourmaline.daemon;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine;

/** The options of commands that speak to the admin port of a running program. */
final class AdminOptions {

  static final String TOKEN = "TOURMALINE_ADMIN_TOKEN";

  static final String TOKEN_HELP =
      "The admin token is read from --token-file, or the environment variable " + TOKEN + ".";

  private static final int MOST_BYTES = 64 * 1024;

  @CommandLine.Option(
      names = "--url",
      required = true,
      paramLabel = "ADMIN",
      description = "the address of the admin port, such as http://127.0.0.1:9090")
  private Optional<String> url = Optional.empty();

  @CommandLine.Option(
      names = "--token-file",
      paramLabel = "FILE",
      description = "a file that holds the admin token. Default: the environment variable " + TOKEN)
  private Optional<Path> tokenFile = Optional.empty();

  /** {@return what is wrong with them; nothing of the token is shown} */
  List<String> faults(Shell shell) {
    List<String> faults = new ArrayList<>();
    url.flatMap(AdminOptions::fault).ifPresent(faults::add);
    try {
      token(shell);
    } catch (IllegalArgumentException e) {
      faults.add(e.getMessage());
    }
    return faults;
  }

  private static Optional<String> fault(String text) {
    URI address;
    try {
      address = new URI(text);
    } catch (URISyntaxException e) {
      return Optional.of("--url is no address, it must be like http://127.0.0.1:9090");
    }
    boolean isPlain =
        address.getHost() != null
            && ("http".equalsIgnoreCase(address.getScheme())
                || "https".equalsIgnoreCase(address.getScheme()))
            && address.getRawQuery() == null
            && address.getRawFragment() == null;
    if (address.getRawUserInfo() != null) {
      return Optional.of("--url holds a user or a password, it must hold neither");
    }
    return isPlain
        ? Optional.empty()
        : Optional.of(
            "--url is '%s', it must be http or https, a host, and no query".formatted(text));
  }

  private String token(Shell shell) {
    String token =
        tokenFile.isPresent()
            ? read(tokenFile.get())
            : shell.environment().getOrDefault(TOKEN, "").strip();
    if (token.isEmpty()) {
      throw new IllegalArgumentException(
          tokenFile.isPresent()
              ? "--token-file '%s' is empty".formatted(tokenFile.get())
              : "the admin token is missing: name its file with --token-file, or set " + TOKEN);
    }
    if (!token.chars().allMatch(letter -> letter > ' ' && letter < 0x7f)) {
      throw new IllegalArgumentException("the admin token holds characters that no token does");
    }
    return token;
  }

  private static String read(Path file) {
    try (InputStream in = Files.newInputStream(file)) {
      byte[] bytes = in.readNBytes(MOST_BYTES + 1);
      if (bytes.length > MOST_BYTES) {
        throw new IllegalArgumentException(
            "--token-file '%s' is larger than 64 KiB, which no token is".formatted(file));
      }
      return new String(bytes, StandardCharsets.UTF_8).strip();
    } catch (IOException e) {
      throw new IllegalArgumentException(
          "--token-file '%s' cannot be read (%s)".formatted(file, e.getClass().getSimpleName()), e);
    }
  }

  /** {@return the port that they name} */
  AdminPort port(Shell shell) {
    return new AdminPort(url.orElseThrow().replaceAll("/+$", ""), token(shell), shell);
  }
}
