package dev.tourmaline.engine.event;

/** What a decoder has learnt from the frames before, to read the next one faster. */
final class Learnt {

  final TextPool texts = new TextPool();
  final FieldOrder frameOrder = new FieldOrder();
  final FieldOrder actionOrder = new FieldOrder();
}
