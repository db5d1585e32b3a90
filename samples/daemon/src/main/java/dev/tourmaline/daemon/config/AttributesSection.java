package dev.tourmaline.daemon.config;

import dev.tourmaline.daemon.config.DaemonConfig.Attributes;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Reads the block {@code attributes}: where what is known of users comes from. */
final class AttributesSection {

  private static final int TOKEN_BYTES = 8;

  private final Section section;
  private final Path folder;
  private final List<String> warnings;

  AttributesSection(Section section, Path folder, List<String> warnings) {
    this.section = section;
    this.folder = folder;
    this.warnings = warnings;
  }

  Optional<Attributes> read() {
    boolean isFile = section.has("file");
    if (isFile == section.has("url")) {
      section.fault(
          isFile ? "url" : "file",
          isFile
              ? "stands beside file; keep one of the two"
              : "is missing, and so is url; give one of the two");
    }
    Optional<Attributes> attributes = isFile ? file() : http();
    section.end();
    return attributes;
  }

  private Optional<Attributes> file() {
    Optional<Path> file = section.text("file").map(folder::resolve);
    if (file.isPresent() && !Files.isRegularFile(file.get())) {
      section.fault("file", "is '%s', there is no such file".formatted(section.raw("file")));
    }
    return file.map(Attributes.OfFile::new);
  }

  private Optional<Attributes> http() {
    Duration timeout = section.duration("timeout", Duration.ofMillis(500), false);
    List<Secret> tokens = section.secrets("token", TOKEN_BYTES, warnings);
    Optional<URI> url = section.text("url").flatMap(AttributesSection::address);
    if (section.has("url") && url.isEmpty()) {
      section.fault(
          "url",
          "is '%s', it must be a URL without user and password, such as https://crm.example.com/users"
              .formatted(section.raw("url")));
    }
    return url.map(
        address -> new Attributes.OfService(address, tokens.stream().findFirst(), timeout));
  }

  private static Optional<URI> address(String text) {
    try {
      URI url = URI.create(text);
      boolean isHttp = "http".equals(url.getScheme()) || "https".equals(url.getScheme());
      return isHttp && url.getHost() != null && url.getRawUserInfo() == null
          ? Optional.of(url)
          : Optional.empty();
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }
}
