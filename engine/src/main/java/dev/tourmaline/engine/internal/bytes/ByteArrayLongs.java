package dev.tourmaline.engine.internal.bytes;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/** Reads a byte array eight bytes at a time, little-endian. */
public final class ByteArrayLongs {

  private static final VarHandle LONGS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

  private ByteArrayLongs() {}

  public static long at(byte[] bytes, int index) {
    return (long) LONGS.get(bytes, index);
  }
}
