package ai.kubiya.server.knowledge.meaning;

import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * What a text means: a vector of length 1. Kept as a byte for each number and one scale for all of them, a quarter of the
 * room of floats; what is lost is far below what tells two texts apart.
 */
@SuppressWarnings("ArrayRecordComponent")
record MeaningVector(float scale, byte[] numbers) {
    static final int DIMENSIONS = 384;

    static MeaningVector of(float[] vector) {
        double squares = 0;
        float largest = 0;
        for (float number : vector) {
            squares += (double) number * number;
            largest = Math.max(largest, Math.abs(number));
        }
        byte[] numbers = new byte[vector.length];
        if (squares == 0 || largest == 0) {
            return new MeaningVector(0, numbers);
        }
        for (int i = 0; i < vector.length; i++) {
            numbers[i] = (byte) Math.round(vector[i] / largest * 127);
        }
        return new MeaningVector((float) (largest / 127 / Math.sqrt(squares)), numbers);
    }

    static MeaningVector parse(byte[] stored) {
        return new MeaningVector(
                ByteBuffer.wrap(stored).getFloat(), Arrays.copyOfRange(stored, Float.BYTES, stored.length));
    }

    byte[] stored() {
        return ByteBuffer.allocate(Float.BYTES + numbers.length)
                .putFloat(scale)
                .put(numbers)
                .array();
    }

    /** From -1 to 1: how much two texts are about the same. */
    float similarity(MeaningVector other) {
        return dot(numbers, 0, other.numbers) * scale * other.scale;
    }

    /** A plain loop: the compiler makes wide instructions of it. */
    static int dot(byte[] many, int from, byte[] one) {
        int sum = 0;
        for (int i = 0; i < DIMENSIONS; i++) {
            sum += many[from + i] * one[i];
        }
        return sum;
    }
}
