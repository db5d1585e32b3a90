package dev.tourmaline.daemon.config;

/**
 * Something wrong with a configuration file.
 *
 * @param line the line, from 1; 0 where the fault has none
 * @param path the key's path, such as {@code products[0].stream.url}; empty for the whole file
 * @param message what is wrong, the value unless it may be secret, and what would be right
 */
public record ConfigFault(int line, String path, String message) {

  /** {@return the fault as {@code file:line: path: message}} */
  public String in(String file) {
    return file
        + (line > 0 ? ":" + line : "")
        + ": "
        + (path.isEmpty() ? "" : path + ": ")
        + message;
  }
}
