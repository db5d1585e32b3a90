package dev.tourmaline.engine.sink;

import dev.tourmaline.engine.trigger.TourTrigger;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Appends each trigger to a file as one {@linkplain TriggerLine line of JSON}, in UTF-8.
 *
 * <p>A line is with the operating system when its trigger counts as delivered. A write that fails
 * half-way is taken back, so that the file holds whole lines; it is tried again after a second. A
 * file that was renamed, removed or replaced, as log rotation does, is opened anew by its name
 * before the next line; finding out costs a look at the file's attributes a line. Thread-safe. Of
 * several processes each needs a file of its own.
 */
public final class JsonLinesSink implements TriggerSink {

  private static final Logger LOG = LoggerFactory.getLogger(JsonLinesSink.class);
  private static final Duration RETRY = Duration.ofSeconds(1);
  private static final byte[] NEW_LINE = {'\n'};

  private final String name;
  private final Path file;
  private final RecentIds delivered = new RecentIds();
  private FileChannel channel;
  private @Nullable Object key;
  private boolean closed;

  private JsonLinesSink(Path file) throws IOException {
    this.name = "jsonl:" + file.getFileName();
    this.file = file;
    this.channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    begin();
  }

  /**
   * Opens a file.
   *
   * @param file the file, made if it does not exist; what it holds stays, and where it ends within
   *     a line, that line is ended first
   * @return a sink, named {@code jsonl:} and the file's own name
   * @throws UncheckedIOException if the file cannot be written
   */
  public static JsonLinesSink appendingTo(Path file) {
    try {
      return new JsonLinesSink(file);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot write triggers to " + file, e);
    }
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public synchronized CompletionStage<Delivery> deliver(
      TourTrigger trigger, PreDeliveryCheck check) {
    if (delivered.contains(trigger.id())) {
      return CompletableFuture.completedFuture(new Delivery.Delivered());
    }
    byte[] line = (TriggerLine.of(trigger) + "\n").getBytes(StandardCharsets.UTF_8);
    try {
      reopenIfReplaced();
      append(line);
    } catch (IOException e) {
      return CompletableFuture.completedFuture(
          new Delivery.Retry(RETRY, "cannot write to %s: %s".formatted(file, why(e))));
    }
    delivered.add(trigger.id());
    return CompletableFuture.completedFuture(new Delivery.Delivered());
  }

  /** Follows the file's name where it leads to another file than the one that is open. */
  private void reopenIfReplaced() throws IOException {
    if (closed || (channel.isOpen() && isOpenFile())) {
      return;
    }
    FileChannel before = channel;
    channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    LOG.info("{} was moved, removed or replaced; triggers go to the file of that name", file);
    before.close();
    begin();
  }

  private void begin() throws IOException {
    key = Files.readAttributes(file, BasicFileAttributes.class).fileKey();
    if (endsWithinLine(file)) {
      append(NEW_LINE);
    }
  }

  private boolean isOpenFile() throws IOException {
    try {
      BasicFileAttributes named = Files.readAttributes(file, BasicFileAttributes.class);
      // The size tells where keys do not: it is that of the open file itself.
      return Objects.equals(named.fileKey(), key)
          && (!named.isRegularFile() || named.size() == channel.size());
    } catch (NoSuchFileException e) {
      return false;
    }
  }

  private void append(byte[] line) throws IOException {
    long start = channel.size();
    try {
      ByteBuffer bytes = ByteBuffer.wrap(line);
      while (bytes.hasRemaining()) {
        channel.write(bytes);
      }
    } catch (IOException e) {
      takeBack(start, e);
      throw e;
    }
  }

  private static String why(IOException e) {
    boolean namesFileAlone = e instanceof FileSystemException own && own.getReason() == null;
    return namesFileAlone || e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
  }

  private void takeBack(long size, IOException cause) {
    try {
      channel.truncate(size);
    } catch (IOException e) {
      cause.addSuppressed(e);
    }
  }

  private static boolean endsWithinLine(Path file) throws IOException {
    if (!Files.isRegularFile(file) || Files.size(file) == 0) {
      return false;
    }
    ByteBuffer last = ByteBuffer.allocate(1);
    try (FileChannel reader = FileChannel.open(file, StandardOpenOption.READ)) {
      reader.read(last, reader.size() - 1);
    }
    return last.get(0) != '\n';
  }

  @Override
  public synchronized void close() {
    closed = true;
    try {
      channel.close();
    } catch (IOException e) {
      LOG.warn("cannot close {}: {}", file, e.getMessage());
    }
  }
}
