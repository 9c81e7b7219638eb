package io.taskweaver.model.effort;

import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/**
 * Lets what computes for long be stopped, and be measured without a clock: its loops say each {@link #step}. Who starts the
 * computation binds to its thread when it shall stop; where nothing is bound, it goes on to its end.
 */
public final class Effort {
    private static final ScopedValue<Effort> CURRENT = ScopedValue.newInstance();

    private final BooleanSupplier stopped;
    private long steps;

    private Effort(BooleanSupplier stopped) {
        this.stopped = stopped;
    }

    /**
     * Computes something that ends soon after it was stopped.
     *
     * @param stopped whether to stop; asked at each step, so it has to be cheap
     * @throws Stopped if it was stopped
     */
    public static <T> T until(BooleanSupplier stopped, Supplier<T> computation) {
        return ScopedValue.where(CURRENT, new Effort(stopped)).call(computation::get);
    }

    /**
     * How many steps a computation takes: the same for the same input, on any machine.
     *
     * @param stopped as of {@link #until}
     * @throws Stopped if it was stopped
     */
    public static long steps(BooleanSupplier stopped, Runnable computation) {
        var effort = new Effort(stopped);
        ScopedValue.where(CURRENT, effort).run(computation);
        return effort.steps;
    }

    /**
     * Called at the head of each loop whose length depends on a submission.
     *
     * @throws Stopped if the computation is to stop
     */
    public static void step() {
        if (CURRENT.isBound()) CURRENT.get().count();
    }

    private void count() {
        steps++;
        if (stopped.getAsBoolean()) throw new Stopped();
    }

    /** A computation was stopped by who started it. */
    public static final class Stopped extends RuntimeException {
        private static final long serialVersionUID = 1;

        Stopped() {
            super("stopped", null, false, false);
        }
    }
}
