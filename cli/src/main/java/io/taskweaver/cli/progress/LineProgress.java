package io.taskweaver.cli.progress;

import io.taskweaver.model.Plan;
import io.taskweaver.model.event.Event;
import io.taskweaver.reports.Counts;
import io.taskweaver.reports.Measurement;
import io.taskweaver.scheduling.projection.PlanView;
import java.io.PrintStream;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;

/** Plain lines, one for each thing that happens: for pipes and logs. */
public final class LineProgress implements Progress {
    private static final int WIDTH = 120;

    private final PrintStream out;
    private final DateTimeFormatter time;
    private final Style style = new Style(false);

    public LineProgress(PrintStream out, ZoneId zone) {
        this.out = out;
        this.time = DateTimeFormatter.ofPattern("HH:mm:ss").withZone(zone);
    }

    @Override
    public void planned(Plan plan) {
        new PlanSummaryText(style, WIDTH).of(plan).forEach(out::println);
    }

    @Override
    public void note(String text) {
        out.println(text);
    }

    @Override
    public void busy(String text) {
        out.println(text);
    }

    @Override
    public void begun(PlanView view, boolean resumed) {
        if (!resumed) return;
        out.println("continuing " + view.id() + ": " + Counts.finished(view));
    }

    @Override
    public void following(PlanView view) {
        out.println("following " + view.id() + ": " + Counts.finished(view));
    }

    @Override
    public void on(Event event, PlanView view) {
        EventLine.of(event, view).ifPresent(line -> out.println(time.format(event.at()) + "  " + line));
    }

    @Override
    public void tick(PlanView view, Instant now) {}

    @Override
    public void over(PlanView view, Measurement measured, String output) {
        new Summary(style).of(view, measured, output).forEach(out::println);
    }

    @Override
    public void close() {
        out.flush();
    }
}
