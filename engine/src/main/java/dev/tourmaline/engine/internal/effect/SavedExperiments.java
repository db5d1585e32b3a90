package dev.tourmaline.engine.internal.effect;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.zip.CRC32;

/**
 * The state of experiments as bytes: a version, the experiments, the users by stripe, 28 bytes for
 * each who waits and 16 for each who is settled, and a CRC-32 of all that. Users keep their keys,
 * so that state is of use only where the same users will have the same keys.
 */
public final class SavedExperiments {

  private static final int VERSION = 0x5445_0001;
  private static final int LEAST = 2 * Integer.BYTES;

  private SavedExperiments() {}

  /**
   * {@return the state as of one moment; everything stands still meanwhile, some 0.1 s a million}
   */
  public static byte[] save(Experiments experiments) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (DataOutputStream out = new DataOutputStream(bytes)) {
      out.writeInt(VERSION);
      experiments.save(out);
      out.writeInt(crc(bytes.toByteArray(), bytes.size()));
    } catch (IOException e) {
      throw new UncheckedIOException("experiments: cannot be saved", e);
    }
    return bytes.toByteArray();
  }

  /**
   * {@return experiments that go on where others were saved; those whose rules are not defined
   * again with the same goal and window are for {@link Experiments#retain} to end}
   *
   * @throws IllegalArgumentException if the bytes are damaged or of another version
   */
  public static Experiments restore(byte[] saved, Experiments.Bounds bounds) {
    ByteBuffer frame = ByteBuffer.wrap(saved);
    if (saved.length < LEAST || frame.getInt(0) != VERSION) {
      throw new IllegalArgumentException(
          "saved experiments: %d bytes that do not begin with version %x"
              .formatted(saved.length, VERSION));
    }
    int end = saved.length - Integer.BYTES;
    if (frame.getInt(end) != crc(saved, end)) {
      throw new IllegalArgumentException(
          "saved experiments: %d bytes are damaged, their CRC-32 is another one"
              .formatted(saved.length));
    }
    Experiments experiments = new Experiments(bounds);
    try (DataInputStream in =
        new DataInputStream(new ByteArrayInputStream(saved, Integer.BYTES, end - Integer.BYTES))) {
      experiments.restore(in);
    } catch (IOException e) {
      throw new IllegalArgumentException("saved experiments: cut short", e);
    }
    return experiments;
  }

  private static int crc(byte[] bytes, int length) {
    CRC32 crc = new CRC32();
    crc.update(bytes, 0, length);
    return (int) crc.getValue();
  }
}
