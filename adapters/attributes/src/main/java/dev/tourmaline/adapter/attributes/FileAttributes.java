package dev.tourmaline.adapter.attributes;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tourmaline.engine.user.UserAttributes;
import dev.tourmaline.engine.user.UserKey;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Attributes of users from a file of JSON, {@code {"product id": {"user id": {"plan": "pro"}}}},
 * which is read again when it has changed. A file that cannot be read, or holds something else,
 * leaves what was read before in force and is logged once for each of its versions. Thread-safe.
 */
public final class FileAttributes implements UserAttributes {

  private static final Logger LOG = LoggerFactory.getLogger(FileAttributes.class);

  private final Path file;
  private volatile Content content;

  private record Version(FileTime changed, long size) {}

  private record Content(Version version, Map<UserKey, Map<String, Object>> users) {}

  private FileAttributes(Path file, Content content) {
    this.file = file;
    this.content = content;
  }

  /**
   * Reads a file.
   *
   * @param file the file
   * @return its attributes
   * @throws IOException if it cannot be read, or holds something else
   */
  public static FileAttributes read(Path file) throws IOException {
    return new FileAttributes(file, load(file));
  }

  private static Content load(Path file) throws IOException {
    Version version = versionOf(file);
    return new Content(version, users(file));
  }

  private static Version versionOf(Path file) throws IOException {
    return new Version(Files.getLastModifiedTime(file), Files.size(file));
  }

  private static Map<UserKey, Map<String, Object>> users(Path file) throws IOException {
    JsonNode products = AttributesReader.tree(Files.readAllBytes(file));
    Map<UserKey, Map<String, Object>> users = new HashMap<>();
    for (Map.Entry<String, JsonNode> product : products.properties()) {
      for (Map.Entry<String, JsonNode> user : product.getValue().properties()) {
        if (!user.getValue().isObject()) {
          throw new IOException(
              "user \"%s\" of product \"%s\" is no object of attributes"
                  .formatted(user.getKey(), product.getKey()));
        }
        users.put(
            UserKey.ofUser(product.getKey(), user.getKey()),
            AttributesReader.attributes(user.getValue()));
      }
    }
    return users;
  }

  @Override
  public CompletionStage<Map<String, Object>> of(UserKey user) {
    reload();
    return CompletableFuture.completedStage(content.users().getOrDefault(user, Map.of()));
  }

  private synchronized void reload() {
    Version version = content.version();
    try {
      version = versionOf(file);
      if (!version.equals(content.version())) {
        content = load(file);
      }
    } catch (IOException e) {
      if (!version.equals(content.version())) {
        LOG.warn("{} cannot be read, the attributes before stay in force: {}", file, e.toString());
        content = new Content(version, content.users());
      }
    }
  }
}
