package ai.kubiya.protocol.remote;

import ai.kubiya.protocol.WorkSource.Wish;

/** Answer to {@code begin}. */
public record WishAnswer(Wish wish) {}
