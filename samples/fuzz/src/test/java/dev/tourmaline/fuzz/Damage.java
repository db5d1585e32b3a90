package dev.tourmaline.fuzz;

import java.io.ByteArrayOutputStream;
import java.util.List;
import java.util.random.RandomGenerator;

/** Random damage to seeds: pieces lost, doubled, overwritten, or taken from another seed. */
final class Damage {

  private static final int LONGEST_PIECE = 40;

  private Damage() {}

  static byte[] of(List<byte[]> seeds, RandomGenerator random) {
    byte[] input = one(seeds, random);
    for (int times = 1 + random.nextInt(4); times > 0; times--) {
      input = once(input, one(seeds, random), random);
    }
    return input;
  }

  private static byte[] one(List<byte[]> seeds, RandomGenerator random) {
    return seeds.get(random.nextInt(seeds.size()));
  }

  private static byte[] once(byte[] input, byte[] other, RandomGenerator random) {
    int from = random.nextInt(input.length + 1);
    int to = end(input, from, random);
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.write(input, 0, from);
    switch (random.nextInt(5)) {
      case 0 -> out.write(random.nextInt(256));
      case 1 -> to = from < input.length ? from + 1 : from;
      case 2 -> {
        out.write(input, from, to - from);
        to = from;
      }
      case 3 -> {
        int start = random.nextInt(other.length + 1);
        out.write(other, start, end(other, start, random) - start);
      }
      default -> {
        byte[] noise = new byte[to - from];
        random.nextBytes(noise);
        out.writeBytes(noise);
      }
    }
    out.write(input, to, input.length - to);
    return out.toByteArray();
  }

  private static int end(byte[] bytes, int from, RandomGenerator random) {
    return from + random.nextInt(Math.min(LONGEST_PIECE, bytes.length - from) + 1);
  }
}
