package dev.tourmaline.daemon;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;

/** Standard output as a stream that says when nobody reads it any more, and stays open. */
final class StandardOutput extends OutputStream {

  private final PrintStream out;

  StandardOutput(PrintStream out) {
    this.out = out;
  }

  @Override
  public void write(int b) throws IOException {
    out.write(b);
    check();
  }

  @Override
  public void write(byte[] bytes, int offset, int length) throws IOException {
    out.write(bytes, offset, length);
    check();
  }

  @Override
  public void flush() throws IOException {
    check();
  }

  @Override
  public void close() throws IOException {
    flush();
  }

  private void check() throws IOException {
    if (out.checkError()) {
      throw new IOException("standard output was closed");
    }
  }
}
