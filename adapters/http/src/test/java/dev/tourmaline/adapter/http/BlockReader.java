package dev.tourmaline.adapter.http;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/**
 * A client that reads as Python's {@code requests} does: of a body in chunks it gives each up once
 * it has the chunk and the line break after it, of any other body each 512 bytes.
 */
final class BlockReader implements AutoCloseable {

  private static final int BLOCK = 512;

  private final Socket socket;
  private final StringBuffer given = new StringBuffer();
  private volatile String head = "";
  private volatile boolean ended;

  BlockReader(int port, String request) {
    try {
      socket = new Socket(InetAddress.getLoopbackAddress(), port);
      socket.getOutputStream().write(request.getBytes(StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    Thread reader = new Thread(this::readAll, "block-reader");
    reader.setDaemon(true);
    reader.start();
  }

  private void readAll() {
    try {
      InputStream in = socket.getInputStream();
      StringBuilder lines = new StringBuilder();
      for (String line; !(line = line(in)).isEmpty(); ) {
        lines.append(line.toLowerCase(Locale.ROOT)).append('\n');
      }
      head = lines.toString();
      boolean chunked = head.contains("transfer-encoding: chunked");
      for (byte[] block; (block = chunked ? chunk(in) : in.readNBytes(BLOCK)).length > 0; ) {
        given.append(new String(block, StandardCharsets.UTF_8));
      }
    } catch (IOException e) {
      // A cut connection is an end too.
    }
    ended = true;
  }

  private static String line(InputStream in) throws IOException {
    StringBuilder line = new StringBuilder();
    for (int c; (c = in.read()) >= 0 && c != '\n'; ) {
      line.append((char) c);
    }
    return line.toString().strip();
  }

  private static byte[] chunk(InputStream in) throws IOException {
    byte[] chunk = in.readNBytes(Integer.parseInt(line(in), 16));
    in.readNBytes(2);
    return chunk;
  }

  /** {@return the response's head in lower case; empty before it has come} */
  String head() {
    return head;
  }

  /** {@return what the program above has been given so far, but for the terms of tours} */
  String given() {
    return given.toString().replaceAll("terms: [^\n]*\n", "");
  }

  boolean hasEnded() {
    return ended;
  }

  @Override
  public void close() {
    try {
      socket.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
