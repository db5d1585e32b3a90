package dev.tourmaline.daemon;

import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFileAttributes;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A file of results. It is written aside, in the same folder, and takes the place of an earlier one
 * only once it is whole; until then, and after any failure, the earlier one stands. A device or a
 * pipe is written directly. Not thread-safe.
 */
final class OutputFile implements Closeable {

  private static final Logger log = LoggerFactory.getLogger(OutputFile.class);
  private static final int MOST_LINKS = 40;

  private final Path target;
  private final Optional<Path> draft;
  private final FileChannel channel;

  private OutputFile(Path target, Optional<Path> draft, FileChannel channel) {
    this.target = target;
    this.draft = draft;
    this.channel = channel;
  }

  /** {@return why a file cannot be written, in a clause such as "a folder"; empty if it can} */
  static Optional<String> fault(Path file) {
    Path target;
    try {
      target = target(file);
    } catch (IOException e) {
      return Optional.of("which cannot be followed: " + e.getMessage());
    }
    Path folder = target.resolveSibling("");
    if (Files.isDirectory(target)) {
      return Optional.of("a folder; it must be a file");
    }
    if (!Files.isDirectory(folder)) {
      return Optional.of("but there is no folder " + folder);
    }
    if (Files.exists(target) && !Files.isWritable(target)) {
      return Optional.of("which cannot be written");
    }
    return isWrittenDirectly(target) || Files.isWritable(folder)
        ? Optional.empty()
        : Optional.of(
            "but the folder %s cannot be written, where it is made first".formatted(folder));
  }

  /**
   * Opens a file for its new content.
   *
   * @throws IOException if that cannot be written
   */
  static OutputFile open(Path file) throws IOException {
    Path target = target(file);
    if (isWrittenDirectly(target)) {
      return new OutputFile(
          target,
          Optional.empty(),
          FileChannel.open(target, StandardOpenOption.WRITE, StandardOpenOption.APPEND));
    }
    Path draft = draft(target);
    // A program that is ended by a signal leaves nothing behind either.
    draft.toFile().deleteOnExit();
    return new OutputFile(
        target, Optional.of(draft), FileChannel.open(draft, StandardOpenOption.WRITE));
  }

  /**
   * The draft of a new file has the mode of any new file; else none that its file does not have.
   */
  private static Path draft(Path target) throws IOException {
    Path draft = Files.createTempFile(target.resolveSibling(""), "." + name(target), ".tmp");
    if (!Files.exists(target)) {
      Files.delete(draft);
      return Files.createFile(draft);
    }
    return draft;
  }

  private static String name(Path file) {
    return String.valueOf(file.getFileName());
  }

  OutputStream stream() {
    return Channels.newOutputStream(channel);
  }

  /**
   * Puts the whole file in its place.
   *
   * @throws IOException if it cannot be kept; the earlier one then stands
   */
  void commit() throws IOException {
    if (draft.isEmpty()) {
      return;
    }
    channel.force(true);
    channel.close();
    if (Files.exists(target)) {
      takeAfter(target, draft.get());
    }
    Files.move(
        draft.get(), target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }

  /**
   * Owner, group and mode; where a file cannot be given away, the draft stays its owner's alone.
   */
  private static void takeAfter(Path earlier, Path draft) {
    PosixFileAttributeView view =
        Files.getFileAttributeView(draft, PosixFileAttributeView.class, LinkOption.NOFOLLOW_LINKS);
    if (view == null) {
      return;
    }
    try {
      PosixFileAttributes old = Files.readAttributes(earlier, PosixFileAttributes.class);
      PosixFileAttributes own = view.readAttributes();
      if (!old.group().equals(own.group())) {
        view.setGroup(old.group());
      }
      if (!old.owner().equals(own.owner())) {
        view.setOwner(old.owner());
      }
      view.setPermissions(old.permissions());
    } catch (IOException e) {
      log.warn("{} is made anew and is for its owner alone: {}", earlier, e.toString());
    }
  }

  /** Closes the file, which without {@link #commit} leaves no trace. */
  @Override
  public void close() throws IOException {
    try {
      channel.close();
    } finally {
      if (draft.isPresent()) {
        Files.deleteIfExists(draft.get());
      }
    }
  }

  /** Where the links that a path may consist of lead, be there a file or not. */
  private static Path target(Path file) throws IOException {
    Path target = inRealFolder(file.toAbsolutePath());
    for (int links = 0; Files.isSymbolicLink(target) && !isOpenAlready(target); links++) {
      if (links == MOST_LINKS) {
        throw new IOException("more than %d links lead on from it".formatted(MOST_LINKS));
      }
      target = inRealFolder(target.resolveSibling(Files.readSymbolicLink(target)));
    }
    return target;
  }

  private static Path inRealFolder(Path file) throws IOException {
    Path folder = file.getParent();
    Path name = file.getFileName();
    return folder == null || name == null || !Files.isDirectory(folder)
        ? file
        : folder.toRealPath().resolve(name);
  }

  private static boolean isWrittenDirectly(Path target) {
    return isOpenAlready(target) || (Files.exists(target) && !Files.isRegularFile(target));
  }

  /** Such as /dev/stdout, which leads there: what it stands for is not to be replaced. */
  private static boolean isOpenAlready(Path target) {
    return target.startsWith("/proc");
  }
}
