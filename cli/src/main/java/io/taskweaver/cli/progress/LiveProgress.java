package io.taskweaver.cli.progress;

import io.taskweaver.model.Plan;
import io.taskweaver.model.event.DeadLetter;
import io.taskweaver.model.event.Event;
import io.taskweaver.model.event.ExecutorHeartbeat;
import io.taskweaver.model.event.PlanEvent;
import io.taskweaver.reports.Counts;
import io.taskweaver.reports.Measurement;
import io.taskweaver.scheduling.projection.PlanView;
import java.io.PrintStream;
import java.time.Instant;
import java.util.List;
import java.util.function.Supplier;

/** A block that is redrawn in place at the bottom of a terminal; what is worth keeping scrolls by above it. */
public final class LiveProgress implements Progress {
    private static final String ESC = "\u001b[";
    private static final String HIDE_CURSOR = ESC + "?25l";
    private static final String SHOW_CURSOR = ESC + "?25h";

    /** Terminals that know these show a frame whole; others ignore them. */
    private static final String BEGIN_FRAME = ESC + "?2026h";

    private static final String END_FRAME = ESC + "?2026l";
    private static final long SIZE_LASTS_MILLIS = 2000;

    /** More often would only cost: nobody reads faster. */
    private static final long FRAME_MILLIS = 80;

    private final PrintStream out;
    private final Style style;
    private final Supplier<TerminalSize> terminal;
    private TerminalSize size;
    private Instant sizedAt = Instant.EPOCH;
    private Instant drawnAt = Instant.EPOCH;
    private List<String> shown = List.of();

    public LiveProgress(PrintStream out, Style style, Supplier<TerminalSize> terminal) {
        this.out = out;
        this.style = style;
        this.terminal = terminal;
        this.size = terminal.get();
    }

    @Override
    public void planned(Plan plan) {
        above(new PlanSummaryText(style, size.columns()).of(plan));
    }

    @Override
    public void note(String text) {
        above(List.of(text));
    }

    @Override
    public void busy(String text) {
        draw(List.of(), List.of(style.dim(Columns.cut(text, size.columns() - 1))));
    }

    @Override
    public void begun(PlanView view, boolean resumed) {
        if (!resumed) return;
        above(List.of("continuing " + view.id() + ": " + Counts.finished(view)));
    }

    @Override
    public void following(PlanView view) {
        above(List.of("following " + view.id() + ": " + Counts.finished(view)));
    }

    @Override
    public void on(Event event, PlanView view) {
        boolean isNotable = switch (event) {
            case PlanEvent.TaskFailed _, PlanEvent.MergeConflicted _, PlanEvent.PlanCommand _, DeadLetter _ -> true;
            case PlanEvent.PlanStanding _, PlanEvent.PlanArchived _ -> true;
            case PlanEvent.RequirementsSubmitted _, PlanEvent.RequirementsRejected _ -> false;
            case PlanEvent.ResultApproved _, PlanEvent.ResultWithdrawn _, PlanEvent.TaskResolved _ -> true;
            case PlanEvent.VerificationRequested _ -> false;
            case PlanEvent.CodeObjects _, PlanEvent.ContextCommand _, PlanEvent.TaskOutput _ -> false;
            case PlanEvent.PlanCreated _, PlanEvent.TaskPlanned _, PlanEvent.ComponentSpecified _ -> false;
            case PlanEvent.ContractPublished _, PlanEvent.TaskReady _, PlanEvent.TaskStarted _ -> false;
            case PlanEvent.TaskCompleted e ->
                e.code().filter(code -> !code.leftOut().isEmpty()).isPresent();
            case PlanEvent.TaskProgressed _, PlanEvent.ContextMerged _ -> false;
            case PlanEvent.End _, PlanEvent.ExecutionJournal _, ExecutorHeartbeat _ -> false;
        };
        if (isNotable) EventLine.of(event, view).ifPresent(line -> draw(List.of(style.notable(line)), shown));
    }

    @Override
    public void tick(PlanView view, Instant now) {
        if (drawnAt.plusMillis(FRAME_MILLIS).isAfter(now)) return;
        drawnAt = now;
        if (sizedAt.plusMillis(SIZE_LASTS_MILLIS).isBefore(now)) {
            size = terminal.get();
            sizedAt = now;
        }
        var lines = new LiveBlock(style, size.columns(), size.rows() - 2).lines(view, now);
        if (!lines.equals(shown)) draw(List.of(), lines);
    }

    @Override
    public void over(PlanView view, Measurement measured, String output) {
        above(new Summary(style).of(view, measured, output));
    }

    private void above(List<String> lines) {
        draw(lines, List.of());
    }

    /** In one write, each line over the one that stood there: nothing is blank in between. */
    private void draw(List<String> lasting, List<String> block) {
        var frame = new StringBuilder(BEGIN_FRAME).append(HIDE_CURSOR);
        if (!shown.isEmpty()) frame.append(ESC).append(shown.size()).append('A').append('\r');
        for (var line : lasting) frame.append(line).append(ESC).append("K\n");
        for (var line : block) frame.append(line).append(ESC).append("K\n");
        frame.append(ESC).append('J');
        if (block.isEmpty()) frame.append(SHOW_CURSOR);
        out.print(frame.append(END_FRAME));
        out.flush();
        shown = List.copyOf(block);
    }

    @Override
    public void close() {
        if (!shown.isEmpty()) shown = List.of();
        out.print(SHOW_CURSOR);
        out.flush();
    }
}
