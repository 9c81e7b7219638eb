package io.taskweaver.cli.progress;

import io.taskweaver.model.Plan;
import io.taskweaver.model.event.Event;
import io.taskweaver.reports.Measurement;
import io.taskweaver.scheduling.projection.PlanView;
import java.time.Instant;

/** Shows what happens during a run. Called by one thread. */
public interface Progress extends AutoCloseable {
    /** The plan is made; nothing runs yet. */
    void planned(Plan plan);

    /** Something a person should know. */
    void note(String text);

    /** Something goes on that takes a while, and is over when the next call comes. */
    void busy(String text);

    /**
     * The plan is under way.
     *
     * @param resumed whether part of it ran before
     */
    void begun(PlanView view, boolean resumed);

    /** The plan of another command is followed. */
    void following(PlanView view);

    /** Something new happened. */
    void on(Event event, PlanView view);

    /** Time goes by. */
    void tick(PlanView view, Instant now);

    /**
     * It is over, one way or another.
     *
     * @param output folder of the results; empty if there are none
     */
    void over(PlanView view, Measurement measured, String output);

    /** Leaves the screen as it should be. */
    @Override
    void close();
}
