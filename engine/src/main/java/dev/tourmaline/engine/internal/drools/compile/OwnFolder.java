package dev.tourmaline.engine.internal.drools.compile;

import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A folder that nobody but the user of this process, and root, can change: it is that user's, with
 * mode 700, and no folder above it belongs to somebody else or lets others exchange what is in it.
 * A path that holds symbolic links is judged by where it leads, and that place is used from then
 * on. Where a system has no such owners and modes, every folder passes. Immutable.
 */
final class OwnFolder {

  private static final int ROOT = 0;
  private static final int OF_OTHERS = 0077;
  private static final int WRITE_OF_OTHERS = 0022;
  private static final int STICKY = 01000;

  private final Path real;
  private final Optional<Integer> user;

  private OwnFolder(Path real, Optional<Integer> user) {
    this.real = real;
    this.user = user;
  }

  /** Says what makes a folder or a file unfit, as a clause, and what would be right. */
  static final class NotOwnException extends IOException {

    private static final long serialVersionUID = 1L;

    NotOwnException(String message) {
      super(message);
    }
  }

  /** Taken from a file of this process's own: a user need not have a name. */
  private static final class ThisProcess {

    private static Optional<Integer> user() throws IOException {
      if (!FileSystems.getDefault().supportedFileAttributeViews().contains("unix")) {
        return Optional.empty();
      }
      Path probe = Files.createTempFile("tourmaline", ".tmp");
      try {
        return Optional.of((Integer) Files.getAttribute(probe, "unix:uid"));
      } finally {
        Files.delete(probe);
      }
    }
  }

  /**
   * {@return the folder of this process's user, made if need be}
   *
   * @throws NotOwnException if others could change it
   * @throws IOException if it cannot be made
   */
  static OwnFolder at(Path folder) throws IOException {
    return at(folder, ThisProcess.user());
  }

  /** {@return the folder of a user, by number; without one, owners and modes are not looked at} */
  static OwnFolder at(Path folder, Optional<Integer> user) throws IOException {
    Path named = folder.toAbsolutePath().normalize();
    Path there = named;
    while (!Files.exists(there)) {
      there = Objects.requireNonNull(there.getParent(), "a root that does not exist");
    }
    Path base = there.toRealPath();
    if (!there.equals(named)) {
      checkAbove(base, user);
      base = make(base.resolve(there.relativize(named)), user);
    }
    OwnFolder own = new OwnFolder(base, user);
    own.check();
    return own;
  }

  private static Path make(Path folder, Optional<Integer> user) throws IOException {
    if (user.isEmpty()) {
      return Files.createDirectories(folder);
    }
    return Files.createDirectories(
        folder, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
  }

  private void check() throws IOException {
    if (!Files.isDirectory(real)) {
      throw new NotOwnException(real + " is no folder");
    }
    checkIsOwn(real, "700");
    checkAbove(real.getParent(), user);
  }

  Path path() {
    return real;
  }

  /** {@return the place of a file beside this folder} */
  Path beside(String suffix) throws NotOwnException {
    Path name = real.getFileName();
    if (name == null) {
      throw new NotOwnException(real + " is the root of the file system; name a folder below it");
    }
    return real.resolveSibling(name + suffix);
  }

  /**
   * Checks that a file or folder is the user's and closed to all others.
   *
   * @throws NotOwnException if it is not
   */
  void checkIsOwn(Path path, String rightMode) throws IOException {
    if (user.isEmpty()) {
      return;
    }
    Rights rights = Rights.of(path);
    if (rights.owner() != user.get()) {
      throw new NotOwnException(
          "%s belongs to user %d, but this program runs as user %d"
              .formatted(path, rights.owner(), user.get()));
    }
    if ((rights.mode() & OF_OTHERS) != 0) {
      throw new NotOwnException(
          "the mode of %s is %s, it must be its owner's alone; chmod %s it"
              .formatted(path, rights, rightMode));
    }
  }

  private static void checkAbove(@Nullable Path folder, Optional<Integer> user) throws IOException {
    if (user.isEmpty()) {
      return;
    }
    for (Path above = folder; above != null; above = above.getParent()) {
      Rights rights = Rights.of(above);
      if (rights.owner() != ROOT && rights.owner() != user.get()) {
        throw new NotOwnException(
            "the folder above it, %s, belongs to user %d, who could exchange it"
                .formatted(above, rights.owner()));
      }
      if ((rights.mode() & WRITE_OF_OTHERS) != 0 && (rights.mode() & STICKY) == 0) {
        throw new NotOwnException(
            "the folder above it, %s, lets others exchange it: its mode is %s; chmod go-w it"
                .formatted(above, rights));
      }
    }
  }

  private record Rights(int owner, int mode) {

    static Rights of(Path path) throws IOException {
      Map<String, Object> found =
          Files.readAttributes(path, "unix:uid,mode", LinkOption.NOFOLLOW_LINKS);
      return new Rights(number(found.get("uid")), number(found.get("mode")));
    }

    private static int number(@Nullable Object attribute) throws IOException {
      if (attribute instanceof Integer number) {
        return number;
      }
      throw new IOException("its file system knows no owners and modes");
    }

    @Override
    public String toString() {
      return Integer.toOctalString(mode & 07777);
    }
  }
}
