package dev.tourmaline.adapter.http;

import java.time.Duration;
import java.time.InstantSource;

/**
 * How a stream behaves towards its client.
 *
 * @param queueBytes how many bytes may wait for the client
 * @param heartbeat what is sent when nothing else was
 * @param heartbeatEvery how long after the last bytes
 * @param stallAfter how long one write may take
 * @param clock what time is read from
 */
record StreamSettings(
    int queueBytes,
    byte[] heartbeat,
    Duration heartbeatEvery,
    Duration stallAfter,
    InstantSource clock) {}
