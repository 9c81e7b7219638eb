package io.taskweaver.cli;

import java.lang.invoke.MethodHandleProxies;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;

/**
 * Ctrl-C: the first asks the command to stop cleanly, the second ends the process at once. Reflection, because the
 * signal classes of the JDK have no supported type to compile against; where they are missing, Ctrl-C ends at once.
 */
final class InterruptWatch {
    /** How much later than another program of its terminal this one may know of Ctrl-C. */
    private static final Duration ALONG = Duration.ofMillis(500);

    private static final AtomicInteger COUNT = new AtomicInteger();
    private static final CountDownLatch RECEIVED = new CountDownLatch(1);
    private static final AtomicReference<Runnable> FIRST = new AtomicReference<>(() -> {});
    private static final AtomicReference<Runnable> AT_ONCE = new AtomicReference<>(() -> {});

    private InterruptWatch() {}

    /** Has the command of this thread stop at the first Ctrl-C, so that it removes what it made for itself. */
    static void begin() {
        begin(Thread.currentThread()::interrupt, () -> {});
    }

    /**
     * Begins to watch.
     *
     * @param atOnce what has to be done even on the second Ctrl-C; must be quick
     */
    static void begin(Runnable atOnce) {
        AT_ONCE.set(atOnce);
        for (var name : new String[] {"INT", "TERM"}) watch(name);
    }

    /**
     * Begins to watch.
     *
     * @param first what is done on the first Ctrl-C
     * @param atOnce what has to be done even on the second; must be quick
     */
    static void begin(Runnable first, Runnable atOnce) {
        FIRST.set(first);
        begin(atOnce);
    }

    /** Whether somebody asked to stop. */
    static boolean isInterrupted() {
        return COUNT.get() > 0;
    }

    /**
     * Whether somebody asked to stop, or does so now: a terminal sends Ctrl-C to all of its programs, of which another may end
     * before this one knows.
     */
    static boolean isBeingInterrupted() throws InterruptedException {
        return RECEIVED.await(ALONG.toNanos(), TimeUnit.NANOSECONDS);
    }

    private static void watch(String name) {
        try {
            var signal = Class.forName("sun.misc.Signal");
            var handler = Class.forName("sun.misc.SignalHandler");
            var ours = MethodHandles.dropArguments(
                    MethodHandles.lookup()
                            .findStatic(InterruptWatch.class, "received", MethodType.methodType(void.class)),
                    0,
                    signal);
            signal.getMethod("handle", signal, handler)
                    .invoke(
                            null,
                            signal.getConstructor(String.class).newInstance(name),
                            MethodHandleProxies.asInterfaceInstance(handler, ours));
        } catch (ReflectiveOperationException e) {
            // Without the classes, or where the signal is reserved: the JVM's own answer to Ctrl-C stays.
            return;
        }
    }

    @SuppressWarnings("UnusedMethod") // Called through the method handle.
    private static void received() {
        if (COUNT.incrementAndGet() == 1) {
            RECEIVED.countDown();
            FIRST.get().run();
            return;
        }
        AT_ONCE.get().run();
        Runtime.getRuntime().halt(ExitCode.INTERRUPTED);
    }
}
