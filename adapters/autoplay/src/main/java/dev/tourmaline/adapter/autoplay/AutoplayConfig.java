package dev.tourmaline.adapter.autoplay;

import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.ThreadFactory;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import okhttp3.HttpUrl;
import okhttp3.OkHttpClient;

/** The settings of an {@link AutoplaySource}, as {@link AutoplaySourceBuilder} checked them. */
record AutoplayConfig(
    String productId,
    HttpUrl url,
    Supplier<String> token,
    Duration connectTimeout,
    Duration silence,
    Duration firstBackoff,
    Duration longestBackoff,
    int maxEventBytes,
    OkHttpClient client,
    InstantSource clock,
    RandomGenerator random,
    Sleeper sleeper,
    ThreadFactory threads) {}
