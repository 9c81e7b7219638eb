package io.taskweaver.access;

/**
 * How fast bytes pass, window by window. A total would not do: what the kernel buffers passes at once, and a client could
 * live on that for long.
 */
final class Pace {
    private final ConnectionTimes times;
    private long since = System.nanoTime();
    private long passed;

    Pace(ConnectionTimes times) {
        this.times = times;
    }

    /** Begins to measure, when so many bytes have passed. */
    void begin(long bytes) {
        since = System.nanoTime();
        passed = bytes;
    }

    /** Whether too few have passed in the window that ends now, if one does. */
    boolean isTooSlow(long bytes) {
        if (System.nanoTime() - since < times.window()) return false;
        boolean tooSlow = bytes - passed < times.bytesPerWindow();
        begin(bytes);
        return tooSlow;
    }
}
