package io.taskweaver.access;

/**
 * Measures the transfer rate per window. An overall average would not suffice: bytes buffered by the kernel pass
 * immediately, and would hide a slow client for long.
 */
final class TransferRate {
    private final ConnectionTimeouts times;
    private long since = System.nanoTime();
    private long passed;

    TransferRate(ConnectionTimeouts times) {
        this.times = times;
    }

    /** Starts measuring at a number of transferred bytes. */
    void begin(long bytes) {
        since = System.nanoTime();
        passed = bytes;
    }

    /** Whether the window that ends now, if any, had too few bytes. */
    boolean isTooSlow(long bytes) {
        if (System.nanoTime() - since < times.window()) return false;
        boolean tooSlow = bytes - passed < times.bytesPerWindow();
        begin(bytes);
        return tooSlow;
    }
}
